"""Pictures of what a window shows, over the matrix of languages, themes and sizes, and of large text.

The state is reached once; then language, theme, size and text size are changed under it, as in the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from kit_stage import items_under
from PySide6.QtCore import QCoreApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from fieldapp.ui.map.map_item import CityMap

LANGUAGES = ("zh", "en")
THEMES = ("day", "night", "sunlight")
SIZES = ((1280, 800), (1920, 1200))


class Look(NamedTuple):
    """One way a page may be seen."""

    size: tuple[int, int] = SIZES[0]
    scale: float = 1.0
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]

    @property
    def name(self) -> str:
        """As it ends the name of a file."""
        large = "" if self.scale == 1.0 else f"-{self.scale:.0%}".removesuffix("%")
        return f"{self.language}-{self.theme}-{self.size[0]}{large}"


PLAIN = Look()
MATRIX = (
    *(Look(size, 1.0, language, theme) for size, language, theme in product(SIZES, LANGUAGES, THEMES)),
    *(Look(SIZES[0], 2.0, language) for language in LANGUAGES),
)
FEW = (
    PLAIN,
    Look(theme="sunlight"),
    Look(SIZES[1], language="en", theme="night"),
    Look(SIZES[0], 2.0, "en"),
)


class Settings:
    """What is changed between two pictures: settings of the app, or a theme alone."""

    def __init__(self, settings: Any, window: QQuickWindow) -> None:
        self._settings, self._window = settings, window
        self._shown = PLAIN

    def put(self, look: Look) -> None:
        """Show it so."""
        shown, self._shown = self._shown, look
        if look.scale != shown.scale:
            self._settings.chooseTextScale(look.scale)
        if look.size != shown.size:
            self._window.resize(*look.size)
        if look.language != shown.language:
            self._settings.chooseLanguage(look.language)
        if look.theme != shown.theme:
            self._settings.chooseTheme(look.theme)


class Album:
    """Where the pictures go."""

    def __init__(self, folder: Path, looks: tuple[Look, ...], qtbot: QtBot) -> None:
        self.folder, self.looks, self.qtbot = folder, looks, qtbot
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, bench: Any, name: str, *, looks: tuple[Look, ...] = ()) -> None:
        """Every look of what a bench's window shows now."""
        shell = bench.shell
        workers = [worker for worker in (shell.writer, shell.reader) if shell.desks.running]

        def settled() -> None:
            for worker in workers:
                answers: list[object] = []
                worker.submit(lambda _desk: None, answers.append, answers.append)
                self.qtbot.waitUntil(lambda answers=answers: bool(answers), timeout=60_000)

        self.take_window(bench.window, shell.settings, name, settled, looks)

    def take_window(
        self,
        window: QQuickWindow,
        settings: Any,
        name: str,
        settled: Callable[[], None] = lambda: None,
        looks: tuple[Look, ...] = (),
    ) -> None:
        """The same of any window."""
        with at_rest(Settings(settings, window)) as shown:
            for look in looks or self.looks:
                shown.put(look)
                for _ in range(3):
                    settled()
                    self._drawn(window)
                self.qtbot.waitUntil(lambda: not loading(window), timeout=60_000)
                picture = window.grabWindow()
                assert picture.size().toTuple() == look.size, (name, look, picture.size())
                assert picture.save(str(self.folder / f"{name}--{look.name}.png"))

    def _drawn(self, window: QQuickWindow) -> None:
        QCoreApplication.processEvents()
        window.grabWindow()
        QCoreApplication.processEvents()


def on_its_way(image: QQuickItem) -> bool:
    """Whether an image has something to load and has not got it."""
    return not image.property("source").isEmpty() and float(image.property("progress")) < 1.0


def loading(window: QQuickWindow) -> bool:
    """Whether a picture, or ground of the map, is still on its way."""
    for item in items_under(window.contentItem()):
        if item.isVisible() and item.inherits("QQuickImage") and on_its_way(item):
            return True
        if item.isVisible() and isinstance(item, CityMap) and not item.complete():
            return True
    return False


@contextmanager
def at_rest(shown: Settings) -> Iterator[Settings]:
    """In the end it is shown as it was."""
    try:
        yield shown
    finally:
        shown.put(PLAIN)
