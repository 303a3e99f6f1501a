"""Cases and acts as central would tell them, and central's answers to a tablet's acts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fieldapp.capture.desk import Desk
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change, Receipt, decode_record

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def put(desk: Desk, table: str, row: Row) -> None:
    """Write a row as a pull would."""
    with desk.work.act():
        desk.work.city.apply([Change(1, table, str(row[TABLES[table].key]), row)])


def put_case(desk: Desk, state: str = "dispatched", **columns: Any) -> str:
    """A case with a report, an opening and a dispatch behind it; answers its id."""
    case_id = desk.new_id()
    dispatch = put_act(desk, case_id, ActKind.DISPATCH, "D5001", to_officer="G1001", order=2)
    put_act(desk, case_id, ActKind.OPEN, "C4001", order=1)
    row: Row = {
        "case_id": case_id,
        "state": state,
        "class_code": "03-11",
        "note": "note",
        "lon": 113.9,
        "lat": 22.57,
        "grid_cell": "440306001001001",
        "address": "",
        "plate": "",
        "reporter": "G1002",
        "source": "grid_worker",
        "assignee": "G1001",
        "reported_at": "2026-11-20T00:00:00Z",
        "due_at": "2026-11-20T05:00:00Z",
        "last_act": dispatch,
        "delayed": 0,
        "supervised": 0,
        "before_suspension": "",
        "record": "{}",
    }
    put(desk, "city_case", row | columns)
    return case_id


def put_act(
    desk: Desk, case_id: str, kind: ActKind, officer: str, *, order: int, act_id: str = "", **columns: Any
) -> str:
    """An act central lists; answers its id."""
    row: Row = {
        "act_id": act_id or desk.new_id(),
        "case_id": case_id,
        "act_order": order,
        "kind": kind.value,
        "officer_id": officer,
        "to_officer": "",
        "withdraws": "",
        "note": "",
        "done_at": f"2026-11-20T01:0{order}:00Z",
        "received_at": f"2026-11-20T01:0{order}:00Z",
        "standing": "accepted",
        "code": "",
        "record": "",
    }
    put(desk, "case_act", row | columns)
    return str(row["act_id"])


def accept(desk: Desk, record_id: str, state: str) -> None:
    """Central took the act: receipt, act and case row have all arrived."""
    act = act_of(desk, record_id)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, NOW)
        desk.work.outbox.mark_sent(record_id, Receipt(record_id, "00" * 32, 9, NOW, "epoch"))
    put_act(desk, act.case_id, act.kind, act.officer_id, order=9, act_id=record_id)
    row = desk.work.city.case(act.case_id)
    assert row is not None
    put(desk, "city_case", row | {"state": state, "last_act": record_id})


def refuse(desk: Desk, record_id: str, code: str) -> None:
    """Central refused the act and keeps it beside its case."""
    act = act_of(desk, record_id)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, NOW)
        desk.work.outbox.mark_needs_you(record_id, code, {"act": act.kind.value})
    put_act(
        desk, act.case_id, act.kind, act.officer_id, order=9, act_id=record_id, standing="refused", code=code
    )


def act_of(desk: Desk, record_id: str) -> Act:
    """An own act as it was saved."""
    entry = desk.work.outbox.entry(record_id)
    assert entry is not None
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    return act
