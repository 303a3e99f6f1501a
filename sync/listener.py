"""What the engine tells while it works, so that a page or a command line can show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Listener(Protocol):
    """Called from the engine's thread; must return at once."""

    def records(self, ids: Iterable[str]) -> None:
        """These records' outbox state changed."""
        ...

    def tables(self, names: Iterable[str]) -> None:
        """Rows of these tables changed."""
        ...

    def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
        """Central has this many bytes of a file."""
        ...

    def fill(self, done: int, total: int) -> None:
        """Bytes of the snapshot taken so far."""
        ...


class Silence:
    """A listener that listens to nothing."""

    def records(self, ids: Iterable[str]) -> None:
        """Nothing."""

    def tables(self, names: Iterable[str]) -> None:
        """Nothing."""

    def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
        """Nothing."""

    def fill(self, done: int, total: int) -> None:
        """Nothing."""
