"""The demo city's streets: they run along the sides of its blocks, wider where districts meet.

A side between two communities is a road, one between two districts (街道), or at the city's edge, a main
road. Of the others seven in ten are lanes; the rest are walls and yards. Sides are joined into lines from
crossing to crossing: a line is one street between two crossings, and ways can be found along them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from sync.central.city.draw import read_json, stream
from sync.central.city.ground import Cell

Point = tuple[float, float]
Side = tuple[Point, Point]
LANE, ROAD, MAIN = "lane", "road", "main"
LANES = 0.72


class Street(msgspec.Struct, frozen=True):
    """A street between two crossings; ``name`` is empty for a lane. Points are WGS-84."""

    name: str
    kind: str
    points: tuple[Point, ...]


def build_streets(seed: int, ground: tuple[Cell, ...]) -> tuple[Street, ...]:
    """All streets, main roads first."""
    beside = _beside(ground)
    kinds = {side: _kind(owners) for side, owners in beside.items()}
    rng = stream(seed, "lanes")
    for side, kind in kinds.items():
        if kind == LANE and rng.random() >= LANES:
            kinds[side] = ""
    names = _Names(seed)
    streets = []
    for kind in (MAIN, ROAD, LANE):
        for line in _lines({side: beside[side] for side, own in kinds.items() if own == kind}):
            name = "" if kind == LANE else names.of(kind, beside[_side(line[0], line[1])])
            streets.append(Street(name, kind, tuple(line)))
    return tuple(streets)


def ring_points(cell: Cell) -> list[Point]:
    """A cell's corners, the first not repeated."""
    pairs = (part.split(",") for part in cell.ring.split(";"))
    return [(float(lon), float(lat)) for lon, lat in pairs][:-1]


def _side(one: Point, other: Point) -> Side:
    return (one, other) if one < other else (other, one)


def _beside(ground: tuple[Cell, ...]) -> dict[Side, list[Cell]]:
    beside: dict[Side, list[Cell]] = defaultdict(list)
    for cell in ground:
        ring = ring_points(cell)
        for before, now in zip([ring[-1], *ring[:-1]], ring, strict=True):
            beside[_side(before, now)].append(cell)
    return beside


def _kind(owners: list[Cell]) -> str:
    if len(owners) == 1 or owners[0].street != owners[1].street:
        return MAIN
    return ROAD if owners[0].community != owners[1].community else LANE


def _lines(sides: Mapping[Side, list[Cell]]) -> Iterator[list[Point]]:
    """The sides as lines that end where more or fewer than two meet, or where the neighbours change."""
    meeting: dict[Point, list[Side]] = defaultdict(list)
    for side in sides:
        for end in side:
            meeting[end].append(side)

    def goes_on(at: Point, side: Side) -> Side | None:
        here = meeting[at]
        if len(here) != 2:
            return None
        other = here[0] if here[1] == side else here[1]
        return other if other in left and _parties(sides[other]) == _parties(sides[side]) else None

    left = dict.fromkeys(sides)
    while left:
        side = next(iter(left))
        del left[side]
        line = list(side)
        for front in (False, True):
            last = side
            while (following := goes_on(line[0] if front else line[-1], last)) is not None:
                del left[following]
                at = line[0] if front else line[-1]
                onward = following[0] if following[1] == at else following[1]
                line.insert(0, onward) if front else line.append(onward)
                last = following
        yield line


def _parties(owners: list[Cell]) -> frozenset[tuple[str, str]]:
    """Between whom a street runs: lanes change at every block, others with the communities."""
    if _kind(owners) == LANE:
        return frozenset({("", "")})
    return frozenset((owner.street, owner.community) for owner in owners)


class _Names:
    """One invented name for each pair of neighbours, the same from either side."""

    def __init__(self, seed: int) -> None:
        words = read_json("city", "words.json")
        self._roads: list[str] = words["roads"]
        self._kinds: list[str] = words["road_kinds"]
        self._seed = seed
        self._made: dict[tuple[str, frozenset[str]], str] = {}

    def of(self, kind: str, owners: list[Cell]) -> str:
        """A main road is named by the streets it parts, a road by the communities."""
        parts = frozenset(o.street if kind == MAIN else f"{o.street}/{o.community}" for o in owners)
        key = kind, parts
        if key not in self._made:
            rng = stream(self._seed, f"street name {kind} {sorted(parts)}")
            tail = "大道" if kind == MAIN else rng.choice([k for k in self._kinds if k != "大道"])
            self._made[key] = rng.choice(self._roads) + tail
        return self._made[key]
