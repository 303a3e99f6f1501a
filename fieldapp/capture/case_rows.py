"""A case as this tablet knows it: central's row, or an own report that central has not heard of yet."""

from __future__ import annotations

from fieldapp.capture.desk import Desk
from sync.contract.lifecycle import CaseState
from sync.contract.records import RecordType, Report
from sync.contract.tables import CITY_CASE, Row
from sync.contract.wire import decode_record


def case_row(desk: Desk, case_id: str) -> Row | None:
    """The row of a case; one made of the report where it lies only here and was not taken back."""
    told = desk.work.city.case(case_id)
    return told if told is not None else _of_own_report(desk, case_id)


def _of_own_report(desk: Desk, case_id: str) -> Row | None:
    entry = desk.work.outbox.entry(case_id)
    if entry is None or entry.record.record_type is not RecordType.REPORT or entry.record.withdrawn_by:
        return None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    row: Row = dict.fromkeys(CITY_CASE.column_names, "")
    return row | {
        "case_id": case_id,
        "state": CaseState.REPORTED.value,
        "class_code": report.class_code,
        "note": report.note,
        "lon": report.place.lon,
        "lat": report.place.lat,
        "grid_cell": report.grid_cell,
        "address": report.address,
        "plate": report.plate,
        "reporter": report.officer_id,
        "source": "grid_worker",
        "reported_at": report.stamp.wall.isoformat(),
        "last_act": case_id,
        "record": entry.record.body,
    }
