"""Whether the window ever stands still: a heartbeat in the event loop, and a look from outside when it stops.

    every 50 ms: beat → how long since the last one?     longer than 200 ms: told and logged, with what ran
    another thread, meanwhile: no beat for a while → where is the window's thread? (our innermost lines)

Only the window's own thread is watched. Time asleep does not count: the machine's monotonic clock stops then.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import FrameType

import msgspec
import structlog
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

BEAT_MS = 50
LIMIT_MS = 200.0
LOOK_S = 0.1
"""How often the other thread looks; it takes down what runs once a beat is this late."""
OUTSIDE = "outside Python"

log = structlog.get_logger(__name__)


class Stall(msgspec.Struct, frozen=True):
    """The window stood still for ``ms``; ``where`` is what its thread was doing, as far as it was seen.

    ``cpu_ms`` is how much of it the thread computed: little means that it waited, or shared the machine.
    """

    ms: float
    where: str = ""
    cpu_ms: float = 0.0


class Watchdog(QObject):
    """Made and started in the thread it watches."""

    stalled = Signal(object)
    """A ``Stall``, after it."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        limit_ms: float = LIMIT_MS,
        elapsed: Callable[[], float] = time.monotonic,
        computed: Callable[[], float] = time.thread_time,
    ) -> None:
        super().__init__(parent)
        self._limit_ms = limit_ms
        self._elapsed = elapsed
        self._computed = computed
        self._last = self._last_cpu = 0.0
        self._watched = threading.get_ident()
        self._seen: tuple[float, str] = (0.0, "")
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.beats = 0
        self.longest = self.busiest = Stall(0.0)
        self.stalls: list[Stall] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Watch from now on."""
        if self._thread is None:
            self.reset()
            self._stop.clear()
            self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
            self._thread.start()
            self._timer.start()

    def reset(self) -> None:
        """Forget what was; a test looks at what follows."""
        self._last, self._last_cpu = self._elapsed(), self._computed()
        self.beats, self.longest, self.busiest = 0, Stall(0.0), Stall(0.0)
        self.stalls.clear()

    def stop(self) -> None:
        """Watch no more, and log how it was."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._timer.stop()
        self._stop.set()
        thread.join()
        log.info("event_loop", beats=self.beats, longest_ms=self.longest.ms, stalls=len(self.stalls))

    @Slot()
    def beat(self) -> None:
        """The event loop has come round."""
        now = self._elapsed()
        gap_ms = round((now - self._last) * 1000, 1)
        cpu = self._computed()
        stall = Stall(gap_ms, self._where(self._last), round((cpu - self._last_cpu) * 1000, 1))
        self._last, self._last_cpu = now, cpu
        self.beats += 1
        if gap_ms > self.longest.ms:
            self.longest = stall
        if stall.cpu_ms > self.busiest.cpu_ms:
            self.busiest = stall
        if gap_ms > self._limit_ms:
            self.stalls.append(stall)
            del self.stalls[:-100]
            log.info("event_loop_stalled", ms=stall.ms, where=stall.where, cpu_ms=stall.cpu_ms)
            self.stalled.emit(stall)

    def look(self) -> None:
        """From the other thread: take down what the watched one does when its beat is late."""
        last = self._last
        if self._elapsed() - last < LOOK_S or self._seen[0] == last:
            return
        frame = sys._current_frames().get(self._watched)
        self._seen = (last, _ours(frame))

    def _look(self) -> None:
        while not self._stop.wait(LOOK_S):
            self.look()

    def _where(self, last: float) -> str:
        seen_at, where = self._seen
        return where if seen_at == last else ""


def _ours(frame: FrameType | None) -> str:
    """The innermost lines of our own code, innermost first."""
    lines = [
        f"{line.filename.rpartition('/')[2]}:{line.lineno} {line.name}"
        for line in traceback.extract_stack(frame)
        if any(room in line.filename.replace("\\", "/") for room in ("/fieldapp/", "/sync/", "/tests/"))
    ]
    inner = [line for line in lines if not line.startswith(("app.py:", "__main__.py:"))]
    return " < ".join(reversed(inner[-3:])) or OUTSIDE
