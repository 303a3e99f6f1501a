"""The arguments of the case loop."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

LOOKS = {"none": (False, False), "few": (True, False), "all": (True, True)}


class LoopOptions(msgspec.Struct, frozen=True):
    """``short``: one case from checking to closing, without the side ways. ``pictures``: taken at all."""

    out: Path
    permits: int
    short: bool
    pictures: bool
    every_look: bool


def parse(argv: Sequence[str]) -> LoopOptions:
    """Parse; wrong usage exits 2 as argparse does."""
    parser = argparse.ArgumentParser(prog="build/run --case-loop", allow_abbrev=False, description=__doc__)
    parser.add_argument("--permits", type=int, default=1_000, metavar="N", help="size of the city")
    parser.add_argument("--out", type=Path, metavar="DIR", help="results (default: a new temporary folder)")
    parser.add_argument("--short", action="store_true", help="the main way alone, without the side ways")
    parser.add_argument(
        "--looks", choices=sorted(LOOKS), default="few", help="screenshots: none, one look, every look"
    )
    asked = parser.parse_args(list(argv))
    out: Path = asked.out or Path(tempfile.mkdtemp(prefix="fieldapp-case-loop-"))
    return LoopOptions(out.absolute(), asked.permits, asked.short, *LOOKS[asked.looks])
