"""Messages: the conversations that concern the officer, and the one that is open."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.messages import (
    Conversation,
    Message,
    conversations,
    mark_read,
    read_messages,
    send_message,
)
from fieldapp.capture.report import SavedRecord
from fieldapp.services.events import DeskEvents
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.errors import FieldError
from sync.messages import sentence
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 60
_TABLES = frozenset({"city_case", "case_act", "officer"})


class ConversationRow(msgspec.Struct, frozen=True):
    """A line of the list."""

    case_id: str
    short_id: str
    title: str
    last: str
    when: str
    unread: int


class MessageRow(msgspec.Struct, frozen=True):
    """A bubble. ``status``: waiting, sending, sent or needs_you for own ones, "" for others'."""

    act_id: str
    mine: bool
    officer: str
    note: str
    when: str
    status: str
    reason: str
    read_by: str


@QmlElement
@QmlUncreatable("made by MessagesViewModel")
class ConversationListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ConversationRow``, unread ones first."""

    names = ("case_id", "short_id", "title", "last", "when", "unread")
    key = ("case_id",)


@QmlElement
@QmlUncreatable("made by MessagesViewModel")
class MessageListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``MessageRow``, oldest first."""

    names = ("act_id", "mine", "officer", "note", "when", "status", "reason", "read_by")
    key = ("act_id",)


