"""The hands of the shift player: find what a person would see, click it, type, look.

Everything goes through the real window as real events. An item counts as there when it is visible, enabled
and inside the window; one that lies below the fold is scrolled to with the wheel, as a person would.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

STEP_S = 0.02
PATIENCE_S = 60.0


class NotSeen(Exception):
    """What the player waited for did not come."""


class Hands:
    """Clicks and types in one window."""

    def __init__(self, window: QQuickWindow, say: Callable[[str], None]) -> None:
        self.window = window
        self._say = say
        self._frames = 0
        window.frameSwapped.connect(self._on_frame)

    def seen(self, name: str) -> QQuickItem | None:
        """The visible item of that object name, or None."""
        return _search(self.window.contentItem(), lambda item: item.objectName() == name)

    def seen_starting(self, prefix: str) -> list[QQuickItem]:
        """All visible items whose object name begins so, from top to bottom."""
        found: list[QQuickItem] = []
        _collect(self.window.contentItem(), lambda item: item.objectName().startswith(prefix), found)
        return found

    async def wait(self, what: str, holds: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Wait until something holds; ``NotSeen`` names what did not come."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience_s
        while not holds():
            if loop.time() > end:
                raise NotSeen(f"{what} (waited {patience_s:.0f} s)")
            await asyncio.sleep(STEP_S)

    async def find(self, name: str, patience_s: float = PATIENCE_S) -> QQuickItem:
        """Wait for an item to be there and to take clicks."""
        await self.wait(name, lambda: (item := self.seen(name)) is not None and item.isEnabled(), patience_s)
        item = self.seen(name)
        if item is None:
            raise NotSeen(name)
        return item

    async def click(self, name: str, patience_s: float = PATIENCE_S) -> None:
        """Click the middle of an item."""
        await self.find(name, patience_s)
        point = await self._reach(name)
        self._say(f"click {name}")
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        await asyncio.sleep(2 * STEP_S)

    async def type(self, text: str) -> None:
        """Type into what has the focus: keys for ASCII, the input method for everything else."""
        for character in text:
            if character.isascii():
                self._press(character)
            else:
                focus = self.window.activeFocusItem()
                if focus is None:
                    raise NotSeen("something to type into")
                event = QInputMethodEvent()
                event.setCommitString(character)
                QGuiApplication.sendEvent(focus, event)
            await asyncio.sleep(0)

    def _press(self, character: str) -> None:
        shifted = character.isupper()
        held = Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(character.upper()), held, character)
            QGuiApplication.sendEvent(self.window, event)

    async def settle(self, seconds: float = 0.15) -> None:
        """Let the window come to rest."""
        await asyncio.sleep(seconds)

    async def shot(self, file: Path) -> None:
        """Keep a picture of the window as it is."""
        await self.settle()
        picture = self.window.grabWindow()
        file.parent.mkdir(parents=True, exist_ok=True)
        if picture.isNull() or not picture.save(str(file)):
            raise NotSeen(f"a picture of the window for {file.name}")

    def _on_frame(self) -> None:
        self._frames += 1

    async def _drawn(self) -> None:
        """Wait for another frame: only then is everything where the layouts want it."""
        before = self._frames
        self.window.update()
        await self.wait("another frame", lambda: self._frames > before)

    async def _reach(self, name: str) -> QPoint:
        """Where to click, after scrolling there and after it has stopped moving from frame to frame."""
        before = QPointF(-1, -1)
        for _ in range(200):
            item = self.seen(name)
            if item is None:
                raise NotSeen(name)
            middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
            scroller = _scroller_hiding(item, middle)
            if scroller is not None:
                _wheel(self.window, scroller, middle)
            elif middle == before and not _glides(item):
                return middle.toPoint()
            before = middle
            await self._drawn()
        raise NotSeen(f"{name} to stand still in the window")


def _search(item: QQuickItem, fits: Callable[[QQuickItem], bool]) -> QQuickItem | None:
    if not item.isVisible() or item.opacity() == 0:
        return None
    if fits(item) and item.width() > 0 and item.height() > 0:
        return item
    for child in item.childItems():
        found = _search(child, fits)
        if found is not None:
            return found
    return None


def _collect(item: QQuickItem, fits: Callable[[QQuickItem], bool], found: list[QQuickItem]) -> None:
    if not item.isVisible():
        return
    if fits(item) and item.width() > 0 and item.height() > 0:
        found.append(item)
    for child in item.childItems():
        _collect(child, fits, found)


def _scroller_hiding(item: QQuickItem, middle: QPointF) -> QQuickItem | None:
    """The nearest flickable that hides the point, or None when it can be seen."""
    parent = item.parentItem()
    while parent is not None:
        if parent.inherits("QQuickFlickable"):
            inside = parent.mapFromScene(middle)
            if not (0 <= inside.x() <= parent.width() and 0 <= inside.y() <= parent.height()):
                return parent
        parent = parent.parentItem()
    return None


def _glides(item: QQuickItem) -> bool:
    """Whether something it lies in is still moving after a scroll: a press would only stop that."""
    parent = item.parentItem()
    while parent is not None:
        if parent.inherits("QQuickFlickable") and parent.property("moving"):
            return True
        parent = parent.parentItem()
    return False


def _wheel(window: QQuickWindow, scroller: QQuickItem, target: QPointF) -> None:
    centre = scroller.mapToScene(QPointF(scroller.width() / 2, scroller.height() / 2))
    gap = target - centre
    step = QPoint(round(-max(-120.0, min(120.0, gap.x()))), round(-max(-120.0, min(120.0, gap.y()))))
    event = QWheelEvent(
        centre,
        QPointF(window.position()) + centre,
        step,
        step,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(window, event)
