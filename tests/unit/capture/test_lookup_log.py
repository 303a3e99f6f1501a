"""Logging a look-up: durable, quiet in the outbox, never taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from use_case_desk import INSIDE, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup_log import log_lookup
from fieldapp.capture.undo import undo
from fieldapp.services.outbox_rows import read_rows, read_some, read_summary
from sync.contract.errors import InputRefused
from sync.contract.records import LookUp, Place, PlaceSource, RecordType
from sync.contract.wire import decode_record

HERE = Place(PlaceSource.GNSS, *INSIDE, accuracy_m=4.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def test_look_up_is_kept_with_who_when_where_and_what_was_answered(desk: Desk) -> None:
    ages = {"permit": 60, "blacklist": None}
    made = log_lookup(desk, "粤b·12345", "not_allowed", place=HERE, reasons=("expired",), ages=ages)
    entry = desk.work.outbox.entry(made)
    assert entry is not None
    record = decode_record(RecordType.LOOKUP, entry.record.body)
    assert isinstance(record, LookUp)
    assert (record.plate, record.answer, record.reasons) == ("粤B12345", "not_allowed", ("expired",))
    assert (record.officer_id, record.place) == (desk.officer.officer_id, HERE)
    assert record.ages == {"permit": 60, "blacklist": None}


def test_look_up_waits_in_the_outbox_without_being_shown_or_counted(desk: Desk) -> None:
    made = log_lookup(desk, "粤B12345", "allowed")
    assert desk.work.outbox.quietly_pending() == 1
    assert not read_summary(desk).anything
    assert read_rows(desk) == []
    assert read_some(desk, [made]) == {made: None}
    assert [item.record_id for item in desk.work.outbox.freeze_batch(10, desk.clock.now())] == [made]


def test_look_up_that_central_refuses_is_shown(desk: Desk) -> None:
    made = log_lookup(desk, "粤B12345", "allowed")
    desk.work.outbox.mark_needs_you(made, "officer_unknown", {})
    assert [(row.record_id, row.kind) for row in read_rows(desk)] == [(made, "lookup")]


def test_look_up_cannot_be_taken_back(desk: Desk) -> None:
    made = log_lookup(desk, "粤B12345", "allowed")
    with pytest.raises(InputRefused, match="lookup_stays"):
        undo(desk, made)
    assert desk.work.outbox.entry(made) is not None


def test_position_that_is_none_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="position_invalid"):
        log_lookup(desk, "粤B12345", "allowed", place=Place(PlaceSource.PIN, 200.0, 0.0))
    assert desk.work.outbox.quietly_pending() == 0
