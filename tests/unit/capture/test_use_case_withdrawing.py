"""Taking back by a case's number, as the command line does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone
from fieldapp.capture.withdrawing import take_back
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, Act, RecordType
from sync.contract.wire import OfficerCard, decode_record


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def submitted(desk: Desk) -> str:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="note"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    return submit_report(desk, draft).record_id


def test_report_that_has_not_begun_to_leave_is_removed(desk: Desk) -> None:
    report = submitted(desk)
    taken = take_back(desk, report)
    assert (taken.record_id, taken.case_id, taken.how) == (report, report, Undone.REMOVED)
    with pytest.raises(InputRefused, match="case_unknown"):
        take_back(desk, report)


def test_report_that_has_begun_to_leave_is_withdrawn_by_an_act_that_names_it_once(desk: Desk) -> None:
    report = submitted(desk)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())
    assert take_back(desk, report).how is Undone.WITHDRAWN
    newest = desk.work.outbox.entries()[0]
    act = decode_record(RecordType.ACT, newest.record.body)
    assert isinstance(act, Act)
    assert act.withdraws == report
    with pytest.raises(InputRefused, match="withdraw_unknown"):
        take_back(desk, report)
    with pytest.raises(InputRefused, match="withdraw_unknown"):
        take_back(desk, act.act_id)


def test_another_officer_takes_nothing_of_it_back(desk: Desk) -> None:
    report = submitted(desk)
    other = msgspec.structs.replace(desk, officer=OfficerCard("S2001", "王镕", "inspector", ""))
    with pytest.raises(InputRefused, match="withdraw_unknown"):
        take_back(other, report)
    assert desk.work.outbox.entry(report) is not None


def test_case_that_nobody_knows_is_said_so(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="case_unknown"):
        take_back(desk, "0000")
