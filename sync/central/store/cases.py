"""Cases and their acts: a report makes a case, an accepted act moves it, a refused act stays beside it.

Where a case stands is always the fold of its accepted acts in central's order; the row in ``city_case`` is
that fold written down for reading.
"""

from __future__ import annotations

from datetime import datetime

from sync.central.store.checks import check_time
from sync.central.store.clocks import EARLIEST, clock_cells, last_counted, timing_of
from sync.central.store.store import get_row, note_change, put_row
from sync.central.world import iso
from sync.contract.case_fold import Past, case_cells, judge_act, past_of, standing_cells
from sync.contract.clash import ACCEPTED, REFUSED, RULED, RefusedAct, ruled_on
from sync.contract.errors import FieldError, InputRefused
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind, Role, Standing
from sync.contract.records import Act, Report
from sync.contract.sla import counted_at
from sync.contract.tables import Row
from sync.replica.database import Database


def add_case(db: Database, report: Report, body: str, received: datetime) -> int:
    """Make the case of a report; answers the sequence of its change."""
    reported = counted_at(report.stamp, received, EARLIEST)
    timing = timing_of(db)
    row: Row = {
        **case_cells(report),
        "reported_at": iso(check_time(report.stamp.wall)),
        "record": body,
        "counted_at": iso(reported),
        **timing.cells(timing.clock(report.report_id, report.class_code, reported, ())),
    }
    return put_row(db, "city_case", row)


def judge(db: Database, act: Act, role: Role) -> Standing:
    """Where the case would stand after the act, or the reason why it may not be done."""
    case = get_row(db, "city_case", act.case_id)
    if case is None:
        raise InputRefused("case_unknown", case_id=act.case_id, case=short_id(act.case_id))
    if act.kind is ActKind.DISPATCH and not _is_active(db, act.to_officer):
        raise InputRefused("officer_unknown", officer_id=act.to_officer)
    if act.condition and get_row(db, "opening_condition", act.condition) is None:
        raise InputRefused("condition_unknown", condition=act.condition[:64])
    refused = refused_acts(db, act.case_id)
    return judge_act(act, role, str(case["reporter"]), _history(db, act.case_id, act.withdraws), refused)


def accept(db: Database, act: Act, body: str, standing: Standing, received: datetime) -> int:
    """Append an accepted act and write down where the case stands now; answers the act's sequence."""
    for settled in ruled_on(act, refused_acts(db, act.case_id)):
        _settle(db, settled, RULED[act.kind])
    sequence = _append(db, act, body, received, standing=ACCEPTED, code="")
    cells = standing_cells(standing) | clock_cells(db, act.case_id)
    assignments = ", ".join(f"{name} = ?" for name in cells)
    db.execute(
        f"UPDATE city_case SET {assignments} WHERE case_id = ?",
        [*cells.values(), act.case_id],
    )
    note_change(db, "city_case", act.case_id)
    return sequence


def refused_acts(db: Database, case_id: str) -> list[RefusedAct]:
    """The acts that were refused and stand beside a case, ruled on or not."""
    rows = db.execute(
        "SELECT act_id, kind, officer_id, act_order, standing FROM case_act WHERE case_id = ?"
        " AND standing <> ? ORDER BY act_order",
        (case_id, ACCEPTED),
    )
    return [RefusedAct(act_id, ActKind(kind), *rest) for act_id, kind, *rest in rows]


def refuse(db: Database, act: Act, body: str, reason: FieldError, received: datetime) -> int:
    """Keep a refused act beside its case, with the code that says why.

    The case is told anew: it may have left the view of the one whose act this is.
    """
    sequence = _append(db, act, body, received, standing=REFUSED, code=reason.code)
    note_change(db, "city_case", act.case_id)
    return sequence


def _settle(db: Database, act_id: str, standing: str) -> None:
    """A refused act was ruled on. From now on its device gets a receipt for it: nothing is left to do."""
    db.execute("UPDATE case_act SET standing = ? WHERE act_id = ?", (standing, act_id))
    db.execute("UPDATE op SET status = 'done' WHERE record_id = ? AND status = 'refused'", (act_id,))
    note_change(db, "case_act", act_id)


def _append(db: Database, act: Act, body: str, received: datetime, *, standing: str, code: str) -> int:
    sequence = note_change(db, "case_act", act.act_id)
    counted = counted_at(act.stamp, received, last_counted(db, act.case_id))
    db.execute(
        "INSERT OR REPLACE INTO case_act (act_id, case_id, act_order, kind, officer_id, to_officer,"
        " withdraws, note, done_at, received_at, standing, code, record, counted_at, minutes, condition)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            act.act_id,
            act.case_id,
            sequence,
            act.kind.value,
            act.officer_id,
            act.to_officer,
            act.withdraws,
            act.note,
            iso(check_time(act.stamp.wall)),
            iso(received),
            standing,
            code,
            body,
            iso(counted),
            act.minutes,
            act.condition,
        ),
    )
    return sequence


def _history(db: Database, case_id: str, withdraws: str) -> list[Past]:
    """The acts that stand, without what was said and read, which moves nothing and may be a great deal; with
    the one that is to be taken back."""
    names = ("act_id", "kind", "withdraws", "to_officer", "officer_id")
    rows = db.execute(
        f"SELECT {', '.join(names)} FROM case_act WHERE case_id = ? AND standing = ?"
        " AND (kind NOT IN ('message', 'read') OR act_id = ?) ORDER BY act_order",
        (case_id, ACCEPTED, withdraws),
    )
    return [past_of(dict(zip(names, row, strict=True))) for row in rows]


def _is_active(db: Database, officer_id: str) -> bool:
    row = db.execute("SELECT active FROM officer WHERE officer_id = ?", (officer_id,)).fetchone()
    return row is not None and bool(row[0])
