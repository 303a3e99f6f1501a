"""The report in hand: photos into drafts, drafts into reports, and back again by undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from capture_ground import Ground, ToldPosition, idle, make_ground, sit_down
from field_app import Tablet, run_job
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, list_drafts, open_draft
from fieldapp.services.camera import CameraSource
from fieldapp.services.worker import ReplicaWorker
from sync.contract.records import NOWHERE, Lane, Place, PlaceSource, RecordType, Report
from sync.contract.wire import decode_record, sha256_hex
from sync.replica.files import durable_write

CLASS = "03-11"


@pytest.fixture
def ground(qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]) -> Iterator[Ground]:
    made = make_ground(workers)
    sit_down(qtbot, made)
    yield made
    made.close()


def shoot(qtbot: QtBot, ground: Ground, times: int = 1) -> None:
    for _ in range(times):
        ground.source.feed()
        with qtbot.waitSignal(ground.capture.photoSaved):
            ground.capture.shutter()


def submit(qtbot: QtBot, ground: Ground) -> str:
    with qtbot.waitSignal(ground.capture.saved) as signal:
        ground.capture.submit()
    return str(signal.args[0])


def report_of(desk: Desk, record_id: str) -> Report:
    entry = desk.work.outbox.entry(record_id)
    assert entry is not None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    return report


def test_photo_class_and_submit_make_one_report_with_place_and_derivatives(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    shoot(qtbot, ground, 2)
    ground.capture.classes.choose(CLASS)
    ground.capture.form.setNote("沿途撒漏 😀")

    report = report_of(desk, submit(qtbot, ground))

    assert (report.class_code, report.note, len(report.photos)) == (CLASS, "沿途撒漏 😀", 2)
    assert report.place.source is PlaceSource.GNSS
    assert {f.lane for f in report.photos[0].files} == set(Lane)
    assert ground.capture.empty


def test_nothing_is_kept_before_the_first_keystroke_or_photo(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    idle(qtbot, ground)
    assert list_drafts(desk) == []

    ground.capture.form.setNote("n")
    ground.capture.flush()
    idle(qtbot, ground)

    assert [opened.body.note for opened in list_drafts(desk)] == ["n"]


def test_typing_is_saved_by_itself(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    ground.capture.form.setNote("ni'hao")

    qtbot.waitUntil(lambda: [o.body.note for o in list_drafts(desk)] == ["ni'hao"], timeout=60_000)


def test_double_tap_on_submit_makes_one_report(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)

    with qtbot.waitSignal(ground.capture.saved):
        ground.capture.submit()
        ground.capture.submit()
    idle(qtbot, ground)

    assert len(desk.work.outbox.entries()) == 1


def test_submit_right_after_the_shutter_waits_for_the_photo(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    ground.capture.classes.choose(CLASS)
    with qtbot.waitSignal(ground.capture.saved) as signal:
        ground.capture.shutter()
        ground.capture.submit()

    assert len(report_of(desk, signal.args[0]).photos) == 1


def test_report_without_class_says_so_at_the_class(qtbot: QtBot, ground: Ground) -> None:
    shoot(qtbot, ground)
    assert ground.capture.missing == ["class"]

    with qtbot.waitSignal(ground.capture.failed) as signal:
        ground.capture.submit()

    assert signal.args[0] == "class_missing"
    assert ground.capture.form.classError == signal.args[1] != ""
    ground.capture.classes.choose(CLASS)
    assert ground.capture.form.classError == ""


@pytest.mark.parametrize(
    ("code", "note"), [("text_nul", "a\x00"), ("text_surrogate", "a\ud800"), ("note_too_long", "字" * 10_001)]
)
def test_refused_note_stays_in_the_field_with_its_sentence(
    qtbot: QtBot, ground: Ground, desk: Desk, code: str, note: str
) -> None:
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    ground.capture.form.setNote(note)

    with qtbot.waitSignal(ground.capture.failed) as signal:
        ground.capture.submit()
    idle(qtbot, ground)

    assert signal.args[0] == code
    assert ground.capture.form.noteError == signal.args[1] != ""
    assert ground.capture.form.note == note
    assert list_drafts(desk)[0].body.note == note


def test_undo_brings_the_draft_back(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    ground.capture.form.setNote("note")
    record = submit(qtbot, ground)

    with qtbot.waitSignal(ground.capture.undone) as signal:
        ground.capture.undo(record)
    qtbot.waitUntil(lambda: ground.capture.draftId == record)

    assert signal.args == [record, "removed"]
    assert (ground.capture.form.note, ground.capture.photos.count) == ("note", 1)
    assert desk.work.outbox.entries() == []


def test_undo_after_sending_began_says_withdrawn(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    record = submit(qtbot, ground)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())

    with qtbot.waitSignal(ground.capture.undone) as signal:
        ground.capture.undo(record)

    assert signal.args == [record, "withdrawn"]
    assert ground.capture.shelf.notice == "withdrawn"


def test_undo_keeps_the_report_begun_meanwhile_as_a_draft(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    record = submit(qtbot, ground)
    ground.capture.form.setNote("the next one")

    ground.capture.undo(record)
    qtbot.waitUntil(lambda: ground.capture.draftId == record)
    idle(qtbot, ground)

    assert sorted(o.body.note for o in list_drafts(desk)) == ["", "the next one"]
    qtbot.waitUntil(lambda: ground.capture.shelf.drafts.count == 1)


def test_draft_comes_back_when_the_officer_sits_down_again(
    qtbot: QtBot, ground: Ground, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    shoot(qtbot, ground)
    ground.capture.form.setNote("half done")
    ground.capture.flush()
    draft = ground.capture.draftId
    ground.close()

    again = make_ground(workers)
    sit_down(qtbot, again)
    qtbot.waitUntil(lambda: again.capture.draftId == draft)

    assert (again.capture.form.note, again.capture.photos.count) == ("half done", 1)
    assert again.capture.shelf.notice == "resumed"
    again.capture.startNew()
    assert again.capture.shelf.notice == "", "an empty report is nothing that was gone on with"
    again.close()


def test_photo_found_again_after_a_kill_is_told_and_shown_on_request(
    qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker], desk: Desk
) -> None:
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(0xFF446688)
    picture.save(str(desk.folder.root / "p.jpg"))
    data = (desk.folder.root / "p.jpg").read_bytes()
    durable_write(desk.folder.file(sha256_hex(data), "image/jpeg"), data)

    ground = make_ground(workers)
    sit_down(qtbot, ground)
    qtbot.waitUntil(lambda: ground.capture.shelf.notice == "recovered")
    assert (ground.capture.shelf.noticeCount, ground.capture.photos.count) == (1, 0)
    ground.capture.followNotice()
    qtbot.waitUntil(lambda: ground.capture.photos.count == 1)

    assert ground.capture.shelf.notice == ""
    ground.close()


def test_another_officer_does_not_see_the_draft(
    qtbot: QtBot, ground: Ground, workers: tuple[ReplicaWorker, ReplicaWorker], desk: Desk
) -> None:
    ground.capture.form.setNote("mine")
    ground.capture.flush()
    idle(qtbot, ground)

    assert [o.draft.officer_id for o in list_drafts(desk)] == ["G1001"]


def test_removed_photo_can_be_put_back_and_is_gone_after_submitting(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    shoot(qtbot, ground, 3)
    first, second, _third = ground.capture.photos.photos()

    ground.capture.removePhoto(first.photo_id)
    assert ground.capture.canPutBack
    ground.capture.putBackPhoto()
    assert ground.capture.photos.photos()[0].photo_id == first.photo_id
    ground.capture.removePhoto(second.photo_id)
    ground.capture.classes.choose(CLASS)
    report = report_of(desk, submit(qtbot, ground))

    assert [photo.slot for photo in report.photos] == [0, 2]


def test_imported_photos_bring_their_own_place_and_failures_name_their_file(
    qtbot: QtBot, ground: Ground, field_data: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"")

    with qtbot.waitSignals([ground.capture.photoSaved, ground.capture.failed]):
        ground.capture.importFiles([str(field_data / "photos" / "DSCN0010.jpg"), broken.as_uri()])
    qtbot.waitUntil(lambda: ground.capture.photosInHand == 0)

    assert ground.capture.form.photoError.startswith("broken.jpg")
    assert (ground.capture.place.source, ground.capture.place.byHand) == ("exif", False)


def test_imported_photo_without_place_leaves_the_report_unplaced_though_the_tablet_has_a_fix(
    qtbot: QtBot, ground: Ground, field_data: Path, desk: Desk
) -> None:
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.importFiles([str(field_data / "photos" / "portrait_6.jpg")])
    ground.capture.classes.choose(CLASS)
    assert not ground.capture.place.placed

    report = report_of(desk, submit(qtbot, ground))

    assert (report.place, report.photos[0].place, report.grid_cell) == (NOWHERE, NOWHERE, "unplaced")


def test_pin_places_the_report_and_the_photos_place_can_be_taken_again(qtbot: QtBot, ground: Ground) -> None:
    shoot(qtbot, ground)
    ground.capture.pinAt(113.95, 22.61)
    assert (ground.capture.place.source, ground.capture.place.byHand) == ("pin", True)

    ground.capture.takePhotoPlace()

    assert (ground.capture.place.source, ground.capture.place.byHand) == ("gnss", False)


def test_pin_out_of_range_is_refused_at_the_place(qtbot: QtBot, ground: Ground) -> None:
    with qtbot.waitSignal(ground.capture.failed):
        ground.capture.pinAt(190.0, 22.0)

    assert ground.capture.form.placeError != ""


def test_no_position_never_blocks(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    ground.position.tell(None)
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    assert ground.capture.missing == []

    assert report_of(desk, submit(qtbot, ground)).grid_cell == "unplaced"


def test_stale_fix_is_kept_as_stale(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    ground.position.tell(Place(PlaceSource.GNSS, 113.9, 22.6, 4.0, stale=True))
    shoot(qtbot, ground)
    ground.capture.classes.choose(CLASS)

    assert report_of(desk, submit(qtbot, ground)).place.stale


def test_photo_that_cannot_be_saved_is_kept_and_saved_again(
    qtbot: QtBot, ground: Ground, tablet: Tablet, desk: Desk
) -> None:
    files = tablet.folder.files
    files.rename(files.with_name("away"))
    files.write_bytes(b"")  # a file where the folder was: nothing can be written below it

    with qtbot.waitSignal(ground.capture.failed) as failed:
        ground.capture.shutter()
    assert (failed.args[0], ground.capture.photosUnsaved) == ("folder_unwritable", 1)
    ground.capture.classes.choose(CLASS)
    with qtbot.waitSignal(ground.capture.failed) as refused:
        ground.capture.submit()
    assert refused.args[0] == "photos_unsaved"

    files.unlink()
    files.with_name("away").rename(files)
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.saveAgain()

    assert ground.capture.photosUnsaved == 0
    assert len(open_draft(desk, ground.capture.draftId).photos) == 1


def test_shutter_without_a_picture_says_so_and_import_still_works(
    qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker], field_data: Path
) -> None:
    ground = make_ground(workers, source=CameraSource(), position=ToldPosition())
    sit_down(qtbot, ground)
    assert (ground.camera.state, ground.capture.canShoot) == ("none", False)

    with qtbot.waitSignal(ground.capture.failed) as failed:
        ground.capture.shutter()
    assert failed.args[0] == "camera_no_frame"
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.importFiles([str(field_data / "photos" / "DSCN0042.jpg")])
    ground.close()


def test_discarded_draft_is_gone_with_its_photos(
    qtbot: QtBot, ground: Ground, desk: Desk, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    shoot(qtbot, ground)
    first = ground.capture.draftId
    ground.capture.startNew()
    qtbot.waitUntil(lambda: ground.capture.shelf.drafts.count == 1)

    ground.capture.discard(first)
    qtbot.waitUntil(lambda: ground.capture.shelf.drafts.count == 0)

    assert list_drafts(desk) == []
    assert run_job(qtbot, workers[0], lambda d: list(d.folder.files.rglob("*.jpg"))) == []


def test_report_on_a_truck_begins_with_its_plate_and_keeps_what_was_in_hand(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    ground.capture.form.setNote("first")

    ground.capture.start_on(DraftBody(class_code="03-11", plate="粤BD12345", facts="{}"))
    ground.capture.flush()
    idle(qtbot, ground)

    assert {(o.body.note, o.body.plate) for o in list_drafts(desk)} == {("first", ""), ("", "粤BD12345")}
    assert not ground.capture.form.plateDoubtful
