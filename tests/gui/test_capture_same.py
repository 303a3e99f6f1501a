"""The report in hand may be reported already: it says so while it is filled in; one tap adds to that case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from capture_ground import HERE, Ground, idle, make_ground, sit_down
from field_app import put_rows, run_job
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.services.worker import ReplicaWorker
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record

CASE = "01900000-0000-7000-8000-00000000ca5e"
CLASS = "03-11"


@pytest.fixture
def ground(qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]) -> Iterator[Ground]:
    made = make_ground(workers)
    sit_down(qtbot, made)
    yield made
    made.close()


def told(desk: Desk) -> None:
    """Central told of an open case right here."""
    row = {"case_id": CASE, "state": "reported", "class_code": CLASS, "note": "渣土\n撒漏",
           "lon": HERE.lon, "lat": HERE.lat, "reported_at": "2026-11-20T00:00:00Z"}  # fmt: skip
    put_rows(desk, "city_case", row)  # type: ignore[arg-type]


def photographed(qtbot: QtBot, ground: Ground) -> None:
    ground.source.feed()
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.shutter()
    ground.capture.classes.choose(CLASS)


def test_open_case_here_is_shown_while_the_report_is_filled_in(qtbot: QtBot, ground: Ground) -> None:
    run_job(qtbot, ground.writer, told)
    photographed(qtbot, ground)

    qtbot.waitUntil(lambda: ground.capture.same.shown)
    (row,) = ground.capture.same.cases.rows()
    assert (row.case_id, row.metres, row.stage, row.note) == (CASE, 0, "reported", "渣土 撒漏")  # type: ignore[attr-defined]


def test_case_that_comes_while_the_report_is_open_is_shown_too(qtbot: QtBot, ground: Ground) -> None:
    photographed(qtbot, ground)
    run_job(qtbot, ground.writer, told)
    ground.events.tablesChanged.emit(frozenset({"city_case"}))
    qtbot.waitUntil(lambda: ground.capture.same.shown)


def test_dismissed_it_stays_away_from_this_report_and_comes_back_with_the_next(
    qtbot: QtBot, ground: Ground
) -> None:
    run_job(qtbot, ground.writer, told)
    photographed(qtbot, ground)
    qtbot.waitUntil(lambda: ground.capture.same.shown)

    ground.capture.same.dismiss()
    assert not ground.capture.same.shown
    with qtbot.waitSignal(ground.capture.same.searched):
        ground.capture.form.setNote("另一处")
    assert not ground.capture.same.shown

    ground.capture.startNew()
    photographed(qtbot, ground)
    qtbot.waitUntil(lambda: ground.capture.same.shown)


def test_one_tap_gives_the_case_the_photos_instead_and_undo_gives_the_report_back(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    run_job(qtbot, ground.writer, told)
    photographed(qtbot, ground)
    ground.capture.form.setNote("又撒了一处")

    with qtbot.waitSignal(ground.capture.saved) as saved:
        ground.capture.joinCase(CASE)
    record_id = str(saved.args[0])
    entry = desk.work.outbox.entry(record_id)
    assert entry is not None
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    assert (act.kind, act.case_id, act.note, len(act.photos)) == (
        ActKind.SUPPLEMENT, CASE, "又撒了一处", 1,
    )  # fmt: skip
    assert ground.capture.empty

    with qtbot.waitSignal(ground.capture.undone):
        ground.capture.undo(record_id)
    qtbot.waitUntil(lambda: ground.capture.form.note == "又撒了一处")
    assert (ground.capture.photos.count, ground.capture.form.classCode) == (1, CLASS)


def test_case_that_went_away_meanwhile_refuses_and_the_report_stays(qtbot: QtBot, ground: Ground) -> None:
    photographed(qtbot, ground)
    with qtbot.waitSignal(ground.capture.failed) as failed:
        ground.capture.joinCase(CASE)
    assert failed.args[0] == "case_unknown"
    idle(qtbot, ground)
    assert ground.capture.photos.count == 1
    with qtbot.waitSignal(ground.capture.saved):
        ground.capture.submit()


def test_the_next_officer_finds_nothing_of_it(qtbot: QtBot, ground: Ground) -> None:
    run_job(qtbot, ground.writer, told)
    photographed(qtbot, ground)
    qtbot.waitUntil(lambda: ground.capture.same.shown)
    ground.events.closed.emit()
    assert not ground.capture.same.shown
