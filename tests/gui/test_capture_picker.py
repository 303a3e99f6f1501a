"""Picking files: what is listed, in which order, and what is picked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.services.camera_roll import list_folder, usual_folders
from fieldapp.viewmodels.capture_picker import PhotoPickerViewModel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "photos"
    place.mkdir()
    for age, name in enumerate(("new.jpg", "old.HEIC", "older.png")):
        (place / name).write_bytes(b"x" * 2_000_000)
        os.utime(place / name, (1_700_000_000 - age, 1_700_000_000 - age))
    for name in (".hidden.jpg", "text.txt"):
        (place / name).write_bytes(b"x")
    (place / "Camera").mkdir()
    (place / "gone.jpg").symlink_to(place / "nowhere")
    return place


def names(picker: PhotoPickerViewModel) -> list[str]:
    return [row.name for row in picker.items.rows()]  # type: ignore[attr-defined]


def test_folders_come_first_then_photos_the_newest_first_and_nothing_else(folder: Path) -> None:
    listed = [entry.path.name for entry in list_folder(folder).entries]

    assert listed == ["Camera", "new.jpg", "old.HEIC", "older.png"]


def test_folder_that_is_not_there_is_told_from_an_empty_one(tmp_path: Path) -> None:
    assert list_folder(tmp_path).readable
    assert not list_folder(tmp_path / "nowhere").readable


def test_memory_stick_is_offered_before_the_usual_folders(tmp_path: Path) -> None:
    assert usual_folders(lambda: [tmp_path])[0] == ("stick", tmp_path)


def test_picked_photos_carry_their_order_and_are_taken_once(qtbot: QtBot, folder: Path) -> None:
    picker = PhotoPickerViewModel()
    picker.enter(str(folder))
    qtbot.waitUntil(lambda: len(names(picker)) == 4)
    new, old = str(folder / "new.jpg"), str(folder / "old.HEIC")

    for path in (old, new, old, old):
        picker.toggle(path)
    numbers = {row.name: row.number for row in picker.items.rows()}  # type: ignore[attr-defined]

    assert numbers == {"Camera": 0, "new.jpg": 1, "old.HEIC": 2, "older.png": 0}
    assert picker.take() == [new, old]
    assert picker.pickedCount == 0


def test_photo_that_cannot_be_shown_small_is_listed_all_the_same(qtbot: QtBot, folder: Path) -> None:
    picker = PhotoPickerViewModel()
    picker.enter(str(folder))
    qtbot.waitUntil(lambda: len(names(picker)) == 4)
    sources = {row.name: row.source for row in picker.items.rows()}  # type: ignore[attr-defined]

    assert sources["old.HEIC"] == ""
    assert sources["new.jpg"].startswith("file:")


def test_going_up_shows_the_folder_above_and_forgets_what_was_picked(qtbot: QtBot, folder: Path) -> None:
    picker = PhotoPickerViewModel()
    picker.enter(str(folder))
    qtbot.waitUntil(lambda: len(names(picker)) == 4)
    picker.toggle(str(folder / "new.jpg"))

    picker.up()
    qtbot.waitUntil(lambda: names(picker) == ["photos"])

    assert picker.pickedCount == 0
