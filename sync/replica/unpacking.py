"""Unpacking a snapshot while the rest is on its way: frame after frame into one file, hashed as it goes.

A thread of its own waits for each frame in order, so that download, unpacking and the disk work side by side.
No more than two frames are in memory at a time: one is hashed and written while the next is unpacked.
"""

from __future__ import annotations

import hashlib
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import zstandard

from sync.contract.errors import FieldError, RetryLater
from sync.contract.wire import Frame, SnapshotManifest
from sync.replica.files import plain_errors


class Unpacking:
    """``arrived`` as frames lie in ``packed``; ``finish`` waits for the whole, synced, and tells its hash."""

    def __init__(self, manifest: SnapshotManifest, packed: Path, target: Path) -> None:
        self._manifest = manifest
        self._packed = packed
        self._target = target
        self._news = threading.Condition()
        self._arrived: set[int] = set()
        self._stopped = False
        self._error: BaseException | None = None
        self._digest = hashlib.sha256()
        self._thread = threading.Thread(target=self._run, name="unpacking", daemon=True)
        self._thread.start()

    def arrived(self, frame: Frame) -> None:
        """This frame lies in the packed file, verified."""
        with self._news:
            self._arrived.add(frame.start)
            self._news.notify()

    def stop(self) -> None:
        """Give up; the unfinished file is the caller's to remove."""
        with self._news:
            self._stopped = True
            self._news.notify()
        self._thread.join()

    def finish(self) -> str:
        """Wait for the end; the hash of the whole file, now on the disk. Every frame must have arrived."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._digest.hexdigest()

    def _run(self) -> None:
        try:
            with plain_errors(self._target):
                self._unpack_all()
        except (FieldError, MemoryError) as error:
            self._error = error

    def _unpack_all(self) -> None:
        packed = -1
        unpacker = zstandard.ZstdDecompressor()
        with (
            self._target.open("wb") as out,
            ThreadPoolExecutor(1, thread_name_prefix="writing") as writing,
        ):

            def settle(raw: bytes) -> None:
                self._digest.update(raw)
                out.write(raw)

            settled: Future[None] | None = None
            try:
                for frame in self._manifest.pieces:
                    if not self._wait_for(frame):
                        return
                    if packed < 0:
                        packed = os.open(self._packed, os.O_RDONLY)
                    raw = _unpack(unpacker, os.pread(packed, frame.length, frame.start), frame)
                    if frame is self._manifest.dictionary:
                        kind = zstandard.DICT_TYPE_RAWCONTENT
                        shared = zstandard.ZstdCompressionDict(raw, dict_type=kind)
                        unpacker = zstandard.ZstdDecompressor(dict_data=shared)
                        continue
                    if settled is not None:
                        settled.result()
                    settled = writing.submit(settle, raw)
                if settled is not None:
                    settled.result()
                out.flush()
                os.fsync(out.fileno())
            finally:
                if packed >= 0:
                    os.close(packed)

    def _wait_for(self, frame: Frame) -> bool:
        with self._news:
            self._news.wait_for(lambda: self._stopped or frame.start in self._arrived)
            return not self._stopped


def _unpack(unpacker: zstandard.ZstdDecompressor, data: bytes, frame: Frame) -> bytes:
    try:
        if zstandard.get_frame_parameters(data).content_size != frame.raw_bytes:
            raise zstandard.ZstdError("not as long as was promised")
        return unpacker.decompress(data)
    except zstandard.ZstdError as error:
        raise RetryLater("snapshot_damaged", frame=frame.start) from error
