"""The arguments of a shift."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif"})


class ShiftOptions(msgspec.Struct, frozen=True):
    """What to play with. ``photos`` and ``nmea`` None: made on the spot."""

    out: Path
    permits: int
    photos: Path | None
    nmea: Path | None
    every_look: bool


def parse(argv: Sequence[str]) -> ShiftOptions:
    """Parse; wrong usage exits 2 as argparse does."""
    parser = argparse.ArgumentParser(prog="build/run --shift", allow_abbrev=False, description=__doc__)
    parser.add_argument("--photos", type=Path, metavar="DIR", help="photos to import (default: made up)")
    parser.add_argument("--nmea", type=Path, metavar="FILE", help="positions to replay (default: made up)")
    parser.add_argument("--permits", type=int, default=100_000, metavar="N", help="size of the city")
    parser.add_argument("--out", type=Path, metavar="DIR", help="results (default: a new temporary folder)")
    parser.add_argument(
        "--looks", choices=("all", "few"), default="all", help="screenshots: every theme and size, or one"
    )
    asked = parser.parse_args(list(argv))
    if asked.photos is not None and not photo_files(asked.photos):
        parser.error(f"no photos in {asked.photos}")
    if asked.nmea is not None and not asked.nmea.is_file():
        parser.error(f"no such file: {asked.nmea}")
    out = asked.out or Path(tempfile.mkdtemp(prefix="fieldapp-shift-"))
    return ShiftOptions(out.absolute(), asked.permits, asked.photos, asked.nmea, asked.looks == "all")


def photo_files(folder: Path) -> list[Path]:
    """The photo files of a folder, by name."""
    if not folder.is_dir():
        return []
    return sorted(f for f in folder.iterdir() if f.suffix.lower() in PHOTO_SUFFIXES and f.is_file())
