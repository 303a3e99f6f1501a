"""What a map shows, in metres of one plane: cells, places, their borders, and finding them by a box.

Pure values, made off the GUI thread from rows of the replica. A layer answers "what lies in this box" from
an index of square buckets, so that panning touches only what is in sight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

from fieldapp.geo.plane import LocalPlane
from fieldapp.geo.ring import lies_in
from sync.contract.tables import Row

BUCKET_M = 1000.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north, in metres."""


class Cell(msgspec.Struct, frozen=True):
    """A grid cell: its ring is open (the first point does not come again)."""

    code: str
    street: str
    community: str
    ring: tuple[Point, ...]
    box: Box
    middle: Point


class Mark(msgspec.Struct, frozen=True):
    """A place with a sign. ``layer`` says what of; ``state`` is a case's, ``light`` yellow, red or ""."""

    layer: str
    key: str
    name: str
    at: Point
    state: str = ""
    mine: bool = False
    light: str = ""


Thing = TypeVar("Thing")


class BoxIndex(Generic[Thing]):
    """Things by the square buckets their boxes touch."""

    def __init__(self, things: Iterable[tuple[Box, Thing]], bucket_m: float = BUCKET_M) -> None:
        self._bucket_m = bucket_m
        self._things: list[tuple[Box, Thing]] = list(things)
        self._buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._bounds = box_around([corner for box, _ in self._things for corner in (box[:2], box[2:])])
        for at, (box, _) in enumerate(self._things):
            for bucket in self._touched(box):
                self._buckets[bucket].append(at)

    def __len__(self) -> int:
        return len(self._things)

    def within(self, box: Box) -> list[Thing]:
        """Everything whose box meets this one, each once, in the order it was given."""
        found = {at for bucket in self._touched(box) for at in self._buckets.get(bucket, ())}
        return [self._things[at][1] for at in sorted(found) if boxes_meet(self._things[at][0], box)]

    def everything(self) -> list[Thing]:
        """All of it, in the order it was given."""
        return [thing for _, thing in self._things]

    def bounds(self) -> Box | None:
        """The box around everything, None when there is nothing; asked for at every move of a finger."""
        return self._bounds

    def _touched(self, box: Box) -> Iterator[tuple[int, int]]:
        size = self._bucket_m
        for across in range(int(box[0] // size), int(box[2] // size) + 1):
            for up in range(int(box[1] // size), int(box[3] // size) + 1):
                yield across, up


def cell_of(row: Row, plane: LocalPlane) -> Cell | None:
    """A grid cell's row on the plane; None for a ring that cannot be drawn."""
    ring = [plane.to_metres(lon, lat) for lon, lat in parse_route(str(row["ring"] or ""))]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    box = box_around(ring)
    if len(ring) < 3 or box is None:
        return None
    middle = sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return Cell(
        str(row["grid_cell"]), str(row["street"] or ""), str(row["community"] or ""), tuple(ring), box, middle
    )


def mark_of(row: Row, plane: LocalPlane, layer: str, key: str, name: str, me: str = "") -> Mark | None:
    """A row with ``lon`` and ``lat`` on the plane; None where it has no position."""
    lon, lat = row.get("lon"), row.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    return Mark(
        layer=layer,
        key=str(row[key]),
        name=str(row.get(name) or ""),
        at=plane.to_metres(lon, lat),
        state=str(row.get("state") or ""),
        mine=bool(me) and row.get("assignee") == me,
    )


def parse_route(text: str) -> list[Point]:
    """Points (lon, lat) of "lon,lat;lon,lat;…"; nothing for a text that is no such list."""
    points: list[Point] = []
    for part in text.split(";"):
        pair = part.split(",")
        try:
            lon, lat = float(pair[0]), float(pair[1])
        except (IndexError, ValueError):
            return []
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            return []
        points.append((lon, lat))
    return points


def box_around(points: Sequence[Sequence[float]]) -> Box | None:
    """The smallest box that holds all points."""
    if not points:
        return None
    east, north = [p[0] for p in points], [p[1] for p in points]
    return min(east), min(north), max(east), max(north)


def boxes_meet(one: Box, other: Box) -> bool:
    """Whether two boxes touch or overlap."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def holds(ring: Sequence[Point], at: Point) -> bool:
    """Whether a ring, closed or not, holds a point; its border is part of it."""
    return lies_in(ring if ring[0] == ring[-1] else (*ring, ring[0]), *at)


def borders(cells: Iterable[Cell]) -> dict[str, list[tuple[Point, Point]]]:
    """Where streets and communities end: sides whose two cells are not of the same one, keyed by level.

    Cells of a city share every vertex, so a side is known by its two ends alone.
    """
    beside: dict[tuple[Point, Point], list[Cell]] = defaultdict(list)
    for cell in cells:
        before = cell.ring[-1]
        for now in cell.ring:
            beside[(before, now) if before < now else (now, before)].append(cell)
            before = now
    lines: dict[str, list[tuple[Point, Point]]] = {"street": [], "community": []}
    for side, owners in beside.items():
        if len({owner.street for owner in owners}) > 1 or len(owners) == 1:
            lines["street"].append(side)
        elif len({owner.community for owner in owners}) > 1:
            lines["community"].append(side)
    return lines
