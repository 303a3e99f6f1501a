"""My reports: everything the officer filed, searched offline, and what became of the one that is open."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.case_history import HistoryEntry, learned_text
from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody
from fieldapp.capture.my_reports import PAGE, MyReport, ReportsPage, my_reports
from fieldapp.capture.task_sheet import TaskSheet, read_task
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.case_history import CaseHistoryModel, history_rows, way_word
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.errors import FieldError
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.messages import sentence
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 120
_TABLES = frozenset({"city_case", "case_act", "case_class"})


class MyReportRow(msgspec.Struct, frozen=True):
    """A line. ``stage`` is the case's state, ``status`` the outbox's word while it is on its way."""

    case_id: str
    short_id: str
    title: str
    note: str
    address: str
    plate: str
    stage: str
    status: str
    when: str
    last_kind: str
    last_note: str
    last_at: str


@QmlElement
@QmlUncreatable("made by MyReportsViewModel")
class MyReportListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``MyReportRow``, newest first."""

    names = (
        "case_id", "short_id", "title", "note", "address", "plate", "stage", "status", "when",
        "last_kind", "last_note", "last_at",
    )  # fmt: skip
    key = ("case_id",)


@QmlElement
@QmlUncreatable("made by the app")
class MyReportsViewModel(QObject):  # type: ignore[operator]
    """The list follows what is typed and what central tells; ``selected`` is the one that is open."""

    listChanged = Signal()
    selectionChanged = Signal()
    supplementAsked = Signal(object)
    """A ``DraftBody`` that goes to the case as a supplement."""
    failed = Signal(str, str)

    def __init__(self, reader: ReplicaWorker, events: DeskEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language, self._zone = "zh", "UTC"
        self._officer = self._query = self._selected = ""
        self._list, self._one = LatestAnswer(reader), LatestAnswer(reader)
        self._loaded = self._loading = False
        self._after: tuple[str, str] | None = None
        self._reports: list[MyReport] = []
        self._read_far = 0
        self._sheet: TaskSheet | None = None
        self._told = False
        self._items = MyReportListModel(self)
        self._history = CaseHistoryModel(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._load)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.recordsChanged.connect(lambda _ids: self._again())
        events.languageChanged.connect(self._on_language)

    @Property(MyReportListModel, constant=True)
    def items(self) -> MyReportListModel:
        """What was found."""
        return self._items

    @Property(CaseHistoryModel, constant=True)
    def history(self) -> CaseHistoryModel:
        """What became of the one that is open."""
        return self._history

    @Property(str, notify=listChanged)
    def query(self) -> str:
        """What is looked for."""
        return self._query

    @Property(bool, notify=listChanged)
    def loaded(self) -> bool:
        """Whether the list is there."""
        return self._loaded

    @Property(bool, notify=listChanged)
    def hasMore(self) -> bool:
        """Whether there are older ones."""
        return self._after is not None

    @Property(str, notify=selectionChanged)
    def selected(self) -> str:
        """The case that is open, "" for none."""
        return self._selected

    @Property(bool, notify=selectionChanged)
    def ready(self) -> bool:
        """Whether the one that is open was read, so that it can be added to."""
        return self._sheet is not None

    @Property(bool, notify=selectionChanged)
    def told(self) -> bool:
        """Whether central has told of the one that is open; before that it lies on this tablet alone."""
        return self._told

    @Property(bool, notify=selectionChanged)
    def mayHandle(self) -> bool:
        """Whether its reporter may still say that it was handled on the spot."""
        return self._sheet is not None and ActKind.SELF_HANDLE in self._sheet.side

    @Property(str, notify=selectionChanged)
    def learned(self) -> str:
        """What was learned from the one that is open (复盘)."""
        return learned_text(self._sheet.history) if self._sheet else ""

    @Slot(str)
    def search(self, text: str) -> None:
        """Look for this."""
        if text != self._query:
            self._query, self._read_far = text, 0
            self.listChanged.emit()
            self._timer.start()

    @Slot()
    def more(self) -> None:
        """Read older ones."""
        if self._after is None or self._loading:
            return
        self._loading = True
        self._list.ask_more(self._question(self._after), lambda found: self._take(found, older=True))

    @Slot(str)
    def select(self, case_id: str) -> None:
        """Open one, or none."""
        if case_id != self._selected:
            self._selected, self._sheet, self._told = case_id, None, False
            self._history.show([])
            self.selectionChanged.emit()
        self._read()

    @Slot(str, str, result=str)
    def detail(self, case_id: str, name: str) -> str:
        """A fact of a row, by the row's role; of the one that is open also when the list does not hold it."""
        row = next((row for row in self._items.rows() if getattr(row, "case_id", "") == case_id), None)
        if row is None and self._sheet is not None and case_id == self._selected:
            row = self._row(_report_of(self._sheet))
        return str(getattr(row, name, "")) if row else ""

    @Slot()
    def supplement(self) -> None:
        """Add a photo or a correction to the one that is open."""
        if self._selected and self._sheet is not None:
            self.supplementAsked.emit(DraftBody(joins=self._selected))

    @Slot()
    def _load(self) -> None:
        if not self._officer:
            return
        self._loading = False
        self._list.ask(self._question(), lambda found: self._take(found, older=False), self._on_failed)

    def _question(self, after: tuple[str, str] | None = None) -> Callable[[Desk], tuple[ReportsPage, str]]:
        query = self._query
        limit = PAGE if after else max(PAGE, self._read_far)  # what was scrolled to stays when news come
        return lambda desk: (my_reports(desk, query, after, limit), str(city_zone(desk)))

    def _take(self, found: tuple[ReportsPage, str], *, older: bool) -> None:
        page, self._zone = found
        self._reports = [*self._reports, *page.reports] if older else list(page.reports)
        self._read_far = len(self._reports)
        self._after, self._loaded, self._loading = page.after, True, False
        self._show()

    def _show(self) -> None:
        self._items.show([self._row(one) for one in self._reports])
        self.listChanged.emit()

    def _row(self, one: MyReport) -> MyReportRow:
        zone = zone_of(self._zone)
        return MyReportRow(
            case_id=one.case_id,
            short_id=one.short_id,
            title=one.class_en if self._language == "en" else one.class_zh,
            note=" ".join(one.note.split()),
            address=one.address,
            plate=one.plate,
            stage=one.state,
            status=way_word(one.sending) or ("" if one.state else ItemState.SENT.value),
            when=moment_text(one.reported_at, zone),
            last_kind=one.last_kind,
            last_note=" ".join(one.last_note.split()),
            last_at=moment_text(one.last_at, zone),
        )

    def _read(self) -> None:
        case_id = self._selected
        if not case_id:
            self._one.forget()
            return
        self._one.ask(
            lambda desk: (read_task(desk, case_id), desk.work.tasks.case(case_id) is not None),
            lambda found: self._take_sheet(*found),
            lambda _gone: self._take_sheet(None, told=False),
        )

    def _take_sheet(self, sheet: TaskSheet | None, told: bool) -> None:
        self._sheet, self._told = sheet, told
        zone = zone_of(self._zone)
        entries = sheet.history if sheet else ()
        self._history.show(history_rows(entries, self._say, lambda at: moment_text(at, zone)))
        self.selectionChanged.emit()

    def _say(self, entry: HistoryEntry) -> str:
        return sentence(entry.code, entry.facts, self._language)

    def _again(self) -> None:
        if self._officer:
            self._timer.start()
            self._read()

    def _on_failed(self, error: FieldError) -> None:
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    @Slot(object)
    def _on_opened(self, card: object) -> None:
        self._officer = str(getattr(card, "officer_id", ""))
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self._list.forget()
        self._one.forget()
        self._officer = self._query = self._selected = ""
        self._loaded, self._after, self._sheet, self._told, self._reports = False, None, None, False, []
        self._read_far = 0
        self._history.show([])
        self._show()
        self.selectionChanged.emit()

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if names & _TABLES:
            self._again()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show()
        self._read()


def _report_of(sheet: TaskSheet) -> MyReport:
    line = sheet.line
    return MyReport(
        case_id=line.case_id,
        short_id=short_id(line.case_id),
        class_zh=line.class_zh,
        class_en=line.class_en,
        note=line.note,
        address=line.address,
        plate=line.plate,
        state=line.state.value,
        sending=None,
        reported_at=line.reported_at,
    )
