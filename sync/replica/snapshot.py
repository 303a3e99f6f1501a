"""Taking a ready-built snapshot: frame by frame, verified, resumed, and put in force at the very end.

Each compressed frame is kept as its own file once its hash is right, so that a broken fill goes on where it
stopped. A fill that is killed at any point leaves the file in force untouched.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import zstandard

from sync.contract.errors import RetryLater
from sync.contract.wire import Frame, SnapshotManifest, sha256_hex
from sync.replica.files import durable_write, plain_errors, remove_quietly
from sync.replica.folder import DataFolder

RAW_FRAME_MAX = 64 << 20
"""No honest frame unpacks to more than this."""


class SnapshotFill:
    """One fill of one snapshot."""

    def __init__(self, folder: DataFolder, manifest: SnapshotManifest) -> None:
        self._manifest = manifest
        self._folder = folder
        self._parts = folder.reference / "parts" / sha256_hex(manifest.raw_sha256.encode())[:16]
        for stale in (folder.reference / "parts").glob("*"):
            if stale != self._parts:
                shutil.rmtree(stale, ignore_errors=True)
        for unfinished in folder.reference.glob("*.new"):
            remove_quietly(unfinished)
        with plain_errors(self._parts):
            self._parts.mkdir(parents=True, exist_ok=True)

    def missing(self) -> list[Frame]:
        """Frames that have not been taken yet."""
        return [frame for frame in self._manifest.frames if not self._part(frame).exists()]

    def done_bytes(self) -> int:
        """Compressed bytes already taken."""
        return sum(frame.length for frame in self._manifest.frames if self._part(frame).exists())

    def take(self, frame: Frame, pieces: Iterable[bytes]) -> None:
        """Keep a frame whose bytes have the promised length and hash; else ``snapshot_damaged``."""
        data = bytearray()
        for piece in pieces:
            data += piece
            if len(data) > frame.length:
                break
        if len(data) != frame.length or sha256_hex(bytes(data)) != frame.sha256:
            raise RetryLater("snapshot_damaged", frame=frame.start)
        durable_write(self._part(frame), bytes(data))

    def finish(self) -> Path:
        """Unpack all frames into one new database file, verified against the whole's hash."""
        target = self._free_name()
        unfinished = target.with_suffix(".new")
        digest = hashlib.sha256()
        with plain_errors(unfinished), unfinished.open("wb") as out:
            for frame in self._manifest.frames:
                raw = self._unpack(frame)
                digest.update(raw)
                out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != self._manifest.raw_sha256:
            unfinished.unlink()
            shutil.rmtree(self._parts, ignore_errors=True)
            raise RetryLater("snapshot_damaged", frame=-1)
        unfinished.replace(target)
        shutil.rmtree(self._parts, ignore_errors=True)
        return target

    def _unpack(self, frame: Frame) -> bytes:
        data = self._part(frame).read_bytes()
        try:
            if zstandard.get_frame_parameters(data).content_size > RAW_FRAME_MAX:
                raise zstandard.ZstdError("larger than any honest frame")
            return zstandard.ZstdDecompressor().decompress(data, max_output_size=RAW_FRAME_MAX)
        except zstandard.ZstdError as error:
            self._part(frame).unlink(missing_ok=True)
            raise RetryLater("snapshot_damaged", frame=frame.start) from error

    def _free_name(self) -> Path:
        """A name never used before: a new file must not meet the write-ahead log of an old one."""
        stem = self._manifest.raw_sha256[:16]
        taken = {path.name.split(".")[0] for path in self._folder.reference.glob(f"{stem}-*")}
        number = next(n for n in itertools.count(1) if f"{stem}-{n}" not in taken)
        return self._folder.reference / f"{stem}-{number}.db"

    def _part(self, frame: Frame) -> Path:
        return self._parts / f"{frame.start}.zst"
