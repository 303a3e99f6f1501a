"""Files that survive a power cut: written beside their place, synced, renamed, and the folder synced.

    data → .NAME.RANDOM.part → fsync → rename onto NAME → fsync(folder)

Only when a function here has returned may a database row name the file: without the last step the row
can point at a file that a power cut takes back. Whatever fails on the way leaves no part file behind, and
leaves a file that was there before as it was.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.contract.errors import InputRefused
from sync.replica.storage_errors import errno_name, of_file

CHUNK = 1 << 20
PART_SUFFIX = ".part"
"""Ending of unfinished files; whatever carries it was never acknowledged and may be swept at start."""

Put = Callable[[bytes], None]


def durable_write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that it is there, whole, after a power cut at any later moment."""
    durable_fill(path, lambda put: put(data))


def durable_copy(source: Path, path: Path) -> tuple[str, int]:
    """Copy a file durably, in pieces; returns SHA-256 (hex) and length of the bytes that were written."""
    digest = hashlib.sha256()
    length = 0

    def fill(put: Put) -> None:
        nonlocal length
        for piece in _pieces(source):
            digest.update(piece)
            length += len(piece)
            put(piece)

    durable_fill(path, fill)
    return digest.hexdigest(), length


def sha256_file(path: Path) -> str:
    """SHA-256 (hex) of a file, read in pieces."""
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def holds_durably(path: Path, sha256: str) -> bool:
    """Whether the bytes of that hash lie at ``path`` already; if so, they stay there.

    Whoever wrote them may have been killed before the last step: then they are there for all to see, and yet
    a power cut would take their name back.
    """
    if not path.exists() or sha256_file(path) != sha256:
        return False
    with plain_errors(path):
        sync_folder(path.parent)
    return True


def remove_quietly(path: Path) -> None:
    """Remove a file that is not needed any more; that it is gone already, or cannot go, is no failure."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows cannot open a folder; NTFS journals names itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def durable_fill(path: Path, fill: Callable[[Put], None]) -> None:
    """Let ``fill`` write a file piece by piece; it is there whole when this returns, or not at all."""
    with plain_errors(path):
        make_folder(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=PART_SUFFIX, dir=path.parent)
        part = Path(name)
        try:
            try:
                fill(lambda data: _write_whole(descriptor, data))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            part.replace(path)
        except BaseException:
            remove_quietly(part)
            raise
        sync_folder(path.parent)


def _write_whole(descriptor: int, data: bytes) -> None:
    """Write all of it: a disk that fills up first takes a part, and only the next call says so."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view[:CHUNK]) :]


def make_folder(folder: Path) -> None:
    """Create missing folders, each durable in the one that holds it before anything is put into it.

    An empty one may have been left by somebody who was killed in between; one in use has been through this.
    """
    if folder.is_dir():
        if not any(folder.iterdir()):
            with suppress(
                PermissionError
            ):  # what lies above is not ours to read: then it was not ours to make
                sync_folder(folder.parent)
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except OSError as error:
        raise InputRefused("photo_unreadable", path=str(source), reason=errno_name(error)) from error


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """What the storage answers, as ``disk_full``, ``folder_unwritable`` or ``disk_failed``."""
    try:
        yield
    except OSError as error:
        raise of_file(error, path) from error
