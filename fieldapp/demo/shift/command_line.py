"""The shift as a command: play, tell what was proved, write it down."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.demo.shift.options import parse
from fieldapp.demo.shift.play import play_shift
from fieldapp.demo.telling import keep, teller


def main(argv: Sequence[str]) -> int:
    """Play a shift; exit code 0 only if everything is proved."""
    options = parse(argv)
    say = teller()
    say(f"results go to {options.out}")
    result = play_shift(options, say)
    file = keep(result, options.out / "shift.json")
    for line in result.loop.lines():
        say(line)
    for problem in result.problems:
        say(f"PROBLEM: {problem}")
    say(f"{'all is proved' if result.ok else 'NOT proved'}: {file}")
    return 0 if result.ok else 1
