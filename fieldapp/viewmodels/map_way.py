"""The way to what was chosen: distance, direction, and a line along the streets that came with the base map.

    begin → straight line at once → streets near the two ends, read beside → way along them
    the tablet moves → distance and arrow anew; off the way → another way

Without streets, or where they do not lead there, the straight line stays and that is said.
"""

from __future__ import annotations

import itertools
from math import hypot
from pathlib import Path

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.geo.distance import metres_between
from fieldapp.geo.layers import Point, box_around, boxes_meet, parse_route
from fieldapp.geo.plane import LocalPlane
from fieldapp.geo.way import Streets, Way, bearing, eighth, off_way
from fieldapp.services.background import Background
from fieldapp.services.position import PositionSource
from fieldapp.services.wording import distance_text
from fieldapp.viewmodels.map_scene import MapScene
from sync.contract.errors import FieldError
from sync.replica.basemap import streets_in

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

AROUND_M = 1_500.0
"""So far around the two ends streets are looked at first; all of them where that is not enough."""
OFF_WAY_M = 60.0
AGAIN_M = 30.0
ARRIVED_M = 25.0


class Found(msgspec.Struct, frozen=True):
    """The answer of a search: whether there are streets at all, and the way along them."""

    streets: bool
    way: Way | None


@QmlElement
@QmlUncreatable("made by MapViewModel")
class MapWayViewModel(QObject):  # type: ignore[operator]
    """``begin`` names the goal; everything else follows from the tablet's position."""

    changed = Signal()

    def __init__(
        self, scene: MapScene, position: PositionSource, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._position = position
        self._background = background
        self._file: Path | None = None
        self._goal: tuple[float, float] | None = None
        self._title = ""
        self._found: Found | None = None
        self._asked_at: Point | None = None
        self._ticket = 0
        self._searching = False
        position.placeChanged.connect(self._on_place)

    @Property(bool, notify=changed)
    def active(self) -> bool:
        """Whether somebody is led."""
        return self._goal is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        """Where to."""
        return self._title

    @Property(bool, notify=changed)
    def located(self) -> bool:
        """Whether the tablet knows where it is."""
        return self._here() is not None

    @Property(bool, notify=changed)
    def arrived(self) -> bool:
        """Whether it is here."""
        metres = self._metres()
        return metres is not None and metres <= ARRIVED_M

    @Property(str, notify=changed)
    def distance(self) -> str:
        """As the crow flies."""
        metres = self._metres()
        return "" if metres is None else distance_text(metres)

    @Property(float, notify=changed)
    def direction(self) -> float:
        """Degrees from north, clockwise."""
        return self._bearing()

    @Property(int, notify=changed)
    def wind(self) -> int:
        """The direction as one of eight, 0 is north."""
        return eighth(self._bearing())

    @Property(str, notify=changed)
    def along(self) -> str:
        """How far it is along streets from here, "" where that is not known."""
        here, way = self._here(), self._found.way if self._found else None
        if here is None or way is None:
            return ""
        return distance_text(_left(way.points, here))

    @Property(str, notify=changed)
    def state(self) -> str:
        """streets, searching, straight (streets do not lead there) or none (no streets are known)."""
        if self._searching:
            return "searching"
        if self._found is None:
            return "none"
        return "streets" if self._found.way else "straight" if self._found.streets else "none"

    def use(self, file: Path) -> None:
        """The base map's file, which may hold streets."""
        self._file = file

    def begin(self, lon: float, lat: float, title: str) -> None:
        """Lead there."""
        self._goal, self._title, self._found = (lon, lat), title, None
        self._asked_at = None
        self._on_place()

    @Slot()
    def end(self) -> None:
        """Lead no more."""
        self._ticket += 1
        self._goal, self._found, self._searching, self._asked_at = None, None, False, None
        self._title = ""
        self._scene.set_way(())
        self.changed.emit()

    @Slot()
    def _on_place(self) -> None:
        here, goal = self._here(), self._goal_at()
        if goal is None:
            return
        if here is not None and not self._searching and self._must_ask(here):
            self._ask(here, goal)
        self._draw()
        self.changed.emit()

    def _must_ask(self, here: Point) -> bool:
        """The first time, and when the tablet has left the way and gone on since the last search."""
        if self._asked_at is None:
            return True
        moved = hypot(here[0] - self._asked_at[0], here[1] - self._asked_at[1])
        way = self._found.way if self._found else None
        return moved > AGAIN_M and way is not None and off_way(way.points, here) > OFF_WAY_M

    def _ask(self, here: Point, goal: Point) -> None:
        self._asked_at, self._searching = here, True
        self._ticket += 1
        ticket, file, plane = self._ticket, self._file, self._scene.plane

        def done(found: Found) -> None:
            if ticket == self._ticket:
                self._found, self._searching = found, False
                self._draw()
                self.changed.emit()

        def failed(_error: FieldError) -> None:
            done(Found(streets=False, way=None))

        self._background.run(lambda: find_way(file, plane, here, goal), done, failed)

    def _draw(self) -> None:
        here, goal = self._here(), self._goal_at()
        way = self._found.way if self._found else None
        if way is not None:
            self._scene.set_way(way.points)
        elif here is not None and goal is not None:
            self._scene.set_way((here, goal), straight=True)
        else:
            self._scene.set_way(())

    def _here(self) -> Point | None:
        place = self._position.current()
        if place is None or place.lon is None or place.lat is None:
            return None
        return self._scene.plane.to_metres(place.lon, place.lat)

    def _bearing(self) -> float:
        here, goal = self._here(), self._goal_at()
        return 0.0 if here is None or goal is None else bearing(here, goal)

    def _goal_at(self) -> Point | None:
        return None if self._goal is None else self._scene.plane.to_metres(*self._goal)

    def _metres(self) -> float | None:
        place = self._position.current()
        if self._goal is None or place is None or place.lon is None or place.lat is None:
            return None
        return metres_between(place.lon, place.lat, *self._goal)


def find_way(file: Path | None, plane: LocalPlane, here: Point, goal: Point) -> Found:
    """Read what is needed of the streets, find the way, let go of them again."""
    lines = [
        tuple(plane.to_metres(*at) for at in parse_route(street.line))
        for street in (streets_in(file) if file is not None else ())
    ]
    if not lines:
        return Found(streets=False, way=None)
    reach = max(AROUND_M, 0.4 * hypot(goal[0] - here[0], goal[1] - here[1]))
    box = (
        min(here[0], goal[0]) - reach,
        min(here[1], goal[1]) - reach,
        max(here[0], goal[0]) + reach,
        max(here[1], goal[1]) + reach,
    )
    near = [line for line in lines if (around := box_around(line)) is not None and boxes_meet(around, box)]
    way = Streets(near).way(here, goal)
    return Found(
        streets=True, way=way or (Streets(lines).way(here, goal) if len(near) < len(lines) else None)
    )


def _left(points: tuple[Point, ...], here: Point) -> float:
    """What is left of a way from the stretch that is nearest to a place."""
    best, left = float("inf"), 0.0
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    for at in range(len(lengths)):
        stretch = points[at : at + 2]
        off = off_way(stretch, here)
        if off < best:
            to_end = hypot(stretch[1][0] - here[0], stretch[1][1] - here[1])
            best, left = off, min(to_end, lengths[at] + off) + sum(lengths[at + 1 :])
    return left
