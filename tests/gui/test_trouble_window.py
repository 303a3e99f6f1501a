"""The window for a machine on which the app cannot start: what was saved can be taken from it anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from field_app import make_tablet
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shell_fakes import find

from fieldapp.trouble import TroubleWindow
from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder

OpenTrouble = Callable[[DataFolder | None], tuple[TroubleWindow, QQuickWindow]]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[OpenTrouble]:
    made: list[TroubleWindow] = []

    def make(folder: DataFolder | None) -> tuple[TroubleWindow, QQuickWindow]:
        made.append(TroubleWindow(NeedsPerson("sqlite_too_old", version="3.40.1", needed="3.51.3"), folder))
        window = made[-1].open()
        assert window is not None
        qtbot.waitUntil(window.isExposed)
        return made[-1], window

    yield make
    for trouble in made:
        trouble.close()


def press(qtbot: QtBot, window: QQuickWindow, name: str) -> None:
    def is_there() -> bool:
        item = find(window, name)
        return item is not None and item.isVisible() and item.isEnabled() and item.width() > 0

    qtbot.waitUntil(is_there, timeout=60_000)
    item = find(window, name)
    assert item is not None
    middle = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def test_rescue_file_can_be_written_where_the_app_does_not_start(
    qtbot: QtBot, opened: OpenTrouble, tmp_path: Path
) -> None:
    trouble, window = opened(make_tablet(tmp_path / "tablet").folder)
    place = tmp_path / "stick"
    place.mkdir()
    assert trouble.rescue is not None
    rescue = trouble.rescue

    press(qtbot, window, "trouble.more")
    qtbot.waitUntil(lambda: rescue.property("stage") == "ready", timeout=60_000)
    rescue.choose(str(place))
    press(qtbot, window, "rescue.write")
    qtbot.waitUntil(lambda: rescue.property("stage") in ("done", "failed"), timeout=60_000)

    assert rescue.property("errorText") == ""
    assert [path.suffix for path in place.iterdir()] == [".rescue"]


@pytest.mark.parametrize("folder", ["none", "of nobody"])
def test_no_rescue_is_offered_where_no_tablet_ever_was(
    opened: OpenTrouble, tmp_path: Path, folder: str
) -> None:
    trouble, window = opened(None if folder == "none" else DataFolder(tmp_path / "new"))

    more = find(window, "trouble.more")

    assert trouble.rescue is None
    assert more is not None
    assert not more.isVisible()
