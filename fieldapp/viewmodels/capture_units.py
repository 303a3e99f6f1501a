"""All units to choose from by hand: searched by name, initials, number, class or street."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.unit_choice import CLASSES_SHOWN, UnitChoice, find_units, unit_choices
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class UnitRow(msgspec.Struct, frozen=True):
    """A unit; ``key`` is what the report names. ``more``: how many classes besides those in ``classes``.

    ``part`` is the heading it stands under: answers, others, or "" while something is looked for. To change a
    list's criterion for headings while it is shown ended the program in Qt (6.11.3), so the rows say it.
    """

    key: str
    label: str
    contact: str
    classes: str
    more: int
    streets: str
    answers: bool
    part: str = ""


@QmlElement
@QmlUncreatable("made by UnitPickerViewModel")
class UnitListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``UnitRow``, those first that answer for such a case here."""

    names = ("key", "label", "contact", "classes", "more", "streets", "answers", "part")
    key = ("key", "part")


@QmlElement
@QmlUncreatable("made by SuggestViewModel")
class UnitPickerViewModel(QObject):  # type: ignore[operator]
    """Read when it is opened, and when a unit is named that is among none of the suggested."""

    answered = Signal()

    def __init__(self, reader: ReplicaWorker, events: DeskEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestAnswer(reader)
        self._language = "zh"
        self._class_code = self._cell = self._text = ""
        self._loaded = False
        self._choices: tuple[UnitChoice, ...] = ()
        self._found = UnitListModel(self)
        events.opened.connect(self._forget)
        events.closed.connect(self._forget)
        events.tablesChanged.connect(self._on_tables)
        events.languageChanged.connect(self._on_language)

    @Property(UnitListModel, constant=True)
    def found(self) -> UnitListModel:
        """The units in which all that is looked for is found."""
        return self._found

    @Property(bool, notify=answered)
    def loaded(self) -> bool:
        """Whether they have been read."""
        return self._loaded

    @Property(int, notify=answered)
    def total(self) -> int:
        """How many there are in all."""
        return len(self._choices)

    @Slot()
    def open(self) -> None:
        """The list is in front of somebody: all of it, as it is now."""
        self._text = ""
        self._show()
        self._read()

    @Slot(str)
    def search(self, text: str) -> None:
        """Look for this."""
        self._text = text
        self._show()

    def about(self, class_code: str, grid_cell: str) -> None:
        """The report in hand is of this class, at this place."""
        if (class_code, grid_cell) != (self._class_code, self._cell):
            self._class_code, self._cell = class_code, grid_cell
            if self._loaded:
                self._read()

    def label(self, name: str) -> str:
        """A unit's name in the window's language; it is read where that is not known yet."""
        if not self._loaded and self._language == "en":
            self._read()
        found = next((one for one in self._choices if one.name == name), None)
        return self._name(found) if found else name

    def _name(self, one: UnitChoice) -> str:
        return one.name_en if self._language == "en" and one.name_en else one.name

    def _read(self) -> None:
        class_code, cell = self._class_code, self._cell
        self._latest.ask(lambda desk: unit_choices(desk, class_code, cell), self._take)

    def _take(self, choices: tuple[UnitChoice, ...]) -> None:
        self._choices, self._loaded = choices, True
        self._show()
        self.answered.emit()

    def _show(self) -> None:
        english, searching = self._language == "en", bool(self._text)
        rows = []
        for one in find_units(self._choices, self._text):
            classes = one.classes_en if english else one.classes_zh
            shown = (", " if english else "、").join(classes[:CLASSES_SHOWN])
            streets = (", " if english else "、").join(one.streets)
            more = max(0, len(classes) - CLASSES_SHOWN)
            part = "" if searching else "answers" if one.answers else "others"
            rows.append(
                UnitRow(one.name, self._name(one), one.contact, shown, more, streets, one.answers, part)
            )
        self._found.show(rows)

    @Slot(object)
    @Slot()
    def _forget(self, _card: object = None) -> None:
        self._latest.forget()
        self._choices, self._loaded = (), False
        self._text = ""
        self._found.show([])

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if self._loaded and names & {"unit", "officer", "case_class"}:
            self._read()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show()
