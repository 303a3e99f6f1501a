"""A remote and a hand on its central, as the contract's tests see them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Protocol

from sync.contract.tables import Row, Stream
from sync.contract.wire import Change, FileAnswer, FileOffer
from sync.remote.base import Remote

REFERENCE, WORK = Stream.REFERENCE, Stream.WORK


class Side(Protocol):
    """A remote and its central, which has the small city of ``central_server``."""

    remote: Remote
    device_id: str
    foreign_cursor: str

    def put(self, table: str, *rows: Row) -> None: ...

    def delete(self, table: str, *keys: str) -> None: ...

    def forget_tombstones(self, stream: Stream) -> None: ...

    def offer_map(self, file: Path) -> None: ...

    def withdraw_map(self) -> None: ...

    def look_ups(self, plate: str) -> list[tuple[str, str]]: ...


def permit(number: int, **cells: str) -> Row:
    """A permit with nothing but its number."""
    return {"permit_id": f"X{number:06}", "plate": f"粤B{number:05}", **cells}


def all_changes(remote: Remote, stream: Stream, cursor: str = "") -> tuple[list[Change], str]:
    """Every change after a cursor, page by page, and the cursor at the end."""
    found: list[Change] = []
    while True:
        page = remote.changes(stream, cursor)
        found += page.changes
        cursor = page.cursor
        if not page.more:
            return found, cursor


def once_written(remote: Remote, file: FileOffer) -> FileAnswer:
    """What central answers of an upload that broke off, once bytes on their way have come to rest."""
    while not (answer := remote.offer([file])[0]).offset:
        threading.Event().wait(0.01)
    return answer
