"""What a verdict is asked for besides the plate: where the tablet is, what load and size were measured.

The place is the tablet's own as it is at this moment; load and size are only what a person set, by steps.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.verdict_here import Conditions
from fieldapp.verdict.model import Load
from fieldapp.viewmodels.capture_place import Position
from sync.contract.records import NOWHERE

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

    def __init__(self, position: Position, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position = position
        self._set: dict[str, float] = {}
        position.placeChanged.connect(self.placeChanged)

    def now(self) -> Conditions:
        """All of it as it is at this moment."""
        load, length, width, height = (self._set.get(name) for name in MEASURES)
        return Conditions(self._position.current() or NOWHERE, Load(load, length, width, height))

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

    @Property(str, notify=placeChanged)
    def quality(self) -> str:
        """The tablet's position: missing, stale, poor, fair or good."""
        return self._position.quality().value

    @Property(str, notify=placeChanged)
    def accuracy(self) -> str:
        """Like ±4 m; "" where nobody knows."""
        place = self._position.current() or NOWHERE
        return "" if place.accuracy_m is None else f"±{max(1, round(place.accuracy_m))} m"

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
    def forget(self, name: str) -> None:
        """Not measured after all."""
        if self._set.pop(name, None) is not None:
            self.changed.emit()

    def clear(self) -> None:
        """Another truck: nothing is measured of it."""
        if self._set:
            self._set.clear()
            self.changed.emit()
