"""Reads what the map shows from the replica, off the GUI thread and in pieces.

A city has many thousand cells; taking them apart in pieces lets look-ups through in between.
"""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QObject, Signal

from fieldapp.capture.desk import Desk
from fieldapp.geo.layers import Box, BoxIndex, Cell, Point, borders, cell_of
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.map_marks import Marks, read_marks, read_zones
from fieldapp.viewmodels.map_scene import Ground, Label, Zone
from sync.contract.tables import Row

PIECE = 700


class MapLoader(QObject):
    """One load at a time; a newer one makes the older end unheard."""

    groundLoaded = Signal(object, object)
    """The ``LocalPlane`` and the ``Ground``."""
    marksLoaded = Signal(object)
    """``dict`` of layer and ``BoxIndex[Mark]``."""
    zonesLoaded = Signal(object)
    """``tuple[Zone, ...]``."""
    failed = Signal()

    def __init__(self, reader: ReplicaWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._load = 0

    def load(self) -> None:
        """Read everything: cells piece by piece, then zones, then what stands on the ground."""
        self._load += 1
        load = self._load

        def take(found: tuple[LocalPlane, list[Row]]) -> None:
            if load == self._load:
                self._next_piece(load, *found, 0, [])

        self._reader.submit(read_cells, take, self._on_failed)

    def load_marks(self, plane: LocalPlane) -> None:
        """Read sites and cases again."""
        load = self._load

        def take(marks: Marks) -> None:
            if load == self._load:
                self.marksLoaded.emit(marks)

        self._reader.submit(lambda desk: read_marks(desk, plane), take, self._on_failed)

    def load_zones(self, plane: LocalPlane) -> None:
        """Read prohibited zones again."""
        load = self._load

        def take(zones: tuple[Zone, ...]) -> None:
            if load == self._load:
                self.zonesLoaded.emit(zones)

        self._reader.submit(lambda desk: read_zones(desk, plane), take, self._on_failed)

    def stop(self) -> None:
        """Whatever is on its way is not wanted any more."""
        self._load += 1

    def _next_piece(
        self, load: int, plane: LocalPlane, rows: list[Row], start: int, cells: list[Cell]
    ) -> None:
        end = start + PIECE

        def take(made: list[Cell | None]) -> None:
            if load != self._load:
                return
            cells.extend(cell for cell in made if cell is not None)
            if end < len(rows):
                self._next_piece(load, plane, rows, end, cells)
            else:
                self._reader.submit(lambda _desk: ground_of(cells), done, self._on_failed)

        def done(ground: Ground) -> None:
            if load == self._load:
                self.groundLoaded.emit(plane, ground)
                self.load_zones(plane)
                self.load_marks(plane)

        self._reader.submit(
            lambda _desk: [cell_of(row, plane) for row in rows[start:end]], take, self._on_failed
        )

    def _on_failed(self, _error: object) -> None:
        self.failed.emit()


def read_cells(desk: Desk) -> tuple[LocalPlane, list[Row]]:
    """The city's plane and the rows of its cells."""
    identity = desk.work.meta.require_identity()
    return LocalPlane(identity.city.lon, identity.city.lat), list(desk.reference.grid_cells())


def ground_of(cells: list[Cell]) -> Ground:
    """Cells with their borders and names."""
    lines = borders(cells)
    streets: dict[str, list[Point]] = defaultdict(list)
    communities: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for cell in cells:
        streets[cell.street].append(cell.middle)
        communities[cell.street, cell.community].append(cell.middle)
    labels = [Label(name, _middle(points), "street") for name, points in streets.items() if name]
    labels += [Label(name, _middle(points), "community") for (_, name), points in communities.items() if name]
    return Ground(
        cells=BoxIndex((cell.box, cell) for cell in cells),
        borders={
            level: BoxIndex((_side_box(side), side) for side in sides) for level, sides in lines.items()
        },
        labels=BoxIndex(((*label.at, *label.at), label) for label in labels),
        streets=tuple(sorted(streets)),
    )


def _middle(points: list[Point]) -> Point:
    """The one of the points that is nearest to their middle: it lies inside, however bent the area."""
    east, north = sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    return min(points, key=lambda p: (p[0] - east) ** 2 + (p[1] - north) ** 2)


def _side_box(side: tuple[Point, Point]) -> Box:
    (x0, y0), (x1, y1) = side
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
