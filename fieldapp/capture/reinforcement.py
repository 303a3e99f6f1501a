"""Reinforcement (增援) on the tablet: called from an alert or a task, answered by the squads asked."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.finishing import finishing
from fieldapp.capture.report import store_record
from fieldapp.capture.tasks import moment
from sync.contract.calls import (
    CALLERS,
    CallActKind,
    CallStanding,
    CallState,
    CallStep,
    apply_call,
    call_acts_offered,
    check_call_act,
)
from sync.contract.errors import InputRefused
from sync.contract.ids import short_id
from sync.contract.records import NOWHERE, CallAct, Place, RecordType, check_place
from sync.contract.squads import RankedSquad
from sync.contract.tables import Row
from sync.contract.text import check_note
from sync.contract.wire import decode_record
from sync.replica.alerts import OwnAct
from sync.replica.outbox import ItemState


class AskedSquad(msgspec.Struct, frozen=True):
    """A squad that is asked: how far away, None where nobody knows, and how its officers answered."""

    squad: str
    distance_m: int | None
    coming: tuple[str, ...]
    declined: tuple[str, ...]
    silent: tuple[str, ...]


class CallView(msgspec.Struct, frozen=True):
    """A call as it stands. ``reached`` is False while it has not got to central: then nobody knows of it.

    ``asked_me``: the person here is asked and help is still wanted. ``answered`` is what they said, or "".
    """

    call_id: str
    alert_id: str
    case_id: str
    about: str
    caller: str
    mine: bool
    note: str
    called_at: datetime | None
    lon: float | None
    lat: float | None
    standing: CallStanding
    reached: bool
    asked_me: bool
    answered: str
    offered: tuple[CallActKind, ...]
    squads: tuple[AskedSquad, ...]
    refused: str = ""


def calls_for(desk: Desk) -> tuple[CallView, ...]:
    """Open calls the person here has to do with: asked to one, or called; unanswered ones first."""
    own = _own_by_call(desk)
    rows = {str(row["call_id"]): row for row in desk.work.alerts.calls()}
    views = [_view(desk, row, own.get(call_id, [])) for call_id, row in rows.items()]
    views += [_unsent(desk, acts) for call_id, acts in own.items() if desk.work.alerts.call(call_id) is None]
    me = desk.officer.officer_id
    found = [
        one
        for one in views
        if one.standing.state is CallState.OPEN and (one.mine or one.asked_me or me in one.standing.coming)
    ]
    found.sort(key=lambda one: one.called_at.timestamp() if one.called_at else 0.0, reverse=True)
    found.sort(key=lambda one: not (one.asked_me and not one.answered))
    return tuple(found)


def calls_about(desk: Desk, *, alert_id: str = "", case_id: str = "") -> tuple[CallView, ...]:
    """Every call about an alert or a case, the newest first; own ones on their way before."""
    own = _own_by_call(desk)
    rows = desk.work.alerts.calls_about(alert_id, case_id)
    views = [_view(desk, row, own.get(str(row["call_id"]), [])) for row in rows]
    waiting = [_unsent(desk, acts) for call_id, acts in own.items() if desk.work.alerts.call(call_id) is None]
    mine = [
        one
        for one in waiting
        if (alert_id and one.alert_id == alert_id) or (case_id and one.case_id == case_id)
    ]
    return (*mine, *views)


def may_call(desk: Desk) -> bool:
    """Whether the person here may call for reinforcement."""
    return desk.role in CALLERS


@finishing
def submit_call_act(
    desk: Desk,
    kind: CallActKind,
    *,
    call_id: str = "",
    alert_id: str = "",
    case_id: str = "",
    note: str = "",
    place: Place = NOWHERE,
) -> str:
    """Call (no ``call_id``), or answer a call; the act's id. Raises the reason why it may not be done."""
    check_note(note)
    check_place(place)
    act_id = desk.new_id()
    with desk.work.act():
        if kind is CallActKind.CALL:
            call_id = act_id
        standing, caller, asked = _of_call(desk, call_id, kind)
        check_call_act(
            standing,
            CallStep(act_id, kind, desk.officer.officer_id),
            desk.role,
            caller=caller,
            asked=asked,
        )
        act = CallAct(
            act_id=act_id,
            call_id=call_id,
            kind=kind,
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=desk.work.meta.stamp(desk.clock),
            note=note.strip(),
            place=place,
            alert_id=alert_id,
            case_id=case_id,
        )
        store_record(desk, act, act_id, call_id)
    return act_id


def _of_call(desk: Desk, call_id: str, kind: CallActKind) -> tuple[CallStanding, str, frozenset[str]]:
    me = desk.officer.officer_id
    if kind is CallActKind.CALL:
        return CallStanding(), me, frozenset()
    own = _own_by_call(desk).get(call_id, [])
    row = desk.work.alerts.call(call_id)
    if row is None and not own:
        raise InputRefused("call_unknown", call=call_id)
    if row is None:
        return _merged(CallStanding(), own), _record(own[0]).officer_id, frozenset()
    return _merged(_told(row), own), str(row["caller"]), frozenset(str(row["asked"] or "").split())


