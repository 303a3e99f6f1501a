"""A made-up walk as NMEA sentences, for a shift that was given none."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import xor
from pathlib import Path

STEPS = 600


def make_track(file: Path, lon: float, lat: float, at: datetime) -> Path:
    """A slow walk east from a place, one fix a second."""
    lines = []
    for step in range(STEPS):
        moment = at + timedelta(seconds=step)
        east, north = _angle(lon + step * 1e-6, 3), _angle(lat + step * 4e-7, 2)
        lines.append(_sentence(f"GPGGA,{moment:%H%M%S}.00,{north},N,{east},E,1,09,0.9,12.0,M,-2.0,M,,"))
        lines.append(_sentence(f"GPRMC,{moment:%H%M%S}.00,A,{north},N,{east},E,0.4,90.0,{moment:%d%m%y},,,A"))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\r\n".join(lines) + "\r\n", encoding="ascii")
    return file


def _angle(degrees: float, width: int) -> str:
    whole = int(degrees)
    return f"{whole:0{width}d}{(degrees - whole) * 60:09.6f}"


def _sentence(body: str) -> str:
    return f"${body}*{reduce(xor, body.encode()):02X}"
