"""The case loop as a command: play, tell what was seen, write it down."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import msgspec

from fieldapp.demo.case_loop.options import parse
from fieldapp.demo.case_loop.play import play_loop


def main(argv: Sequence[str]) -> int:
    """Play the loop; exit code 0 only if every step was seen and central agrees."""
    options = parse(argv)
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {text}\n")
        sys.stdout.flush()

    say(f"results go to {options.out}")
    result = play_loop(options, say)
    file = options.out / "case-loop.json"
    file.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    for line in [*result.lines(), *(f"PROBLEM: {problem}" for problem in result.problems)]:
        say(line)
    say(f"{'all was seen' if result.ok else 'NOT all was seen'}: {file}")
    return 0 if result.ok else 1
