"""The long poll: waits at central for work that concerns this tablet, so that a dispatch arrives at once.

It applies nothing: it tells the daemon that there is something, and the next round fetches it. One thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from sync.contract.errors import FieldError, RetryLater
from sync.contract.tables import Stream
from sync.contract.wire import WAIT_MAX_S
from sync.remote.base import CursorGone, Remote


class Watcher:
    """Polls from the cursor it was last given, until something changed or the link was lost."""

    def __init__(
        self,
        remote: Remote,
        *,
        saw: Callable[[str], None],
        lost: Callable[[], None],
        wait_s: float = WAIT_MAX_S,
    ) -> None:
        """``saw`` is told the cursor after what changed; both are called on the watcher's thread."""
        self._remote = remote
        self._saw = saw
        self._lost = lost
        self._wait_s = wait_s
        self._wake = threading.Condition()
        self._cursor: str | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def watch(self, cursor: str) -> None:
        """Wait for what comes after this cursor."""
        with self._wake:
            self._cursor = cursor
            self._wake.notify()

    def stop(self) -> None:
        """Stop after the poll under way (closing the remote ends that one)."""
        with self._wake:
            self._stopping = True
            self._wake.notify()

    def join(self, timeout_s: float) -> None:
        """Wait for the thread's end."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (cursor := self._next()) is not None:
            try:
                page = self._remote.changes(Stream.WORK, cursor, wait_s=self._wait_s)
            except CursorGone:
                self._done_with(cursor)
                self._saw("")
            except FieldError as error:
                self._done_with(cursor)
                if not self._stopping:
                    self._lost_or_busy(error)
            else:
                if page.changes:
                    self._done_with(cursor)
                    self._saw(page.cursor)

    def _lost_or_busy(self, error: FieldError) -> None:
        """Whatever failed, a round will find out more; a server's wish is found again by it."""
        if not (isinstance(error, RetryLater) and error.code == "interrupted"):
            self._lost()

    def _next(self) -> str | None:
        with self._wake:
            while self._cursor is None and not self._stopping:
                self._wake.wait()
            return None if self._stopping else self._cursor

    def _done_with(self, cursor: str) -> None:
        with self._wake:
            if self._cursor == cursor:
                self._cursor = None
