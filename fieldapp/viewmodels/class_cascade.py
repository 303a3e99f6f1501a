"""Choosing a class: step by step, by a word in it, or among those used lately."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import classes_now, recent_classes
from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.tables import Row
from sync.contract.wire import OfficerCard

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

_FOUND_MOST = 40


class ClassRow(msgspec.Struct, frozen=True):
    """A class as a line; ``note`` is its code, or where it belongs among those found."""

    code: str
    label: str
    note: str = ""
    urgent: bool = False


@QmlElement
@QmlUncreatable("made by ClassCascadeViewModel")
class ClassListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ClassRow``."""

    names = ("code", "label", "note", "urgent")
    key = ("code",)


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class ClassCascadeViewModel(QObject):  # type: ignore[operator]
    """``chosen`` tells a class a report can have: one below the top. Opening a top class only browses."""

    changed = Signal()
    queryChanged = Signal()
    chosen = Signal(str)

    def __init__(self, reader: ReplicaWorker, events: DeskEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._language = "zh"
        self._rows: dict[str, Row] = {}
        self._recent_codes: list[str] = []
        self._first = self._code = self._query = ""
        self._lists = {name: ClassListModel(self) for name in ("first", "second", "third", "found", "recent")}
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.languageChanged.connect(self._on_language)

    @Property(ClassListModel, constant=True)
    def firstModel(self) -> ClassListModel:
        """The top classes."""
        return self._lists["first"]

    @Property(ClassListModel, constant=True)
    def secondModel(self) -> ClassListModel:
        """Those below the open top class."""
        return self._lists["second"]

    @Property(ClassListModel, constant=True)
    def thirdModel(self) -> ClassListModel:
        """Those below the chosen class."""
        return self._lists["third"]

    @Property(ClassListModel, constant=True)
    def found(self) -> ClassListModel:
        """Those with the searched word."""
        return self._lists["found"]

    @Property(ClassListModel, constant=True)
    def recent(self) -> ClassListModel:
        """Those of the officer's last reports."""
        return self._lists["recent"]

    @Property(str, notify=changed)
    def firstCode(self) -> str:
        """The top class that is open."""
        return self._first

    @Property(str, notify=changed)
    def secondCode(self) -> str:
        """The chosen class, or the one above it."""
        return self._code[:5]

    @Property(str, notify=changed)
    def thirdCode(self) -> str:
        """The chosen class of the third level, if it is one."""
        return self._code if len(self._code) > 5 else ""

    @Property(int, notify=changed)
    def levels(self) -> int:
        """How many columns it takes here."""
        return 3 if self._lists["third"].rows() else 2

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        """The searched word."""
        return self._query

    @Slot(str)
    def open(self, code: str) -> None:
        """Open a top class."""
        self._first = code
        self._show()

    @Slot(str)
    def choose(self, code: str) -> None:
        """Choose a class for the report."""
        if code in self._rows and "-" in code:
            self.set_code(code)
            self.chosen.emit(code)

    @Slot(str)
    def search(self, text: str) -> None:
        """Look for a word in names, codes and ready phrases."""
        self._query = text
        wanted = text.strip().casefold()
        rows = [row for row in self._rows.values() if row["parent"] and wanted in _words(row)]
        rows.sort(key=lambda row: (wanted not in self.name(str(row["class_code"])).casefold(),))
        shown = rows[:_FOUND_MOST] if wanted else []
        self._lists["found"].show([self._row(row, self.name(str(row["parent"]))) for row in shown])
        self.queryChanged.emit()

    def set_code(self, code: str) -> None:
        """The report has this class now, or none."""
        self._code = code
        self._first = code[:2] or self._first
        self._show()

    def knows(self, code: str) -> bool:
        """Whether the table has the class, or has not been read yet."""
        return code in self._rows or not self._rows

    def name(self, code: str) -> str:
        """What a class is called; the code itself where the table does not know it."""
        row = self._rows.get(code)
        name = "" if row is None else str(row[f"name_{self._language}"] or row["name_zh"])
        return name or code

    def path(self, code: str) -> str:
        """The class and those above it."""
        codes = [code[:end] for end in (2, 5, 8) if len(code) >= end]
        return " › ".join(self.name(one) for one in codes)

    def phrases(self, code: str) -> list[str]:
        """The ready phrases of a class."""
        row = self._rows.get(code) or {}
        text = str(row.get(f"phrases_{self._language}") or "")
        return [line for line in text.splitlines() if line]

    @Slot(object)
    def _on_opened(self, _card: OfficerCard) -> None:
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self._first = self._code = ""
        self.search("")
        self._show()

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if "case_class" in names:
            self._load()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.search(self._query)
        self._show()

    def _load(self) -> None:
        self._reader.submit(_classes, self._take)

    def _take(self, answer: tuple[list[Row], list[str]]) -> None:
        rows, self._recent_codes = answer
        self._rows = {str(row["class_code"]): row for row in rows}
        self.search(self._query)
        self._show()

    def _show(self) -> None:
        for name, parent in (("first", ""), ("second", self._first or "-"), ("third", self._code[:5] or "-")):
            below = [row for row in self._rows.values() if row["parent"] == parent]
            self._lists[name].show([self._row(row, str(row["class_code"])) for row in below])
        known = [self._rows[code] for code in self._recent_codes if code in self._rows]
        self._lists["recent"].show([self._row(row, str(row["class_code"])) for row in known])
        self.changed.emit()

    def _row(self, row: Row, note: str) -> ClassRow:
        code = str(row["class_code"])
        return ClassRow(code, self.name(code), note, bool(row["urgent"]))

    def used(self, code: str) -> None:
        """A report with this class was saved."""
        self._recent_codes = [code, *(one for one in self._recent_codes if one != code)][:4]
        self._show()


def _classes(desk: Desk) -> tuple[list[Row], list[str]]:
    return classes_now(desk), recent_classes(desk)


def _words(row: Row) -> str:
    names = ("class_code", "name_zh", "name_en", "phrases_zh", "phrases_en")
    return "\n".join(str(row[name] or "") for name in names).casefold()
