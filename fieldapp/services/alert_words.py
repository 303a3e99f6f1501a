"""Words for alerts and calls for reinforcement, as people say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sync.contract.alerts import AlertActKind, AlertKind, AlertState, Severity
from sync.contract.suggested import Answer


def kind_word(kind: AlertKind | None) -> str:
    """What was seen."""
    translate = QCoreApplication.translate
    words = {
        AlertKind.SITE_DWELL: translate("Alerts", "工地异常停留"),
        AlertKind.OFF_ROUTE: translate("Alerts", "偏离路线"),
        AlertKind.SPEEDING: translate("Alerts", "超速"),
        AlertKind.SPILLING: translate("Alerts", "撒漏"),
        AlertKind.BLACKLIST_SEEN: translate("Alerts", "发现黑名单车辆"),
    }
    return words[kind] if kind is not None else translate("Alerts", "新类型预警（请升级应用）")


KIND_SIGNS = {
    AlertKind.SITE_DWELL: "site",
    AlertKind.OFF_ROUTE: "route",
    AlertKind.SPEEDING: "truck",
    AlertKind.SPILLING: "warning",
    AlertKind.BLACKLIST_SEEN: "blacklist",
}
"""The icon of each."""
TONES = {Severity.MILD: "info", Severity.SERIOUS: "warning", Severity.GRAVE: "danger"}
"""The colour of each severity."""


def severity_word(severity: Severity) -> str:
    """How much it matters."""
    translate = QCoreApplication.translate
    words = {
        Severity.MILD: translate("Alerts", "轻微"),
        Severity.SERIOUS: translate("Alerts", "严重"),
        Severity.GRAVE: translate("Alerts", "紧急"),
    }
    return words[severity]


def state_word(state: AlertState, holder: str, *, mine: bool) -> str:
    """Where it stands, and with whom."""
    translate = QCoreApplication.translate
    if mine and state is AlertState.PASSED:
        return translate("Alerts", "转给您，待接手")
    if mine and state is AlertState.TAKEN:
        return translate("Alerts", "您在处理")
    words = {
        AlertState.OPEN: translate("Alerts", "待接手"),
        AlertState.PASSED: translate("Alerts", "已转给 %1"),
        AlertState.TAKEN: translate("Alerts", "%1 在处理"),
        AlertState.DISMISSED: translate("Alerts", "%1 已忽略"),
        AlertState.DONE: translate("Alerts", "%1 已处理"),
    }
    return words[state].replace("%1", holder)


def answer_word(answer: Answer | None) -> str:
    """What is suggested to be done; "" for no suggestion."""
    translate = QCoreApplication.translate
    words = {
        Answer.VISIT_SITE: translate("Alerts", "到工地看看，问明停留原因；有问题就拍照上报。"),
        Answer.INSPECT_SITE: translate("Alerts", "两人到工地检查，核对准运证和出场记录。"),
        Answer.PHOTOGRAPH: translate("Alerts", "在安全的地方拍照上报，不要拦车。"),
        Answer.STOP_AND_CHECK: translate("Alerts", "两人拦停检查：先查车，再核对证件和路线。"),
        Answer.CALL_REINFORCEMENT: translate("Alerts", "先呼叫增援，再拦停；不要单独处置。"),
        Answer.PASS_TO_OFFICERS: translate("Alerts", "转给执法人员处理。"),
        Answer.PASS_TO_GRID: translate("Alerts", "情况轻微，可转给附近网格员核实。"),
        Answer.KNOW_OF_IT: translate("Alerts", "供您了解，由执法人员处理。"),
    }
    return "" if answer is None else words[answer]


def done_word(kind: AlertActKind) -> str:
    """What to say when an act is saved."""
    translate = QCoreApplication.translate
    words = {
        AlertActKind.TAKE: translate("Alerts", "已接手预警"),
        AlertActKind.PASS_ON: translate("Alerts", "已转交预警"),
        AlertActKind.RELEASE: translate("Alerts", "已放回，他人可以接手"),
        AlertActKind.DONE: translate("Alerts", "预警已处理"),
        AlertActKind.DISMISS: translate("Alerts", "已忽略预警"),
        AlertActKind.REOPEN: translate("Alerts", "预警已重新打开"),
    }
    return words[kind]


def fact_word(name: str) -> str:
    """What a measured value is called; its own name where no word is known for it."""
    translate = QCoreApplication.translate
    words = {
        "minutes": translate("Alerts", "持续（分钟）"),
        "limit_minutes": translate("Alerts", "允许（分钟）"),
        "km_h": translate("Alerts", "车速（km/h）"),
        "limit_km_h": translate("Alerts", "限速（km/h）"),
        "off_m": translate("Alerts", "偏离（米）"),
        "length_m": translate("Alerts", "长度（米）"),
        "road": translate("Alerts", "路段"),
        "camera": translate("Alerts", "摄像头"),
        "site": translate("Alerts", "工地"),
        "reason": translate("Alerts", "原因"),
        "level": translate("Alerts", "名单等级"),
        "entry": translate("Alerts", "名单编号"),
    }
    return words.get(name, name)
