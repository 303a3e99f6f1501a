"""What the engine tells, as events for the daemon's subscribers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sync.control import Message

OUTBOX = "outbox"
"""The name under which changed outbox entries are told, beside the names of tables."""


class News:
    """A listener of the engine that passes everything on."""

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell

    def records(self, ids: Iterable[str]) -> None:
        """Outbox entries or files of these records changed."""
        self._tell({"event": "changed", "tables": [OUTBOX], "records": sorted(ids)})

    def tables(self, names: Iterable[str]) -> None:
        """Rows of these tables changed."""
        self._tell({"event": "changed", "tables": sorted(names), "records": []})

    def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
        """Central has this much of a file."""
        self._tell({"event": "progress", "record": record_id, "sha256": sha256, "sent": sent, "bytes": total})

    def fill(self, done: int, total: int) -> None:
        """Bytes of the snapshot taken so far."""
        self._tell({"event": "fill", "done": done, "total": total})
