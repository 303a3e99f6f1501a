"""Thinning of a patrol track while it is walked. Pure.

    fix → gate (accuracy, impossible speed) → moved at all? → within the bound of a straight line? → point

What the thinned line leaves out lies within ``bound_m`` of it, or within the radius in which somebody counts
as standing still (5 to 20 m, by accuracy). A line is never drawn across a time without fixes: after ``gap_s``
of them the caller begins a new segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import hypot

import msgspec

from fieldapp.geo.distance import metres_between
from fieldapp.geo.plane import LocalPlane
from sync.contract.records import Place
from sync.contract.track import TrackPoint


class TrackLimits(msgspec.Struct, frozen=True):
    """What a city may choose."""

    fair_m: float = 50.0
    """A fix less accurate than this does not count."""
    speed_max: float = 60.0
    """Metres per second; what would need more is a leap of the receiver."""
    bound_m: float = 5.0
    hold_s: float = 60.0
    """A point at least this often, also of somebody who stands still."""
    gap_s: float = 60.0


STILL_MIN_M, STILL_MAX_M = 5.0, 20.0
_WAITING_MAX = 100


def is_good(place: Place, limits: TrackLimits) -> bool:
    """Whether a fix counts for a track at all: live, in place, and known to be accurate enough."""
    accuracy = place.known_accuracy_m
    there = place.lon is not None and place.lat is not None and not place.stale
    return there and accuracy is not None and accuracy <= limits.fair_m


def is_leap(last: TrackPoint, point: TrackPoint, limits: TrackLimits) -> bool:
    """Whether nobody can have come from one to the other in that time (accuracies allowed for)."""
    far = metres_between(last.lon, last.lat, point.lon, point.lat) - last.accuracy_m - point.accuracy_m
    return far > limits.speed_max * max(point.after_s - last.after_s, 1.0)


def still_radius(accuracy_m: float) -> float:
    """Within this somebody counts as standing still."""
    return min(max(accuracy_m, STILL_MIN_M), STILL_MAX_M)


class Thinner:
    """Thins one segment. ``add`` and ``finish`` answer the points that stand from now on."""

    def __init__(self, limits: TrackLimits, first: TrackPoint | None = None) -> None:
        self._limits = limits
        self._anchor = first
        self._waiting: list[TrackPoint] = []

    @property
    def tail(self) -> TrackPoint | None:
        """The newest point that does not stand yet."""
        return self._waiting[-1] if self._waiting else None

    @property
    def newest(self) -> TrackPoint | None:
        """The newest point of all."""
        return self.tail or self._anchor

    def add(self, point: TrackPoint) -> list[TrackPoint]:
        """Take a fix that passed the gate, in the order of time."""
        newest = self.newest
        if newest is None:
            self._anchor = point
            return [point]
        moved = metres_between(newest.lon, newest.lat, point.lon, point.lat)
        if moved < still_radius(point.accuracy_m):
            if point.after_s - newest.after_s < self._limits.hold_s:
                return []
            point = TrackPoint(point.after_s, newest.lon, newest.lat, point.accuracy_m)
        if self._fits(point):
            self._waiting.append(point)
            return []
        return [self._settle(point)]

    def finish(self) -> list[TrackPoint]:
        """The segment ends: its last point stands."""
        last, self._waiting = self._waiting[-1:], []
        self._anchor = last[0] if last else self._anchor
        return last

    def _settle(self, point: TrackPoint) -> TrackPoint:
        stands = self._waiting[-1]
        self._anchor, self._waiting = stands, [point]
        return stands

    def _fits(self, point: TrackPoint) -> bool:
        """Whether all that waits may be left out between the last standing point and this one."""
        anchor = self._anchor
        if not self._waiting or anchor is None:
            return True
        if len(self._waiting) >= _WAITING_MAX or point.after_s - anchor.after_s > self._limits.hold_s:
            return False
        return all(off_line(one, anchor, point) <= self._limits.bound_m for one in self._waiting)


def off_line(point: TrackPoint, start: TrackPoint, end: TrackPoint) -> float:
    """Metres from a point to the straight line between two others, its ends included."""
    plane = LocalPlane(start.lon, start.lat)
    east, north = plane.to_metres(end.lon, end.lat)
    x, y = plane.to_metres(point.lon, point.lat)
    long = east * east + north * north
    along = 0.0 if not long else min(1.0, max(0.0, (x * east + y * north) / long))
    return hypot(x - along * east, y - along * north)


def length_m(points: Sequence[TrackPoint]) -> float:
    """The length of the line through the points, along the ellipsoid."""
    return sum(metres_between(a.lon, a.lat, b.lon, b.lat) for a, b in pairwise(points))


def cells_along(
    points: Sequence[TrackPoint], locate: Callable[[float, float], str | None], step_m: float = 10.0
) -> list[str]:
    """The grid cells the line passes through, in order of the first visit."""
    found: dict[str, None] = {}
    for lon, lat in _steps(points, step_m):
        cell = locate(lon, lat)
        if cell is not None:
            found.setdefault(cell)
    return list(found)


class Coverage(msgspec.Struct, frozen=True):
    """How much of a responsibility grid was walked."""

    walked: int
    cells: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of no cells."""
        return self.walked / self.cells if self.cells else 0.0


def coverage(walked: Iterable[str], cells: Iterable[str]) -> Coverage:
    """Cells of the responsibility grid that were walked, each counted once; others do not count."""
    own = set(cells)
    return Coverage(len(own.intersection(walked)), len(own))


def _steps(points: Sequence[TrackPoint], step_m: float) -> Iterable[tuple[float, float]]:
    if points:
        yield points[0].lon, points[0].lat
    for a, b in pairwise(points):
        count = max(1, int(metres_between(a.lon, a.lat, b.lon, b.lat) // step_m) + 1)
        for n in range(1, count + 1):
            yield a.lon + (b.lon - a.lon) * n / count, a.lat + (b.lat - a.lat) * n / count