def _own_by_call(desk: Desk) -> dict[str, list[OwnAct]]:
    found: dict[str, list[OwnAct]] = {}
    for act in desk.work.alerts.own_call_acts():
        found.setdefault(act.subject, []).append(act)
    return found


def _record(act: OwnAct) -> CallAct:
    record = decode_record(RecordType.CALL_ACT, act.body)
    assert isinstance(record, CallAct)
    return record


def _merged(told: CallStanding, own: list[OwnAct]) -> CallStanding:
    standing = told
    for act in own:
        if act.state is not ItemState.NEEDS_YOU and not act.judged:
            record = _record(act)
            standing = apply_call(standing, CallStep(record.act_id, record.kind, record.officer_id))
    return standing


def _told(row: Row) -> CallStanding:
    return CallStanding(
        CallState.ENDED if row["state"] == CallState.ENDED.value else CallState.OPEN,
        tuple(str(row["coming"] or "").split()),
        tuple(str(row["declined"] or "").split()),
        str(row["last_act"] or ""),
    )


def _view(desk: Desk, row: Row, own: list[OwnAct]) -> CallView:
    me, caller = desk.officer.officer_id, str(row["caller"])
    asked = frozenset(str(row["asked"] or "").split())
    standing = _merged(_told(row), own)
    refused = next((act.code for act in reversed(own) if act.state is ItemState.NEEDS_YOU), "")
    is_open = standing.state is CallState.OPEN
    return CallView(
        call_id=str(row["call_id"]),
        alert_id=str(row["alert_id"] or ""),
        case_id=str(row["case_id"] or ""),
        about=_about(desk, str(row["alert_id"] or ""), str(row["case_id"] or "")),
        caller=_name(desk, caller),
        mine=caller == me,
        note=str(row["note"] or ""),
        called_at=moment(row["called_at"]),
        lon=_number(row["lon"]),
        lat=_number(row["lat"]),
        standing=standing,
        reached=True,
        asked_me=me in asked and is_open,
        answered="coming" if me in standing.coming else "declined" if me in standing.declined else "",
        offered=call_acts_offered(standing, desk.role, me, caller=caller, asked=asked),
        squads=_squads(desk, str(row["squads"] or ""), standing),
        refused=refused,
    )


def _unsent(desk: Desk, own: list[OwnAct]) -> CallView:
    """A call that central does not tell of yet: as far as can be told here, nobody else knows of it."""
    first, standing = _record(own[0]), _merged(CallStanding(), own)
    refused = next((act.code for act in own if act.state is ItemState.NEEDS_YOU), "")
    if own[0].state is ItemState.NEEDS_YOU:
        standing = msgspec.structs.replace(standing, state=CallState.ENDED)
    offered = (CallActKind.END,) if standing.state is CallState.OPEN else ()
    return CallView(
        call_id=first.call_id,
        alert_id=first.alert_id,
        case_id=first.case_id,
        about=_about(desk, first.alert_id, first.case_id),
        caller=_name(desk, first.officer_id),
        mine=first.officer_id == desk.officer.officer_id,
        note=first.note,
        called_at=first.stamp.wall,
        lon=first.place.lon,
        lat=first.place.lat,
        standing=standing,
        reached=own[0].state is ItemState.SENT,
        asked_me=False,
        answered="",
        offered=offered,
        squads=(),
        refused=refused,
    )


def _about(desk: Desk, alert_id: str, case_id: str) -> str:
    """What help is wanted with: the truck and the place of an alert, or the case's number and place."""
    if alert_id:
        row = desk.work.alerts.alert(alert_id) or {}
        parts = [row.get("plate"), row.get("address")]
    else:
        row = (desk.work.city.case(case_id) or {}) if case_id else {}
        parts = [short_id(case_id) if case_id else "", row.get("address")]
    return " · ".join(str(part) for part in parts if part)


def _squads(desk: Desk, text: str, standing: CallStanding) -> tuple[AskedSquad, ...]:
    try:
        ranked = msgspec.json.decode(text or "[]", type=list[RankedSquad])
    except msgspec.MsgspecError:
        return ()
    found = []
    for one in ranked:
        if not one.asked:
            continue
        said = {*standing.coming, *standing.declined}
        found.append(
            AskedSquad(
                one.squad,
                one.distance_m,
                tuple(_name(desk, who) for who in one.officers if who in standing.coming),
                tuple(_name(desk, who) for who in one.officers if who in standing.declined),
                tuple(_name(desk, who) for who in one.officers if who not in said),
            )
        )
    return tuple(found)


def _name(desk: Desk, officer_id: str) -> str:
    row = desk.work.city.officer(officer_id) if officer_id else None
    return str(row["name"]) if row else officer_id


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
