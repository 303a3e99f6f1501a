"""How a played day tells what it does, a line each with the seconds since it began; its result as a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

Say = Callable[[str], None]
"""Takes one line to be told."""


def teller() -> Say:
    """Writes lines to standard output, each with the seconds since this call."""
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {text}\n")
        sys.stdout.flush()

    return say


def keep(result: msgspec.Struct, file: Path) -> Path:
    """Write the result as indented JSON."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    return file
