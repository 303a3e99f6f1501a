"""The shim between a process and its files: made from C on the spot, switched on, its log read back."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("shim.c")
_HEAD = struct.Struct("=IiQqIIQii")


class Kind(IntEnum):
    """What happened; the numbers are those of ``shim.c``."""

    CREATE = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    RMDIR = 8
    LINK = 9
    MARK = 10
    FOREIGN = 11


class Call(IntEnum):
    """What may be made to fail; the numbers are those of ``shim.c``."""

    WRITE = 1
    FSYNC = 2
    RENAME = 3
    OPEN = 4
    MKDIR = 5
    UNLINK = 6


class Op(NamedTuple):
    """One recorded call that took effect (or a sync that failed: ``error`` is then its errno)."""

    kind: Kind
    pid: int
    inode: int
    at: int
    one: str
    two: str
    data: bytes
    error: int


class NoCompiler(Exception):
    """There is no C compiler: nothing was recorded, so nothing was proved."""


def build_shim(folder: Path) -> Path:
    """Compile the shim into a folder; raises where that cannot be done."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NoCompiler("power cuts need a C compiler (Debian: gcc libc6-dev)")
    library = folder / "power.so"
    made = subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-lpthread"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise NoCompiler(f"{compiler} could not make the shim:\n{made.stderr}")
    return library


def preloaded(library: Path, *, root: Path | None = None, log: Path | None = None) -> dict[str, str]:
    """The environment of a process under the shim; given a root and a log, recorded from its start."""
    environment = {**os.environ, "LD_PRELOAD": str(library)}
    if root is not None and log is not None:
        environment |= {"POWER_ROOT": str(root), "POWER_LOG": str(log)}
    return environment


@cache
def _shim() -> ctypes.CDLL:
    own = ctypes.CDLL(None)
    if not hasattr(own, "power_record"):
        raise NoCompiler("this process does not run under the shim")
    own.power_fault.argtypes = [ctypes.c_int] * 4 + [ctypes.c_char_p]
    own.power_mark.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return own


def record(root: Path, log: Path) -> None:
    """From now on this process writes down what it does below ``root``."""
    _shim().power_record(os.fsencode(root), os.fsencode(log))


def watch(root: Path) -> None:
    """From now on calls below ``root`` are counted and may be made to fail; nothing is written down."""
    _shim().power_record(os.fsencode(root), b"")


def stop_recording() -> None:
    """Write nothing down any more."""
    _shim().power_record(b"", b"")


def mark(text: bytes) -> None:
    """Put a word of this process's own between its calls."""
    _shim().power_mark(text, len(text))


def fail(call: Call, number: int, errno: int, *, from_then_on: bool, part: str = "") -> None:
    """Let the n-th call of a kind from now fail, on files whose path contains ``part``."""
    _shim().power_fault(call, number, errno, from_then_on, part.encode())


def heal() -> None:
    """Let nothing fail any more."""
    _shim().power_fault(0, 0, 0, 0, b"")


def count_calls() -> None:
    """Begin to count calls, letting none fail."""
    _shim().power_fault(Call.WRITE, 1 << 30, 5, 0, b"")


def calls_seen(call: Call) -> int:
    """How many calls of a kind there were since ``fail`` or ``count_calls``."""
    return int(_shim().power_seen(call))


def read_log(log: Path) -> Iterator[Op]:
    """What was written down, in its order."""
    data = log.read_bytes()
    at = 0
    while at < len(data):
        kind, pid, inode, offset, one, two, length, error, _ = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        first = os.fsdecode(data[at : at + one])
        second = os.fsdecode(data[at + one : at + one + two])
        at += one + two
        with_data = kind in (Kind.WRITE, Kind.MARK)
        body = data[at : at + length] if with_data else b""
        at += len(body)
        yield Op(Kind(kind), pid, inode, offset, first, second, body, error)
