"""Where the tiles of a base map lie on the city's plane, in WGS-84 and in GCJ-02.

A tile of a GCJ-02 map lies where its shifted corners are in WGS-84: this is the screen edge, the only place
where such a map meets positions.
"""

from __future__ import annotations

from math import cos, floor, log2, pi, radians

from fieldapp.geo.gcj02 import to_gcj02, to_wgs84
from fieldapp.geo.layers import Box
from fieldapp.geo.plane import LocalPlane
from sync.contract.tiles import SIDE, ZOOM_MOST, Tile, corner, tile_at

_AROUND_M = 2 * pi * 6378137.0
GCJ02 = "gcj02"


def zoom_for(mpp: float, lat: float) -> int:
    """The zoom whose pixels are nearest in size to the screen's."""
    ground = _AROUND_M * cos(radians(lat)) / SIDE
    return min(max(floor(log2(ground / mpp) + 0.5), 0), ZOOM_MOST)


def tile_box(tile: Tile, plane: LocalPlane, datum: str) -> Box:
    """Where a tile lies on a plane (metres). Neighbours share their edges exactly, in either datum.

    Each edge is taken at its middle: across one tile of a city the GCJ-02 shift bends by less than a pixel.
    """
    middle_column, middle_row = tile.column + 0.5, tile.row + 0.5
    west = _metres(tile.zoom, tile.column, middle_row, plane, datum)[0]
    east = _metres(tile.zoom, tile.column + 1, middle_row, plane, datum)[0]
    north = _metres(tile.zoom, middle_column, tile.row, plane, datum)[1]
    south = _metres(tile.zoom, middle_column, tile.row + 1, plane, datum)[1]
    return west, south, east, north


def tiles_over(box: Box, zoom: int, plane: LocalPlane, datum: str) -> list[Tile]:
    """The tiles that meet a box of the plane, row by row from the north-west."""
    first = tile_at(*_drawn_at(box[0], box[3], plane, datum), zoom)
    last = tile_at(*_drawn_at(box[2], box[1], plane, datum), zoom)
    return [
        Tile(zoom, column, row)
        for row in range(first.row, last.row + 1)
        for column in range(first.column, last.column + 1)
    ]


def _metres(zoom: int, column: float, row: float, plane: LocalPlane, datum: str) -> tuple[float, float]:
    lon, lat = corner(zoom, column, row)
    return plane.to_metres(*(to_wgs84(lon, lat) if datum == GCJ02 else (lon, lat)))


def _drawn_at(east: float, north: float, plane: LocalPlane, datum: str) -> tuple[float, float]:
    lon, lat = plane.to_degrees(east, north)
    return to_gcj02(lon, lat) if datum == GCJ02 else (lon, lat)
