"""The case loop as a command: play, tell what was seen, write it down."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.demo.case_loop.options import parse
from fieldapp.demo.case_loop.play import play_loop
from fieldapp.demo.telling import keep, teller


def main(argv: Sequence[str]) -> int:
    """Play the loop; exit code 0 only if every step was seen and central agrees."""
    options = parse(argv)
    say = teller()
    say(f"results go to {options.out}")
    result = play_loop(options, say)
    file = keep(result, options.out / "case-loop.json")
    for line in [*result.lines(), *(f"PROBLEM: {problem}" for problem in result.problems)]:
        say(line)
    say(f"{'all was seen' if result.ok else 'NOT all was seen'}: {file}")
    return 0 if result.ok else 1
