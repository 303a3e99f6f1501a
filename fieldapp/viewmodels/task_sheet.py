"""The task whose page is open: facts, steps, what may be done, and how far away it is."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QUrl, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.case_history import learned_text
from fieldapp.capture.task_sheet import TaskSheet
from fieldapp.capture.tasks import TaskLine
from fieldapp.geo.distance import surely_far
from fieldapp.services.wording import moment_text
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.task_facts import TaskFacts, stage_of
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by TasksViewModel")
class TaskSheetViewModel(QObject):  # type: ignore[operator]
    """``caseId`` is "" while nothing is open."""

    changed = Signal()
    moved = Signal()
    ticked = Signal()

    def __init__(self, facts: TaskFacts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._sheet: TaskSheet | None = None
        self._refused_text = ""

    def show(self, sheet: TaskSheet | None, refused_text: str = "") -> None:
        """Show a task, or none; ``refused_text`` says why central refused the last act it refused."""
        self._sheet = sheet
        self._refused_text = refused_text
        self.changed.emit()
        self.moved.emit()
        self.ticked.emit()

    @property
    def sheet(self) -> TaskSheet | None:
        """What is shown."""
        return self._sheet

    @property
    def line(self) -> TaskLine | None:
        """The task's line."""
        return self._sheet.line if self._sheet else None

    @Property(str, notify=changed)
    def caseId(self) -> str:
        """The case's id."""
        return self._sheet.line.case_id if self._sheet else ""

    @Property(str, notify=changed)
    def shortId(self) -> str:
        """What people read out."""
        return short_id(self._sheet.line.case_id) if self._sheet else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """The class's name."""
        return self._facts.name(self._sheet.line) if self._sheet else ""

    @Property(str, notify=changed)
    def classCode(self) -> str:
        """The class's code."""
        return self._sheet.line.class_code if self._sheet else ""

    @Property(str, notify=changed)
    def caseState(self) -> str:
        """Where it stands, own unsent acts counted in; or ``reassigned``."""
        return stage_of(self._sheet.line) if self._sheet else ""

    @Property(bool, notify=changed)
    def duty(self) -> bool:
        """Whether it waits for anybody in the officer's role."""
        return bool(self._sheet and self._sheet.line.duty)

    @Property(bool, notify=changed)
    def mine(self) -> bool:
        """Whether it is this officer's."""
        return bool(self._sheet and self._sheet.line.mine)

    @Property(str, notify=changed)
    def assignee(self) -> str:
        """Who it is dispatched to."""
        return self._sheet.assignee if self._sheet else ""

    @Property(str, notify=changed)
    def givenTo(self) -> str:
        """To whom it was given when it was taken from this officer, "" where that is not known."""
        given = self._sheet.line.given if self._sheet else None
        return given.name if given else ""

    @Property(str, notify=changed)
    def givenAt(self) -> str:
        """When."""
        return self._facts.given_at(self._sheet.line) if self._sheet else ""

    @Property(bool, notify=changed)
    def canPutAway(self) -> bool:
        """Whether it can be taken out of the list: it is somebody else's, and nothing of one's own waits."""
        line = self._sheet.line if self._sheet else None
        return line is not None and line.reassigned and line.given is not None and not line.unsettled

    @Property(str, notify=changed)
    def note(self) -> str:
        """The report's note."""
        return self._sheet.line.note if self._sheet else ""

    @Property(str, notify=changed)
    def place(self) -> str:
        """The address, or street and community of the grid cell."""
        if self._sheet is None:
            return ""
        return self._sheet.line.address or self._sheet.street + self._sheet.community

    @Property(bool, notify=changed)
    def hasPlace(self) -> bool:
        """Whether it has a position to show on the map."""
        return bool(self._sheet and self._sheet.line.lon is not None and self._sheet.line.lat is not None)

    @Property(str, notify=changed)
    def gridCell(self) -> str:
        """The grid cell's code."""
        return self._sheet.grid_cell if self._sheet else ""

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The truck, where there is one."""
        return self._sheet.line.plate if self._sheet else ""

    @Property(str, notify=changed)
    def reporter(self) -> str:
        """Who reported it."""
        return self._sheet.reporter if self._sheet else ""

    @Property(str, notify=changed)
    def source(self) -> str:
        """grid_worker, video, public, ordered or alert."""
        return self._sheet.source if self._sheet else ""

    @Property(str, notify=changed)
    def reportedAt(self) -> str:
        """When it was reported."""
        return self._when("reported")

    @Property(str, notify=changed)
    def dueAt(self) -> str:
        """When it is due, or ""."""
        return self._when("due")

    @Property(bool, notify=changed)
    def supervised(self) -> bool:
        """Whether a leader has put his eye on it."""
        return bool(self._sheet and self._sheet.line.standing.supervised)

    @Property(bool, notify=changed)
    def delayed(self) -> bool:
        """Whether more time was granted."""
        return bool(self._sheet and self._sheet.line.standing.delayed)

    @Property(int, notify=changed)
    def refused(self) -> int:
        """Own acts that central refused."""
        return self._sheet.line.refused if self._sheet else 0

    @Property(str, notify=changed)
    def learned(self) -> str:
        """What was learned from it (复盘), one a line, with who wrote it."""
        return learned_text(self._sheet.history) if self._sheet else ""

    @Property(str, notify=changed)
    def refusedText(self) -> str:
        """Why the last of them was refused."""
        return self._refused_text

    @Property(str, notify=changed)
    def clash(self) -> str:
        """Who did work on it offline that the desk has to rule on, or ""."""
        return self._sheet.clash if self._sheet else ""

    @Property(int, notify=changed)
    def waiting(self) -> int:
        """Own acts and files that have not gone."""
        return self._sheet.line.waiting if self._sheet else 0

    @Property(str, notify=changed)
    def nextAct(self) -> str:
        """accept, arrive, handle or feed_back; "" when none is to be done."""
        act = self._sheet.line.next_act if self._sheet else None
        return act.value if act else ""

    @Property(list, notify=changed)
    def sideActs(self) -> list[str]:
        """What else may be said of it."""
        return [kind.value for kind in self._sheet.side] if self._sheet else []

    @Property(str, notify=changed)
    def takeBackId(self) -> str:
        """The record this officer may take back now, or ""."""
        return self._sheet.take_back.record_id if self._sheet else ""

    @Property(str, notify=changed)
    def takeBackKind(self) -> str:
        """What it was: an ActKind's word."""
        return self._sheet.take_back.kind if self._sheet else ""

    @Property(int, notify=changed)
    def photoCount(self) -> int:
        """Photos of the report."""
        return len(self._sheet.photos) if self._sheet else 0

    @Property(list, notify=changed)
    def photos(self) -> list[str]:
        """Those of them that lie on this device."""
        paths = [photo.path for photo in self._sheet.photos if photo.path] if self._sheet else []
        return [QUrl.fromLocalFile(path).toString() for path in paths]

    @Property(list, notify=changed)
    def largePhotos(self) -> list[str]:
        """The same, as large as there are."""
        paths = [photo.large for photo in self._sheet.photos if photo.path] if self._sheet else []
        return [QUrl.fromLocalFile(path).toString() for path in paths]

    @Property(list, notify=changed)
    def photoOriginals(self) -> list[str]:
        """The hashes of their originals."""
        shown = self._sheet.photos if self._sheet else ()
        return [photo.photo.original.sha256 for photo in shown if photo.path]

    @Property(list, notify=changed)
    def photosWanted(self) -> list[str]:
        """What to ask central for to see those that are not here."""
        shown = self._sheet.photos if self._sheet else ()
        return [photo.wanted_large or photo.wanted for photo in shown if not photo.path]

    @Property(str, notify=ticked)
    def dueLevel(self) -> str:
        """green, yellow, red, or "" where no time runs."""
        return self._facts.due(self._sheet.line)[0] if self._sheet else ""

    @Property(float, notify=ticked)
    def dueMinutes(self) -> float:
        """Minutes left; below zero when overdue."""
        return self._facts.due(self._sheet.line)[1] if self._sheet else 0.0

    @Property(float, notify=moved)
    def distance(self) -> float:
        """Metres to the case's place; -1 where either place is not known."""
        return self._facts.distance(self._sheet.line)[0] if self._sheet else -1.0

    @Property(bool, notify=moved)
    def far(self) -> bool:
        """Whether the tablet is certainly not where the case is."""
        return self.is_far()

    def is_far(self) -> bool:
        """The same, for Python."""
        if self._sheet is None:
            return False
        metres, accuracy = self._facts.distance(self._sheet.line)
        return surely_far(metres, accuracy)

    @Property(list, notify=changed)
    def steps(self) -> list[str]:
        """The four steps as done, pending (done here, not at central) or todo."""
        steps = self._sheet.steps if self._sheet else ()
        return ["todo" if not s.done else "pending" if s.pending else "done" for s in steps]

    @Property(list, notify=changed)
    def stepTimes(self) -> list[str]:
        """When each was done, "" for one that was not."""
        if self._sheet is None:
            return []
        zone = zone_of(self._sheet.zone)
        return [moment_text(step.done_at, zone) for step in self._sheet.steps]

    def offers(self, kind: ActKind) -> bool:
        """Whether this act may be done now."""
        sheet = self._sheet
        return sheet is not None and (kind is sheet.line.next_act or kind in sheet.side)

    def _when(self, which: str) -> str:
        if self._sheet is None:
            return ""
        line = self._sheet.line
        return moment_text(
            line.reported_at if which == "reported" else line.due_at, zone_of(self._sheet.zone)
        )
