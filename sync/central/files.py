"""Files that are there after a power cut: written whole, fsynced, renamed in, the folder fsynced."""

from __future__ import annotations

import os
from pathlib import Path

from sync.replica.files import make_folder


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable (a no-op where folders cannot be opened)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes, *, mode: int) -> None:
    """Put ``data`` at ``path``, whole or not at all, never readable by others than ``mode`` says."""
    unready = path.with_name(path.name + ".tmp")
    unready.unlink(missing_ok=True)
    handle = os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    move_in(unready, path)


def move_in(unready: Path, path: Path) -> None:
    """Rename a finished, fsynced file to its place durably."""
    make_folder(path.parent)
    place(unready, path)


def place(unready: Path, path: Path) -> None:
    """The same, into a folder that is known to be durable itself."""
    os.replace(unready, path)
    sync_folder(path.parent)
