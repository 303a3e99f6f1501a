"""Space set aside in a file, given back when the disk is full, so that what is open can still be finished.

Free space can be eaten by others; a file of our own cannot. New photos never touch it: they are refused while
the free space is below the reserve. Finishing (submitting, keeping a draft, taking back) and opening by a
PIN, whose tries are counted on the disk, may use it up once; it is set aside again as soon as there is room.
A little more is set aside for opening alone: SQLite needs room for the index of its log, and whoever locks
the window on a full disk must get back in.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sync.contract.errors import NeedsPerson
from sync.replica.files import remove_quietly
from sync.replica.folder import RESERVE_BYTES, DataFolder

T = TypeVar("T")
FILE_BYTES = 16_000_000
DOOR_BYTES = 1_000_000


def reserve_path(folder: DataFolder) -> Path:
    """Where the space is set aside."""
    return folder.root / "reserve.bin"


def keep_reserve(folder: DataFolder) -> bool:
    """Set the space aside where it is not yet and there is plenty; whether it is there now."""
    path = reserve_path(folder)
    with suppress(OSError):
        if path.stat().st_size == FILE_BYTES:
            return True
    if folder.free_bytes() < RESERVE_BYTES + FILE_BYTES:
        return False
    return _set_aside(path, FILE_BYTES)


def door_path(folder: DataFolder) -> Path:
    """Where the space for opening is set aside."""
    return folder.root / "door.bin"


def keep_door(folder: DataFolder) -> None:
    """Set aside what opening takes, where it is not yet and there is room for it."""
    path = door_path(folder)
    if path.exists() or folder.free_bytes() < 2 * DOOR_BYTES:
        return
    _set_aside(path, DOOR_BYTES)


def through_door(folder: DataFolder, enter: Callable[[], T]) -> T:
    """Open something; where the disk is full, once more with the space set aside for that.

    Several may come at once: whoever finds the space given back already tries again all the same.
    """
    try:
        return enter()
    except NeedsPerson as error:
        if error.code != "disk_full":
            raise
        remove_quietly(door_path(folder))
    return enter()


def with_reserve(folder: DataFolder, finish: Callable[[], T]) -> T:
    """Finish something; where the disk is full, once more with the space that was set aside."""
    try:
        return finish()
    except NeedsPerson as error:
        path = reserve_path(folder)
        if error.code != "disk_full" or not path.exists():
            raise
        remove_quietly(path)
    return finish()


def _set_aside(path: Path, size: int) -> bool:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            _allocate(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError:
        remove_quietly(path)
        return False
    return True


def _allocate(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    block = bytes(1 << 20)  # a hole would set nothing aside
    left = size
    while left:
        left -= os.write(descriptor, block[:left])
