"""What stands before a remote: every call passed on, through two hooks that a subclass fills."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

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
from sync.remote.base import Begins, Progress, Remote, unheeded

T = TypeVar("T")


class Relay:
    """A remote before another one. ``_ask`` makes a call with one answer, ``_stream`` one with pieces."""

    def __init__(self, inner: Remote) -> None:
        self._inner = inner

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        """Send records."""
        return self._ask("push", lambda: self._inner.push(items, begins))

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Ask which files are needed."""
        return self._ask("offer", lambda: self._inner.offer(files))

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a file."""
        self._ask("upload", lambda: self._inner.upload(file, answer, source, progress))

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        """The changes after a cursor."""
        return self._ask("changes", lambda: self._inner.changes(stream, cursor, wait_s=wait_s, seen=seen))

    def urgent(self, epoch: str, after: int) -> Urgent:
        """What must not wait."""
        return self._ask("urgent", lambda: self._inner.urgent(epoch, after))

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        """The newest snapshot's manifest."""
        return self._ask("snapshot", lambda: self._inner.snapshot(at_least))

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        """The bytes of one frame."""
        return self._stream("snapshot_frame", lambda: self._inner.snapshot_frame(manifest, frame))

    def photo(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file."""
        return self._stream("photo", lambda: self._inner.photo(sha256))

    def base_map(self) -> MapOffer | None:
        """The base map that is offered."""
        return self._ask("base_map", self._inner.base_map)

    def base_map_bytes(self, offer: MapOffer, start: int) -> Iterator[bytes]:
        """Its bytes from one on."""
        return self._stream("base_map_bytes", lambda: self._inner.base_map_bytes(offer, start))

    def close(self) -> None:
        """Let go of connections."""
        self._inner.close()

    def _ask(self, _name: str, call: Callable[[], T]) -> T:
        return call()

    def _stream(self, _name: str, call: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        return call()


class RelayedFile(io.RawIOBase):
    """A file read through something that has a say in ``read``."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As the file itself."""
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        """As the file itself."""
        return self._source.tell()
