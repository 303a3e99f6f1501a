"""A refused report is corrected as a new record that names it; nothing is lost, undo brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.already_reported import add_to_case
from fieldapp.capture.correcting import correct_report
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, discard_draft, keep_draft, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, Lane, RecordType, Report
from sync.contract.wire import decode_record
from sync.replica.folder import DataFolder
from sync.replica.outbox import Entry, ItemState
from sync.replica.work import WorkStore

KEY = bytes(32)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet", key=KEY)
    yield made
    close_desk(made)


@pytest.fixture
def refused(desk: Desk) -> str:
    """A report with two photos that central has refused."""
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="旧说明", plate="粤B12345"))
    for number in range(2):
        take_photo(desk, draft, jpeg(size=(64 + number, 48)), NOWHERE)
    record_id = submit_report(desk, draft).record_id
    refuse(desk, record_id)
    return record_id


def refuse(desk: Desk, record_id: str) -> None:
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())
        desk.work.outbox.mark_needs_you(record_id, "class_unknown", {"class_code": "03-11"})


def start_photographed(desk: Desk) -> str:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(size=(70, 48)), NOWHERE)
    return draft


def entry(desk: Desk, record_id: str) -> Entry:
    found = desk.work.outbox.entry(record_id)
    assert found is not None
    return found


def report(desk: Desk, record_id: str) -> Report:
    found = decode_record(RecordType.REPORT, entry(desk, record_id).record.body)
    assert isinstance(found, Report)
    return found


def corrected(desk: Desk, refused: str, note: str = "新说明") -> str:
    draft = correct_report(desk, refused)
    keep_draft(
        desk, draft, desk.officer.officer_id, msgspec.structs.replace(open_draft(desk, draft).body, note=note)
    )
    return submit_report(desk, draft).record_id


def test_draft_has_the_words_and_photos_of_the_refused_report(desk: Desk, refused: str) -> None:
    opened = open_draft(desk, correct_report(desk, refused))

    assert opened.draft.draft_id != refused
    assert (opened.body.note, opened.body.plate, opened.body.corrects) == ("旧说明", "粤B12345", refused)
    originals = [photo.original for photo in report(desk, refused).photos]
    assert [saved.photo.original for saved in opened.photos] == originals
    assert entry(desk, refused).state is ItemState.NEEDS_YOU


def test_asking_twice_opens_the_same_draft(desk: Desk, refused: str) -> None:
    assert correct_report(desk, refused) == correct_report(desk, refused)


def test_corrected_report_goes_as_a_new_record_and_the_refused_one_stands_aside(
    desk: Desk, refused: str
) -> None:
    body_before = entry(desk, refused).record.body

    new_id = corrected(desk, refused)

    assert (report(desk, new_id).corrects, report(desk, new_id).note) == (refused, "新说明")
    old = entry(desk, refused)
    assert (old.state, old.code, old.record.body) == (ItemState.REPLACED, "class_unknown", body_before)
    assert old.record.withdrawn_by == new_id
    assert desk.work.outbox.needing_you() == 0
    assert desk.work.uploads.pending().photos == 2
    with desk.work.act():
        assert [item.op_id for item in desk.work.outbox.freeze_batch(10, desk.clock.now())] == [new_id]


def test_every_photo_is_stamped_anew_for_its_new_record(desk: Desk, refused: str) -> None:
    new_id = corrected(desk, refused)

    stamped = [{photo.file(Lane.STAMPED) for photo in report(desk, one).photos} for one in (refused, new_id)]
    assert None not in stamped[1]
    assert stamped[0] & stamped[1] == set()


def test_neither_a_retry_nor_a_restored_central_gets_what_was_replaced(desk: Desk, refused: str) -> None:
    corrected(desk, refused)
    with desk.work.act():
        desk.work.outbox.try_again(refused)
        desk.work.outbox.offer_again("another epoch")
    assert entry(desk, refused).state is ItemState.REPLACED
    assert refused not in [one.record.record_id for one in desk.work.outbox.unreceipted()]


def test_undo_before_it_left_brings_the_refused_report_back(desk: Desk, refused: str) -> None:
    new_id = corrected(desk, refused)

    assert undo(desk, new_id) is Undone.REMOVED

    assert entry(desk, refused).state is ItemState.NEEDS_YOU
    assert entry(desk, refused).record.withdrawn_by == ""
    assert {upload.file.record_id for upload in desk.work.uploads.of_record(refused)} == {refused}
    assert submit_report(desk, new_id).record_id == new_id
    assert entry(desk, refused).state is ItemState.REPLACED


def test_correction_given_to_another_case_lets_the_refused_report_stand_aside_until_it_is_undone(
    desk: Desk, refused: str
) -> None:
    case_id = submit_report(desk, start_photographed(desk)).case_id
    joined = add_to_case(desk, correct_report(desk, refused), case_id).record_id

    assert entry(desk, refused).state is ItemState.REPLACED
    assert desk.work.outbox.needing_you() == 0
    assert undo(desk, joined) is Undone.REMOVED
    assert entry(desk, refused).state is ItemState.NEEDS_YOU
    assert len(desk.work.uploads.of_record(refused)) > 0


def test_draft_thrown_away_leaves_the_refused_report_and_its_files(desk: Desk, refused: str) -> None:
    with desk.work.act():  # as after a rebuild: only the record names them
        for saved in desk.work.drafts.photos(refused):
            desk.work.drafts.remove_photo(saved.photo_id)
    discard_draft(desk, correct_report(desk, refused))

    for photo in report(desk, refused).photos:
        assert desk.folder.file(photo.original.sha256, photo.original.media_type).is_file()


def test_report_taken_in_meanwhile_is_not_set_aside(desk: Desk, refused: str) -> None:
    draft = correct_report(desk, refused)
    with desk.work.act():
        desk.work.outbox.try_again(refused)

    submit_report(desk, draft)

    assert entry(desk, refused).state is ItemState.WAITING


def test_only_a_refused_report_can_be_corrected(desk: Desk, refused: str) -> None:
    with desk.work.act():
        desk.work.outbox.try_again(refused)
    with pytest.raises(InputRefused, match="correct_not_refused"):
        correct_report(desk, refused)
    with pytest.raises(InputRefused, match="record_unknown"):
        correct_report(desk, "01900000-0000-7000-8000-000000000001")


def test_after_a_rebuild_the_refused_report_still_stands_aside(desk: Desk, refused: str) -> None:
    new_id = corrected(desk, refused)
    root = desk.folder.root
    desk.work.close()
    for name in ("work.db", "work.db-wal"):
        (root / name).write_bytes(b"")
    work = WorkStore(DataFolder(root), KEY)
    try:
        states = {one.record.record_id: one.state for one in work.outbox.entries()}
        assert states == {refused: ItemState.REPLACED, new_id: ItemState.WAITING}
        assert work.uploads.of_record(refused) == []
    finally:
        work.close()
