"""A second start of the app on the same data folder."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from fieldapp.services.single import OnlyWindow
from sync.replica.folder import DataFolder


def test_second_start_raises_the_first_window_and_is_told_it_is_second(tmp_path: Path, qtbot: QtBot) -> None:
    folder = DataFolder(tmp_path / "data")
    first, second = OnlyWindow(folder), OnlyWindow(folder)
    assert first.claim()
    with qtbot.waitSignal(first.raised, timeout=60_000):
        assert not second.claim()
    first.release()


def test_after_the_first_has_gone_the_next_one_is_first(tmp_path: Path, qtbot: QtBot) -> None:
    folder = DataFolder(tmp_path / "data")
    first = OnlyWindow(folder)
    assert first.claim()
    first.release()
    second = OnlyWindow(folder)
    assert second.claim()
    second.release()


def test_another_folder_has_a_window_of_its_own(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = (OnlyWindow(DataFolder(tmp_path / name)) for name in ("one", "other"))
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()
