"""Choosing a class: the cascade, the search, the ones used lately, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from capture_ground import Ground, make_ground, sit_down
from field_app import put_rows
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import classes_now
from fieldapp.services.worker import ReplicaWorker


@pytest.fixture
def ground(qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]) -> Iterator[Ground]:
    made = make_ground(workers)
    sit_down(qtbot, made)
    yield made
    made.close()


def codes(model: object) -> list[str]:
    return [row.code for row in model.rows()]  # type: ignore[attr-defined]


def test_opening_a_top_class_browses_and_chooses_nothing(ground: Ground) -> None:
    ground.capture.classes.open("03")

    assert "03-11" in codes(ground.capture.classes.secondModel)
    assert ground.capture.form.classCode == ""
    ground.capture.classes.choose("03")
    assert ground.capture.form.classCode == ""


def test_class_with_a_third_level_is_chosen_at_the_second_and_refined_at_the_third(ground: Ground) -> None:
    ground.capture.classes.choose("03-11")
    assert (ground.capture.form.classCode, ground.capture.classes.levels) == ("03-11", 3)

    ground.capture.classes.choose("03-11-02")

    assert ground.capture.form.classCode == "03-11-02"
    assert (ground.capture.classes.secondCode, ground.capture.classes.thirdCode) == ("03-11", "03-11-02")
    assert ground.capture.form.classPath.count("›") == 2


@pytest.mark.parametrize("word", ["渣土车未密闭", "03-11", "muck truck"])
def test_class_is_found_by_name_code_and_english_name(ground: Ground, word: str) -> None:
    ground.capture.classes.search(word)

    assert any(code.startswith("03-1") for code in codes(ground.capture.classes.found))


def test_word_in_a_name_comes_before_the_same_word_in_a_phrase(ground: Ground) -> None:
    ground.capture.classes.search("井盖")
    names = [row.label for row in ground.capture.classes.found.rows()]

    assert names
    assert "井盖" in names[0]


def test_search_for_nothing_shows_nothing(ground: Ground) -> None:
    for word in ("", "   ", "does not exist anywhere"):
        ground.capture.classes.search(word)
        assert codes(ground.capture.classes.found) == []


def test_names_and_phrases_follow_the_language(ground: Ground) -> None:
    ground.capture.classes.choose("03-11")
    chinese = (ground.capture.form.classPath, ground.capture.form.phrases)

    ground.events.languageChanged.emit("en")

    assert ground.capture.form.classPath.isascii() or "›" in ground.capture.form.classPath
    assert ground.capture.form.classPath != chinese[0]
    assert len(ground.capture.form.phrases) == len(chinese[1]) > 0


def test_class_of_a_saved_report_is_offered_again(qtbot: QtBot, ground: Ground) -> None:
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.shutter()
    ground.capture.classes.choose("03-11")
    with qtbot.waitSignal(ground.capture.saved):
        ground.capture.submit()

    assert codes(ground.capture.classes.recent) == ["03-11"]


def test_classes_are_there_though_the_clock_is_years_behind(desk: Desk) -> None:
    class Behind:
        boot_id = "b"

        def now(self) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

        def monotonic(self) -> float:
            return 0.0

    assert len(classes_now(msgspec.structs.replace(desk, clock=Behind()))) == len(desk.reference.classes())


def test_class_no_longer_in_force_is_not_offered(desk: Desk) -> None:
    put_rows(
        desk,
        "case_class",
        {
            "class_code": "03-98",
            "parent": "03",
            "name_zh": "旧",
            "valid_from": "2020-01-01",
            "valid_to": "2021-01-01",
        },
    )

    assert "03-98" not in [row["class_code"] for row in classes_now(desk)]
