"""Words for acts and roles, as people say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def act_word(kind: str) -> str:
    """What was done, in a word or two; the code word for one that is not known yet."""
    say = QCoreApplication.translate
    words = {
        "report": say("Acts", "上报"),
        "ask_check": say("Acts", "要求核实"),
        "confirm": say("Acts", "核实属实"),
        "deny": say("Acts", "核实不属实"),
        "open": say("Acts", "立案"),
        "void": say("Acts", "作废"),
        "dispatch": say("Acts", "派遣"),
        "accept": say("Acts", "接单"),
        "decline": say("Acts", "拒单"),
        "arrive": say("Acts", "到场"),
        "handle": say("Acts", "处置"),
        "feed_back": say("Acts", "反馈"),
        "self_handle": say("Acts", "自行处理"),
        "verify": say("Acts", "核查通过"),
        "reject": say("Acts", "核查不通过"),
        "close": say("Acts", "结案"),
        "return": say("Acts", "回退"),
        "ask_delay": say("Acts", "申请延时"),
        "grant_delay": say("Acts", "同意延时"),
        "ask_suspend": say("Acts", "申请挂账"),
        "suspend": say("Acts", "挂账"),
        "resume": say("Acts", "恢复"),
        "supervise": say("Acts", "督办"),
        "supplement": say("Acts", "补充"),
        "learn": say("Acts", "总结"),
        "withdraw": say("Acts", "撤回"),
    }
    return words.get(kind, kind)


def role_word(role: str) -> str:
    """An officer's role."""
    say = QCoreApplication.translate
    words = {
        "grid_worker": say("Roles", "网格员"),
        "inspector": say("Roles", "执法人员"),
        "unit": say("Roles", "处置人员"),
        "chief": say("Roles", "值班长"),
        "dispatcher": say("Roles", "派遣员"),
        "leader": say("Roles", "领导"),
    }
    return words.get(role, role)
