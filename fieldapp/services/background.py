"""Work that takes a while and needs no desk: enrolling, opening the vault. Never on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog
from PySide6.QtCore import QObject

from fieldapp.services.courier import Address
from sync.contract.errors import FieldError

log = structlog.get_logger(__name__)


class Background(QObject):
    """Runs one callable per thread. After ``close`` answers are dropped: nobody is there to hear them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[threading.Thread, tuple[Callable[[Any], None], Callable[[FieldError], None]]] = {}
        self._closed = False

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[FieldError], None]
    ) -> None:
        """Exactly one of the callbacks follows, in the GUI thread."""
        thread = threading.Thread(
            target=_work, args=([work], Address(self._deliver)), name="background", daemon=True
        )
        self._running[thread] = done, failed
        thread.start()

    def close(self, timeout_s: float = 5.0) -> None:
        """Wait for what still runs, and drop its answers."""
        self._closed = True
        for thread in list(self._running):
            thread.join(timeout_s)

    def _deliver(self, thread: threading.Thread, answer: object, error: FieldError | None) -> None:
        done, failed = self._running.pop(thread)
        if self._closed:
            return
        if error is None:
            done(answer)
        else:
            failed(error)


def _work(given: list[Callable[[], Any]], tell: Address) -> None:
    """What was given is let go of before the answer is told: it may hold Qt objects that end with it."""
    thread = threading.current_thread()
    try:
        answer = given.pop()()
    except FieldError as error:
        tell(thread, None, error.with_traceback(None))
    except Exception as error:  # this thread's excepthook: one of the callbacks is promised
        log.exception("background_work_failed")
        tell(thread, None, FieldError("bug", kind=type(error).__name__))
    else:
        tell(thread, answer, None)
