"""From a draft to a report: saved once, refused in words, the photo's place its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from image_makers import exif, jpeg, position
from PIL import Image
from use_case_desk import CELL, INSIDE, OUTSIDE, SmallDisk, ToldClock, close_desk, files_below, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, list_drafts, open_draft, remove_photo, start_draft
from fieldapp.capture.photos import import_photo, take_photo
from fieldapp.capture.report import submit_report
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.records import NOWHERE, Lane, Origin, Place, PlaceSource, RecordType, Report
from sync.contract.wire import decode_record

HERE = Place(PlaceSource.GNSS, *INSIDE, accuracy_m=4.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def report_of(desk: Desk, record_id: str) -> Report:
    entry = desk.work.outbox.entry(record_id)
    assert entry is not None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    return report


def photo_file(folder: Path, name: str = "a.jpg", **tags: float) -> Path:
    path = folder / name
    block = exif(gps=position(tags["lon"], tags["lat"])) if tags else b""
    path.write_bytes(jpeg(exif_block=block))
    return path


def test_report_of_a_captured_photo_takes_place_and_cell_from_the_shutter(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="沿途撒漏 😀"))
    take_photo(desk, draft, jpeg(), HERE)

    saved = submit_report(desk, draft)

    report = report_of(desk, saved.record_id)
    assert (report.place, report.grid_cell, report.note) == (HERE, CELL, "沿途撒漏 😀")
    assert [f.lane for f in report.photos[0].files] == [Lane.THUMBNAIL, Lane.ORIGINAL, Lane.STAMPED]


def test_submitting_twice_makes_one_report(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(), HERE)

    first, second = submit_report(desk, draft), submit_report(desk, draft)

    assert first.record_id == second.record_id
    assert len(desk.work.outbox.entries()) == 1


def test_imported_photo_keeps_its_own_place_and_never_gets_the_records(desk: Desk, tmp_path: Path) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", place=HERE))
    import_photo(desk, draft, photo_file(tmp_path))

    photo = report_of(desk, submit_report(desk, draft).record_id).photos[0]

    assert (photo.origin, photo.place) == (Origin.IMPORTED, NOWHERE)
    stamped = photo.file(Lane.STAMPED)
    assert stamped is not None
    with Image.open(desk.folder.file(stamped.sha256, "image/jpeg", Lane.STAMPED)) as picture:
        assert not picture.getexif().get_ifd(0x8825)


def test_captured_photo_without_a_fix_is_stamped_with_the_pin(desk: Desk) -> None:
    pin = Place(PlaceSource.PIN, *INSIDE)
    draft = start_draft(desk, body=DraftBody(class_code="03-11", place=pin))
    take_photo(desk, draft, jpeg(), NOWHERE)

    photo = report_of(desk, submit_report(desk, draft).record_id).photos[0]

    stamped = photo.file(Lane.STAMPED)
    assert photo.place == NOWHERE
    assert stamped is not None
    with Image.open(desk.folder.file(stamped.sha256, "image/jpeg", Lane.STAMPED)) as picture:
        assert picture.getexif().get_ifd(0x8825)[1] == "N"


def test_photo_from_outside_the_city_makes_a_report_outside(desk: Desk, tmp_path: Path) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    import_photo(desk, draft, photo_file(tmp_path, lon=OUTSIDE[0], lat=OUTSIDE[1]))

    assert submit_report(desk, draft).grid_cell == "outside"


def test_report_without_any_position_is_unplaced_and_saved(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(), NOWHERE)

    assert submit_report(desk, draft).grid_cell == "unplaced"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("class_missing", DraftBody()),
        ("class_unknown", DraftBody(class_code="99-99")),
        ("text_nul", DraftBody(class_code="03-11", note="a\x00b")),
        ("text_surrogate", DraftBody(class_code="03-11", note="a\ud800")),
        ("text_surrogate", DraftBody(class_code="03-11", address="\udc00")),
        ("text_nul", DraftBody(class_code="03-11", plate="粤B\x00")),
        ("note_too_long", DraftBody(class_code="03-11", note="字" * 10_001)),
        ("position_invalid", DraftBody(class_code="03-11", place=Place(PlaceSource.PIN, 181.0, 0.0))),
        ("grid_cell_invalid", DraftBody(class_code="03-11", grid_cell="12")),
    ],
)
def test_refused_report_leaves_the_draft_as_it_was(desk: Desk, code: str, body: DraftBody) -> None:
    draft = start_draft(desk, body=body)
    take_photo(desk, draft, jpeg(), HERE)

    with pytest.raises(InputRefused) as refused:
        submit_report(desk, draft)

    assert refused.value.code == code
    assert open_draft(desk, draft).body == body
    assert desk.work.outbox.entries() == []


def test_report_without_photo_is_refused(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))

    with pytest.raises(InputRefused) as refused:
        submit_report(desk, draft)

    assert refused.value.code == "report_without_photo"


def test_note_of_ten_thousand_characters_with_emoji_is_kept_whole(desk: Desk) -> None:
    note = "😀字" * 5_000
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note=note))
    take_photo(desk, draft, jpeg(), HERE)

    assert report_of(desk, submit_report(desk, draft).record_id).note == note


def test_draft_begun_by_its_first_keystroke_is_listed_for_its_officer(desk: Desk) -> None:
    keep_draft(desk, "01900000-0000-7000-8000-000000000001", "G1001", DraftBody(note="n"))
    keep_draft(desk, "01900000-0000-7000-8000-000000000001", "G1001", DraftBody(note="ni"))
    keep_draft(desk, "01900000-0000-7000-8000-000000000002", "S2001", DraftBody(note="x"))

    assert [opened.body.note for opened in list_drafts(desk)] == ["ni"]


def test_late_keystroke_does_not_change_what_was_submitted(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="done"))
    take_photo(desk, draft, jpeg(), HERE)
    submit_report(desk, draft)

    keep_draft(desk, draft, "G1001", DraftBody(note="late"))

    assert open_draft(desk, draft).body.note == "done"


def test_photo_saved_later_keeps_the_time_of_the_shutter(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, ToldClock)
    pressed = clock.now()
    clock.move(600)

    saved = take_photo(desk, start_draft(desk), jpeg(), HERE, taken_at=pressed)

    assert saved.photo.taken_at == pressed


def test_two_identical_photos_are_both_kept_and_removing_one_leaves_the_other(desk: Desk) -> None:
    draft = start_draft(desk)
    first, second = (take_photo(desk, draft, jpeg(), HERE) for _ in range(2))

    remove_photo(desk, first)

    assert [s.photo_id for s in open_draft(desk, draft).photos] == [second.photo_id]
    sha256 = second.photo.original.sha256
    assert files_below(desk.folder.files) == [f"{sha256}.{second.photo_id}.side", f"{sha256}.jpg"]


def test_full_disk_refuses_the_photo_and_leaves_nothing_behind(desk: Desk) -> None:
    draft = start_draft(desk)
    desk.work.folder = SmallDisk(desk.folder.root)

    with pytest.raises(NeedsPerson) as refused:
        take_photo(desk, draft, jpeg(), HERE)

    assert refused.value.code == "disk_full"
    assert open_draft(desk, draft).photos == ()
    assert files_below(desk.folder.files) == []


def test_folder_that_is_gone_refuses_the_photo_and_is_not_made_again(desk: Desk) -> None:
    draft = start_draft(desk)
    elsewhere = desk.folder.root.with_name("elsewhere")
    desk.folder.root.rename(elsewhere)

    with pytest.raises(NeedsPerson, match="folder_unwritable"):
        take_photo(desk, draft, jpeg(), HERE)

    assert not desk.folder.root.exists()
    elsewhere.rename(desk.folder.root)
    assert take_photo(desk, draft, jpeg(), HERE).owner_id == draft
