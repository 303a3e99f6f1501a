"""Undo: removed before the first send starts, withdrawn afterwards, and the draft comes back whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from image_makers import jpeg
from PIL import Image
from use_case_desk import INSIDE, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Act, Lane, Place, PlaceSource, RecordType
from sync.contract.wire import decode_record


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def submitted(desk: Desk) -> str:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="note"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    return submit_report(desk, draft).record_id


def test_undo_before_the_first_send_removes_the_report_and_opens_its_draft(desk: Desk) -> None:
    record = submitted(desk)

    assert undo(desk, record) is Undone.REMOVED

    opened = open_draft(desk, record)
    assert (opened.draft.state, opened.body.note, len(opened.photos)) == ("open", "note", 1)
    assert desk.work.outbox.entries() == []
    assert desk.work.uploads.of_record(record) == []


def test_undone_report_can_be_submitted_again(desk: Desk) -> None:
    record = submitted(desk)
    undo(desk, record)

    assert submit_report(desk, record).record_id == record
    assert len(desk.work.outbox.entries()) == 1


def test_undo_after_the_first_send_started_appends_a_withdrawal(desk: Desk) -> None:
    record = submitted(desk)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())

    assert undo(desk, record) is Undone.WITHDRAWN

    newest, oldest = desk.work.outbox.entries()
    act = decode_record(RecordType.ACT, newest.record.body)
    assert isinstance(act, Act)
    assert (act.kind, act.withdraws, act.case_id) == (ActKind.WITHDRAW, record, record)
    assert oldest.record.withdrawn_by == act.act_id
    assert open_draft(desk, record).draft.state == "submitted"


def test_undo_pressed_twice_withdraws_once(desk: Desk) -> None:
    record = submitted(desk)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())
    undo(desk, record)

    assert undo(desk, record) is Undone.ALREADY
    assert len(desk.work.outbox.entries()) == 2


def test_undo_of_an_unknown_record_is_refused(desk: Desk) -> None:
    with pytest.raises(InputRefused) as refused:
        undo(desk, "01900000-0000-7000-8000-00000000ffff")

    assert refused.value.code == "record_unknown"


def test_report_undone_and_placed_elsewhere_is_stamped_with_its_new_place(desk: Desk) -> None:
    record = submitted(desk)
    undo(desk, record)
    keep_draft(desk, record, "G1001", DraftBody(class_code="03-11", place=Place(PlaceSource.PIN, *INSIDE)))

    stamped = submit_report(desk, record).photos[0].file(Lane.STAMPED)

    assert stamped is not None
    with Image.open(desk.folder.file(stamped.sha256, "image/jpeg", Lane.STAMPED)) as picture:
        assert picture.getexif().get_ifd(0x8825)
