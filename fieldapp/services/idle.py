"""Tells when nobody has touched the tablet for a while, time asleep included."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
    }
)


def elapsed_s() -> float:
    """Seconds of this boot with the time asleep, where the system tells them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class IdleWatch(QObject):
    """Watches a window's input. ``idle`` comes once; any input starts the time anew."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, elapsed: Callable[[], float] = elapsed_s) -> None:
        super().__init__(parent)
        self._elapsed = elapsed
        self._limit_s = 300.0
        self._last = elapsed()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.check)

    def watch(self, window: QObject) -> None:
        """Hear this window's input, and what is composed by the input method, which sends no keys."""
        window.installEventFilter(self)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touched)

    def set_limit(self, seconds: float) -> None:
        """Idle means: no input for so long."""
        self._limit_s = seconds

    def start(self) -> None:
        """Begin to watch, from now."""
        self._last = self._elapsed()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is open that could be locked."""
        self._timer.stop()

    @Slot()
    def touched(self) -> None:
        """There was input. After a sleep that was too long it locks first, and is then for the lock."""
        self.check()
        self._last = self._elapsed()

    @Slot()
    def check(self) -> None:
        """Say so when the time is over."""
        if self._timer.isActive() and self._elapsed() - self._last >= self._limit_s:
            self._timer.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear, never take."""
        if event.type() in INPUT:
            self.touched()
        return super().eventFilter(watched, event)
