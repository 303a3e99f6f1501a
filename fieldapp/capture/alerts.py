"""Alerts on the tablet: listed worst first, opened, answered offline; central's word with own acts on top."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.finishing import finishing
from fieldapp.capture.report import store_record
from fieldapp.capture.tasks import moment
from sync.contract.alerts import (
    HELD,
    OVER,
    AlertActKind,
    AlertKind,
    AlertStanding,
    AlertState,
    AlertStep,
    Severity,
    alert_acts_offered,
    answerers,
    check_alert_act,
    fold_alert,
    merge_alert,
)
from sync.contract.codes import OUTSIDE
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import COMMAND, Role
from sync.contract.records import NOWHERE, AlertAct, Place, RecordType, check_place
from sync.contract.suggested import Answer, suggest_answer
from sync.contract.tables import Row
from sync.contract.text import check_note
from sync.contract.wire import decode_record
from sync.replica.alerts import OwnAct
from sync.replica.fetched import has_fetched
from sync.replica.outbox import ItemState

LIST_MAX = 500
_STATES = {state.value: state for state in AlertState}
_KINDS = {kind.value: kind for kind in AlertKind}
_ACT_KINDS = {kind.value: kind for kind in AlertActKind}
FactValue = str | int | float | bool | None


class AlertLine(msgspec.Struct, frozen=True):
    """One alert in the list. ``for_me``: it waits for an answer of the person here.

    ``kind`` is None for one that this version does not know; ``waiting`` counts own acts not sent yet.
    """

    alert_id: str
    kind: AlertKind | None
    severity: Severity
    standing: AlertStanding
    holder_name: str
    for_me: bool
    mine: bool
    plate: str
    company: str
    address: str
    lon: float | None
    lat: float | None
    occurred_at: datetime | None
    suggestion: Answer | None
    waiting: int = 0
    refused: str = ""
    refused_facts: dict[str, FactValue] = {}
    outside: bool = False
    """Whether its place lies in no cell of the city."""


class AlertPast(msgspec.Struct, frozen=True):
    """One act in an alert's history. ``state`` is an own one's on its way; ``code`` why one was refused, with
    the ``facts`` of its sentence."""

    act_id: str
    kind: str
    officer: str
    to_officer: str
    note: str
    done_at: datetime | None
    refused: bool
    code: str
    state: ItemState | None = None
    facts: dict[str, FactValue] = {}


class AlertSheet(msgspec.Struct, frozen=True):
    """An alert that is open: its line, what was measured, who may do what, and what was done."""

    line: AlertLine
    offered: tuple[AlertActKind, ...]
    permit_id: str
    company_id: str
    source: str
    note: str
    facts: tuple[tuple[str, str], ...]
    picture: str
    picture_file: str
    """Where the picture lies on this device, "" where it has not been fetched yet."""
    history: tuple[AlertPast, ...]
    fit: tuple[tuple[str, str, str], ...]
    """Who it can be passed on to: number, and name with squad."""


class SavedAlertAct(msgspec.Struct, frozen=True):
    """An act that is durable."""

    act_id: str
    alert_id: str


def list_alerts(desk: Desk, *, over: bool = False) -> tuple[AlertLine, ...]:
    """Every alert this tablet was told of: those that wait for the person here first, the worst before."""
    own = _own_by_alert(desk)
    names: dict[str, str] = {}
    rows = desk.work.alerts.alerts(over=over, limit=LIST_MAX)
    if over:
        told = {str(row["alert_id"]) for row in rows}
        rows += [row for row in _rows_of(desk, set(own) - told)]
    lines = [_line(desk, row, own.get(str(row["alert_id"]), []), names) for row in rows]
    found = [line for line in lines if (line.standing.state in OVER) == over]
    found.sort(key=lambda one: one.occurred_at.timestamp() if one.occurred_at else 0.0, reverse=True)
    if not over:
        found.sort(key=lambda one: (not one.for_me, not one.mine, -one.severity.value))
    return tuple(found)


def read_alert(desk: Desk, alert_id: str) -> AlertSheet:
    """One alert; ``alert_unknown`` when it is not here."""
    row = desk.work.alerts.alert(alert_id)
    if row is None:
        raise InputRefused("alert_unknown", alert=alert_id[:40])
    own = _own_by_alert(desk).get(alert_id, [])
    line = _line(desk, row, own, {})
    offered = alert_acts_offered(line.standing, line.severity, desk.role, desk.officer.officer_id)
    roles = [role.value for role in answerers(line.severity)]
    fit = desk.work.city.colleagues(desk.officer.officer_id, roles)
    return AlertSheet(
        line=line,
        offered=offered,
        permit_id=str(row["permit_id"] or ""),
        company_id=str(row["company_id"] or ""),
        source=str(row["source"] or ""),
        note=str(row["note"] or ""),
        facts=_facts(str(row["facts"] or "")),
        picture=str(row["picture"] or ""),
        picture_file=_picture_file(desk, str(row["picture"] or "")),
        history=_history(desk, alert_id, own),
        fit=tuple((str(one["officer_id"]), str(one["name"]), str(one["squad"] or "")) for one in fit),
    )


@finishing
def submit_alert_act(
    desk: Desk,
    alert_id: str,
    kind: AlertActKind,
    *,
    note: str = "",
    to_officer: str = "",
    place: Place = NOWHERE,
) -> SavedAlertAct:
    """Append one act. Raises the reason why it may not be done; nothing is written then."""
    check_note(note)
    check_place(place)
    act_id = desk.new_id()
    with desk.work.act():
        row = desk.work.alerts.alert(alert_id)
        if row is None:
            raise InputRefused("alert_unknown", alert=alert_id[:40])
        other = desk.work.city.officer(to_officer) if to_officer else None
        me = desk.officer.officer_id
        check_alert_act(
            _line(desk, row, _own_by_alert(desk).get(alert_id, []), {}).standing,
            _severity(row),
            AlertStep(act_id, kind, me, to_officer),
            desk.role,
            has_note=bool(note.strip()),
            to_role=Role(str(other["role"])) if other else None,
        )
        act = AlertAct(
            act_id=act_id,
            alert_id=alert_id,
            kind=kind,
            officer_id=me,
            device_id=desk.device_id,
            stamp=desk.work.meta.stamp(desk.clock),
            note=note.strip(),
            place=place,
            to_officer=to_officer,
        )
        store_record(desk, act, act_id, alert_id)
    return SavedAlertAct(act_id, alert_id)


def understood(desk: Desk, subject: str) -> tuple[str, ...]:
    """The person has read why what they did on an alert or a call was refused: it needs nobody any more.

    It stays here and beside its alert or call at central. Answers the acts that are settled.
    """
    with desk.work.act():
        own = (*desk.work.alerts.own_alert_acts(), *desk.work.alerts.own_call_acts())
        settled = tuple(
            act.act_id for act in own if act.subject == subject and act.state is ItemState.NEEDS_YOU
        )
        for act_id in settled:
            desk.work.outbox.mark_replaced(act_id, act_id)
    return settled


def _picture_file(desk: Desk, sha256: str) -> str:
    return str(desk.folder.fetched_file(sha256)) if sha256 and has_fetched(desk.folder, sha256) else ""


def _own_by_alert(desk: Desk) -> dict[str, list[OwnAct]]:
    found: dict[str, list[OwnAct]] = {}
    for act in desk.work.alerts.own_alert_acts():
        found.setdefault(act.subject, []).append(act)
    return found


def _rows_of(desk: Desk, alert_ids: set[str]) -> list[Row]:
    found = (desk.work.alerts.alert(alert_id) for alert_id in sorted(alert_ids))
    return [row for row in found if row is not None]


def _line(desk: Desk, row: Row, own: list[OwnAct], names: dict[str, str]) -> AlertLine:
    severity, told = _severity(row), _told(row)
    counted = [act for act in own if act.state is not ItemState.NEEDS_YOU and not act.judged]
    steps = [(_step(act), _role_of(desk, _step(act).officer_id)) for act in counted]
    standing, _ = merge_alert(told, frozenset(), steps)
    refused = next((act for act in reversed(own) if act.state is ItemState.NEEDS_YOU), None)
    me, kind = desk.officer.officer_id, _KINDS.get(str(row["kind"]))
    mine = standing.state in HELD and standing.holder == me
    return AlertLine(
        alert_id=str(row["alert_id"]),
        kind=kind,
        severity=severity,
        standing=standing,
        holder_name=_name(desk, standing.holder, names),
        for_me=(standing.state is AlertState.OPEN and _meant_for(desk.role, severity))
        or (mine and standing.state is AlertState.PASSED),
        mine=mine,
        plate=str(row["plate"] or ""),
        company=str(row["company"] or ""),
        address=str(row["address"] or ""),
        lon=_number(row["lon"]),
        lat=_number(row["lat"]),
        occurred_at=moment(row["occurred_at"]),
        suggestion=None if kind is None else suggest_answer(kind, severity, desk.role),
        waiting=sum(act.state in (ItemState.WAITING, ItemState.SENDING) for act in own),
        refused="" if refused is None else refused.code,
        refused_facts={} if refused is None else _named(desk, refused.facts, names),
        outside=row["grid_cell"] == OUTSIDE,
    )


def _meant_for(role: Role, severity: Severity) -> bool:
    """Mild ones wait for grid workers, the others for officers; command sees to all."""
    if role is Role.INSPECTOR:
        return severity is not Severity.MILD
    return role in COMMAND or role in answerers(severity)


def _severity(row: Row) -> Severity:
    known = row["severity"]
    return Severity(known) if known in {one.value for one in Severity} else Severity.GRAVE


def _told(row: Row) -> AlertStanding:
    state = _STATES.get(str(row["state"]), AlertState.OPEN)
    return AlertStanding(state, str(row["holder"] or ""), str(row["last_act"] or ""))


def _step(act: OwnAct) -> AlertStep:
    record = decode_record(RecordType.ALERT_ACT, act.body)
    assert isinstance(record, AlertAct)
    return AlertStep(record.act_id, record.kind, record.officer_id, record.to_officer)


def _role_of(desk: Desk, officer_id: str) -> Role:
    row = None if officer_id == desk.officer.officer_id else desk.work.city.officer(officer_id)
    return desk.role if row is None else Role(str(row["role"]))


def _history(desk: Desk, alert_id: str, own: list[OwnAct]) -> tuple[AlertPast, ...]:
    names: dict[str, str] = {}
    told: list[AlertPast] = []
    steps: list[AlertStep] = []
    for row in desk.work.alerts.alert_acts(alert_id):
        past = _told_past(desk, row, names)
        if past.refused:
            facts = _named(desk, {"holder": fold_alert(steps).holder}, names)
            past = msgspec.structs.replace(past, facts=facts | {"officer_id": past.to_officer})
        elif past.kind in _ACT_KINDS:
            officer_id, to_officer = str(row["officer_id"] or ""), str(row["to_officer"] or "")
            steps.append(AlertStep(past.act_id, _ACT_KINDS[past.kind], officer_id, to_officer))
        told.append(past)
    return (*told, *(_own_past(desk, act, names) for act in own if not act.judged))


def _told_past(desk: Desk, row: Row, names: dict[str, str]) -> AlertPast:
    return AlertPast(
        act_id=str(row["act_id"]),
        kind=str(row["kind"]),
        officer=_name(desk, str(row["officer_id"] or ""), names),
        to_officer=_name(desk, str(row["to_officer"] or ""), names),
        note=str(row["note"] or ""),
        done_at=moment(row["done_at"]),
        refused=row["standing"] == "refused",
        code=str(row["code"] or ""),
    )


def _own_past(desk: Desk, act: OwnAct, names: dict[str, str]) -> AlertPast:
    record = decode_record(RecordType.ALERT_ACT, act.body)
    assert isinstance(record, AlertAct)
    return AlertPast(
        act_id=act.act_id,
        kind=record.kind.value,
        officer=_name(desk, record.officer_id, names),
        to_officer=_name(desk, record.to_officer, names),
        note=record.note,
        done_at=record.stamp.wall,
        refused=act.state is ItemState.NEEDS_YOU,
        code=act.code if act.state is ItemState.NEEDS_YOU else "",
        state=act.state,
        facts=_named(desk, act.facts, names),
    )


def _facts(text: str) -> tuple[tuple[str, str], ...]:
    try:
        found = msgspec.json.decode(text or "{}", type=dict[str, FactValue])
    except msgspec.MsgspecError:
        return ()
    return tuple((name, str(value)) for name, value in found.items() if value is not None)


def _named(desk: Desk, facts: dict[str, FactValue], names: dict[str, str]) -> dict[str, FactValue]:
    """Facts of a refusal with the holder's name in place of the number."""
    holder = str(facts.get("holder") or "")
    return {**facts, "holder": _name(desk, holder, names)} if holder else dict(facts)


def _name(desk: Desk, officer_id: str, names: dict[str, str]) -> str:
    if officer_id and officer_id not in names:
        row = desk.work.city.officer(officer_id)
        names[officer_id] = str(row["name"]) if row else officer_id
    return names.get(officer_id, "")


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
