"""Ways in which a work database gets damaged, as functions of its path, each from its own chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path, random.Random], None]
PAGE = 4096


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def missing(path: Path, _chance: random.Random) -> None:
    """Somebody removed it."""
    path.unlink()


def all_gone(path: Path, _chance: random.Random) -> None:
    """The database and its log."""
    for name in (path, _wal(path), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def zero_length(path: Path, _chance: random.Random) -> None:
    """A file system that lost the contents."""
    path.write_bytes(b"")


def truncated(path: Path, chance: random.Random) -> None:
    """Cut off somewhere, seldom at a page's end."""
    with path.open("r+b") as file:
        file.truncate(chance.randrange(1, path.stat().st_size))


def zeroed_header(path: Path, _chance: random.Random) -> None:
    """The first page reads as zeros."""
    _overwrite(path, 0, bytes(PAGE))


def wrong_header(path: Path, chance: random.Random) -> None:
    """The first page is another file's."""
    _overwrite(path, 0, chance.randbytes(PAGE))


def zeroed_pages(path: Path, chance: random.Random) -> None:
    """Some pages read as zeros."""
    for _ in range(3):
        _overwrite(path, chance.randrange(_pages(path)) * PAGE, bytes(PAGE))


def flipped_bits(path: Path, chance: random.Random) -> None:
    """Single bits differ on every fourth page."""
    data = bytearray(path.read_bytes())
    for page in range(0, _pages(path), 4):
        data[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def all_zeros(path: Path, _chance: random.Random) -> None:
    """As long as it was, and nothing in it."""
    path.write_bytes(bytes(path.stat().st_size))


def log_deleted(path: Path, _chance: random.Random) -> None:
    """A cleaner took the write-ahead log for rubbish."""
    _wal(path).unlink(missing_ok=True)


def log_truncated(path: Path, chance: random.Random) -> None:
    """The log is cut off somewhere."""
    wal = _wal(path)
    if wal.exists() and wal.stat().st_size:
        with wal.open("r+b") as file:
            file.truncate(chance.randrange(wal.stat().st_size))


def log_flipped(path: Path, chance: random.Random) -> None:
    """A bit of the log differs, so that all behind it counts for nothing."""
    wal = _wal(path)
    if wal.exists() and wal.stat().st_size:
        at = chance.randrange(wal.stat().st_size)
        data = wal.read_bytes()
        _overwrite(wal, at, bytes([data[at] ^ 4]))


def log_zeroed(path: Path, _chance: random.Random) -> None:
    """The log reads as zeros."""
    wal = _wal(path)
    if wal.exists():
        wal.write_bytes(bytes(wal.stat().st_size))


DAMAGES: tuple[Damage, ...] = (
    missing,
    all_gone,
    zero_length,
    truncated,
    zeroed_header,
    wrong_header,
    zeroed_pages,
    flipped_bits,
    all_zeros,
    log_deleted,
    log_truncated,
    log_flipped,
    log_zeroed,
)
