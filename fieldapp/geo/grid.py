"""Which grid cell a position lies in.

A city's cells tile it without gap or overlap; a position on a border belongs to the cell with the
smallest code, so that every tablet gives the same answer. The tree is built once per replica refresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import shapely

Ring = Sequence[tuple[float, float]]

_point: Callable[[float, float], Any] = shapely.points
_polygon: Callable[[Ring], Any] = shapely.polygons
_from_wkb: Callable[[bytes], Any] = shapely.from_wkb


class GridIndex:
    """Cells by position; each cell is a code with its WKB or its outer ring of (lon, lat)."""

    def __init__(self, cells: Iterable[tuple[str, bytes | Ring]]) -> None:
        ordered = sorted(cells, key=lambda cell: cell[0])
        self._codes = [code for code, _ in ordered]
        self._tree: Any = shapely.STRtree([_shape(area) for _, area in ordered])

    def __len__(self) -> int:
        return len(self._codes)

    def locate(self, lon: float, lat: float) -> str | None:
        """Code of the cell at a position, or None outside all of them."""
        hits = self._tree.query(_point(lon, lat), predicate="intersects")
        return self._codes[int(hits.min())] if len(hits) else None


def _shape(area: bytes | Ring) -> Any:
    return _from_wkb(area) if isinstance(area, bytes) else _polygon(area)
