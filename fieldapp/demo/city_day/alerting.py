"""Alerts and reinforcement on a played day: raised at the desk, answered by who sees them."""

from __future__ import annotations

import random

from fieldapp.capture.alerts import list_alerts, read_alert, submit_alert_act, understood
from fieldapp.capture.desk import Desk
from fieldapp.capture.reinforcement import calls_for, may_call, submit_call_act
from fieldapp.demo.city_day.ground import Ground
from fieldapp.demo.city_day.tablet import DayTablet, attempt
from sync.contract.alerts import AlertActKind, AlertKind, AlertStep, Severity, fold_alert
from sync.contract.calls import CallActKind, CallStep, fold_call
from sync.contract.ids import new_id
from sync.contract.tables import Row
from sync.remote.desk import DeskRemote

PLATES = ("粤BWK516", "粤B7K92D", "")


def raise_alert(desk: DeskRemote, chance: random.Random, ground: Ground) -> None:
    """The supervision side sees something."""
    place = ground.somewhere(chance)
    desk.raise_alert(
        {
            "alert_id": new_id(),
            "kind": chance.choice(list(AlertKind)).value,
            "severity": chance.choice(list(Severity)).value,
            "plate": chance.choice(PLATES),
            "lon": place.lon,
            "lat": place.lat,
            "source": "监管平台",
            "facts": {"minutes": chance.randrange(5, 120)},
        }
    )


def answer_alert(tablet: DayTablet, chance: random.Random, ground: Ground) -> None:
    """Read on if something was refused, then answer an alert or a call, or call for help."""
    desk = tablet.desk
    read_refusals(desk)
    asked = [call for call in calls_for(desk) if call.offered]
    if asked and chance.random() < 0.7:
        call = chance.choice(asked)
        what = chance.choice(call.offered)
        place = ground.somewhere(chance)
        attempt(
            tablet,
            f"call {what.value}",
            lambda: submit_call_act(desk, what, call_id=call.call_id, place=place),
        )
        return
    waiting = [line for line in list_alerts(desk) if line.for_me or line.mine]
    if waiting:
        _answer(tablet, chance, waiting[0 if chance.random() < 0.6 else -1].alert_id, ground)


def _answer(tablet: DayTablet, chance: random.Random, alert_id: str, ground: Ground) -> None:
    desk = tablet.desk
    sheet, place = read_alert(desk, alert_id), ground.somewhere(chance)
    if may_call(desk) and sheet.line.mine and chance.random() < 0.4:
        attempt(
            tablet,
            "call",
            lambda: submit_call_act(desk, CallActKind.CALL, alert_id=alert_id, note="请支援", place=place),
        )
        return
    kind = chance.choice(sheet.offered)
    if kind is AlertActKind.PASS_ON and not sheet.fit:
        return
    to_officer = chance.choice(sheet.fit)[0] if kind is AlertActKind.PASS_ON else ""
    attempt(
        tablet,
        f"alert {kind.value}",
        lambda: submit_alert_act(desk, alert_id, kind, note="现场核实", to_officer=to_officer, place=place),
    )


def read_refusals(desk: Desk) -> int:
    """Whoever was second reads why; answers how many acts that were."""
    own = [*desk.work.alerts.own_alert_acts(), *desk.work.alerts.own_call_acts()]
    return sum(len(understood(desk, subject)) for subject in sorted({act.subject for act in own}))


def alerts_differ(tablet: DayTablet, alerts: list[Row], calls: list[Row]) -> list[str]:
    """What a tablet that sees the whole city has otherwise than central, or than its acts fold to."""
    rows, who, problems = tablet.desk.work.alerts, tablet.officer.number, []
    for told in alerts:
        alert_id = str(told["alert_id"])
        own = rows.alert(alert_id)
        if own != told:
            problems.append(f"{who}, alert {alert_id}: differs from central's")
            continue
        standing = fold_alert(
            AlertStep(str(act["act_id"]), AlertActKind(act["kind"]), str(act["officer_id"]), _to(act))
            for act in rows.alert_acts(alert_id)
            if act["standing"] == "accepted"
        )
        if (standing.state.value, standing.holder) != (told["state"], told["holder"]):
            problems.append(f"{who}, alert {alert_id}: folds to {standing.state.value}, not {told['state']}")
    for told in calls:
        call_id = str(told["call_id"])
        if rows.call(call_id) != told:
            problems.append(f"{who}, call {call_id}: differs from central's")
            continue
        stands = fold_call(
            CallStep(str(act["act_id"]), CallActKind(act["kind"]), str(act["officer_id"]))
            for act in rows.call_acts(call_id)
            if act["standing"] == "accepted"
        )
        if " ".join(stands.coming) != told["coming"] or stands.state.value != told["state"]:
            problems.append(f"{who}, call {call_id}: its acts fold to something else")
    return problems


def _to(act: Row) -> str:
    return str(act["to_officer"] or "")
