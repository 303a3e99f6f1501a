"""Calls for reinforcement: the nearest free squads are asked when the call arrives; then they answer."""

from __future__ import annotations

from datetime import datetime

import msgspec
from geopy.distance import geodesic

from sync.central.store.checks import check_time
from sync.central.store.squads import squad_stands
from sync.central.store.store import Store, append_act, get_row, note_change, put_row
from sync.central.world import World, iso
from sync.contract.calls import CallActKind, CallStanding, CallState, CallStep, check_call_act, fold_call
from sync.contract.codes import UNPLACED
from sync.contract.errors import FieldError, InputRefused
from sync.contract.lifecycle import Role
from sync.contract.records import CallAct
from sync.contract.squads import RankedSquad, asked_officers, rank_squads
from sync.contract.tables import CALL_ACT, REINFORCEMENT, Row
from sync.replica.database import Database

ACCEPTED, REFUSED = "accepted", "refused"


def judge(db: Database, act: CallAct, role: Role) -> CallStanding:
    """Where the call would stand after the act, or the reason why it may not be done."""
    step = CallStep(act.act_id, act.kind, act.officer_id)
    if act.kind is CallActKind.CALL:
        if act.call_id != act.act_id:
            raise InputRefused("record_id_mismatch", record_id=act.call_id)
        _check_subject(db, act)
        return check_call_act(CallStanding(), step, role, caller=act.officer_id, asked=frozenset())
    row = get_row(db, REINFORCEMENT.name, act.call_id)
    if row is None:
        raise InputRefused("call_unknown", call=act.call_id)
    return check_call_act(
        fold_call(history(db, act.call_id)),
        step,
        role,
        caller=str(row["caller"]),
        asked=frozenset(str(row["asked"] or "").split()),
    )


def _check_subject(db: Database, act: CallAct) -> None:
    if act.alert_id and get_row(db, "alert", act.alert_id) is None:
        raise InputRefused("alert_unknown", alert=act.alert_id)
    if act.case_id and get_row(db, "city_case", act.case_id) is None:
        raise InputRefused("case_unknown", case_id=act.case_id, case=act.case_id[-8:].upper())


def accept(db: Database, act: CallAct, standing: CallStanding, received: datetime) -> int:
    """Append an accepted act and write down where the call stands now; answers the act's sequence."""
    sequence = _append(db, act, received, standing=ACCEPTED, code="")
    is_new = act.kind is CallActKind.CALL
    row = _new_row(db, act, received) if is_new else get_row(db, REINFORCEMENT.name, act.call_id)
    assert row is not None
    put_row(db, REINFORCEMENT.name, {**row, **_cells(standing)})
    _tell_subject(db, row)
    return sequence


def _tell_subject(db: Database, call: Row) -> None:
    """What a call is about is told anew: it comes into view of who is asked, and leaves it again."""
    for table, subject in (("alert", call["alert_id"]), ("city_case", call["case_id"])):
        if subject:
            note_change(db, table, str(subject))


def refuse(db: Database, act: CallAct, received: datetime, reason: FieldError) -> int:
    """Keep an act that was refused beside its call; answers its sequence."""
    return _append(db, act, received, standing=REFUSED, code=reason.code)


def history(db: Database, call_id: str) -> list[CallStep]:
    """The accepted acts of a call, in central's order."""
    rows = db.execute(
        "SELECT act_id, kind, officer_id FROM call_act WHERE call_id = ? AND standing = ? ORDER BY act_order",
        (call_id, ACCEPTED),
    )
    return [CallStep(act_id, CallActKind(kind), officer_id) for act_id, kind, officer_id in rows]


def ranked(
    db: Database, lon: float | None, lat: float | None, own_squad: str, now: datetime
) -> tuple[RankedSquad, ...]:
    """Every squad as seen from a place, those to be asked first."""
    place = None if lon is None or lat is None else (lon, lat)
    return rank_squads(place, squad_stands(db, now), metres_between, own_squad=own_squad)


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Along the ellipsoid."""
    return float(geodesic((lat, lon), (other_lat, other_lon)).meters)  # type: ignore[no-untyped-call]


def _new_row(db: Database, act: CallAct, received: datetime) -> Row:
    caller = get_row(db, "officer", act.officer_id) or {}
    subject = _subject(db, act)
    lon, lat = act.place.lon, act.place.lat
    if lon is None or lat is None:
        lon, lat = subject.get("lon"), subject.get("lat")  # type: ignore[assignment]
    squads = ranked(db, lon, lat, str(caller.get("squad") or ""), received)
    return {
        "call_id": act.call_id,
        "alert_id": act.alert_id,
        "case_id": act.case_id,
        "caller": act.officer_id,
        "squad": caller.get("squad"),
        "lon": lon,
        "lat": lat,
        "grid_cell": str(subject.get("grid_cell") or UNPLACED),
        "note": act.note,
        "called_at": iso(check_time(act.stamp.wall)),
        "received_at": iso(received),
        "squads": msgspec.json.encode(squads).decode(),
        "asked": " ".join(sorted(asked_officers(squads))),
    }


def _subject(db: Database, act: CallAct) -> Row:
    if act.alert_id:
        return get_row(db, "alert", act.alert_id) or {}
    return (get_row(db, "city_case", act.case_id) or {}) if act.case_id else {}


def _append(db: Database, act: CallAct, received: datetime, *, standing: str, code: str) -> int:
    row: Row = {
        "act_id": act.act_id,
        "call_id": act.call_id,
        "kind": act.kind.value,
        "officer_id": act.officer_id,
        "note": act.note,
        "done_at": iso(check_time(act.stamp.wall)),
        "received_at": iso(received),
        "standing": standing,
        "code": code,
    }
    return append_act(db, CALL_ACT.name, row)


def _cells(standing: CallStanding) -> Row:
    return {
        "state": standing.state.value,
        "coming": " ".join(standing.coming),
        "declined": " ".join(standing.declined),
        "last_act": standing.last_act,
    }


class Calls:
    """Read-only."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def squads(self, lon: float | None = None, lat: float | None = None) -> tuple[RankedSquad, ...]:
        """Every squad now, as a call from that place would rank them."""
        with self._store.reading() as db:
            return ranked(db, lon, lat, "", self._world.now())

    def calls(self, state: CallState | None = CallState.OPEN, limit: int = 200) -> list[Row]:
        """Calls, newest first."""
        names = REINFORCEMENT.column_names
        where = "" if state is None else " WHERE state = ?"
        with self._store.reading() as db:
            rows = db.execute(
                f"SELECT {', '.join(names)} FROM reinforcement{where} ORDER BY received_at DESC LIMIT ?",
                [*([] if state is None else [state.value]), limit],
            ).fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]
