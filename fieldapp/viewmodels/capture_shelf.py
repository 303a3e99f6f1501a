"""What lies beside the form: drafts put aside, room for photos, and the one thing to be told above all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import DraftSummary, Seated, photo_room, report_drafts
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.class_cascade import ClassCascadeViewModel
from fieldapp.viewmodels.draft_list import DraftListModel
from sync.clock import Clock

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

ROOM_UNKNOWN = -1
OF_THE_DRAFT = frozenset({"resumed", "undone", "merged"})
"""Notices that speak of the report in hand."""


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class CaptureShelfViewModel(QObject):  # type: ignore[operator]
    """``notice`` is "", resumed, recovered, missing, undone, withdrawn, merged or moved."""

    roomChanged = Signal()
    noticeChanged = Signal()

    def __init__(
        self,
        writer: ReplicaWorker,
        classes: ClassCascadeViewModel,
        clock: Clock,
        in_hand: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._classes = classes
        self._clock = clock
        self._in_hand = in_hand
        self._summaries: list[DraftSummary] = []
        self._room = ROOM_UNKNOWN
        self._notice, self._count = "", 0
        self.notice_draft = ""
        """The draft the notice is about, or nothing."""
        self._drafts = DraftListModel(self)
        classes.changed.connect(self._show_drafts)

    @Property(DraftListModel, constant=True)
    def drafts(self) -> DraftListModel:
        """The officer's open drafts without the one in hand."""
        return self._drafts

    @Property(int, notify=roomChanged)
    def room(self) -> int:
        """How many more photos there is room for; -1 while nobody knows."""
        return self._room

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        """What the person should know above all."""
        return self._notice

    @Property(int, notify=noticeChanged)
    def noticeCount(self) -> int:
        """How many photos the notice is about."""
        return self._count

    @Slot()
    def dismissNotice(self) -> None:
        """The person has read it."""
        self.say("")

    @Slot()
    def refresh(self) -> None:
        """Look again: something was saved, or the list is opened and its ages are old."""
        self._writer.submit(_look, self._take)

    @Slot(str)
    def say(self, notice: str, count: int = 0, draft_id: str = "") -> None:
        """Tell the person something, or no more."""
        self._notice, self._count, self.notice_draft = notice, count, draft_id
        self.noticeChanged.emit()

    def read(self) -> str:
        """The person has read it and goes to what it is about: a draft's id, or ""."""
        draft_id = self.notice_draft
        self.say("")
        return draft_id

    def begin_anew(self) -> None:
        """Another report is in hand: what was said of the one before is no longer so."""
        if self._notice in OF_THE_DRAFT:
            self.say("")

    def welcome(self, seated: Seated, resumed: bool) -> None:
        """Show what an officer finds who sits down."""
        self._take((seated.drafts, seated.room))
        found = seated.recovered
        if found.draft_id:
            self.say("recovered", found.photos, found.draft_id)
        elif found.missing or found.damaged:
            self.say("missing", len(found.missing) + len(found.damaged))
        elif resumed:
            self.say("resumed")

    def clear(self) -> None:
        """Nobody sits at the desk."""
        self.say("")
        self._take(([], ROOM_UNKNOWN))

    def _take(self, answer: tuple[list[DraftSummary], int]) -> None:
        self._summaries, self._room = answer
        self._show_drafts()
        self.roomChanged.emit()

    @Slot()
    def _show_drafts(self) -> None:
        shown = [one for one in self._summaries if one.draft_id != self._in_hand()]
        self._drafts.show_drafts(shown, self._classes.path, self._clock.now())


def _look(desk: Desk) -> tuple[list[DraftSummary], int]:
    return report_drafts(desk), photo_room(desk)
