"""A double tap is one act: where its first tap brings another screen, the second one is not for that.

    tap on "sign out" → the PIN page stands there → the second tap would be a digit that nobody meant

Only the press right after another one counts, at about the same place and within the system's time for a
double click. Whether the screen is another one is told by ``scene``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QGuiApplication, QPointerEvent

BEGINS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
GOES_ON = frozenset({QEvent.Type.MouseMove, QEvent.Type.TouchUpdate})
ENDS = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})
REACH = 48.0
"""How far from the first tap the second one may land: a finger's width."""


class DoubleTaps(QObject):
    """Watches a window's presses and takes those that were meant for what is gone."""

    def __init__(
        self,
        scene: Callable[[], object],
        parent: QObject | None = None,
        *,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self.elapsed = elapsed
        self._last: tuple[object, float, int, QPointF] | None = None
        self._taking = False

    def watch(self, window: QObject) -> None:
        """Hear this window's input before the window does."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a second tap, from its press to its release."""
        kind = event.type()
        if kind in BEGINS and isinstance(event, QPointerEvent):
            self._taking = self._is_stray(event)
            return self._taking
        if self._taking and (kind in GOES_ON or kind in ENDS):
            self._taking = kind in GOES_ON
            return True
        return super().eventFilter(watched, event)

    def _is_stray(self, event: QPointerEvent) -> bool:
        before = self._last
        now = (self._scene(), self.elapsed(), event.timestamp(), event.points()[0].position())
        self._last = now
        if before is None or before[0] == now[0]:
            return False
        # by the clock or by when the system saw them: a busy window hears two quick taps late
        apart_ms = min((now[1] - before[1]) * 1000, abs(now[2] - before[2]))
        apart = now[3] - before[3]
        near = max(abs(apart.x()), abs(apart.y())) <= REACH
        return near and apart_ms <= QGuiApplication.styleHints().mouseDoubleClickInterval()
