"""Words for acts and roles, as people say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def act_word(kind: str) -> str:
    """What was done, in a word or two; the code word for one that is not known yet."""
    translate = QCoreApplication.translate
    words = {
        "report": translate("Acts", "上报"),
        "ask_check": translate("Acts", "要求核实"),
        "confirm": translate("Acts", "核实属实"),
        "deny": translate("Acts", "核实不属实"),
        "open": translate("Acts", "立案"),
        "void": translate("Acts", "作废"),
        "dispatch": translate("Acts", "派遣"),
        "accept": translate("Acts", "接单"),
        "decline": translate("Acts", "拒单"),
        "arrive": translate("Acts", "到场"),
        "handle": translate("Acts", "处置"),
        "feed_back": translate("Acts", "反馈"),
        "self_handle": translate("Acts", "自行处理"),
        "verify": translate("Acts", "核查通过"),
        "reject": translate("Acts", "核查不通过"),
        "close": translate("Acts", "结案"),
        "return": translate("Acts", "回退"),
        "ask_delay": translate("Acts", "申请延时"),
        "grant_delay": translate("Acts", "同意延时"),
        "refuse_delay": translate("Acts", "不同意延时"),
        "refuse_suspend": translate("Acts", "不同意挂账"),
        "accept_return": translate("Acts", "同意回退"),
        "refuse_return": translate("Acts", "不同意回退"),
        "ask_suspend": translate("Acts", "申请挂账"),
        "suspend": translate("Acts", "挂账"),
        "resume": translate("Acts", "恢复"),
        "supervise": translate("Acts", "督办"),
        "supplement": translate("Acts", "补充"),
        "learn": translate("Acts", "总结"),
        "uphold": translate("Acts", "认可处置"),
        "set_aside": translate("Acts", "不予采用"),
        "withdraw": translate("Acts", "撤回"),
        "message": translate("Acts", "消息"),
        "read": translate("Acts", "消息已读"),
        "lookup": translate("Acts", "查车记录"),
        "visit": translate("Acts", "行政检查"),
        "alert_act": translate("Acts", "预警处理"),
        "call_act": translate("Acts", "增援"),
        "take": translate("Acts", "接手预警"),
        "pass_on": translate("Acts", "转交预警"),
        "release": translate("Acts", "放回预警"),
        "done": translate("Acts", "预警已处理"),
        "dismiss": translate("Acts", "忽略预警"),
        "reopen": translate("Acts", "重新打开预警"),
    }
    return words.get(kind, kind)


def role_word(role: str) -> str:
    """An officer's role."""
    translate = QCoreApplication.translate
    words = {
        "grid_worker": translate("Roles", "网格员"),
        "inspector": translate("Roles", "执法人员"),
        "unit": translate("Roles", "处置人员"),
        "chief": translate("Roles", "值班长"),
        "dispatcher": translate("Roles", "派遣员"),
        "leader": translate("Roles", "领导"),
    }
    return words.get(role, role)
