"""What a device may see of the work stream: the cases of its area, and what its role needs.

A device sees the whole city until it is given an area: leading digits of the 15-digit grid cell code (six
for a division, nine for a street). A device that was let in for an officer of a responsible unit sees the
cases that were dispatched to that officer or reported by them, and those beside which an act of that officer
stands that central refused. A case that lies in no cell is everybody's. A case that was taken from an officer
and given to another (改派) stays in his view until it is over, with what was done on it up to then. Who is
asked for reinforcement sees the alert or the case it is about, wherever it lies, while the call is open and
was not declined.

``since`` is the sequence at which the scope was set: cursors from before it are refused, so that the tablet
compares in full, drops what no longer belongs and gets what newly does.
"""

from __future__ import annotations

import re

import msgspec

from sync.central.store.devices import Device
from sync.central.store.store import Store, get_row, take_sequence
from sync.contract.calls import CallState
from sync.contract.errors import InputRefused
from sync.contract.ids import check_id
from sync.contract.lifecycle import LIVE, Role
from sync.contract.tables import (
    ALERT,
    ALERT_ACT,
    CALL_ACT,
    CASE_ACT,
    CITY_CASE,
    REINFORCEMENT,
    SUBJECTS,
    TABLES,
    VISIT,
    Row,
)
from sync.replica.database import Database

_LIVE = frozenset(state.value for state in LIVE)
_AREA = re.compile(r"|\d{6}|\d{9}|\d{12}|\d{15}", re.ASCII)


class Scope(msgspec.Struct, frozen=True):
    """``area``: leading digits, "" the whole city. ``only``: the one officer whose cases are seen, or "".

    ``helped``: alerts and cases with which the officer is asked to help.
    """

    area: str = ""
    only: str = ""
    officer_id: str = ""
    since: int = 0
    helped: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether everything is seen."""
        return not self.area and not self.only

    @property
    def mark(self) -> str:
        """Tells one scope of a device from another."""
        return "" if not self.since and self.is_whole else f"{self.area}.{self.only}.{self.since}"

    def sees_case(self, db: Database, case: Row) -> bool:
        """Whether a case belongs."""
        return self._sees_whole(db, case) or self._had_until(db, case) is not None

    def acts_seen(self, db: Database, case: Row, acts: list[Row]) -> list[bool]:
        """Which acts on a case belong: all of them, or the officer's own and those up to when it was given to
        another."""
        if self._sees_whole(db, case):
            return [True] * len(acts)
        until = self._had_until(db, case)
        return [
            until is not None
            and (int(act["act_order"] or 0) <= until or act["officer_id"] == self.officer_id)
            for act in acts
        ]

    def _had_until(self, db: Database, case: Row) -> int | None:
        """The act that gave the officer's case to another, by its order; None where none did."""
        if not self.officer_id or case.get("state") not in _LIVE:
            return None
        found = db.execute(
            "SELECT min(act_order) FROM case_act WHERE case_id = ?1 AND standing = 'accepted'"
            " AND kind IN ('dispatch', 'uphold') AND to_officer <> ?2 AND act_order > (SELECT max(act_order)"
            " FROM case_act WHERE case_id = ?1 AND standing = 'accepted' AND kind = 'dispatch'"
            " AND to_officer = ?2)",
            (case["case_id"], self.officer_id),
        ).fetchone()
        return None if found[0] is None else int(found[0])

    def _sees_whole(self, db: Database, case: Row) -> bool:
        """Whether a case, with all of its acts, belongs."""
        people = (case.get("assignee"), case.get("reporter"))
        if self.officer_id and (self.officer_id in people or case["case_id"] in self.helped):
            return True
        if self.only:
            return self._clashed(db, str(case["case_id"]))
        cell = str(case.get("grid_cell") or "")
        inside = not cell.isdecimal() or cell.startswith(self.area)
        return inside or bool(self.officer_id and self._clashed(db, str(case["case_id"])))

    def _clashed(self, db: Database, case_id: str) -> bool:
        """Whether the officer did something on a case that had moved on."""
        found = db.execute(
            "SELECT 1 FROM case_act WHERE case_id = ? AND officer_id = ? AND standing <> 'accepted' LIMIT 1",
            (case_id, self.officer_id),
        )
        return found.fetchone() is not None

    def sees_visit(self, visit: Row) -> bool:
        """Whether a visit belongs: to those who made it, and to tablets of its area."""
        if self.officer_id and self.officer_id in (visit.get("officer_id"), visit.get("second_id")):
            return True
        cell = str(visit.get("grid_cell") or "")
        return not self.only and (not cell.isdecimal() or cell.startswith(self.area))

    def sees_alert(self, alert: Row) -> bool:
        """Whether an alert belongs: to who has it or is asked to help, and to tablets of its area."""
        return alert["alert_id"] in self.helped or self._concerns(alert, str(alert.get("holder") or ""))

    def sees_call(self, call: Row) -> bool:
        """Whether a call for reinforcement belongs: to who called and who is asked, and to its area."""
        return self._concerns(call, f"{call.get('caller') or ''} {call.get('asked') or ''}")

    def _concerns(self, row: Row, people: str) -> bool:
        if self.officer_id and self.officer_id in people.split():
            return True
        cell = str(row.get("grid_cell") or "")
        return not self.only and (not cell.isdecimal() or cell.startswith(self.area))


