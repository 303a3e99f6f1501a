"""Files on their way, on a leash: one may be stopped in its middle, all of them, or held for a moment.

Sending threads read through it; the thread that looks after them decides. What is stopped goes on
another time from where central has it, so that stopping costs next to nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from sync.contract.errors import RetryLater
from sync.contract.wire import FileOffer
from sync.remote.relay import RelayedFile

HOLD_S = 5.0
"""No longer than this: a server must not take a file that gives way for one that was given up."""
GIVES_WAY = "gives_way"
"""A larger file stopped because smaller ones came that go first."""


class Leash:
    """The leash of one batch."""

    def __init__(self) -> None:
        self._stopped: dict[FileOffer, str] = {}
        self._all_stopped = ""
        self._may_read = threading.Event()
        self._may_read.set()

    def put_on(self, file: FileOffer, source: BinaryIO) -> BinaryIO:
        """The file's bytes, as long as it is let go on."""
        return cast(BinaryIO, _Leashed(self, file, source))

    def stop(self, file: FileOffer, code: str) -> None:
        """This file goes no further, for the reason ``code``."""
        self._stopped[file] = code

    def stop_all(self, code: str) -> None:
        """No file goes any further."""
        self._all_stopped = code

    @contextmanager
    def holding(self) -> Iterator[None]:
        """All wait meanwhile: something small goes first."""
        self._may_read.clear()
        try:
            yield
        finally:
            self._may_read.set()

    def require_free(self, file: FileOffer) -> None:
        """Wait while held; raise where stopped. Called by sending threads."""
        self._may_read.wait(HOLD_S)
        code = self._all_stopped or self._stopped.get(file, "")
        if code:
            raise RetryLater(code)


class _Leashed(RelayedFile):
    """A file that asks before each piece."""

    def __init__(self, leash: Leash, file: FileOffer, source: BinaryIO) -> None:
        super().__init__(source)
        self._leash = leash
        self._file = file

    def read(self, size: int = -1) -> bytes:
        self._leash.require_free(self._file)
        return self._source.read(size)
