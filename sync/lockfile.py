"""Locks between processes: a lock on an open file, which the system lets go when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.replica.storage_errors import of_file


class FileLock:
    """One lock file. The file stays (removing it would let two holders in); only the lock comes and goes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, *, wait: bool) -> bool:
        """Take the lock; False when somebody else has it and ``wait`` is not asked for."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise of_file(error, self._path.parent) from error
        try:
            _lock(descriptor, wait)
        except HELD:
            os.close(descriptor)
            return False
        except OSError as error:  # a file system without locks: going on could mean two at the same work
            os.close(descriptor)
            raise of_file(error, self._path.parent) from error
        self._descriptor = descriptor
        return True

    def write(self, text: str) -> None:
        """Say who holds the lock; for people, never for decisions, so a full disk is no reason to stop."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
                os.pwrite(self._descriptor, text.encode(), 0)

    def release(self) -> None:
        """Let go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock, waiting for it."""
    lock = FileLock(path)
    lock.acquire(wait=True)
    try:
        yield
    finally:
        lock.release()


if sys.platform == "win32":
    import msvcrt

    HELD: tuple[type[OSError], ...] = (OSError,)

    def _lock(descriptor: int, wait: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    HELD: tuple[type[OSError], ...] = (BlockingIOError,)

    def _lock(descriptor: int, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
