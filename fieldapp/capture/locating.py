"""The city's grid as the desk uses it: built from the replica when first asked, and again after a fill."""

from __future__ import annotations

from fieldapp.geo.grid import GridIndex
from fieldapp.geo.layers import parse_route
from sync.contract.tables import Row
from sync.replica.reference import ReferenceStore


class CityGrid:
    """Looks up grid cells over whatever the reference store holds now."""

    def __init__(self, reference: ReferenceStore) -> None:
        self._reference = reference
        self._index: GridIndex | None = None
        self._built_from = ""

    def locate(self, lon: float, lat: float) -> str | None:
        """The code of the cell at a WGS-84 position, or None outside the city."""
        if self._index is None or self._built_from != self._reference.name:
            rings = ((str(row["grid_cell"]), ring_of(row)) for row in self._reference.grid_cells())
            self._index = GridIndex((cell, ring) for cell, ring in rings if len(ring) > 2)
            self._built_from = self._reference.name
        return self._index.locate(lon, lat)


def ring_of(row: Row) -> list[tuple[float, float]]:
    """The outer ring of a cell's row as (lon, lat) pairs; none for a text that is no ring."""
    return parse_route(str(row["ring"] or ""))