@QmlElement
@QmlUncreatable("made by the app")
class MessagesViewModel(QObject):  # type: ignore[operator]
    """What is being written is kept per case until it is sent; opening a conversation says it was read."""

    listChanged = Signal()
    selectionChanged = Signal()
    textChanged = Signal()
    sent = Signal(str)
    """An act's id: the message is durable."""
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._reader, self._events = writer, reader, events
        self._language, self._zone = "zh", "UTC"
        self._at_desk = self._shown = self._busy = self._loaded = False
        self._selected = ""
        self._ticket = self._thread_ticket = 0
        self._texts: dict[str, str] = {}
        self._lines: tuple[Conversation, ...] = ()
        self._thread: tuple[Message, ...] = ()
        self._items = ConversationListModel(self)
        self._messages = MessageListModel(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._load)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.recordsChanged.connect(lambda _ids: self._again())
        events.languageChanged.connect(self._on_language)

    @Property(ConversationListModel, constant=True)
    def items(self) -> ConversationListModel:
        """The conversations."""
        return self._items

    @Property(MessageListModel, constant=True)
    def messages(self) -> MessageListModel:
        """The one that is open."""
        return self._messages

    @Property(bool, notify=listChanged)
    def loaded(self) -> bool:
        """Whether the list is there."""
        return self._loaded

    @Property(int, notify=listChanged)
    def unread(self) -> int:
        """Messages that nobody has read here."""
        return sum(line.unread for line in self._lines)

    @Property(str, notify=selectionChanged)
    def selected(self) -> str:
        """The case whose messages are open, "" for none."""
        return self._selected

    @Property(str, notify=listChanged)
    def title(self) -> str:
        """Its class."""
        line = next((line for line in self._lines if line.case_id == self._selected), None)
        return "" if line is None else line.class_en if self._language == "en" else line.class_zh

    @Property(str, notify=textChanged)
    def text(self) -> str:
        """What is being written there."""
        return self._texts.get(self._selected, "")

    @Property(bool, notify=textChanged)
    def canSend(self) -> bool:
        """Whether there is something to send."""
        return bool(self._selected and self._texts.get(self._selected, "").strip()) and not self._busy

    @Slot(bool)
    def show(self, shown: bool) -> None:
        """The page is in front, or not: only what is seen has been read."""
        self._shown = shown
        self._tell_read()

    @Slot(str)
    def open(self, case_id: str) -> None:
        """Open a case's messages, or none."""
        if case_id != self._selected:
            self._selected, self._thread = case_id, ()
            self._show_thread()
            self.selectionChanged.emit()
            self.listChanged.emit()
            self.textChanged.emit()
        self._read()

    @Slot(str)
    def write(self, text: str) -> None:
        """The message as far as it is written."""
        if self._selected and text != self._texts.get(self._selected, ""):
            self._texts[self._selected] = text
            self.textChanged.emit()

    @Slot()
    def send(self) -> None:
        """Send it. Asked twice, it is sent once."""
        case_id, text = self._selected, self._texts.get(self._selected, "")
        if self._busy or not case_id or not text.strip():
            return
        self._busy = True
        self.textChanged.emit()
        self._writer.submit(
            lambda desk: send_message(desk, case_id, text.strip()),
            lambda saved: self._on_sent(case_id, text, saved),
            self._on_failed,
        )

    def _on_sent(self, case_id: str, text: str, saved: SavedRecord) -> None:
        self._busy = False
        if self._texts.get(case_id) == text:
            self._texts.pop(case_id)
        self.textChanged.emit()
        self._events.recordsChanged.emit(frozenset({saved.record_id}))
        self._events.nudge.emit()
        self.sent.emit(saved.record_id)

    def _on_failed(self, error: FieldError) -> None:
        self._busy = False
        self.textChanged.emit()
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    def _tell_read(self) -> None:
        line = next((line for line in self._lines if line.case_id == self._selected), None)
        if not self._shown or line is None or not line.unread:
            return
        case_id = self._selected

        def told(saved: SavedRecord | None) -> None:
            if saved is not None:
                self._events.recordsChanged.emit(frozenset({saved.record_id}))
                self._events.nudge.emit()

        self._writer.submit(lambda desk: mark_read(desk, case_id), told)

    def _load(self) -> None:
        if not self._at_desk:
            return
        self._ticket += 1
        ticket = self._ticket

        def job(desk: Desk) -> tuple[tuple[Conversation, ...], str]:
            return conversations(desk), str(city_zone(desk))

        def take(found: tuple[tuple[Conversation, ...], str]) -> None:
            if ticket == self._ticket:
                self._lines, self._zone = found
                self._loaded = True
                self._show_list()
                self._tell_read()

        self._reader.submit(job, take)

    def _read(self) -> None:
        self._thread_ticket += 1
        ticket, case_id = self._thread_ticket, self._selected
        if not case_id:
            return

        def take(found: tuple[Message, ...]) -> None:
            if ticket == self._thread_ticket:
                self._thread = found
                self._show_thread()
                self._tell_read()

        self._reader.submit(lambda desk: read_messages(desk, case_id), take)

    def _show_list(self) -> None:
        zone = zone_of(self._zone)
        self._items.show(
            [
                ConversationRow(
                    line.case_id,
                    line.short_id,
                    line.class_en if self._language == "en" else line.class_zh,
                    f"{line.last_officer}：{' '.join(line.last_note.split())}",
                    moment_text(line.last_at, zone),
                    line.unread,
                )
                for line in self._lines
            ]
        )
        self.listChanged.emit()

    def _show_thread(self) -> None:
        zone = zone_of(self._zone)
        self._messages.show(
            [
                MessageRow(
                    one.act_id,
                    one.mine,
                    one.officer,
                    one.note,
                    moment_text(one.done_at, zone),
                    (one.state or ItemState.SENT).value if one.mine else "",
                    sentence(one.code, {}, self._language) if one.code else "",
                    "、".join(one.read_by),
                )
                for one in self._thread
            ]
        )

    def _again(self) -> None:
        if self._at_desk:
            self._timer.start()
            self._read()

    def _on_opened(self, _card: object) -> None:
        self._at_desk = True
        self._load()

    def _on_closed(self) -> None:
        self._timer.stop()
        self._ticket += 1
        self._thread_ticket += 1
        self._at_desk = self._busy = self._loaded = False
        self._selected = ""
        self._texts.clear()
        self._lines, self._thread = (), ()
        self._show_list()
        self._show_thread()
        self.selectionChanged.emit()
        self.textChanged.emit()

    def _on_tables(self, names: frozenset[str]) -> None:
        if names & _TABLES:
            self._again()

    def _on_language(self, language: str) -> None:
        self._language = language
        self._show_list()
        self._show_thread()
