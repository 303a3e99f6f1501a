"""What the map shows now: the ground, the marks, what is chosen, where the tablet is, where a pin stands.

Held by the map's view model, drawn by the map's item; everything is in metres of the city's plane.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.geo.clusters import Cluster, clusters_of, square_m
from fieldapp.geo.layers import Box, BoxIndex, Cell, Mark, Point
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.base_map import BaseMapTiles

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

BASE, CELLS, SITES, DISPOSAL, CASES = "base", "cells", "site", "disposal", "case"
ZONES, REPORTS, ALERTS, TRACK, ROUTES = "zone", "report", "alert", "track", "route"
LAYERS = (BASE, CELLS, ZONES, SITES, DISPOSAL, CASES, REPORTS, ALERTS, TRACK, ROUTES)
GROUND_LAYERS = frozenset({BASE, CELLS, ZONES})
"""Drawn into the ground's tiles."""
PIN_LAYERS = frozenset({CASES, REPORTS, ALERTS})
"""Gathered under a number where there are many."""


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


class Zone(msgspec.Struct, frozen=True):
    """A prohibited zone on the plane."""

    name: str
    ring: tuple[Point, ...]
    box: Box


class Crowd:
    """The pins of one state of things, gathered once for each level and choice of layers."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, frozenset[str]], BoxIndex[Cluster]] = {}

    def at(self, level: int, shown: frozenset[str], pins: Callable[[], list[Mark]]) -> BoxIndex[Cluster]:
        """What is made for this level, or make it."""
        found = self._made.get((level, shown))
        if found is None:
            made = clusters_of(pins(), level)
            found = BoxIndex((((*c.at, *c.at), c) for c in made), bucket_m=max(1000.0, 4 * square_m(level)))
            self._made[level, shown] = found
        return found


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
        self.zones: tuple[Zone, ...] = ()
        self.track: tuple[tuple[Point, ...], ...] = ()
        self.routes: tuple[tuple[Point, ...], ...] = ()
        self.way: tuple[Point, ...] = ()
        self.way_is_straight = False
        self.crowd = Crowd()
        self.base = BaseMapTiles(self)
        self.base.changed.connect(self.groundChanged)

    def set_ground(self, plane: LocalPlane, ground: Ground) -> None:
        """Other cells."""
        self.plane, self.ground = plane, ground
        self.groundChanged.emit()

    def set_marks(self, marks: dict[str, BoxIndex[Mark]]) -> None:
        """Other signs."""
        self.marks = marks
        self.crowd = Crowd()
        self.liveChanged.emit()

    @Slot(object)
    def set_zones(self, zones: tuple[Zone, ...]) -> None:
        """Other prohibited zones."""
        if zones != self.zones:
            self.zones = zones
            self.groundChanged.emit()

    def set_track(self, segments: tuple[tuple[Point, ...], ...]) -> None:
        """The stretches of a patrol; what was not recorded is not bridged."""
        self.track = segments
        self.liveChanged.emit()

    def set_routes(self, routes: tuple[tuple[Point, ...], ...]) -> None:
        """The approved routes of a truck, each from its site to its disposal site."""
        if routes != self.routes:
            self.routes = routes
            self.liveChanged.emit()

    def set_way(self, points: tuple[Point, ...], *, straight: bool = False) -> None:
        """The way to somewhere: along streets, or as the crow flies; no points for none."""
        self.way, self.way_is_straight = points, straight
        self.liveChanged.emit()

    def pins(self) -> list[Mark]:
        """The signs that may be gathered under one number; a report that is shown as a case comes once."""
        cases = self.marks.get(CASES) if CASES in self.shown else None
        found = cases.everything() if cases else []
        keys = {mark.key for mark in found}
        for layer in (REPORTS, ALERTS):
            if layer in self.shown and layer in self.marks:
                found += [mark for mark in self.marks[layer].everything() if mark.key not in keys]
        return found

    def clusters(self, level: int) -> BoxIndex[Cluster]:
        """The pins of now as they are gathered at a level."""
        return self.crowd.at(level, frozenset(self.shown & PIN_LAYERS), self.pins)

    def show_layer(self, layer: str, shown: bool) -> None:
        """Show a layer or leave it out."""
        (self.shown.add if shown else self.shown.discard)(layer)
        (self.groundChanged if layer in GROUND_LAYERS else self.liveChanged).emit()

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
