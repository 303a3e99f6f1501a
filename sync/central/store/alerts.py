"""Alerts: raised by the supervision side, answered from the field; the first to take one has it.

Where an alert stands is the fold of its accepted acts; its row is that fold written down for reading. An act
that clashes is kept, refused, beside the alert it was for.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store.checks import INTEGER_MAX, check_time, check_words
from sync.central.store.ground import cell_at, company_of, permit_of
from sync.central.store.store import Store, append_act, get_row, put_row
from sync.central.world import World, iso
from sync.contract.alerts import (
    AlertActKind,
    AlertKind,
    AlertStanding,
    AlertState,
    AlertStep,
    Severity,
    check_alert_act,
    fold_alert,
)
from sync.contract.codes import UNPLACED
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.ids import check_id, check_sha256
from sync.contract.lifecycle import Role
from sync.contract.plate import normalise_plate
from sync.contract.records import AlertAct, Place, PlaceSource, check_place
from sync.contract.tables import ALERT, ALERT_ACT, Cell, Row
from sync.contract.text import check_note
from sync.replica.database import Database

ACCEPTED, REFUSED = "accepted", "refused"
WORDS_MAX = 120
FACTS_MAX = 32


class NewAlert(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the supervision side says. ``alert_id`` is the asker's own (UUID): twice is raised once.

    ``facts`` are what was measured, by name; ``picture`` the SHA-256 of a file that central holds. What the
    city's tables tell of the plate (company, permit) and of the place (grid cell) central adds by itself.
    """

    alert_id: str
    kind: AlertKind
    severity: Severity
    plate: str = ""
    company_id: str = ""
    permit_id: str = ""
    site_id: str = ""
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    source: str = ""
    note: str = ""
    facts: dict[str, str | int | float | bool] = {}
    picture: str = ""
    occurred_at: datetime | None = None


class AlertPage(msgspec.Struct, frozen=True):
    """Alerts, newest first; ``before`` is where the next page begins, "" on the last one."""

    alerts: list[Row]
    before: str


def add(db: Database, row: Row, *, dated: bool) -> Row:
    """Write a new alert down, or answer with the row of the same one that was raised before.

    ``record_conflict`` where another has this id; ``dated``: whether it was said when it was seen.
    """
    known = get_row(db, ALERT.name, str(row["alert_id"]))
    if known is not None:
        if any(known[name] != row[name] for name in _SAID if dated or name != "occurred_at"):
            raise NeedsPerson("record_conflict", alert_id=row["alert_id"])
        return known
    put_row(db, ALERT.name, row)
    return row


_SAID = ("kind", "severity", "plate", "lon", "lat", "note", "facts", "picture", "occurred_at")


def _checked(alert: NewAlert) -> NewAlert:
    check_id(alert.alert_id)
    check_note(alert.note)
    short = (alert.plate, alert.company_id, alert.permit_id, alert.site_id, alert.address, alert.source)
    words = [text for pair in alert.facts.items() for text in pair if isinstance(text, str)]
    for text in (*short, *words):
        check_words(text, WORDS_MAX)
    numbers = [one for one in alert.facts.values() if isinstance(one, int)]
    if len(alert.facts) > FACTS_MAX or any(abs(one) > INTEGER_MAX for one in numbers):
        raise InputRefused("text_too_long", length=len(alert.facts), limit=FACTS_MAX)
    if alert.picture:
        check_sha256(alert.picture)
    if alert.lon is not None or alert.lat is not None:
        check_place(Place(PlaceSource.GNSS, alert.lon, alert.lat))
        if alert.lon == 0 and alert.lat == 0:  # what a receiver without a fix says; no place of any city
            raise InputRefused("position_zero")
    elif not (alert.plate or alert.site_id):
        raise InputRefused("alert_without_subject")
    return alert


