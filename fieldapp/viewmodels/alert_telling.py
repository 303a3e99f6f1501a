"""Alerts and calls as rows: the words, signs and colours of the language of now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from fieldapp.capture.alerts import AlertLine, AlertPast
from fieldapp.capture.reinforcement import AskedSquad, CallView
from fieldapp.services.alert_words import KIND_SIGNS, TONES, kind_word, severity_word, state_word
from fieldapp.services.wording import distance_text
from fieldapp.services.words import act_word
from fieldapp.viewmodels.alert_lists import AlertPastRow, AlertRow, CallRow
from sync.contract.calls import CallActKind, CallState
from sync.replica.outbox import ItemState

When = Callable[[datetime | None], str]
Reason = Callable[[str, dict[str, str | int | float | bool | None]], str]


def how_far(metres: float | None) -> str:
    """A distance for people; "" where it is not known."""
    if metres is None:
        return ""
    return distance_text(metres) if metres >= 10 else QCoreApplication.translate("Alerts", "就在附近")


def where(line: AlertLine) -> str:
    """The place in words; where nobody named it, at least that it is none of the city's."""
    outside = line.outside and not line.address
    return QCoreApplication.translate("Alerts", "本市网格之外") if outside else line.address


def alert_row(line: AlertLine, when: When, metres: float | None) -> AlertRow:
    """A line of the list."""
    place = " · ".join(part for part in (how_far(metres), where(line)) if part)
    status = "needs_you" if line.refused else "waiting" if line.waiting else ""
    return AlertRow(
        alert_id=line.alert_id,
        title=" · ".join(part for part in (kind_word(line.kind), line.plate) if part),
        sign=KIND_SIGNS[line.kind] if line.kind else "bell",
        tone=TONES[line.severity],
        severity=severity_word(line.severity),
        place=place,
        when=when(line.occurred_at),
        stand=state_word(line.standing.state, line.holder_name, mine=line.mine),
        mine=line.mine,
        for_me=line.for_me,
        status=status,
    )


def past_row(past: AlertPast, when: When, reason: Reason) -> AlertPastRow:
    """A line of the history."""
    who = f"{past.officer} → {past.to_officer}" if past.to_officer else past.officer
    waits = past.state in (ItemState.WAITING, ItemState.SENDING)
    return AlertPastRow(
        act_id=past.act_id,
        title=act_word(past.kind),
        who=who,
        note=past.note,
        when=when(past.done_at),
        refused=past.refused,
        reason=reason(past.code, past.facts) if past.refused and past.code else "",
        status=past.state.value if past.state is not None and waits else "",
    )


def call_row(call: CallView, when: When, reason: Reason) -> CallRow:
    """A call with how it stands."""
    translate = QCoreApplication.translate
    mine = translate("Alerts", "您呼叫了增援")
    title = mine if call.mine else translate("Alerts", "%1 呼叫增援").replace("%1", call.caller)
    stand, tone = _stand(call)
    return CallRow(
        call_id=call.call_id,
        title=title,
        about=call.about,
        note=call.note,
        when=when(call.called_at),
        stand=stand,
        squads="\n".join(_squad(one) for one in call.squads),
        tone=tone,
        alert_id=call.alert_id,
        case_id=call.case_id,
        has_place=call.lon is not None and call.lat is not None,
        can_accept=CallActKind.ACCEPT in call.offered,
        can_decline=CallActKind.DECLINE in call.offered,
        can_end=CallActKind.END in call.offered,
        reason=reason(call.refused, {}) if call.refused else "",
    )


def _stand(call: CallView) -> tuple[str, str]:
    translate = QCoreApplication.translate
    if call.standing.state is CallState.ENDED:
        return translate("Alerts", "已结束"), "normal"
    if not call.reached:
        return translate("Alerts", "还没送达指挥中心，别人看不到。急需时请打电话。"), "danger"
    if call.asked_me and not call.answered:
        others = len(call.standing.coming)
        asked = translate("Alerts", "等您答复")
        more = translate("Alerts", "%1 人正在赶来").replace("%1", str(others)) if others else ""
        return " · ".join(part for part in (asked, more) if part), "warning"
    if call.answered == "coming":
        return translate("Alerts", "您已答应前往"), "success"
    if call.answered == "declined":
        return translate("Alerts", "您已答复不能前往"), "normal"
    if call.standing.coming:
        count = len(call.standing.coming)
        return translate("Alerts", "%1 人正在赶来").replace("%1", str(count)), "success"
    if not call.squads:
        return translate("Alerts", "附近没有空闲的小队，请联系指挥中心"), "danger"
    return translate("Alerts", "等待答复"), "warning"


def _squad(one: AskedSquad) -> str:
    translate = QCoreApplication.translate
    where = how_far(one.distance_m) or translate("Alerts", "位置不明")
    said = [
        translate("Alerts", "%1 前往").replace("%1", "、".join(one.coming)) if one.coming else "",
        translate("Alerts", "%1 不能前往").replace("%1", "、".join(one.declined)) if one.declined else "",
        translate("Alerts", "%1 未答复").replace("%1", "、".join(one.silent)) if one.silent else "",
    ]
    return " · ".join(part for part in (one.squad, where, *said) if part)
