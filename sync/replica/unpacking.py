"""Unpacking a snapshot while the rest is on its way: frame after frame into one file.

A thread of its own waits for each frame in order, so that download, unpacking and the disk work side by side.
No more than two frames are in memory at a time: one is written while the next is unpacked. The packed bytes
of every frame were held against the signed manifest before they came here, and every frame carries a checksum
of what it unpacks to; hashing the half gigabyte that comes out once more would take
a third of the whole fill.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import zstandard

from sync.contract.errors import FieldError, RetryLater
from sync.contract.wire import Frame, SnapshotManifest
from sync.replica.files import plain_errors
from sync.replica.snapshot_trust import RAW_FRAME_MAX


class Unpacking:
    """``arrived`` as frames lie in ``packed``; ``finish`` waits until the whole is on the disk."""

    def __init__(self, manifest: SnapshotManifest, packed: Path, target: Path) -> None:
        self._manifest = manifest
        self._packed = packed
        self._target = target
        self._news = threading.Condition()
        self._arrived: set[int] = set()
        self._stopped = False
        self._error: BaseException | None = None
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

    def finish(self) -> None:
        """Wait for the end; the whole file is on the disk then. Every frame must have arrived."""
        self._thread.join()
        if self._error is not None:
            raise self._error

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
            settled: Future[int] | None = None
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
                    settled = writing.submit(out.write, raw)
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
        length = zstandard.get_frame_parameters(data).content_size
        if length != frame.raw_bytes or length > RAW_FRAME_MAX:
            raise zstandard.ZstdError("not as long as was promised, or as any honest frame")
        return unpacker.decompress(data)
    except zstandard.ZstdError as error:
        raise RetryLater("snapshot_damaged", frame=frame.start) from error
