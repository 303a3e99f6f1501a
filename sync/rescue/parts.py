"""What lies inside a rescue file: named parts one after the other, a signed table of contents at the end.

{"name": "about.json", "bytes": …}⏎ bytes
records/N.json   lists of PushItem, oldest first, each body as it was frozen or saved
drafts/N.json    lists of RescuedDraft
offers/N.json    lists of FileOffer, what the files belong to
files/SHA256     a photo file's bytes
manifest.json    counts, what was missing, the digest over all parts before it
signature        the device's own, over the manifest
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from sync.contract.errors import InputRefused
from sync.contract.records import Photo

FORMAT = 1
ABOUT, MANIFEST, SIGNATURE = "about.json", "manifest.json", "signature"
RECORDS, DRAFTS, OFFERS, FILES, STORE = "records/", "drafts/", "offers/", "files/", "store/"
_HEAD_MAX = 1024
_LOADED_MAX = 64 << 20
"""What is read whole (lists, never photo files) may not be larger than this."""


class About(msgspec.Struct, frozen=True):
    """Whose file it is. ``locked``: written without the data key, see ``sync.rescue.locked``."""

    format: int
    device_id: str
    made_at: datetime
    locked: bool = False


class RescuedDraft(msgspec.Struct, frozen=True):
    """What somebody was still working on."""

    draft_id: str
    officer_id: str
    kind: str
    case_id: str
    body: str
    changed_at: datetime
    photos: tuple[Photo, ...]


class Manifest(msgspec.Struct, frozen=True):
    """What the file holds. ``missing`` and ``damaged`` are hashes of files that could not be given whole."""

    records: int
    drafts: int
    files: int
    bytes: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    digest: str


class _Head(msgspec.Struct, frozen=True):
    name: str
    bytes: int


def signed_manifest(manifest: bytes) -> bytes:
    """What the device signs."""
    return b"fieldapp-rescue-manifest\n" + manifest


class PartWriter:
    """Writes parts and keeps the digest over them."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._digest = hashlib.sha256()

    def add(self, name: str, data: bytes) -> None:
        """A part that is at hand whole."""
        self.stream(name, len(data), [data])

    def stream(self, name: str, length: int, pieces: Iterable[bytes]) -> None:
        """A part of a length that is known; the pieces must come to just that."""
        head = msgspec.json.encode(_Head(name, length)) + b"\n"
        self._put(head)
        for piece in pieces:
            self._put(piece)

    def digest(self) -> str:
        """Over everything so far."""
        return self._digest.hexdigest()

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._write(data)


class Part:
    """One part while it is being read: take its ``pieces`` or ``whole``; the rest is skipped."""

    def __init__(self, name: str, length: int, take: Callable[[int], bytes]) -> None:
        self.name = name
        self.length = length
        self._left = length
        self._take = take

    def pieces(self) -> Iterator[bytes]:
        """The bytes, as they come."""
        while self._left:
            piece = self._take(min(self._left, 1 << 16))
            self._left -= len(piece)
            yield piece

    def whole(self) -> bytes:
        """All of it; lists only."""
        if self.length > _LOADED_MAX:
            raise InputRefused("rescue_damaged")
        return b"".join(self.pieces())


class PartReader:
    """Reads parts out of a stream of pieces, and keeps the same digest."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._source = pieces
        self._buffer = b""
        self._digest = hashlib.sha256()
        self._before = self._digest

    def parts(self) -> Iterator[Part]:
        """Every part in turn; what is left of one is skipped before the next."""
        while (head := self._head()) is not None:
            part = Part(head.name, head.bytes, self._take)
            yield part
            for _ in part.pieces():
                pass

    def digest(self) -> str:
        """Over all parts before the one that was given out last."""
        return self._before.hexdigest()

    def _head(self) -> _Head | None:
        while b"\n" not in self._buffer:
            piece = next(self._source, None)
            if piece is None and not self._buffer:
                return None
            if piece is None or len(self._buffer) > _HEAD_MAX:
                raise InputRefused("rescue_damaged")
            self._buffer += piece
        line, _, rest = self._buffer.partition(b"\n")
        self._before = self._digest.copy()
        self._digest.update(line + b"\n")
        self._buffer = rest
        try:
            head = msgspec.json.decode(line, type=_Head)
        except msgspec.DecodeError:
            raise InputRefused("rescue_damaged") from None
        if head.bytes < 0:
            raise InputRefused("rescue_damaged")
        return head

    def _take(self, most: int) -> bytes:
        if not self._buffer:
            self._buffer = next(self._source, b"")
        piece, self._buffer = self._buffer[:most], self._buffer[most:]
        if not piece:
            raise InputRefused("rescue_damaged")
        self._digest.update(piece)
        return piece
