"""The shipped fake: one device's view of a central in memory, with the promises of the real one.

    central = MemoryCentral()
    remote = MemoryRemote(central, device_id)

Long polls answer at once, with or without changes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.map_offer import MapOffer
from sync.contract.tables import REFERENCE_TABLES, Stream
from sync.contract.wire import (
    UPLOAD_CHUNK,
    ChangesPage,
    FileAnswer,
    FileOffer,
    Frame,
    PushItem,
    PushReply,
    SnapshotManifest,
    Urgent,
)
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.memory_central import MemoryCentral, pieces_of
from sync.remote.memory_signing import SIGNING_KEY, sign_snapshot
from sync.replica.meta import CursorAt
from sync.replica.snapshot_build import build_snapshot

__all__ = ["SIGNING_KEY", "MemoryCentral", "MemoryRemote"]


class MemoryRemote:
    """A remote that is there as long as its central is."""

    def __init__(self, central: MemoryCentral, device_id: str) -> None:
        self._central = central
        self._device_id = device_id
        self._packed: dict[str, bytes] = {}

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        """Send records."""
        begins()
        self._central.admit(self._device_id)
        return self._central.push(self._device_id, items)

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Ask which files are needed."""
        self._central.admit(self._device_id)
        return self._central.offer(self._device_id, files)

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a file from where central has it."""
        self._central.admit(self._device_id)
        offset = answer.offset
        source.seek(offset)
        while offset < file.bytes:
            piece = source.read(min(UPLOAD_CHUNK, file.bytes - offset))
            if not piece:
                raise NeedsPerson("file_changed", sha256=file.sha256)
            offset = self._central.append(self._device_id, file, offset, piece)
            progress(offset)

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:  # noqa: ARG002
        """The changes after a cursor, at once."""
        self._central.admit(self._device_id)
        return self._central.page(stream, cursor, device_id=self._device_id, seen=seen)

    def urgent(self, epoch: str, after: int) -> Urgent:
        """What must not wait."""
        self._central.admit(self._device_id)
        return self._central.urgent(epoch, after)

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        """The reference tables as they are now, ready built: never from before anything."""
        assert at_least >= 0
        self._central.admit(self._device_id)
        with self._central.consistent(), tempfile.TemporaryDirectory(prefix="fieldapp-snapshot-") as folder:
            packed = Path(folder) / "reference.zst"
            at = CursorAt(self._central.cursor(), self._central.epoch, datetime.now(UTC))
            rows = {table.name: self._central.rows(table.name).values() for table in REFERENCE_TABLES}
            sequence = self._central.sequence
            manifest = build_snapshot(
                Path(folder) / "reference.db", packed, rows, at, sequence=sequence, sign=sign_snapshot
            )
            self._packed[manifest.raw_sha256] = packed.read_bytes()
        return manifest

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        """The compressed bytes of one frame."""
        self._central.admit(self._device_id)
        packed = self._packed.get(manifest.raw_sha256)
        if packed is None:
            raise InputRefused("snapshot_unknown")
        return pieces_of(packed[frame.start : frame.start + frame.length], UPLOAD_CHUNK)

    def photo(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a complete file."""
        self._central.admit(self._device_id)
        data = self._central.file(sha256)
        if data is None:
            raise NeedsPerson("photo_unknown", sha256=sha256[:64])
        return pieces_of(data, UPLOAD_CHUNK)

    def base_map(self) -> MapOffer | None:
        """What is offered just now."""
        self._central.admit(self._device_id)
        return self._central.map.offer

    def base_map_bytes(self, offer: MapOffer, start: int) -> Iterator[bytes]:
        """The file from a byte on."""
        self._central.admit(self._device_id)
        return self._central.map.bytes_from(offer, start)

    def close(self) -> None:
        """Nothing to let go of."""
