"""What the map shows now: the ground, the marks, what is chosen, where the tablet is, where a pin stands.

Held by the map's view model, drawn by the map's item; everything is in metres of the city's plane.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.geo.layers import BoxIndex, Cell, Mark, Point
from fieldapp.geo.plane import LocalPlane

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

CELLS, SITES, DISPOSAL, CASES = "cells", "site", "disposal", "case"
LAYERS = (CELLS, SITES, DISPOSAL, CASES)


class Label(msgspec.Struct, frozen=True):
    """A name on the ground. ``level`` is street or community."""

    text: str
    at: Point
    level: str


class Ground(msgspec.Struct, frozen=True):
    """The city's cells, its inner borders by level, and its names."""

    cells: BoxIndex[Cell]
    borders: dict[str, BoxIndex[tuple[Point, Point]]]
    labels: BoxIndex[Label]
    streets: tuple[str, ...]


class Standpoint(msgspec.Struct, frozen=True):
    """Where the tablet is; a stale one is drawn hollow."""

    at: Point
    accuracy_m: float | None
    stale: bool


EMPTY = Ground(BoxIndex(()), {"street": BoxIndex(()), "community": BoxIndex(())}, BoxIndex(()), ())


@QmlElement
@QmlUncreatable("made by MapViewModel")
class MapScene(QObject):  # type: ignore[operator]
    """``groundChanged``: draw everything again. ``liveChanged``: only what lies on top."""

    groundChanged = Signal()
    liveChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plane = LocalPlane(0.0, 0.0)
        self.ground = EMPTY
        self.marks: dict[str, BoxIndex[Mark]] = {}
        self.shown = set(LAYERS)
        self.selected: tuple[str, str] = ("", "")
        self.selected_cell: Cell | None = None
        self.standpoint: Standpoint | None = None
        self.pin: Point | None = None

    def set_ground(self, plane: LocalPlane, ground: Ground) -> None:
        """Other cells."""
        self.plane, self.ground = plane, ground
        self.groundChanged.emit()

    def set_marks(self, marks: dict[str, BoxIndex[Mark]]) -> None:
        """Other sites and cases."""
        self.marks = marks
        self.liveChanged.emit()

    def show_layer(self, layer: str, shown: bool) -> None:
        """Show a layer or leave it out."""
        (self.shown.add if shown else self.shown.discard)(layer)
        (self.groundChanged if layer == CELLS else self.liveChanged).emit()

    def select(self, layer: str, key: str, cell: Cell | None = None) -> None:
        """Mark something as chosen; empty words for nothing."""
        self.selected, self.selected_cell = (layer, key), cell
        self.liveChanged.emit()

    def set_standpoint(self, standpoint: Standpoint | None) -> None:
        """Where the tablet is now."""
        self.standpoint = standpoint
        self.liveChanged.emit()

    def set_pin(self, at: Point | None) -> None:
        """Where the pin stands."""
        self.pin = at
        self.liveChanged.emit()
