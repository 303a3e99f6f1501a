"""Where the report is: its place, the grid cell there, and the tablet's own position as it is right now."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Property, QObject, Signal, SignalInstance, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.overview import GridFact, grid_fact
from fieldapp.geo.quality import FixQuality
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from sync.contract.codes import OUTSIDE, UNPLACED
from sync.contract.records import NOWHERE, Place

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class Position(Protocol):
    """The tablet's own position (``services.position``)."""

    placeChanged: SignalInstance

    def current(self) -> Place | None: ...
    def quality(self) -> FixQuality: ...


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class CapturePlaceViewModel(QObject):  # type: ignore[operator]
    """``source`` and its facts are the report's; ``fix…`` are the tablet's."""

    placeChanged = Signal()
    gridChanged = Signal()
    fixChanged = Signal()

    def __init__(self, reader: ReplicaWorker, position: Position, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position = position
        self._place = NOWHERE
        self._by_hand = self._shown = False
        self._photo_place = NOWHERE
        self._grid = GridFact(UNPLACED)
        self._grid_chosen = ""
        self._asked = LatestAnswer(reader)
        position.placeChanged.connect(self.fixChanged)

    @property
    def place(self) -> Place:
        """The report's place as it stands."""
        return self._place

    @property
    def grid(self) -> GridFact:
        """The cell there."""
        return self._grid

    def fix(self) -> Place:
        """The tablet's place at this moment."""
        return self._position.current() or NOWHERE

    @Property(str, notify=placeChanged)
    def source(self) -> str:
        """gnss, replay, exif, pin or none."""
        return self._place.source.value

    @Property(bool, notify=placeChanged)
    def placed(self) -> bool:
        """Whether there is a position at all."""
        return self._place.lon is not None

    @Property(bool, notify=placeChanged)
    def byHand(self) -> bool:
        """Whether the person chose it; otherwise the first photo that has one says where."""
        return self._by_hand

    @Property(bool, notify=placeChanged)
    def stale(self) -> bool:
        """Whether it was old already when it was taken."""
        return self._place.stale

    @Property(str, notify=placeChanged)
    def text(self) -> str:
        """Latitude and longitude."""
        lon, lat = self._place.lon, self._place.lat
        return "" if lon is None or lat is None else f"{lat:.6f}, {lon:.6f}"

    @Property(str, notify=placeChanged)
    def accuracy(self) -> str:
        """Like ±4 m; "" where nobody knows."""
        return _metres(self._place)

    @Property(bool, notify=placeChanged)
    def photoPlaced(self) -> bool:
        """Whether a photo says where it was taken."""
        return self._photo_place.lon is not None

    @Property(str, notify=gridChanged)
    def gridCell(self) -> str:
        """The cell's code, ``outside`` or ``unplaced``."""
        return self._grid.grid_cell

    @Property(str, notify=gridChanged)
    def gridName(self) -> str:
        """Street and community of the cell."""
        return " ".join(name for name in (self._grid.street, self._grid.community) if name)

    @Property(str, notify=gridChanged)
    def addressGuess(self) -> str:
        """Street, community and a site close by, for whoever types no address."""
        return self.address_guess()

    def address_guess(self) -> str:
        """The same for Python."""
        grid = self._grid
        names = " ".join(name for name in (grid.street, grid.community) if name)
        near = f"近{grid.near}约{grid.near_m}米" if grid.near else ""
        return " ".join(part for part in (names, near) if part)

    @Property(str, notify=gridChanged)
    def gridState(self) -> str:
        """known, unknown (a code that is not in this city), outside or unplaced."""
        if self._grid.grid_cell in (OUTSIDE, UNPLACED):
            return self._grid.grid_cell
        return "known" if self._grid.street else "unknown"

    @Property(str, notify=fixChanged)
    def fixQuality(self) -> str:
        """missing, stale, poor, fair or good."""
        return self._position.quality().value

    @Property(str, notify=fixChanged)
    def fixSource(self) -> str:
        """gnss, replay or none."""
        return self.fix().source.value

    @Property(str, notify=fixChanged)
    def fixAccuracy(self) -> str:
        """Like ±4 m."""
        return _metres(self.fix())

    def show(self, chosen: Place, photo_place: Place, grid_chosen: str) -> None:
        """The report's place: what was chosen, else what its photos say."""
        self._shown = True
        by_hand = chosen.lon is not None
        place = chosen if by_hand else photo_place
        before = (self._place, self._by_hand, self._photo_place)
        if (place, by_hand, photo_place) != before:
            self._place, self._by_hand, self._photo_place = place, by_hand, photo_place
            self.placeChanged.emit()
        if place != before[0] or grid_chosen != self._grid_chosen:
            self._grid_chosen = grid_chosen
            self.look_again()

    @Slot(object)
    def on_tables(self, names: frozenset[str]) -> None:
        """Central told something: the cells may be others."""
        if self._shown and "grid_cell" in names:
            self.look_again()

    def look_again(self) -> None:
        """Ask which cell it is: the place or the city's cells have changed."""
        place, chosen = self._place, self._grid_chosen

        def take(grid: GridFact) -> None:
            if grid != self._grid:
                self._grid = grid
                self.gridChanged.emit()

        self._asked.ask(lambda desk: grid_fact(desk, place, chosen), take)

    def clear(self) -> None:
        """Nobody sits at the desk: nothing is asked there."""
        self._asked.forget()
        self._shown = False
        self._place, self._by_hand, self._photo_place = NOWHERE, False, NOWHERE
        self._grid, self._grid_chosen = GridFact(UNPLACED), ""
        self.placeChanged.emit()
        self.gridChanged.emit()


def _metres(place: Place) -> str:
    accuracy = place.known_accuracy_m
    return "" if accuracy is None else f"±{max(1, round(accuracy))} m"
