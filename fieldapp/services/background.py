"""Work that takes a while and needs no desk: enrolling, opening the vault. Never on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog
from PySide6.QtCore import QObject, Qt, Signal, Slot

from sync.contract.errors import FieldError

log = structlog.get_logger(__name__)


class Background(QObject):
    """Runs one callable per thread. After ``close`` answers are dropped: nobody is there to hear them."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[threading.Thread] = set()
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[FieldError], None]
    ) -> None:
        """Exactly one of the callbacks follows, in the GUI thread."""
        thread = threading.Thread(
            target=self._work, args=(work, done, failed), name="background", daemon=True
        )
        self._running.add(thread)
        thread.start()

    def close(self, timeout_s: float = 5.0) -> None:
        """Wait for what still runs, and drop its answers."""
        self._closed = True
        for thread in list(self._running):
            thread.join(timeout_s)

    def _work(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[FieldError], None]
    ) -> None:
        try:
            answer = work()
        except FieldError as error:
            self._finished.emit(failed, error)
        except Exception as error:  # this thread's excepthook: one of the callbacks is promised
            log.exception("background_work_failed")
            self._finished.emit(failed, FieldError("bug", kind=type(error).__name__))
        else:
            self._finished.emit(done, answer)
        finally:
            self._running.discard(threading.current_thread())

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], None], value: object) -> None:
        if not self._closed:
            callback(value)
