"""Files of others by their hash, asked of central when somebody looks at them, beside the rounds.

    fetch → here already? → told at once      else: a thread of its own, one file after the other → told

Nothing waits for it, and a round never does: what cannot be had now is told with its reason, and asked for
again by whoever still wants it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from sync.contract.errors import FieldError, NeedsPerson
from sync.contract.ids import check_sha256
from sync.control import Message
from sync.remote.base import Remote
from sync.replica.fetched import has_fetched, keep_fetched
from sync.replica.folder import DataFolder

WAITING_MAX = 200
"""More than anybody can look at; what was asked for first is forgotten beyond that."""


class Fetcher:
    """``remote`` answers None while there is no link to ask."""

    def __init__(
        self, folder: DataFolder, remote: Callable[[], Remote | None], tell: Callable[[Message], None]
    ) -> None:
        self._folder = folder
        self._remote = remote
        self._tell = tell
        self._lock = threading.Lock()
        self._wanted: list[str] = []
        self._thread: threading.Thread | None = None
        self._stopped = False

    def ask(self, sha256: str) -> None:
        """See to it that a file comes; ``fetched`` is told when it is here, or why it is not."""
        check_sha256(sha256)
        if has_fetched(self._folder, sha256):
            self._told(sha256)
            return
        with self._lock:
            if self._stopped or sha256 in self._wanted:
                return
            self._wanted.append(sha256)
            del self._wanted[:-WAITING_MAX]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="fetching", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Ask for nothing more; what is under way ends with the link."""
        with self._lock:
            self._stopped = True
            self._wanted.clear()
            thread = self._thread
        if thread is not None:
            thread.join(1.0)

    def _work(self) -> None:
        while (sha256 := self._next()) is not None:
            try:
                self._fetch(sha256)
            except FieldError as error:
                self._told(sha256, error.code)
            else:
                self._told(sha256)

    def _next(self) -> str | None:
        with self._lock:
            if not self._wanted:
                self._thread = None
                return None
            return self._wanted.pop()  # what was looked at last is what is in front of the person

    def _fetch(self, sha256: str) -> None:
        remote = self._remote()
        if remote is None:
            raise NeedsPerson("locked")
        self._folder.require_room(0)
        keep_fetched(self._folder, sha256, remote.photo(sha256))

    def _told(self, sha256: str, code: str = "") -> None:
        self._tell({"event": "fetched", "sha256": sha256, "code": code})
