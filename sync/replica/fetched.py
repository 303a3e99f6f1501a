"""Files of others that somebody looked at: kept while there is room for them, never missed when they go.

They lie under their hash alone, apart from what this tablet recorded. The oldest go first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sync.contract.errors import NeedsPerson
from sync.replica.files import Put, durable_fill, plain_errors, remove_quietly, sha256_file
from sync.replica.folder import DataFolder

KEEP_BYTES = 300_000_000
"""How much of others' files is kept; one file more may be there until the next has come."""


class Held(msgspec.Struct, frozen=True):
    """How much there is."""

    files: int
    bytes: int


def has_fetched(folder: DataFolder, sha256: str) -> bool:
    """Whether a file of others is here."""
    return folder.fetched_file(sha256).is_file()


def keep_fetched(
    folder: DataFolder, sha256: str, pieces: Iterable[bytes], *, limit: int = KEEP_BYTES
) -> None:
    """Take a file in, whole or not at all, and let the oldest go where it becomes too much.

    The pieces end in an error where they do not make the file of that hash; nothing is kept then.
    """

    def fill(put: Put) -> None:
        for piece in pieces:
            put(piece)

    durable_fill(folder.fetched_file(sha256), fill)
    _make_room(folder, limit, but=sha256)


def fetched_whole(folder: DataFolder, sha256: str) -> Path | None:
    """A file of others, hashed again now; None where it is not here.

    One that is damaged goes: ``fetch_damaged``.
    """
    path = folder.fetched_file(sha256)
    if not path.is_file():
        return None
    if sha256_file(path) != sha256:
        _remove(path)
        raise NeedsPerson("fetch_damaged")
    return path


def checked_file(folder: DataFolder, sha256: str, suffix: str) -> Path | None:
    """The same under a name that programs know it by."""
    path = fetched_whole(folder, sha256)
    if path is None:
        return None
    named = path.with_name(path.name + suffix)
    remove_quietly(named)
    with plain_errors(named):
        try:
            os.link(path, named)
        except OSError:  # a file system without a second name for a file
            shutil.copyfile(path, named)
    return named


def held_files(folder: DataFolder) -> Held:
    """How many files of others are here, and how large they are."""
    sizes = [size for _, size, _ in _found(folder)]
    return Held(len(sizes), sum(sizes))


def forget_fetched(folder: DataFolder) -> Held:
    """Let all of them go; what was there is the answer."""
    held = held_files(folder)
    for _, _, path in _found(folder, parts=True):
        remove_quietly(path)
    return held


def _make_room(folder: DataFolder, limit: int, *, but: str) -> None:
    found = sorted(_found(folder))
    total = sum(size for _, size, _ in found)
    for _, size, path in found:
        if total <= limit:
            return
        if path.name != but:
            _remove(path)
            total -= size


def _remove(path: Path) -> None:
    """Let a file go, with its other names."""
    for other in (path, *path.parent.glob(f"{path.name}.*")):
        remove_quietly(other)


def _found(folder: DataFolder, *, parts: bool = False) -> list[tuple[float, int, Path]]:
    """Time, size and path of each file."""
    found = []
    try:
        for path in folder.fetched.iterdir():
            if parts or "." not in path.name:  # neither unfinished nor a second name
                told = path.stat()
                found.append((told.st_mtime, told.st_size, path))
    except FileNotFoundError:  # nothing was ever fetched, or somebody empties it at this moment
        return found
    return found
