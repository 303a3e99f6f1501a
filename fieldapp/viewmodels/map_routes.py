"""The approved routes of a truck on the map: of the one last looked up, or of an alert that was tapped."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import today
from fieldapp.geo.layers import Point, parse_route
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.map_scene import MapScene

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

IN_FORCE = frozenset({"issued", "active"})
ROUTES_MOST = 40

Lines = tuple[tuple[Point, ...], ...]


@QmlElement
@QmlUncreatable("made by MapViewModel")
class MapRoutesViewModel(QObject):  # type: ignore[operator]
    """``show_truck`` names the truck; its routes are read when the map is there to draw them on."""

    changed = Signal()

    def __init__(self, scene: MapScene, reader: ReplicaWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._reader = reader
        self._plate = ""
        self._ready = False

    @Property(str, notify=changed)
    def plate(self) -> str:
        """Whose routes are shown; "" while nobody's are."""
        return self._plate if self._scene.routes else ""

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many of its permits in force have a route."""
        return len(self._scene.routes)

    @Slot(str)
    def show_truck(self, plate: str) -> None:
        """Another truck."""
        if plate != self._plate:
            self._plate = plate
            self._take(())  # another truck's routes never stand under this one's number
            self.read()

    def begin(self) -> None:
        """The ground is there."""
        self._ready = True
        self.read()

    def end(self) -> None:
        """Nobody is signed in any more."""
        self._ready, self._plate = False, ""
        self._take(())

    def read(self) -> None:
        """Read the routes, anew where permits changed."""
        plate, plane = self._plate, self._scene.plane
        if not self._ready or not plate:
            return

        def take(lines: Lines) -> None:
            if plate == self._plate:
                self._take(lines)

        self._reader.submit(lambda desk: read_routes(desk, plane, plate), take)

    def _take(self, lines: Lines) -> None:
        self._scene.set_routes(lines)
        self.changed.emit()


def read_routes(desk: Desk, plane: LocalPlane, plate: str) -> Lines:
    """The routes of a plate's permits that are in force today, each once."""
    day = today(desk).isoformat()
    told: dict[str, None] = {}
    for row in desk.reference.permits(plate):
        in_time = str(row["valid_from"] or "") <= day <= str(row["valid_to"] or "9999")
        if row["status"] in IN_FORCE and in_time:
            told[str(row["route"] or "")] = None
    lines = [tuple(plane.to_metres(*at) for at in parse_route(text)) for text in told]
    return tuple(line for line in lines if len(line) > 1)[:ROUTES_MOST]
