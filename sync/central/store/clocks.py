"""The clocks of the cases at central: folded anew with every act, and after the city's limits changed."""

from __future__ import annotations

from datetime import UTC, datetime
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import msgspec

from sync.central.store.store import note_change
from sync.contract.lifecycle import ActKind, CaseState, Step
from sync.contract.sla import TimedStep
from sync.contract.tables import DAY_KIND, OPENING_CONDITION, WORK_HOURS, Row, Table
from sync.contract.timing import NO_TIMING, Timing, make_timing
from sync.contract.wire import City
from sync.replica.database import Database

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
OVER = tuple(state.value for state in (CaseState.CLOSED, CaseState.VOID, CaseState.WITHDRAWN))

_made: WeakKeyDictionary[Database, tuple[tuple[int, int], Timing]] = WeakKeyDictionary()
"""The limits as last read over a connection, with the newest change that they rest on."""


def timing_of(db: Database) -> Timing:
    """The city's time limits as they are now."""
    newest = db.execute(
        "SELECT max(sequence), count(*) FROM change WHERE table_name IN"
        " ('day_kind', 'work_hours', 'opening_condition', 'case_class')"
    ).fetchone()
    held = _made.get(db)
    if held is not None and held[0] == tuple(newest):
        return held[1]
    timing = _read_timing(db)
    _made[db] = (tuple(newest), timing)
    return timing


def clock_cells(db: Database, case_id: str) -> Row:
    """What a case's row must say of its clock, by the acts that stand."""
    class_code, reported_at, counted_at = db.execute(
        "SELECT class_code, reported_at, counted_at FROM city_case WHERE case_id = ?", (case_id,)
    ).fetchone()
    timing = timing_of(db)
    begun = datetime.fromisoformat(counted_at or reported_at)
    return timing.cells(timing.clock(case_id, class_code, begun, _history(db, case_id)))


def last_counted(db: Database, case_id: str) -> datetime:
    """When the last thing that stands of a case counts as done."""
    row = db.execute(
        "SELECT max(counted_at) FROM case_act WHERE case_id = ? AND standing = 'accepted'", (case_id,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else EARLIEST


def refold_clocks(db: Database) -> int:
    """Fold the clock of every case that is not over anew, after limits or calendar changed; answers how many
    read otherwise now."""
    _made.pop(db, None)
    marks = ", ".join("?" * len(OVER))
    rows = db.execute(
        f"SELECT case_id, due_at, clock FROM city_case WHERE state NOT IN ({marks})", OVER
    ).fetchall()
    changed = 0
    for case_id, due_at, clock in rows:
        cells = clock_cells(db, case_id)
        if cells != {"due_at": due_at or "", "clock": clock or ""}:
            db.execute(
                "UPDATE city_case SET due_at = ?, clock = ? WHERE case_id = ?",
                (cells["due_at"], cells["clock"], case_id),
            )
            note_change(db, "city_case", case_id)
            changed += 1
    return changed


def _history(db: Database, case_id: str) -> list[TimedStep]:
    rows = db.execute(
        "SELECT act_id, kind, withdraws, to_officer, coalesce(counted_at, received_at), minutes, condition"
        " FROM case_act WHERE case_id = ? AND standing = 'accepted' AND kind NOT IN ('message', 'read')"
        " ORDER BY act_order",
        (case_id,),
    )
    return [
        TimedStep(
            Step(act_id, ActKind(kind), withdraws, to_officer),
            datetime.fromisoformat(at),
            minutes or 0,
            condition or "",
        )
        for act_id, kind, withdraws, to_officer, at, minutes, condition in rows
    ]


def _read_timing(db: Database) -> Timing:
    told = db.execute("SELECT value FROM meta WHERE name = 'city'").fetchone()
    if told is None:
        return NO_TIMING
    zone = ZoneInfo(msgspec.json.decode(told[0], type=City).zone)
    urgent = [str(row[0]) for row in db.execute("SELECT class_code FROM case_class WHERE urgent = 1")]
    days, hours, conditions = (_rows(db, table) for table in (DAY_KIND, WORK_HOURS, OPENING_CONDITION))
    return make_timing(days, hours, conditions, urgent, zone)


def _rows(db: Database, table: Table) -> list[Row]:
    names = table.column_names
    found = db.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]
