"""What is chosen on the map, with its facts, its time limit and how far away it is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup_place import PlaceFacts
from fieldapp.geo.distance import metres_between
from fieldapp.services.wording import distance_text, moment_text
from fieldapp.ui.fonts import printable
from sync.contract.records import Place

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by MapViewModel")
class MapSelectionViewModel(QObject):  # type: ignore[operator]
    """``layer`` is one of the map's, "" while nothing is chosen."""

    changed = Signal()
    distanceChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: PlaceFacts | None = None
        self._language = "zh"
        self._zone = "Asia/Shanghai"
        self._here: Place | None = None

    def show(self, facts: PlaceFacts | None) -> None:
        """Show these facts; None shows nothing."""
        self._facts = facts
        self.changed.emit()
        self.distanceChanged.emit()

    def facts(self) -> PlaceFacts | None:
        """What is shown."""
        return self._facts

    @Slot(str)
    def speak(self, language: str) -> None:
        """Another language."""
        self._language = language
        self.changed.emit()
        self.distanceChanged.emit()

    def set_zone(self, zone: str) -> None:
        """The city's time zone."""
        self._zone = zone

    def stand_at(self, here: Place | None) -> None:
        """Where the tablet is, to say how far it is."""
        self._here = here
        self.distanceChanged.emit()

    @Property(str, notify=changed)
    def layer(self) -> str:
        """What kind of thing."""
        return self._facts.layer if self._facts else ""

    @Property(str, notify=changed)
    def key(self) -> str:
        """Its id or code."""
        return self._facts.key if self._facts else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """What it is called."""
        if self._facts is None:
            return ""
        return printable(self._facts.title_en if self._language == "en" else self._facts.title_zh)

    @Property(str, notify=changed)
    def address(self) -> str:
        """Where it is, in words."""
        return printable(self._facts.address) if self._facts else ""

    @Property(str, notify=changed)
    def gridCell(self) -> str:
        """The code of its cell, in groups of 6, 3, 3 and 3 digits."""
        code = self._facts.grid_cell if self._facts else ""
        return f"{code[:6]} {code[6:9]} {code[9:12]} {code[12:]}" if len(code) == 15 else code

    @Property(str, notify=changed)
    def district(self) -> str:
        """Street and community."""
        parts = (self._facts.street, self._facts.community) if self._facts else ()
        return printable(" ".join(part for part in parts if part))

    @Property(str, notify=changed)
    def state(self) -> str:
        """A case's state."""
        return self._facts.state if self._facts else ""

    @Property(str, notify=changed)
    def note(self) -> str:
        """What was reported."""
        return printable(self._facts.note) if self._facts else ""

    @Property(str, notify=changed)
    def assignee(self) -> str:
        """Who a case is dispatched to."""
        return printable(self._facts.assignee) if self._facts else ""

    @Property(bool, notify=changed)
    def mine(self) -> bool:
        """Whether that is the officer at the tablet."""
        return bool(self._facts and self._facts.mine)

    @Property(str, notify=changed)
    def due(self) -> str:
        """A case's time limit in the city's time."""
        due = self._facts.due_at if self._facts else None
        return moment_text(due, ZoneInfo(self._zone))

    @Property(bool, notify=changed)
    def overdue(self) -> bool:
        """Whether that has passed."""
        due = self._facts.due_at if self._facts else None
        return due is not None and due < datetime.now(UTC)

    @Property(str, notify=changed)
    def alertKind(self) -> str:
        """What an alert is of."""
        return self._facts.kind if self._facts else ""

    @Property(int, notify=changed)
    def severity(self) -> int:
        """How much an alert matters: 1 to 3, 0 for what is none."""
        return self._facts.severity if self._facts else 0

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The truck an alert is about."""
        return self._facts.plate if self._facts else ""

    @Property(str, notify=changed)
    def sites(self) -> str:
        """The sites within a cell."""
        return printable("、".join(self._facts.sites)) if self._facts else ""

    @Property(int, notify=changed)
    def openCases(self) -> int:
        """The open cases within a cell."""
        return self._facts.open_cases if self._facts else 0

    @Property(str, notify=distanceChanged)
    def distance(self) -> str:
        """How far away it is, "" where that is not known."""
        here, facts = self._here, self._facts
        if here is None or facts is None or here.lon is None or here.lat is None:
            return ""
        if facts.lon is None or facts.lat is None:
            return ""
        metres = metres_between(here.lon, here.lat, facts.lon, facts.lat)
        return distance_text(metres)
