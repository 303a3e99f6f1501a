"""Suggestions beside the form: they come while one types, one tap takes them, and all can be overruled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from capture_ground import Ground, make_ground, sit_down
from field_app import put_rows, run_job
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.services.worker import ReplicaWorker
from sync.contract.records import RecordType, Report
from sync.contract.wire import decode_record

CLASS = "03-11"


@pytest.fixture
def ground(qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]) -> Iterator[Ground]:
    made = make_ground(workers)
    run_job(qtbot, made.writer, handled)
    sit_down(qtbot, made)
    yield made
    made.close()


def handled(desk: Desk) -> None:
    """Two units have handled such cases, one of them more often."""
    for number, assignee in enumerate(("U3001", "U3001", "U3001", "U3005", "U3001", "U3001")):
        row = {"case_id": f"01900000-0000-7000-8000-0000000000{number:02d}", "class_code": CLASS,
               "state": "closed", "assignee": assignee}  # fmt: skip
        put_rows(desk, "city_case", row)  # type: ignore[arg-type]


def keys(ground: Ground, which: str) -> list[str]:
    model = getattr(ground.capture.suggest, which)
    return [row.key for row in model.rows()]


def photographed(qtbot: QtBot, ground: Ground) -> None:
    ground.source.feed()
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.shutter()


def submitted(qtbot: QtBot, ground: Ground, desk: Desk) -> Report:
    with qtbot.waitSignal(ground.capture.saved) as signal:
        ground.capture.submit()
    entry = desk.work.outbox.entry(str(signal.args[0]))
    assert entry is not None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    return report


def test_class_is_suggested_from_the_words_typed_and_goes_once_one_is_chosen(
    qtbot: QtBot, ground: Ground
) -> None:
    ground.capture.form.setNote("渣土车未密闭，车身未遮盖")
    qtbot.waitUntil(lambda: CLASS in keys(ground, "classes"))

    ground.capture.classes.choose(CLASS)
    assert keys(ground, "classes") == []
    assert ground.capture.form.classCode == CLASS


def test_usual_unit_goes_with_the_report_unless_overruled(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    photographed(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    qtbot.waitUntil(lambda: len(keys(ground, "units")) >= 2)
    first = ground.capture.suggest.unit
    assert first == keys(ground, "units")[0] == "环卫服务单位"
    assert (ground.capture.suggest.why, ground.capture.suggest.whyCases) == ("city", 5)
    assert submitted(qtbot, ground, desk).unit == first


def test_another_unit_is_taken_and_kept_with_the_draft(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    photographed(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    qtbot.waitUntil(lambda: "街道综合执法队" in keys(ground, "units"))
    ground.capture.suggest.chooseUnit("街道综合执法队")
    draft = ground.capture.draftId
    ground.capture.startNew()
    qtbot.waitUntil(lambda: ground.capture.form.classCode == "")
    ground.capture.resume(draft)
    qtbot.waitUntil(lambda: ground.capture.form.classCode == CLASS)
    assert ground.capture.suggest.unit == "街道综合执法队"
    assert submitted(qtbot, ground, desk).unit == "街道综合执法队"


def test_chosen_unit_tapped_again_leaves_it_to_command(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    photographed(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    qtbot.waitUntil(lambda: bool(keys(ground, "units")))
    ground.capture.suggest.chooseUnit(ground.capture.suggest.unit)
    assert ground.capture.suggest.unit == ""
    assert submitted(qtbot, ground, desk).unit == ""


def test_unit_among_none_of_the_suggested_is_named_by_hand_and_kept_with_the_draft(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    suggest, picker = ground.capture.suggest, ground.capture.suggest.picker
    photographed(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    qtbot.waitUntil(lambda: bool(keys(ground, "units")))
    picker.open()
    qtbot.waitUntil(lambda: picker.loaded and picker.total > 20)
    assert picker.found.rows()[0].answers
    picker.search("ldgls")
    assert [row.label for row in picker.found.rows()] == ["路灯管理所"]
    suggest.nameUnit("路灯管理所")
    assert (suggest.unit, suggest.chosen, "路灯管理所" in keys(ground, "units")) == ("路灯管理所", True, True)

    draft = ground.capture.draftId
    ground.capture.startNew()
    qtbot.waitUntil(lambda: ground.capture.form.classCode == "")
    ground.capture.resume(draft)
    qtbot.waitUntil(lambda: ground.capture.form.classCode == CLASS)
    ground.events.languageChanged.emit("en")
    assert (suggest.unit, suggest.unitLabel) == ("路灯管理所", "Street lighting office")
    report = submitted(qtbot, ground, desk)
    assert (report.unit, report.unit_id, report.unit_chosen) == ("路灯管理所", "U17", True)


def test_who_answers_by_a_new_table_of_units_is_suggested_at_once(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    ground.capture.classes.choose("01-15")
    qtbot.waitUntil(lambda: bool(keys(ground, "units")))
    assert "路灯管理所" not in keys(ground, "units")
    row = {"unit_id": "U17", "name_zh": "路灯管理所", "classes": "01-15"}
    run_job(qtbot, ground.writer, lambda desk: put_rows(desk, "unit", row))  # type: ignore[arg-type]
    ground.events.tablesChanged.emit(frozenset({"unit"}))
    qtbot.waitUntil(lambda: "路灯管理所" in keys(ground, "units"))


def test_report_undone_comes_back_with_its_unit_still_only_suggested(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    photographed(qtbot, ground)
    ground.capture.classes.choose(CLASS)
    qtbot.waitUntil(lambda: bool(keys(ground, "units")))
    report = submitted(qtbot, ground, desk)
    assert (report.unit, report.unit_chosen) == ("环卫服务单位", False)
    ground.capture.undo(report.report_id)
    qtbot.waitUntil(lambda: ground.capture.form.classCode == CLASS)
    assert not ground.capture.suggest.chosen


def test_address_nobody_typed_is_what_the_place_says(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    photographed(qtbot, ground)
    qtbot.waitUntil(lambda: ground.capture.place.addressGuess != "")
    ground.capture.classes.choose(CLASS)
    guess = ground.capture.place.addressGuess
    assert submitted(qtbot, ground, desk).address == guess
