"""The shift as a command: play, tell what was proved, write it down."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import msgspec

from fieldapp.demo.shift.options import parse
from fieldapp.demo.shift.play import play_shift


def main(argv: Sequence[str]) -> int:
    """Play a shift; exit code 0 only if everything is proved."""
    options = parse(argv)
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {text}\n")
        sys.stdout.flush()

    say(f"results go to {options.out}")
    result = play_shift(options, say)
    file = options.out / "shift.json"
    file.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    for line in result.loop.lines():
        say(line)
    for problem in result.problems:
        say(f"PROBLEM: {problem}")
    say(f"{'all is proved' if result.ok else 'NOT proved'}: {file}")
    return 0 if result.ok else 1
