"""The patrol track (巡查轨迹): where an officer on duty went, in segments that never bridge a gap.

A track is begun by the person, runs while they are signed in, and ends with them. It travels as segments of
a few minutes each; every segment tells how it begins and ends, so that a pause, a stretch without position
and a program that was killed stay visible for ever.
"""

from __future__ import annotations

from enum import Enum
from math import isfinite

import msgspec

from sync.contract.codes import check_grid_cell
from sync.contract.errors import InputRefused

POINTS_MAX = 2_000
CELLS_MAX = 2_000
SEGMENT_S_MAX = 86_400.0
LENGTH_M_MAX = 1_000_000.0
NUMBER_MAX = 1_000_000


class Begins(Enum):
    """How a segment begins. Only ``continued`` goes on where the one before it ended."""

    STARTED = "started"
    CONTINUED = "continued"
    RESUMED = "resumed"
    AFTER_GAP = "after_gap"
    AFTER_RESTART = "after_restart"


class Ends(Enum):
    """How a segment ends. ``cut``: the program ended without a word; found when it was started again."""

    CONTINUES = "continues"
    PAUSED = "paused"
    GAP = "gap"
    STOPPED = "stopped"
    SIGNED_OUT = "signed_out"
    CUT = "cut"


OFF_DUTY = frozenset({Ends.STOPPED, Ends.SIGNED_OUT})
"""With these a track is over: nobody may look for the officer by it any more."""


class TrackPoint(msgspec.Struct, frozen=True, array_like=True):
    """A point of a track: seconds since the segment began, WGS-84 degrees, one sigma in metres."""

    after_s: float
    lon: float
    lat: float
    accuracy_m: float


def check_points(points: tuple[TrackPoint, ...]) -> None:
    """Refuse points that are none, too many, or not in the order of time (``track_invalid``)."""
    if len(points) > POINTS_MAX:
        raise InputRefused("track_invalid", reason="points", limit=POINTS_MAX)
    last_s = 0.0
    for point in points:
        if not all(isfinite(number) for number in (point.after_s, point.lon, point.lat, point.accuracy_m)):
            raise InputRefused("track_invalid", reason="number")
        if abs(point.lon) > 180 or abs(point.lat) > 90 or point.accuracy_m < 0:
            raise InputRefused("track_invalid", reason="place")
        if not last_s <= point.after_s <= SEGMENT_S_MAX:
            raise InputRefused("track_invalid", reason="order")
        last_s = point.after_s


def check_cells(cells: tuple[str, ...]) -> None:
    """Refuse what is no grid cell, or the same one twice."""
    if len(cells) > CELLS_MAX or len(set(cells)) != len(cells):
        raise InputRefused("track_invalid", reason="cells", limit=CELLS_MAX)
    for cell in cells:
        check_grid_cell(cell)


def check_length(number: int, length_m: float) -> None:
    """Refuse a number or a length that cannot be."""
    if not 0 <= number <= NUMBER_MAX:
        raise InputRefused("track_invalid", reason="number")
    if not (isfinite(length_m) and 0 <= length_m <= LENGTH_M_MAX):
        raise InputRefused("track_invalid", reason="length")
