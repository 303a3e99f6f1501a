"""Which grid cell a position lies in.

A city's cells tile it without gap or overlap; a position on a border belongs to the cell with the
smallest code, so that every tablet gives the same answer. The index is built once per replica refresh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil, floor, isfinite, sqrt
from typing import NamedTuple

from fieldapp.geo.ring import Point, lies_in

Ring = Sequence[Point]


class _Cell(NamedTuple):
    code: str
    ring: Ring
    west: float
    south: float
    east: float
    north: float


class GridIndex:
    """Cells by position; each cell is a code with its outer ring of (lon, lat), the last point the first."""

    def __init__(self, cells: Iterable[tuple[str, Ring]]) -> None:
        self._cells = [_boxed(code, ring) for code, ring in sorted(cells, key=lambda cell: cell[0])]
        self._west = min((cell.west for cell in self._cells), default=0.0)
        self._south = min((cell.south for cell in self._cells), default=0.0)
        side = max(1, ceil(sqrt(len(self._cells))))
        self._wide = (max((cell.east for cell in self._cells), default=1.0) - self._west) / side or 1.0
        self._high = (max((cell.north for cell in self._cells), default=1.0) - self._south) / side or 1.0
        self._drawers: dict[tuple[int, int], list[_Cell]] = defaultdict(list)
        for cell in self._cells:
            first, last = self._drawer(cell.west, cell.south), self._drawer(cell.east, cell.north)
            for column in range(first[0], last[0] + 1):
                for row in range(first[1], last[1] + 1):
                    self._drawers[column, row].append(cell)

    def __len__(self) -> int:
        return len(self._cells)

    def locate(self, lon: float, lat: float) -> str | None:
        """Code of the cell at a position, or None outside all of them."""
        if not (isfinite(lon) and isfinite(lat)):
            return None
        for cell in self._drawers.get(self._drawer(lon, lat), ()):
            boxed = cell.west <= lon <= cell.east and cell.south <= lat <= cell.north
            if boxed and lies_in(cell.ring, lon, lat):
                return cell.code
        return None

    def _drawer(self, lon: float, lat: float) -> tuple[int, int]:
        """The same rounding for cells and positions: a cell lies in every drawer one of its points does."""
        return floor((lon - self._west) / self._wide), floor((lat - self._south) / self._high)


def _boxed(code: str, ring: Ring) -> _Cell:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return _Cell(code, ring, min(lons), min(lats), max(lons), max(lats))
