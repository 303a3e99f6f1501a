"""Web Mercator tiles: which one holds a position, its corners, its parents, and TMS row numbers.

Tiles are (zoom, column, row) with rows from the north (XYZ); an MBTiles file counts its rows from the south
(TMS). What datum the degrees are in is the map's affair.
"""

from __future__ import annotations

from math import asinh, atan, floor, pi, radians, sinh, tan
from typing import NamedTuple

SIDE = 256
"""Pixels of a tile."""
LAT_MOST = 85.0511287798066
ZOOM_MOST = 22


class Tile(NamedTuple):
    """One tile; ``row`` counts from the north."""

    zoom: int
    column: int
    row: int


class Part(NamedTuple):
    """The square of an ancestor that a tile covers, in shares of the ancestor's side from its north-west."""

    of: Tile
    left: float
    top: float
    side: float


def tms_row(zoom: int, row: int) -> int:
    """A row from the north as one from the south; the same function leads back."""
    return (1 << zoom) - 1 - row


def place_at(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """Column and row of a position, with fractions; beyond the poles' limit the limit."""
    count = 1 << zoom
    lat = min(max(lat, -LAT_MOST), LAT_MOST)
    return (lon + 180.0) / 360.0 * count, (1.0 - asinh(tan(radians(lat))) / pi) / 2.0 * count


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    """The tile that holds a position; positions beyond the map lie in its outermost tiles."""
    last = (1 << zoom) - 1
    column, row = place_at(lon, lat, zoom)
    return Tile(zoom, min(max(floor(column), 0), last), min(max(floor(row), 0), last))


def corner(zoom: int, column: float, row: float) -> tuple[float, float]:
    """Longitude and latitude of a tile's north-west corner; halves give its middle."""
    count = 1 << zoom
    return column / count * 360.0 - 180.0, atan(sinh(pi * (1.0 - 2.0 * row / count))) * 180.0 / pi


def ancestor(tile: Tile, zoom: int) -> Part:
    """The part of a tile's ancestor at a smaller zoom (or of itself) that it covers."""
    up = max(tile.zoom - zoom, 0)
    share = 1.0 / (1 << up)
    column, row = tile.column >> up, tile.row >> up
    left, top = (tile.column - (column << up)) * share, (tile.row - (row << up)) * share
    return Part(Tile(tile.zoom - up, column, row), left, top, share)
