"""Many signs close together as one with a number: which ones, decided by squares that stay put while panning.

A level is a power of two of metres per pixel, so that a little zooming does not shuffle everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, log2

import msgspec

from fieldapp.geo.layers import Box, Mark, Point

SQUARE_PX = 72.0
WORST = ("red", "yellow", "")


class Cluster(msgspec.Struct, frozen=True):
    """Signs that stand for each other: where they are on average, the box around them, the worst light."""

    at: Point
    box: Box
    marks: tuple[Mark, ...]
    light: str = ""
    mine: bool = False

    @property
    def count(self) -> int:
        """How many."""
        return len(self.marks)


def level_of(mpp: float) -> int:
    """The level that holds for a scale: squares of it are 72 to 144 pixels wide there."""
    return ceil(log2(mpp))


def square_m(level: int) -> float:
    """The side of a level's squares, in metres."""
    return SQUARE_PX * float(2.0**level)


def clusters_of(marks: Iterable[Mark], level: int) -> list[Cluster]:
    """Every mark in exactly one cluster; a cluster of one is that mark itself."""
    side = square_m(level)
    squares: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        squares.setdefault((int(mark.at[0] // side), int(mark.at[1] // side)), []).append(mark)
    return [_cluster(found) for found in squares.values()]


def _cluster(marks: list[Mark]) -> Cluster:
    east, north = [mark.at[0] for mark in marks], [mark.at[1] for mark in marks]
    lights = {mark.light for mark in marks}
    return Cluster(
        at=(sum(east) / len(marks), sum(north) / len(marks)),
        box=(min(east), min(north), max(east), max(north)),
        marks=tuple(marks),
        light=next(light for light in WORST if light in lights or light == ""),
        mine=any(mark.mine for mark in marks),
    )
