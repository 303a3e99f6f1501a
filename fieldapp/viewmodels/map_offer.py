"""The base map that the city's server offers: whether there is one, how far it is, and fetching it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.wording import size_text
from fieldapp.ui.fonts import printable
from sync.map_state import FAILED, FETCHING, HERE, NONE, WAITING, WAITS_UNMETERED, MapState
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

_DATUM = {"wgs84": "WGS-84", "gcj02": "GCJ-02"}


@QmlElement
@QmlUncreatable("made by MapBaseViewModel")
class MapOfferViewModel(QObject):  # type: ignore[operator]
    """Shows what the daemon tells; ``asked`` is what a person wants of it."""

    changed = Signal()
    asked = Signal(str, bool)
    """``look``, ``fetch`` or ``give_up``; whether over a metered link, too."""
    arrived = Signal()
    """What is offered has been put in force."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = MapState()
        self._language = "zh"

    @Slot(object)
    def tell(self, state: MapState) -> None:
        """How it stands now."""
        before, self._told = self._told, state
        if state != before:
            self.changed.emit()
            if state.state == HERE and before.state != HERE:
                self.arrived.emit()

    def speak(self, language: str) -> None:
        """Another language."""
        self._language = language
        self.changed.emit()

    @Property(str, notify=changed)
    def state(self) -> str:
        """none, ready, waiting, fetching, here or failed."""
        return self._told.state

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is anything to say of it."""
        return self._told.state not in (NONE, HERE) or bool(self._told.code)

    @Property(str, notify=changed)
    def size(self) -> str:
        """How large it is."""
        return size_text(self._told.bytes)

    @Property(str, notify=changed)
    def fact(self) -> str:
        """Its name, datum and size in one line."""
        told = self._told
        parts = (
            printable(told.name),
            _DATUM.get(told.datum, ""),
            size_text(told.bytes) if told.bytes else "",
        )
        return " · ".join(filter(None, parts))

    @Property(float, notify=changed)
    def value(self) -> float:
        """How much of it is here, 0 to 1."""
        return self._told.done / self._told.bytes if self._told.bytes else 0.0

    @Property(str, notify=changed)
    def progress(self) -> str:
        """The same in figures."""
        return f"{size_text(self._told.done)} / {size_text(self._told.bytes)}"

    @Property(bool, notify=changed)
    def wanted(self) -> bool:
        """Whether it has been asked for and is not here yet."""
        return self._told.state in (WAITING, FETCHING)

    @Property(bool, notify=changed)
    def costly(self) -> bool:
        """Whether it only waits for a link that costs nothing."""
        return self._told.state == WAITING and self._told.code == WAITS_UNMETERED

    @Property(bool, notify=changed)
    def failed(self) -> bool:
        """Whether it was given up."""
        return self._told.state == FAILED

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why it does not come, in one sentence."""
        return sentence(self._told.code, self._told.facts, self._language) if self._told.code else ""

    @Slot()
    def look(self) -> None:
        """Somebody looks: what is offered?"""
        self.asked.emit("look", False)

    @Slot()
    def fetch(self) -> None:
        """Fetch it when it costs nothing."""
        self.asked.emit("fetch", False)

    @Slot()
    def fetchAnyway(self) -> None:
        """Fetch it over a link that costs, too."""
        self.asked.emit("fetch", True)

    @Slot()
    def giveUp(self) -> None:
        """Not after all."""
        self.asked.emit("give_up", False)