def _row_of(db: Database, alert: NewAlert, now: datetime) -> Row:
    plate = normalise_plate(alert.plate)
    permit = get_row(db, "permit", alert.permit_id) if alert.permit_id else permit_of(db, plate)
    company_id = alert.company_id or str((permit or {}).get("company_id") or "")
    site = get_row(db, "site", alert.site_id) if alert.site_id else None
    lon, lat = alert.lon, alert.lat
    if lon is None and site is not None:
        lon, lat = _number(site["lon"]), _number(site["lat"])
    cell, street = (UNPLACED, "") if lon is None or lat is None else cell_at(db, lon, lat)
    return {
        "alert_id": alert.alert_id,
        "kind": alert.kind.value,
        "severity": alert.severity.value,
        "plate": plate,
        "company_id": company_id,
        "company": company_of(db, company_id),
        "permit_id": alert.permit_id or str((permit or {}).get("permit_id") or ""),
        "site_id": alert.site_id,
        "lon": lon,
        "lat": lat,
        "grid_cell": cell,
        "address": alert.address or str((site or {}).get("name") or "") or street,
        "source": alert.source,
        "note": alert.note,
        "facts": msgspec.json.encode(alert.facts, order="sorted").decode(),
        "picture": alert.picture,
        "occurred_at": iso(check_time(alert.occurred_at or now)),
        "raised_at": iso(now),
        **_cells(AlertStanding()),
    }


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def judge(db: Database, act: AlertAct, role: Role) -> AlertStanding:
    """Where the alert would stand after the act, or the reason why it may not be done."""
    row = get_row(db, ALERT.name, act.alert_id)
    if row is None:
        raise InputRefused("alert_unknown", alert=act.alert_id)
    to_role = None
    if act.kind is AlertActKind.PASS_ON:
        other = get_row(db, "officer", act.to_officer) or {}
        to_role = Role(str(other["role"])) if other.get("active") else None
    step = AlertStep(act.act_id, act.kind, act.officer_id, act.to_officer)
    standing, severity = fold_alert(history(db, act.alert_id)), Severity(row["severity"])
    return check_alert_act(standing, severity, step, role, has_note=bool(act.note.strip()), to_role=to_role)


def accept(db: Database, act: AlertAct, standing: AlertStanding, received: datetime) -> int:
    """Append an accepted act and write down where the alert stands now; answers the act's sequence."""
    sequence = _append(db, act, received, standing=ACCEPTED, code="")
    row = get_row(db, ALERT.name, act.alert_id)
    assert row is not None
    put_row(db, ALERT.name, {**row, **_cells(standing)})
    return sequence


def refuse(db: Database, act: AlertAct, received: datetime, reason: FieldError) -> int:
    """Keep an act that clashed beside its alert; answers its sequence."""
    return _append(db, act, received, standing=REFUSED, code=reason.code)


def history(db: Database, alert_id: str) -> list[AlertStep]:
    """The accepted acts of an alert, in central's order."""
    rows = db.execute(
        "SELECT act_id, kind, officer_id, to_officer FROM alert_act"
        " WHERE alert_id = ? AND standing = ? ORDER BY act_order",
        (alert_id, ACCEPTED),
    )
    return [AlertStep(act_id, AlertActKind(kind), *people) for act_id, kind, *people in rows]


def _append(db: Database, act: AlertAct, received: datetime, *, standing: str, code: str) -> int:
    row: Row = {
        "act_id": act.act_id,
        "alert_id": act.alert_id,
        "kind": act.kind.value,
        "officer_id": act.officer_id,
        "to_officer": act.to_officer,
        "note": act.note,
        "done_at": iso(check_time(act.stamp.wall)),
        "received_at": iso(received),
        "standing": standing,
        "code": code,
    }
    return append_act(db, ALERT_ACT.name, row)


def _cells(standing: AlertStanding) -> Row:
    return {"state": standing.state.value, "holder": standing.holder, "last_act": standing.last_act}


class Alerts:
    """Raising alerts, and reading what became of them."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def add(self, alert: NewAlert) -> Row:
        """Raise an alert; the same one again is answered and not raised twice.

        ``alert_without_subject`` for neither truck, site nor place. Where it lies is looked up before the
        store is written to: that takes a while.
        """
        checked, now = _checked(alert), self._world.now()
        with self._store.reading() as db:
            row = _row_of(db, checked, now)
        with self._store.writing() as db:
            return add(db, row, dated=alert.occurred_at is not None)

    def page(self, state: AlertState | None = None, limit: int = 50, before: str = "") -> AlertPage:
        """A page of alerts, by when central was told."""
        at, _, after_id = before.partition("~")
        where = ["(raised_at, alert_id) < (?, ?)"] + (["state = ?"] if state else [])
        values = [at or "~", after_id or "~", *([state.value] if state else []), limit + 1]
        names = ALERT.column_names
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {', '.join(names)} FROM alert WHERE {' AND '.join(where)}"
                " ORDER BY raised_at DESC, alert_id DESC LIMIT ?",
                values,
            ).fetchall()
        rows: list[Row] = [dict(zip(names, row, strict=True)) for row in found[:limit]]
        last = rows[-1] if len(found) > limit else None
        return AlertPage(rows, f"{last['raised_at']}~{last['alert_id']}" if last else "")

    def acts(self, alert_id: str) -> list[Row]:
        """Everything done on an alert, refused acts too."""
        names = ALERT_ACT.column_names
        with self._store.reading() as db:
            rows = db.execute(
                f"SELECT {', '.join(names)} FROM alert_act WHERE alert_id = ? ORDER BY act_order",
                (alert_id,),
            ).fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]