def scope_of(db: Database, device: Device) -> Scope:
    """A device's scope as it is now."""
    row = db.execute("SELECT area, since FROM scope WHERE device_id = ?", (device.device_id,)).fetchone()
    area, since = ("", 0) if row is None else (str(row[0]), int(row[1]))
    officer = get_row(db, "officer", device.officer_id) if device.officer_id else None
    is_unit = officer is not None and officer["role"] == Role.UNIT.value
    helped = _helped(db, device.officer_id) if device.officer_id else frozenset()
    return Scope(area, device.officer_id if is_unit else "", device.officer_id, since, helped)


def _helped(db: Database, officer_id: str) -> frozenset[str]:
    """What open calls are about that this officer is asked to and has not declined."""
    rows = db.execute(
        "SELECT alert_id, case_id, asked, declined FROM reinforcement WHERE state = ?",
        (CallState.OPEN.value,),
    )
    return frozenset(
        str(subject)
        for alert_id, case_id, asked, declined in rows
        if officer_id in str(asked or "").split() and officer_id not in str(declined or "").split()
        for subject in (alert_id, case_id)
        if subject
    )


def set_scope(store: Store, device_id: str, area: str) -> None:
    """Give a device an area ("" for the whole city); from its next pull on it holds just what belongs."""
    check_id(device_id)
    if not _AREA.fullmatch(area):
        raise InputRefused("area_invalid", value=area[:32])
    with store.writing() as db:
        if db.execute("SELECT 1 FROM device WHERE device_id = ?", (device_id,)).fetchone() is None:
            raise InputRefused("device_unknown", device_id=device_id)
        db.execute(
            "INSERT INTO scope (device_id, area, since) VALUES (?, ?, ?) ON CONFLICT (device_id)"
            " DO UPDATE SET area = excluded.area, since = excluded.since",
            (device_id, area, take_sequence(db)),
        )


def listed_devices(store: Store) -> list[dict[str, object]]:
    """Every device with its area, by name."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT d.device_id, d.name, d.officer_id, d.active, coalesce(s.area, '') FROM device d"
            " LEFT JOIN scope s ON s.device_id = d.device_id ORDER BY d.name, d.device_id"
        ).fetchall()
    names = ("device_id", "name", "officer_id", "active", "area")
    return [dict(zip(names, row, strict=True)) | {"active": bool(row[3])} for row in rows]


ACTS = {CITY_CASE.name: CASE_ACT, ALERT.name: ALERT_ACT, REINFORCEMENT.name: CALL_ACT}
"""What is acted on, and where its acts lie. Both have the key of the first."""


def sees(db: Database, scope: Scope, table: str, row: Row) -> bool:
    """Whether a row of the work stream belongs to what is seen; an act goes with what it was done on."""
    if table in SUBJECTS:
        subject = SUBJECTS[table]
        found = get_row(db, subject.name, str(row[subject.key]))
        if found is not None and table == CASE_ACT.name:
            return scope.acts_seen(db, found, [row])[0]
        return found is not None and sees(db, scope, subject.name, found)
    if table == CITY_CASE.name:
        return scope.sees_case(db, row)
    seen = {
        VISIT.name: scope.sees_visit,
        ALERT.name: scope.sees_alert,
        REINFORCEMENT.name: scope.sees_call,
    }
    return table not in seen or seen[table](row)


def acts_along(
    db: Database, scope: Scope, table: str, row_id: str, *, belongs: bool
) -> list[tuple[str, Row | None]]:
    """Every act on a row that comes into view or leaves it, by its id; None for one that is not seen."""
    acts = _acts_of(db, table, row_id)
    seen = [belongs] * len(acts)
    if belongs and table == CITY_CASE.name and (case := get_row(db, table, row_id)) is not None:
        seen = scope.acts_seen(db, case, [act for _, act in acts])
    return [(act_id, act if shown else None) for (act_id, act), shown in zip(acts, seen, strict=True)]


def _acts_of(db: Database, table: str, row_id: str) -> list[tuple[str, Row]]:
    acts = ACTS[table]
    names = acts.column_names
    found = db.execute(
        f"SELECT {', '.join(names)} FROM {acts.name} WHERE {TABLES[table].key} = ? ORDER BY act_order",
        (row_id,),
    )
    return [(str(row[0]), dict(zip(names, row, strict=True))) for row in found]
