"""The demo city's ground: about 13,500 grid cells that tile some 134 km² around the centre.

The communities of the shipped list have no geometry, so theirs is invented: ``tiling`` cuts a lattice of
50 m squares, and one place moves each lattice vertex for all cells that share it. The moves are a jitter
too small to let sides cross, then shears and a turn, which keep areas.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import msgspec

from sync.central.city.demo import CITY
from sync.central.city.divisions import Community, Street, load_streets
from sync.central.city.draw import stream
from sync.central.city.tiling import Block, allot, cells_of
from sync.contract.tables import Row

SQUARE_M = 50.0
WIDE, HIGH = 220, 244
JITTER_M = 10.0
TURN = math.radians(-11)
METRES_PER_DEGREE = 111_195.0
AIRPORT = "440306400"
AIRPORT_WEIGHT = 6.0

LON_M = METRES_PER_DEGREE * math.cos(math.radians(CITY.lat))
LAT_M = METRES_PER_DEGREE


class Cell(msgspec.Struct, frozen=True):
    """A grid cell with its street's and community's names; ``ring`` is closed and counter-clockwise."""

    code: str
    street: str
    community: str
    ring: str
    lon: float
    lat: float


def to_degrees(east: float, north: float) -> tuple[float, float]:
    """WGS-84 degrees of a place given in metres from the city's centre, to 6 decimals (0.1 m)."""
    return round(CITY.lon + east / LON_M, 6), round(CITY.lat + north / LAT_M, 6)


def turn(x: float, y: float, angle: float = TURN) -> tuple[float, float]:
    """Metres along the city's streets into metres east and north; with ``-TURN`` the way back."""
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos


def _communities(seed: int) -> Iterator[tuple[Street, Community, Block]]:
    rng = stream(seed, "communities")
    weighted: list[tuple[Street, list[tuple[Community, float]]]] = [
        (
            street,
            [
                (c, AIRPORT_WEIGHT if street.code == AIRPORT else rng.uniform(0.6, 1.5))
                for c in street.communities
            ],
        )
        for street in load_streets()
    ]
    shares = [((street, cs), sum(weight for _, weight in cs)) for street, cs in weighted]
    for (street, communities), block in allot(Block(0, 0, WIDE, HIGH), shares):
        for community, part in allot(block, communities):
            yield street, community, part


class _Lattice:
    """Where each lattice vertex lies, the same for every cell that has it."""

    def __init__(self, rng: random.Random) -> None:
        self._places: dict[tuple[int, int], tuple[float, float]] = {}
        self._waves = [rng.uniform(0, math.tau) for _ in range(4)]
        self._rng = rng

    def add(self, vertex: tuple[int, int]) -> None:
        """Place a vertex once: jitter, then two shears, then the turn."""
        if vertex in self._places:
            return
        a, b, c, d = self._waves
        x = (vertex[0] - WIDE / 2) * SQUARE_M + self._rng.uniform(-JITTER_M, JITTER_M)
        y = (vertex[1] - HIGH / 2) * SQUARE_M + self._rng.uniform(-JITTER_M, JITTER_M)
        x += 420 * math.sin(y / 2100 + a) + 90 * math.sin(y / 610 + b)
        y += 380 * math.sin(x / 1900 + c) + 80 * math.sin(x / 540 + d)
        self._places[vertex] = to_degrees(*turn(x, y))

    def ring(self, block: Block) -> list[tuple[float, float]]:
        """The block's corners and every other cell's corner on its sides, counter-clockwise and closed."""
        x0, y0, x1, y1 = block
        walk = [(x, y0) for x in range(x0, x1)]
        walk += [(x1, y) for y in range(y0, y1)]
        walk += [(x, y1) for x in range(x1, x0, -1)]
        walk += [(x0, y) for y in range(y1, y0, -1)]
        places = [self._places[vertex] for vertex in walk if vertex in self._places]
        return [*places, places[0]]


def build_ground(seed: int) -> tuple[Cell, ...]:
    """All cells, street by street and community by community, numbered from 001 in each community."""
    rng = stream(seed, "cells")
    parts = [
        (street, community, list(cells_of(block, rng))) for street, community, block in _communities(seed)
    ]
    lattice = _Lattice(stream(seed, "lattice"))
    for _, _, blocks in parts:
        for x0, y0, x1, y1 in blocks:
            for vertex in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)):
                lattice.add(vertex)
    return tuple(
        _cell(f"{community.code}{number:03d}", street.name, community.name, lattice.ring(block))
        for street, community, blocks in parts
        for number, block in enumerate(blocks, start=1)
    )


def _cell(code: str, street: str, community: str, ring: list[tuple[float, float]]) -> Cell:
    text = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in ring)
    open_ring = ring[:-1]
    lon = sum(p[0] for p in open_ring) / len(open_ring)
    lat = sum(p[1] for p in open_ring) / len(open_ring)
    return Cell(code, street, community, text, round(lon, 6), round(lat, 6))


def grid_cell_rows(ground: tuple[Cell, ...]) -> Iterator[Row]:
    """The rows of table ``grid_cell``."""
    for cell in ground:
        yield {"grid_cell": cell.code, "street": cell.street, "community": cell.community, "ring": cell.ring}
