"""What the engine asks of central. Implemented by ``http``, ``memory`` (the shipped fake) and ``faulty``.

Every method raises ``RetryLater`` when the network or the server is in the way (code ``unreachable``,
``timeout``, ``server_busy``, ``not_ours`` …), ``NeedsPerson`` with ``token_expired``, ``device_refused`` or
``server_identity`` when the device must be let in again, and ``CursorGone`` where a cursor no longer serves.
A transport never retries by itself: the engine and its back-off decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from sync.contract.errors import FieldError
from sync.contract.map_offer import MapOffer
from sync.contract.tables import Stream
from sync.contract.wire import (
    ChangesPage,
    FileAnswer,
    FileOffer,
    Frame,
    PushItem,
    PushReply,
    SnapshotManifest,
    Urgent,
)

Progress = Callable[[int], None]
"""Called with the bytes of the file that central has so far."""
Begins = Callable[[], None]
"""Called before the first byte of a request leaves, once the other end has been found to be who it should be.
What it raises breaks the call off, with nothing sent; where it was never called, nothing has left."""


def unheeded() -> None:
    """Nobody wants to know when the first byte leaves."""


class CursorGone(FieldError):
    """The cursor is older than the tombstones or from another epoch (410): take a full compare."""


class Remote(Protocol):
    """One central, seen from one enrolled device."""

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        """Send records; central applies each ``op_id`` at most once and answers per item."""
        ...

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Ask which files central needs, by SHA-256; held ones are answered with their receipt."""
        ...

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a needed file from where central has it, by tus 1.0. The receipt comes from ``offer``."""
        ...

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        """The changes after ``cursor`` ("" from the start), held up to ``wait_s`` while there are none.

        ``seen`` shows the newest receipts (``Receipt.seen``): a central that never gave one out was set back.
        """
        ...

    def urgent(self, epoch: str, after: int) -> Urgent:
        """What must not wait: permits taken away after a sequence of that epoch, and the blacklist."""
        ...

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        """The newest ready-built snapshot of the reference tables, none from before a sequence."""
        ...

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        """The compressed bytes of one frame, in pieces."""
        ...

    def photo(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file this device may see, in pieces."""
        ...

    def base_map(self) -> MapOffer | None:
        """The base map that the city offers just now, if any."""
        ...

    def base_map_bytes(self, offer: MapOffer, start: int) -> Iterator[bytes]:
        """The file of an offer from byte ``start`` to its end; ``base_map_replaced`` where it is another."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
