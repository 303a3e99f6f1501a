"""Taking a ready-built snapshot: frame by frame, verified, resumed, and put in force at the very end.

    frame → its hash → parts/ID.zst at its place ┐
                                                 └→ unpacked beside it (``unpacking``) → synced → renamed

The packed file is what a broken fill goes on from: after a kill or a power cut each frame in it is hashed
again, and only those that are whole count. A fill that is killed at any point leaves the file in force
untouched.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from sync.contract.errors import RetryLater
from sync.contract.wire import Frame, SnapshotManifest, sha256_hex
from sync.replica.files import plain_errors, remove_quietly, sync_folder
from sync.replica.folder import DataFolder
from sync.replica.snapshot_trust import RAW_FRAME_MAX
from sync.replica.unpacking import Unpacking

__all__ = ["RAW_FRAME_MAX", "SnapshotFill"]


class SnapshotFill:
    """One fill of one snapshot. As a context it unpacks what has come while the rest is fetched."""

    def __init__(self, folder: DataFolder, manifest: SnapshotManifest) -> None:
        self._manifest = manifest
        self._folder = folder
        parts = folder.reference / "parts"
        self._packed = parts / f"{sha256_hex(manifest.raw_sha256.encode())[:16]}-{manifest.bytes}.zst"
        with plain_errors(parts):
            parts.mkdir(parents=True, exist_ok=True)
        for stale in parts.glob("*"):
            if stale != self._packed:
                shutil.rmtree(stale) if stale.is_dir() else remove_quietly(stale)
        for unfinished in folder.reference.glob("*.new"):
            remove_quietly(unfinished)
        self._target = self._free_name()
        self._unfinished = self._target.with_suffix(".new")
        self._held = set(self._verified())
        self._unpacking: Unpacking | None = None

    def __enter__(self) -> SnapshotFill:
        self._begin_unpacking()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._unpacking is not None:
            self._unpacking.stop()
        remove_quietly(self._unfinished)  # on a full disk nothing needs its room more than what comes next

    def missing(self) -> list[Frame]:
        """Frames that have not been taken yet."""
        return [frame for frame in self._manifest.pieces if frame.start not in self._held]

    def done_bytes(self) -> int:
        """Compressed bytes already taken."""
        return sum(frame.length for frame in self._manifest.pieces if frame.start in self._held)

    def take(self, frame: Frame, pieces: Iterable[bytes]) -> None:
        """Keep a frame whose bytes have the promised length and hash; else ``snapshot_damaged``."""
        data = bytearray()
        for piece in pieces:
            data += piece
            if len(data) > frame.length:
                break
        if len(data) != frame.length or sha256_hex(data) != frame.sha256:
            raise RetryLater("snapshot_damaged", frame=frame.start)
        with plain_errors(self._packed):
            self._put(frame.start, data)
        self._held.add(frame.start)
        if self._unpacking is not None:
            self._unpacking.arrived(frame)

    def finish(self) -> Path:
        """The whole as one new database file, durable; every byte of it came from a verified frame."""
        self._begin_unpacking()
        assert self._unpacking is not None
        try:
            self._unpacking.finish()
        except RetryLater:
            self._throw_away()
            raise
        finally:
            self._unpacking = None
        with plain_errors(self._target):
            self._unfinished.replace(self._target)
            sync_folder(self._target.parent)
        remove_quietly(self._packed)
        return self._target

    def _begin_unpacking(self) -> None:
        if self._unpacking is None:
            self._unpacking = Unpacking(self._manifest, self._packed, self._unfinished)
            for frame in self._manifest.pieces:
                if frame.start in self._held:
                    self._unpacking.arrived(frame)

    def _throw_away(self) -> None:
        """Frames that were as promised and still make no good whole are of no use to anybody."""
        remove_quietly(self._unfinished)
        remove_quietly(self._packed)
        self._held.clear()

    def _verified(self) -> Iterable[int]:
        """Where frames lie whole in the packed file that an earlier fill left."""
        if not self._packed.exists():
            return
        with plain_errors(self._packed), self._packed.open("rb") as packed:
            for frame in self._manifest.pieces:
                packed.seek(frame.start)
                if sha256_hex(packed.read(frame.length)) == frame.sha256:
                    yield frame.start

    def _put(self, start: int, data: bytearray) -> None:
        """Not synced: after a power cut the frame's hash tells whether it is there."""
        descriptor = os.open(self._packed, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as packed:
            packed.seek(start)
            packed.write(data)

    def _free_name(self) -> Path:
        """A name never used before: a new file must not meet the write-ahead log of an old one."""
        stem = self._manifest.raw_sha256[:16]
        taken = {path.name.split(".")[0] for path in self._folder.reference.glob(f"{stem}-*")}
        number = next(n for n in itertools.count(1) if f"{stem}-{n}" not in taken)
        return self._folder.reference / f"{stem}-{number}.db"
