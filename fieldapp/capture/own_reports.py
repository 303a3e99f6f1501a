"""A report made here that central has not told back yet, as the row of the case it will be."""

from __future__ import annotations

from fieldapp.capture.desk import Desk
from sync.contract.lifecycle import start
from sync.contract.looks import looks_of
from sync.contract.records import RecordType, Report
from sync.contract.tables import Row
from sync.contract.wire import decode_record
from sync.replica.outbox import Entry, ItemState


def own_case(desk: Desk, case_id: str) -> Row | None:
    """The case of a report that waits here; None for a refused one and one that was taken back."""
    entry = desk.work.outbox.entry(case_id)
    if entry is None or entry.record.record_type is not RecordType.REPORT or not counts(entry):
        return None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    return row_of(report, entry.record.body)


def counts(entry: Entry) -> bool:
    """Whether a record still stands: neither refused nor taken back."""
    return entry.state is not ItemState.NEEDS_YOU and not entry.record.withdrawn_by


def row_of(report: Report, body: str) -> Row:
    """What central will tell of it, as long as nobody has acted on it."""
    standing = start(report.report_id)
    return {
        "case_id": report.report_id,
        "state": standing.state.value,
        "class_code": report.class_code,
        "note": report.note,
        "lon": report.place.lon,
        "lat": report.place.lat,
        "grid_cell": report.grid_cell,
        "address": report.address,
        "plate": report.plate,
        "reporter": report.officer_id,
        "source": "grid_worker",
        "assignee": "",
        "reported_at": report.stamp.wall.isoformat(),
        "due_at": "",
        "last_act": standing.last_act,
        "delayed": 0,
        "supervised": 0,
        "before_suspension": "",
        "record": body,
        "looks": looks_of(report.photos),
    }
