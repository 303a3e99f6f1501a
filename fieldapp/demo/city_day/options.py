"""How a day is asked for on the command line."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

MOST_TABLETS = 28
TICKS = 60


class DayOptions(msgspec.Struct, frozen=True):
    """``ticks``: how many times everybody has a turn. ``permits``: size of the demo city."""

    out: Path
    seed: int = 5
    tablets: int = 20
    cases: int = 300
    ticks: int = TICKS
    permits: int = 3_000


def parse(argv: Sequence[str]) -> DayOptions:
    """Read ``--seed N --tablets N --cases N --out DIR``."""
    parser = argparse.ArgumentParser(prog="build/run --city-day", description="Play a day of the city.")
    parser.add_argument("--seed", type=int, default=5, help="another seed, another day (default: 5)")
    parser.add_argument("--tablets", type=_whole(5, MOST_TABLETS), default=20, metavar="N")
    parser.add_argument("--cases", type=_whole(1, 5_000), default=300, metavar="N")
    parser.add_argument(
        "--ticks", type=_whole(10, 1_000), default=TICKS, metavar="N", help="turns of everybody"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the result goes (default: a new folder)"
    )
    asked = parser.parse_args(list(argv))
    out = Path(tempfile.mkdtemp(prefix="fieldapp-city-day-")) if asked.out is None else asked.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    return DayOptions(out, asked.seed, asked.tablets, asked.cases, asked.ticks)


class _whole:
    """A whole number within bounds."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        number = int(text)
        if not self._least <= number <= self._most:
            raise argparse.ArgumentTypeError(f"{number} is not between {self._least} and {self._most}")
        return number
