"""What a verdict is asked for besides the plate: where the truck is, its load and size, who drives it.

The place is the tablet's own as it is at this moment, or a pin that a person set on the map for this truck;
load and size are only what a person set, by steps.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.verdict_here import Conditions
from fieldapp.verdict.model import Load
from fieldapp.viewmodels.capture_place import Position
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, Place, PlaceSource, check_place

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class Measure(msgspec.Struct, frozen=True):
    """How one thing is set: from ``start`` on, by ``step``, up to ``most``."""

    start: float
    step: float
    most: float


MEASURES = {
    "load": Measure(15.0, 1.0, 120.0),
    "length": Measure(9.0, 0.1, 30.0),
    "width": Measure(2.5, 0.05, 6.0),
    "height": Measure(3.5, 0.1, 8.0),
}


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class ConditionsViewModel(QObject):  # type: ignore[operator]
    """``load`` … are -1 while not measured."""

    changed = Signal()
    """Load or size is another."""

    placeChanged = Signal()
    pinWanted = Signal(float, float, bool)
    """Let the person set a pin, beginning at this longitude and latitude if the last says so."""

    def __init__(self, position: Position, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position = position
        self._set: dict[str, float] = {}
        self._driver = ""
        self._pin: Place | None = None
        position.placeChanged.connect(self.placeChanged)

    def now(self) -> Conditions:
        """All of it as it is at this moment."""
        load, length, width, height = (self._set.get(name) for name in MEASURES)
        return Conditions(self._place(), Load(load, length, width, height), self._driver)

    def _place(self) -> Place:
        return self._pin or self._position.current() or NOWHERE

    @Property(float, notify=changed)
    def load(self) -> float:
        """Tonnes."""
        return self._set.get("load", -1.0)

    @Property(float, notify=changed)
    def length(self) -> float:
        """Metres."""
        return self._set.get("length", -1.0)

    @Property(float, notify=changed)
    def width(self) -> float:
        """Metres."""
        return self._set.get("width", -1.0)

    @Property(float, notify=changed)
    def height(self) -> float:
        """Metres."""
        return self._set.get("height", -1.0)

    @Property(bool, notify=changed)
    def measured(self) -> bool:
        """Whether anything is set."""
        return bool(self._set)

    @Property(str, notify=changed)
    def driver(self) -> str:
        """The name a person gave."""
        return self._driver

    @Property(bool, notify=placeChanged)
    def pinned(self) -> bool:
        """Whether the place is a pin."""
        return self._pin is not None

    @Property(str, notify=placeChanged)
    def quality(self) -> str:
        """The position: missing, stale, poor, fair or good; pin for one that a person set."""
        return "pin" if self._pin is not None else self._position.quality().value

    @Property(str, notify=placeChanged)
    def accuracy(self) -> str:
        """Like ±4 m; "" where nobody knows."""
        place = self._place()
        accuracy = place.known_accuracy_m
        return "" if accuracy is None else f"±{max(1, round(accuracy))} m"

    @Slot(str, int)
    def step(self, name: str, steps: int) -> None:
        """So many steps up, or down when negative; the first step sets where such a truck usually is."""
        measure = MEASURES[name]
        before = self._set.get(name)
        after = measure.start if before is None else round(before + steps * measure.step, 3)
        if after <= 0:
            self.forget(name)
        elif after <= measure.most and after != before:
            self._set[name] = after
            self.changed.emit()

    @Slot(str, float)
    def put(self, name: str, value: float) -> None:
        """Exactly this."""
        if 0 < value <= MEASURES[name].most:
            self._set[name] = value
            self.changed.emit()

    @Slot(str)
    def setDriver(self, name: str) -> None:
        """Who drives, to be held against the blacklist."""
        if name != self._driver:
            self._driver = name
            self.changed.emit()

    @Slot()
    def askPin(self) -> None:
        """Let the person set where the truck is on the map."""
        place = self._place()
        self.pinWanted.emit(place.lon or 0.0, place.lat or 0.0, place.lon is not None)

    @Slot(float, float)
    def pinAt(self, lon: float, lat: float) -> None:
        """The truck is where the person says; nobody measured it."""
        with suppress(InputRefused):
            self._set_pin(check_place(Place(PlaceSource.PIN, lon, lat)))

    @Slot()
    def unpin(self) -> None:
        """Where the tablet is after all."""
        self._set_pin(None)

    def _set_pin(self, pin: Place | None) -> None:
        if pin != self._pin:
            self._pin = pin
            self.placeChanged.emit()
            self.changed.emit()

    @Slot(str)
    def forget(self, name: str) -> None:
        """Not measured after all."""
        if self._set.pop(name, None) is not None:
            self.changed.emit()

    def clear(self) -> None:
        """Another truck: nothing is measured of it, and a pin was for the last one."""
        self._set_pin(None)
        if self._set or self._driver:
            self._set.clear()
            self._driver = ""
            self.changed.emit()
