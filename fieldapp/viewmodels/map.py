"""The map page: what lies on the ground, what is chosen, where the tablet is, and setting a pin.

The map's item shows ``scene`` and says what was tapped; this reads the facts, switches layers, and keeps the
pin until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup_place import PlaceFacts, place_facts
from fieldapp.geo.layers import BoxIndex, Mark, holds
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.background import Background
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.map_base import MapBaseViewModel
from fieldapp.viewmodels.map_loading import MapLoader
from fieldapp.viewmodels.map_routes import MapRoutesViewModel
from fieldapp.viewmodels.map_scene import CELLS, LAYERS, Ground, MapScene, Standpoint
from fieldapp.viewmodels.map_selection import MapSelectionViewModel
from fieldapp.viewmodels.map_way import MapWayViewModel
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

GROUND_TABLES = frozenset({"grid_cell"})
MARK_TABLES = frozenset({"site", "disposal_site", "city_case", "case_act", "alert", "alert_act"})
ZONE_TABLES = frozenset({"prohibited_zone"})
ROUTE_TABLES = frozenset({"permit"})
LIGHTS_MS = 60_000
"""How often lights are looked at again while the map is open: they change with time alone."""


@QmlElement
@QmlUncreatable("made by the app")
class MapViewModel(QObject):  # type: ignore[operator]
    """Loads when the page is first looked at (``activate``), so that a start does not wait for it."""

    stateChanged = Signal()
    layersChanged = Signal()
    positionChanged = Signal()
    pinChanged = Signal()
    trackChanged = Signal()
    taskAsked = Signal(str)
    """A case's id: open it."""
    reportAsked = Signal(str)
    """The id of a report of one's own: open it."""
    alertAsked = Signal(str)
    """An alert's id: open it."""
    pinChosen = Signal(float, float)
    """Longitude and latitude (WGS-84) that the person confirmed."""
    pinAbandoned = Signal()
    lookAt = Signal(float, float)
    """Bring this place into sight."""
    layersChosen = Signal(list)
    """The layers that are left out, to be kept."""

    def __init__(
        self,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._position = position
        self._open = self._wanted = self._loading = self._loaded = False
        self._pin_mode = False
        self._pin: tuple[float, float] | None = None
        self._look: tuple[float, float] | None = None
        self._track: Sequence[Sequence[tuple[float, float]]] = ()
        self._asked = 0
        self._scene = MapScene(self)
        self._background = Background(self)
        self._base = MapBaseViewModel(self._scene.base, self._background, self)
        self.city_offer = self._base.city_offer
        self.routes_model = MapRoutesViewModel(self._scene, reader, self)
        self._way = MapWayViewModel(self._scene, position, self._background, self)
        self._lights = QTimer(self)
        self._lights.setInterval(LIGHTS_MS)
        self._lights.timeout.connect(self._reread_marks)
        self._selection = MapSelectionViewModel(self)
        self._loader = MapLoader(reader, self)
        self._loader.groundLoaded.connect(self._on_ground)
        self._loader.marksLoaded.connect(self._on_marks)
        self._loader.zonesLoaded.connect(self._scene.set_zones)
        self._loader.failed.connect(self._on_failed)
        position.placeChanged.connect(self._on_place)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.recordsChanged.connect(lambda _ids: self._reread_selection())
        events.languageChanged.connect(self._selection.speak)
        events.languageChanged.connect(lambda _language: self._way.changed.emit())
        events.languageChanged.connect(self._base.speak)

    @Property(MapScene, constant=True)
    def scene(self) -> MapScene:
        """What the map's item draws."""
        return self._scene

    @Property(MapSelectionViewModel, constant=True)
    def selection(self) -> MapSelectionViewModel:
        """What is chosen."""
        return self._selection

    @Property(bool, notify=stateChanged)
    def loading(self) -> bool:
        """Whether the ground is being read."""
        return self._loading

    @Property(bool, notify=stateChanged)
    def empty(self) -> bool:
        """Whether there is no ground to show."""
        return self._loaded and len(self._scene.ground.cells) == 0

    @Property(MapBaseViewModel, constant=True)
    def base(self) -> MapBaseViewModel:
        """The base map under everything."""
        return self._base

    @Property(MapWayViewModel, constant=True)
    def way(self) -> MapWayViewModel:
        """The way to what was chosen."""
        return self._way

    @Property(MapRoutesViewModel, constant=True)
    def routes(self) -> MapRoutesViewModel:
        """The approved routes of a truck."""
        return self.routes_model

    @Property(list, notify=layersChanged)
    def shownLayers(self) -> list[str]:
        """The layers that are shown."""
        return [layer for layer in LAYERS if layer in self._scene.shown]

    @Property(str, notify=positionChanged)
    def positionQuality(self) -> str:
        """missing, stale, poor, fair or good."""
        return self._position.quality().value

    @Property(str, notify=positionChanged)
    def accuracy(self) -> str:
        """Metres, "" where not known."""
        place = self._position.current()
        accuracy = None if place is None else place.known_accuracy_m
        return "" if accuracy is None else f"{max(1, round(accuracy))}"

    @Property(bool, notify=pinChanged)
    def pinMode(self) -> bool:
        """Whether a tap sets a pin."""
        return self._pin_mode

    @Property(bool, notify=pinChanged)
    def pinPlaced(self) -> bool:
        """Whether there is a pin."""
        return self._pin is not None

    @Property(str, notify=pinChanged)
    def pinText(self) -> str:
        """The pin's longitude and latitude."""
        return f"{self._pin[0]:.6f}, {self._pin[1]:.6f}" if self._pin else ""

    @Property(str, notify=pinChanged)
    def pinCell(self) -> str:
        """The code of the cell the pin stands in, "" outside of all."""
        at = self._scene.pin
        if at is None:
            return ""
        under = self._scene.ground.cells.within((*at, *at))
        return next((cell.code for cell in under if holds(cell.ring, at)), "")

    @Slot()
    def activate(self) -> None:
        """The page is looked at."""
        self._wanted = True
        self._base.open()
        self.city_offer.look()
        self._lights.start()
        if self._open and not self._loaded and not self._loading:
            self._load()

    @Slot()
    def rest(self) -> None:
        """The page is out of sight."""
        self._lights.stop()

    @Slot()
    def _reread_marks(self) -> None:
        if self._open and self._loaded:
            self._loader.load_marks(self._scene.plane)

    @Slot(str, bool)
    def showLayer(self, layer: str, shown: bool) -> None:
        """Show one of ``LAYERS`` or leave it out."""
        if layer in LAYERS and (layer in self._scene.shown) != shown:
            self._scene.show_layer(layer, shown)
            self.layersChanged.emit()
            self.layersChosen.emit([name for name in LAYERS if name not in self._scene.shown])
            if not shown and self._scene.selected[0] == layer:
                self.clearSelection()

    @Property(bool, notify=trackChanged)
    def tracked(self) -> bool:
        """Whether there is a patrol to be drawn."""
        return bool(self._scene.track)

    def show_track(self, segments: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw a patrol: stretches of longitude and latitude; what was not recorded is not bridged."""
        self._track = segments
        plane = self._scene.plane
        lines = [tuple(plane.to_metres(*at) for at in part) for part in segments if len(part) > 1]
        self._scene.set_track(tuple(lines) if self._loaded else ())
        self.trackChanged.emit()

    def begin(self, folder: DataFolder, left_out: Iterable[str]) -> None:
        """Where the base map lies, and the layers that were left out last time."""
        self._base.use(folder)
        self._way.use(folder.base_map)
        self._scene.shown = set(LAYERS) - set(left_out)
        self.layersChanged.emit()

    def close(self) -> None:
        """Let go of the base map's file and of what still runs."""
        self._background.close()
        self._base.close()

    @Slot(str, str)
    def choose(self, layer: str, key: str) -> None:
        """Something was tapped: mark it at once, then read its facts."""
        if not self._pin_mode:
            self._mark(layer, key)
            self._read_selection(layer, key)

    @Slot(str, str)
    def select(self, layer: str, key: str) -> None:
        """Another page asks to show something: the same, and bring it into sight."""
        if self._pin_mode:
            self.cancelPin()
        self._mark(layer, key)
        self._read_selection(layer, key, reveal=True)

    def _mark(self, layer: str, key: str) -> None:
        cells = self._scene.ground.cells
        cell = None
        if layer == CELLS:
            bounds = cells.bounds()
            cell = next((c for c in cells.within(bounds) if c.code == key), None) if bounds else None
        self._scene.select(layer, key, cell)

    @Slot()
    def clearSelection(self) -> None:
        """Nothing is chosen any more."""
        self._asked += 1
        self._scene.select("", "")
        self._selection.show(None)

    @Slot()
    def openChosen(self) -> None:
        """Open the case, the report or the alert that is chosen."""
        facts = self._selection.facts()
        asked = {"case": self.taskAsked, "report": self.reportAsked, "alert": self.alertAsked}
        if facts is not None and facts.layer in asked:
            asked[facts.layer].emit(facts.key)

    @Slot(str)
    def leadTo(self, title: str) -> None:
        """Lead to what is chosen."""
        facts = self._selection.facts()
        if facts is not None and facts.lon is not None and facts.lat is not None:
            self._way.begin(facts.lon, facts.lat, title)
            self.clearSelection()

    @Slot()
    def goHome(self) -> None:
        """Bring the tablet's own place into sight."""
        place = self._position.current()
        if place is not None and place.lon is not None and place.lat is not None:
            self._look_at(place.lon, place.lat)

    @Slot(float, float, bool)
    def startPin(self, lon: float, lat: float, placed: bool) -> None:
        """Let the person set a pin; with ``placed`` it stands at a first guess."""
        self.clearSelection()
        self._pin_mode = True
        self._set_pin((lon, lat) if placed else None)
        if placed:
            self._look_at(lon, lat)

    @Slot(float, float)
    def placePin(self, lon: float, lat: float) -> None:
        """The person tapped here."""
        if self._pin_mode and self._loaded and -180 <= lon <= 180 and -90 <= lat <= 90:
            self._set_pin((lon, lat))

    @Slot()
    def confirmPin(self) -> None:
        """This is the place."""
        pin = self._pin
        if pin is not None:
            self._end_pin()
            self.pinChosen.emit(*pin)

    @Slot()
    def cancelPin(self) -> None:
        """Leave the place as it was."""
        if self._pin_mode:
            self._end_pin()
            self.pinAbandoned.emit()

    def _end_pin(self) -> None:
        self._pin_mode = False
        self._set_pin(None)

    def _set_pin(self, pin: tuple[float, float] | None) -> None:
        self._pin = pin
        self._scene.set_pin(self._scene.plane.to_metres(*pin) if pin and self._loaded else None)
        self.pinChanged.emit()

    def _look_at(self, lon: float, lat: float) -> None:
        """Now, or once there is a ground to look at."""
        if self._loaded:
            self.lookAt.emit(lon, lat)
        else:
            self._look = lon, lat

    def _load(self) -> None:
        self._loading = True
        self.stateChanged.emit()
        self._loader.load()

    @Slot(object, object)
    def _on_ground(self, plane: LocalPlane, ground: Ground) -> None:
        self._loading, self._loaded = False, True
        self._scene.set_ground(plane, ground)
        self._on_place()
        self._set_pin(self._pin)
        self.show_track(self._track)
        self.routes_model.begin()
        self.stateChanged.emit()
        if self._look is not None:
            self.lookAt.emit(*self._look)
            self._look = None

    @Slot(object)
    def _on_marks(self, marks: dict[str, BoxIndex[Mark]]) -> None:
        self._scene.set_marks(marks)

    @Slot()
    def _on_failed(self) -> None:
        self._loading = False
        self.stateChanged.emit()

    def _read_selection(self, layer: str, key: str, *, reveal: bool = False) -> None:
        self._asked += 1
        asked = self._asked

        def read(desk: Desk) -> tuple[PlaceFacts | None, str]:
            return place_facts(desk, layer, key), desk.work.meta.require_identity().city.zone

        def take(found: tuple[PlaceFacts | None, str]) -> None:
            if asked != self._asked:
                return
            facts, zone = found
            self._selection.set_zone(zone)
            self._selection.show(facts)
            if facts is not None and facts.plate:
                self.routes_model.show_truck(facts.plate)
            if reveal and facts is not None and facts.lon is not None and facts.lat is not None:
                self._look_at(facts.lon, facts.lat)

        self._reader.submit(read, take)

    def _reread_selection(self) -> None:
        if self._open and self._selection.facts() is not None:
            self._read_selection(*self._scene.selected)

    @Slot()
    def _on_place(self) -> None:
        place = self._position.current()
        self._selection.stand_at(place)
        if place is None or place.lon is None or place.lat is None:
            self._scene.set_standpoint(None)
        else:
            at = self._scene.plane.to_metres(place.lon, place.lat)
            self._scene.set_standpoint(Standpoint(at, place.accuracy_m, place.stale))
        self.positionChanged.emit()

    @Slot(object)
    def _on_opened(self, _officer: object) -> None:
        self._open = True
        if self._wanted:
            self.activate()

    @Slot()
    def _on_closed(self) -> None:
        self._open = self._loaded = self._loading = False
        self._loader.stop()
        self._lights.stop()
        self._way.end()
        self.routes_model.end()
        self.clearSelection()
        self._scene.set_marks({})
        if self._pin_mode:
            self._end_pin()

    @Slot(object)
    def _on_tables(self, tables: frozenset[str]) -> None:
        if not self._open or not self._wanted:
            return
        if tables & GROUND_TABLES:
            self._load()
            return
        if tables & ROUTE_TABLES:
            self.routes_model.read()
        if tables & ZONE_TABLES and self._loaded:
            self._loader.load_zones(self._scene.plane)
        if tables & MARK_TABLES and self._loaded:
            self._loader.load_marks(self._scene.plane)
        if tables & MARK_TABLES:
            self._reread_selection()
