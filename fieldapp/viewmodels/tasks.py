"""The tasks page: the list of what was dispatched to the officer, one task opened, and the acts done on it.

    central tells / an act is saved → ids or table names → read again in the reader → narrow model signals
    a button → ONE job in the writer (act saved, task read again) → page, toast with undo, nudge

What a job in the writer answers is newer than anything that was asked of the reader before: older answers are
dropped and asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.act_drafts import ActDraft, find_act_draft
from fieldapp.capture.desk import Desk
from fieldapp.capture.duties import PLACED
from fieldapp.capture.task_sheet import TaskSheet, read_task
from fieldapp.capture.tasks import TaskLine, bring_back, cases_of_records, list_some, put_away
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.task_jobs import Acted, Loaded, do_act, read_all, take_back
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.act_draft import ActDraftViewModel
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.case_history import CaseHistoryModel, history_rows
from fieldapp.viewmodels.task_facts import TaskFacts, duty_word, is_new
from fieldapp.viewmodels.task_list import FILTERS, TaskListModel, TaskRole
from fieldapp.viewmodels.task_sheet import TaskSheetViewModel
from sync.clock import Clock, SystemClock
from sync.contract.errors import FieldError
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

TABLES = frozenset(
    {"city_case", "case_act", "case_class", "officer", "day_kind", "work_hours", "opening_condition"}
)
AT_ONCE = frozenset({ActKind.ACCEPT, ActKind.ARRIVE})
"""Acts that need no form."""
SETTLE_MS = 600
"""After an act nothing is taken for so long: the second tap of a double tap must not be the next act."""
TICK_MS = 30_000
MOVED_MS = 2_000


@QmlElement
@QmlUncreatable("made by the app")
class TasksViewModel(QObject):  # type: ignore[operator]
    """Reads through the reader, acts through the writer."""

    countsChanged = Signal()
    filterChanged = Signal()
    loadedChanged = Signal()
    selectedChanged = Signal()
    busyChanged = Signal()
    acted = Signal(str, str)
    """An act is durably saved: its record id, and what to say. Undo it with ``undo``."""
    undone = Signal(str, str)
    """A record was taken back: removed, withdrawn or already."""
    dispatched = Signal(str, str)
    """A new task came while the officer was at work: its case, and what to say."""
    takenAway = Signal(str, str)
    """A task that was to be done is not the officer's any more: its case, and what to say."""
    shelved = Signal(str, str)
    """A case that was given to another was put away: its id, and what to say. ``bringBack`` undoes it."""
    showOnMap = Signal(str)
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        parent: QObject | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._reader = reader
        self._events = events
        self._position = position
        clock = clock or SystemClock()
        self._facts = TaskFacts(position, clock)
        self._officer = ""
        self._loaded = False
        self._acting = False
        self._age = 0
        self._asked = ""
        self._filter = "open"
        self._duties = ""
        self._seen: set[str] = set()
        self._held: dict[str, TaskLine] = {}
        self.said: Callable[[], str] = str
        """The last message of this page once more, in the language of now."""
        self._items = TaskListModel(self._facts.fact, self)
        self._history = CaseHistoryModel(self)
        self._sheet = TaskSheetViewModel(self._facts, self)
        self._draft = ActDraftViewModel(writer, position, camera, darkroom, clock, self._say, self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self.busyChanged)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._moving = QTimer(self, singleShot=True, interval=MOVED_MS)
        self._moving.timeout.connect(self._on_moved)
        position.placeChanged.connect(self._on_place)
        self._draft.failed.connect(self.failed)
        self._draft.draftChanged.connect(lambda *ids: events.recordsChanged.emit(frozenset(ids)))
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.recordsChanged.connect(self.onRecordsChanged)
        events.tablesChanged.connect(self.onTablesChanged)
        events.languageChanged.connect(self._on_language)

    @Property(TaskListModel, constant=True)
    def items(self) -> TaskListModel:
        """The tasks that pass the filter."""
        return self._items

    @Property(TaskSheetViewModel, constant=True)
    def sheet(self) -> TaskSheetViewModel:
        """The task that is open."""
        return self._sheet

    @Property(CaseHistoryModel, constant=True)
    def history(self) -> CaseHistoryModel:
        """What happened to it."""
        return self._history

    @Property(ActDraftViewModel, constant=True)
    def draft(self) -> ActDraftViewModel:
        """The act that is being prepared."""
        return self._draft

    @Property(bool, notify=loadedChanged)
    def loaded(self) -> bool:
        """Whether the tasks have been read."""
        return self._loaded

    @Property(str, notify=filterChanged)
    def filter(self) -> str:
        """open, duty, done or all."""
        return self._filter

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """While an act is being saved."""
        return self._acting

    @Property(bool, notify=busyChanged)
    def settling(self) -> bool:
        """While an act is being saved, and for a moment after it: no act is taken."""
        return self._acting or self._settling.isActive()

    @Property(str, notify=selectedChanged)
    def selected(self) -> str:
        """The case that was opened; ``sheet`` follows as soon as it is read."""
        return self._asked

    @Property(int, notify=countsChanged)
    def openCount(self) -> int:
        """Tasks the officer still has to do with."""
        return sum(line.open and not line.duty for line in self._items.lines())

    @Property(int, notify=countsChanged)
    def dutyCount(self) -> int:
        """Cases that wait for anybody in the officer's role."""
        return sum(line.duty for line in self._items.lines())

    @Property(str, notify=loadedChanged)
    def duties(self) -> str:
        """check, decide, or "" for a role that nothing waits for."""
        return self._duties

    @Property(int, notify=countsChanged)
    def doneCount(self) -> int:
        """The others."""
        return sum(not line.open for line in self._items.lines())

    @Property(int, notify=countsChanged)
    def newCount(self) -> int:
        """Tasks that nobody has accepted yet: the rail's badge."""
        return sum(is_new(line) for line in self._items.lines())

    @Slot(str)
    def choose(self, name: str) -> None:
        """Filter."""
        if name in FILTERS and name != self._filter:
            self._filter = name
            self._items.choose(name)
            self.filterChanged.emit()

    @Slot(str)
    def open(self, case_id: str) -> None:
        """Open a task; "" closes the one that is open. An act in hand stays as a draft."""
        if case_id == self._asked:
            return
        self._draft.close()
        self._select(case_id)
        if case_id:
            self._read_sheet()
        else:
            self._show(None)

    @Slot(str)
    def openDraft(self, draft_id: str) -> None:
        """Go on with an act's draft."""

        def show(draft: ActDraft | None) -> None:
            if draft is not None:
                self.open(draft.case_id)
                self._draft.show(draft)

        self._reader.submit(lambda desk: find_act_draft(desk, draft_id), show, self._on_failed)

    @Slot(str)
    def act(self, kind: str) -> None:
        """Do an act: at once where it needs no form, else its form opens."""
        wanted = ActKind(kind)
        if self.settling or not self._shows_selected() or not self._sheet.offers(wanted):
            return
        far = wanted is ActKind.ARRIVE and self._sheet.is_far()
        if wanted in AT_ONCE and not far:
            self._submit(ActDraft("", self._asked, wanted), "")
        else:
            self._draft.open(self._asked, wanted)

    @Slot()
    def submitDraft(self) -> None:
        """Do the act whose form is open."""
        ready = None if self.settling else self._draft.begin_submit()
        if ready is not None:
            self._submit(*ready)

    @Slot(str)
    def undo(self, record_id: str) -> None:
        """Take an act back."""
        self._begin()
        self._writer.submit(lambda desk: take_back(desk, record_id), self._on_undone, self._on_act_failed)

    @Slot()
    def putAway(self) -> None:
        """Take the open case, which was given to somebody else, out of the list."""
        if self._shows_selected() and self._sheet.canPutAway:
            case_id, line = self._asked, self._sheet.line
            self.open("")
            self._shelve(lambda desk: put_away(desk, case_id))
            self.said = partial(self._facts.shelved_text, line)
            self.shelved.emit(case_id, self.said())

    @Slot(str)
    def bringBack(self, case_id: str) -> None:
        """Let a case that was put away stand in the list again."""
        self._shelve(lambda desk: bring_back(desk, case_id))

    def _shelve(self, job: Callable[[Desk], None]) -> None:
        self._writer.submit(job, lambda _none: self._load(), self._on_failed)

    @Slot()
    def flush(self) -> None:
        """Keep what is typed now: before the writer is stopped."""
        self._draft.flush()

    @Slot()
    def tick(self) -> None:
        """Time has passed."""
        self._items.retell(TaskRole.DUE_LEVEL, TaskRole.DUE_MINUTES)
        self._sheet.ticked.emit()

    @Slot(object)
    def onTablesChanged(self, names: Iterable[str]) -> None:
        """Central told something: read again."""
        if self._officer and not TABLES.isdisjoint(names):
            self._load()
            self._read_sheet()

    @Slot(object)
    def onRecordsChanged(self, ids: Iterable[str]) -> None:
        """Records of this device are somewhere else on their way now."""
        if not self._officer:
            return
        wanted, age = frozenset(ids), self._age

        def job(desk: Desk) -> dict[str, TaskLine | None]:
            return list_some(desk, cases_of_records(desk, wanted))

        def show(lines: dict[str, TaskLine | None]) -> None:
            if age != self._age:
                self.onRecordsChanged(wanted)
                return
            self._change(lines)
            if self._asked in lines:
                self._read_sheet()

        self._reader.submit(job, show, self._on_failed)

    def _submit(self, draft: ActDraft, note: str, minutes: int = 0) -> None:
        case_id, kind = draft.case_id, draft.kind
        place = (self._position.current() or NOWHERE) if kind in PLACED else NOWHERE
        self._begin()
        self._writer.submit(
            lambda desk: do_act(desk, draft, note, place, minutes),
            lambda acted: self._on_acted(case_id, kind, acted),
            self._on_act_failed,
        )

    def _begin(self) -> None:
        self._acting = True
        self.busyChanged.emit()

    def _end(self) -> None:
        self._acting = False
        self._age += 1
        self._settling.start()
        self.busyChanged.emit()

    def _on_acted(self, case_id: str, kind: ActKind, acted: Acted) -> None:
        self._end()
        self._draft.submitted(case_id, kind)
        self._take(acted)
        line = acted.sheet.line if acted.sheet else None
        self.said = partial(self._facts.done_text, kind, line)
        self.acted.emit(acted.record_id, self.said())
        self._told(acted.record_id)

    def _on_undone(self, acted: Acted) -> None:
        self._end()
        self._take(acted)
        line = acted.sheet.line if acted.sheet else None
        if line is not None and line.case_id == self._asked and line.drafts and line.next_act:
            self._draft.open(line.case_id, line.next_act)
        self.undone.emit(acted.record_id, acted.how)
        self._told(acted.record_id)

    def _on_act_failed(self, error: FieldError) -> None:
        self._end()
        self._draft.submit_failed(error)
        self._read_sheet()
        self._on_failed(error)

    def _take(self, acted: Acted) -> None:
        if acted.sheet is not None:
            self._change({acted.sheet.line.case_id: acted.sheet.line})
            if acted.sheet.line.case_id == self._asked:
                self._show(acted.sheet)

    def _take_read(self, sheet: TaskSheet) -> None:
        """What the open task shows its row in the list shows too, whichever was read last."""
        line = sheet.line
        self._change({line.case_id: line if line.listed else None})
        self._show(sheet)

    def _told(self, record_id: str) -> None:
        self._events.recordsChanged.emit(frozenset({record_id}))
        self._events.nudge.emit()

    def _load(self) -> None:
        age = self._age

        def show(loaded: Loaded) -> None:
            if age != self._age:
                self._load()
                return
            self._facts.offset, self._facts.timing, self._facts.zone = (
                loaded.offset,
                loaded.timing,
                loaded.zone,
            )
            self._draft.settle(loaded.folder)
            self._items.load(loaded.lines)
            self._greet(loaded.lines)
            self.countsChanged.emit()
            if not self._loaded:
                self._loaded = True
                self.loadedChanged.emit()

        self._reader.submit(read_all, show, self._on_failed)

    def _read_sheet(self) -> None:
        case_id, age = self._asked, self._age
        if not case_id:
            return

        def show(sheet: TaskSheet) -> None:
            if case_id == self._asked:
                if age == self._age:
                    self._take_read(sheet)
                else:
                    self._read_sheet()

        def gone(error: FieldError) -> None:
            if case_id == self._asked:
                self._select("")
                self._show(None)
                self._on_failed(error)

        self._reader.submit(lambda desk: read_task(desk, case_id), show, gone)

    def _select(self, case_id: str) -> None:
        self._asked = case_id
        self.selectedChanged.emit()

    def _shows_selected(self) -> bool:
        line = self._sheet.line
        return line is not None and line.case_id == self._asked

    def _show(self, sheet: TaskSheet | None) -> None:
        zone = zone_of(sheet.zone if sheet else "UTC")
        rows = history_rows(
            sheet.history if sheet else (),
            lambda entry: sentence(entry.code, entry.facts, self._facts.language),
            lambda moment: moment_text(moment, zone, self._facts.now()),
        )
        refused = [row.reason for row in rows if row.refused and row.mine]
        self._sheet.show(sheet, refused[0] if refused else "")
        self._history.show(rows)

    def _change(self, lines: dict[str, TaskLine | None]) -> None:
        self._items.change(lines)
        self.countsChanged.emit()

    def _greet(self, lines: Iterable[TaskLine]) -> None:
        """Say what is new since the officer sat down, and what was given to somebody else."""
        lines = list(lines)
        held = {line.case_id: line for line in lines if line.mine}
        gone = [line for case_id, line in self._held.items() if line.open and case_id not in held]
        passed_on = {line.case_id for line in lines if line.reassigned}
        self._held = held
        for line in gone if self._loaded else ():
            self.said = partial(self._facts.gone_text, line, reassigned=line.case_id in passed_on)
            self.takenAway.emit(line.case_id, self.said())
        fresh = [line for line in lines if is_new(line) and line.case_id not in self._seen]
        self._seen.update(line.case_id for line in fresh)
        if self._loaded:
            for line in fresh:
                self.said = partial(self._facts.new_text, line)
                self.dispatched.emit(line.case_id, self.said())

    def _say(self, error: FieldError) -> str:
        return sentence(error.code, error.facts, self._facts.language)

    def _on_failed(self, error: FieldError) -> None:
        self.said = partial(self._say, error)
        self.failed.emit(error.code, self.said())

    @Slot()
    def _on_place(self) -> None:
        if self._officer and not self._moving.isActive():
            self._moving.start()

    @Slot()
    def _on_moved(self) -> None:
        self._items.retell(TaskRole.DISTANCE)
        self._sheet.moved.emit()

    @Slot(object)
    def _on_opened(self, card: Any) -> None:
        self._officer = card.officer_id
        self._duties = duty_word(card.role)
        self._ticking.start()
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self._officer = ""
        self._select("")
        self._age += 1
        self._loaded = False
        self._seen.clear()
        self._held.clear()
        self._ticking.stop()
        self._draft.forget()
        self._show(None)
        self._items.clear()
        self.loadedChanged.emit()
        self.countsChanged.emit()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._facts.language = language
        self._items.retell()
        self._show(self._sheet.sheet)
