"""The outbox page: every record with its files, where it is on its way, and why it has not gone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.correcting import correct_report
from fieldapp.capture.undo import Undone, undo
from fieldapp.services.events import DeskEvents
from fieldapp.services.link import Link
from fieldapp.services.outbox_photos import PhotoOnItsWay, read_photos
from fieldapp.services.outbox_rows import OutboxRow, draft_ids, read_rows, read_some, try_again
from fieldapp.services.wording import Wording
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.outbox_list import FILTERS, OutboxListModel, OutboxRole
from fieldapp.viewmodels.outbox_photos import PhotoWayModel
from fieldapp.viewmodels.outbox_words import OutboxWords
from sync.contract.errors import FieldError
from sync.replica.outbox import ItemState
from sync.replica.uploads import Upload

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the app")
class OutboxViewModel(QObject):  # type: ignore[operator]
    """Reads through the reader, asks to try again through the writer."""

    countsChanged = Signal()
    filterChanged = Signal()
    selectedChanged = Signal()
    loadedChanged = Signal()
    retried = Signal(str)
    undone = Signal(str, str)
    """A record id, and removed, withdrawn or already: the person took it back."""
    failed = Signal(str, str)
    corrected = Signal(str)
    """The draft in which a refused report is to be corrected."""
    sendAsked = Signal(str)
    """The person asked to send now: what becomes of that."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        link: Link,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._reader = reader
        self._events = events
        self._link = link
        self._wording = wording
        self._words = OutboxWords(wording, link)
        self._filter = "all"
        self._selected = self._asked = ""
        self._seen_photos: list[PhotoOnItsWay] = []
        self._loaded = False
        self._live: dict[str, dict[str, float]] = {}
        self._items = OutboxListModel(self._text, self)
        self._photos = PhotoWayModel(self)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.recordsChanged.connect(self._on_records)
        link.stateChanged.connect(self._on_state)
        link.progressed.connect(self._on_progress)
        wording.changed.connect(self._on_language)

    @Property(OutboxListModel, constant=True)
    def items(self) -> OutboxListModel:
        """The rows."""
        return self._items

    @Property(bool, notify=loadedChanged)
    def loaded(self) -> bool:
        """Whether the rows have been read."""
        return self._loaded

    @Property(str, notify=filterChanged)
    def filter(self) -> str:
        """all, waiting, needs_you or sent."""
        return self._filter

    @Property(int, notify=countsChanged)
    def total(self) -> int:
        """Rows in all."""
        return self._items.count_of("all")

    @Property(int, notify=countsChanged)
    def waiting(self) -> int:
        """Rows that have not gone, drafts included."""
        return self._items.count_of("waiting")

    @Property(int, notify=countsChanged)
    def needsYou(self) -> int:
        """Rows that wait for a person."""
        return self._items.count_of("needs_you")

    @Property(int, notify=countsChanged)
    def sent(self) -> int:
        """Rows that central has, files and all."""
        return self._items.count_of("sent")

    @Property(str, notify=selectedChanged)
    def selected(self) -> str:
        """The id of the row whose details are open, or ""."""
        return self._selected

    @Property(str, notify=selectedChanged)
    def asked(self) -> str:
        """What became of "send now" since that row was opened, or ""."""
        return self._asked

    @Property(PhotoWayModel, constant=True)
    def photos(self) -> PhotoWayModel:
        """The photos of that row, each with what its files wait for."""
        return self._photos

    @Slot(str)
    def choose(self, name: str) -> None:
        """Filter."""
        if name in FILTERS and name != self._filter:
            self._filter = name
            self._items.choose(name)
            self.filterChanged.emit()

    @Slot(str)
    def select(self, record_id: str) -> None:
        """Open the details of a row; "" closes them."""
        if record_id != self._selected:
            self._selected, self._asked = record_id, ""
            self._take_photos([])
            self._read_photos()
            self.selectedChanged.emit()

    @Slot()
    def lookAtDrafts(self) -> None:
        """Nobody tells of drafts that are typed or put aside: read them anew, after what is being kept."""
        if self._loaded:
            known = self._items.drafts()
            self._writer.submit(
                lambda desk: read_some(desk, known | draft_ids(desk)), self._on_some, self._on_failed
            )

    @Slot()
    def sendNow(self) -> None:
        """Send what is pending now, whatever the rules say."""
        self._link.send_now()
        self._asked = self._words.send_asked()
        self.selectedChanged.emit()
        self.sendAsked.emit(self._asked)

    @Slot(str)
    def takeBack(self, record_id: str) -> None:
        """Take a record back: a draft again while nothing of it has gone, withdrawn afterwards."""
        self._writer.submit(
            lambda desk: undo(desk, record_id), lambda how: self._on_undone(record_id, how), self._on_failed
        )

    @Slot(str)
    def tryAgain(self, record_id: str) -> None:
        """Offer a refused record and its files once more."""
        self._writer.submit(lambda desk: try_again(desk, record_id), self._on_retried, self._on_failed)

    @Slot(str)
    def correct(self, record_id: str) -> None:
        """Open a refused report anew, as a draft of the same words and photos."""
        self._writer.submit(
            lambda desk: correct_report(desk, record_id), self.corrected.emit, self._on_failed
        )

    @Slot(str, result=float)
    def progressOf(self, record_id: str) -> float:
        """How much of a row central has, 0 to 1."""
        row = self._items.row(record_id)
        return 0.0 if row is None else self._progress(row)

    @Slot(str, str, result=str)
    def detail(self, record_id: str, name: str) -> str:
        """One fact of a row by name: title, status, shortId, hash, receipt, made, officer, note, …"""
        row = self._items.row(record_id)
        return "" if row is None else self._words.detail(row, name)

    def _text(self, row: OutboxRow, role: OutboxRole) -> Any:
        match role:
            case OutboxRole.RECORD_ID:
                return row.record_id
            case OutboxRole.STATUS:
                return self._words.status(row)
            case OutboxRole.TITLE:
                return self._words.title(row)
            case OutboxRole.SUBTITLE:
                return self._words.subtitle(row)
            case OutboxRole.REASON:
                return self._words.reason(row)
            case OutboxRole.NEXT_STEP:
                return self._words.next_step(row)
            case OutboxRole.THUMBNAIL:
                return QUrl.fromLocalFile(row.thumbnail).toString() if row.thumbnail else ""
            case OutboxRole.PHOTOS:
                return row.photos
            case OutboxRole.PROGRESS:
                return self._progress(row)
            case OutboxRole.WITHDRAWN:
                return row.withdrawn

    def _progress(self, row: OutboxRow) -> float:
        if row.state is ItemState.SENT:
            return 1.0
        if row.total_bytes <= 0:
            return 0.0
        live = sum(self._live.get(row.record_id, {}).values())
        return float(min(1.0, max(row.sent_bytes, live) / row.total_bytes))

    def _load(self) -> None:
        self._reader.submit(_rows_and_zone, self._on_rows, self._on_failed)

    def _on_rows(self, answer: tuple[list[OutboxRow], str]) -> None:
        rows, self._words.zone = answer
        self._items.load(rows)
        self._loaded = True
        self.loadedChanged.emit()
        self.countsChanged.emit()

    def _on_some(self, rows: dict[str, OutboxRow | None]) -> None:
        self._items.change(rows)
        for record_id in rows:
            self._live.pop(record_id, None)
        self.countsChanged.emit()
        if self._selected in rows:
            self._read_photos()
            self.selectedChanged.emit()

    def _read_photos(self) -> None:
        record_id = self._selected
        if record_id:
            self._reader.submit(
                lambda desk: read_photos(desk, record_id),
                lambda photos: self._take_photos(photos) if record_id == self._selected else None,
                self._on_failed,
            )

    def _take_photos(self, photos: list[PhotoOnItsWay]) -> None:
        self._seen_photos = photos
        self._show_photos()

    def _show_photos(self) -> None:
        row = self._items.row(self._selected)
        if row is None:
            self._photos.show([])
            return
        live = self._live.get(self._selected, {})
        self._photos.show_photos(
            self._seen_photos,
            lambda upload: self._words.file(upload, row, live.get(upload.file.sha256, 0.0)),
            self._file_status,
        )

    def _file_status(self, upload: Upload) -> str:
        idle = upload.state is ItemState.SENDING and not self._link.state.busy
        return (ItemState.WAITING if idle else upload.state).value

    def _on_undone(self, record_id: str, how: Undone) -> None:
        self._events.recordsChanged.emit(frozenset({record_id}))
        self._link.nudge()
        self.undone.emit(record_id, how.value)

    def _on_retried(self, record_id: str) -> None:
        self._events.recordsChanged.emit(frozenset({record_id}))
        self._link.nudge()
        self.retried.emit(record_id)

    def _on_failed(self, error: FieldError) -> None:
        self.failed.emit(error.code, self._wording.say(error))

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self.select("")
        self._items.clear()
        self._words.forget()
        self._loaded = False
        self.loadedChanged.emit()
        self.countsChanged.emit()

    @Slot(object)
    def _on_records(self, ids: frozenset[str]) -> None:
        if self._loaded:
            ids = ids | self._items.settled_by_others()  # one of these may have been taken back
            self._reader.submit(lambda desk: read_some(desk, ids), self._on_some, self._on_failed)

    @Slot(str, str, float, float)
    def _on_progress(self, record_id: str, sha256: str, sent: float, _total: float) -> None:
        row = self._items.row(record_id)
        if row is not None:
            self._live.setdefault(record_id, {})[sha256] = sent
            self._items.retell_one(record_id)
            if record_id == self._selected:
                self._show_photos()
                self.selectedChanged.emit()

    @Slot(object)
    def _on_state(self, _state: object) -> None:
        self._retell()

    @Slot(str)
    def _on_language(self, _language: str) -> None:
        self._retell()

    def _retell(self) -> None:
        self._words.forget()
        self._items.retell()
        self._show_photos()
        self.selectedChanged.emit()


def _rows_and_zone(desk: Any) -> tuple[list[OutboxRow], str]:
    identity = desk.work.meta.identity()
    return read_rows(desk), identity.city.zone if identity else "UTC"
