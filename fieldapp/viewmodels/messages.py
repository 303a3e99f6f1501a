"""Messages: the conversations that concern the officer, and the one that is open."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.messages import (
    PAGE,
    Conversation,
    Thread,
    conversations,
    mark_read,
    read_thread,
    send_message,
)
from fieldapp.capture.report import SavedRecord
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.act_draft import ActDraftViewModel
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.message_rows import (
    ConversationListModel,
    MessageListModel,
    MessageRows,
    conversation_rows,
)
from fieldapp.viewmodels.voice import VoiceViewModel
from sync.clock import Clock
from sync.contract.errors import FieldError
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.messages import sentence
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 60
FETCH_BYTES = 2_000_000
"""A photo of others no larger than this comes by itself when its message is looked at."""
_Listed = tuple[tuple[Conversation, ...], str, DataFolder]
_NO_THREAD = Thread((), earlier=False)
_TABLES = frozenset({"city_case", "case_act", "officer"})


@QmlElement
@QmlUncreatable("made by the app")
class MessagesViewModel(QObject):  # type: ignore[operator]
    """What is being written is kept per case until it is sent; opening a conversation says it was read."""

    listChanged = Signal()
    selectionChanged = Signal()
    textChanged = Signal()
    threadChanged = Signal()
    photoReady = Signal(str)
    """The address of a photo of others that was asked for to be seen large."""
    sent = Signal(str)
    """An act's id: the message is durable."""
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._events, self._clock = writer, events, clock
        self._language, self._zone = "zh", "UTC"
        self._at_desk = self._shown = self._busy = self._loaded = False
        self._selected = ""
        self._list, self._one = LatestAnswer(reader), LatestAnswer(reader)
        self._texts: dict[str, str] = {}
        self._lines: tuple[Conversation, ...] = ()
        self._thread = _NO_THREAD
        self._limit = PAGE
        self._asked: set[str] = set()
        self._not_had: dict[str, str] = {}
        self._to_open = self._to_play = ""
        self._items = ConversationListModel(self)
        self._messages = MessageListModel(self)
        self._rows = MessageRows()
        self._draft = ActDraftViewModel(writer, position, camera, darkroom, clock, self._say, self)
        self._draft.changed.connect(self._on_draft)
        self._draft.photosChanged.connect(self.textChanged)
        self._draft.failed.connect(self.failed)
        self._voice = VoiceViewModel(self, say=lambda code: sentence(code, {}, self._language))
        self._voice.recorded.connect(self._draft.keep_voice)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._load)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.recordsChanged.connect(lambda _ids: self._again())
        events.languageChanged.connect(self._on_language)
        events.fetched.connect(self._on_fetched)

    @Property(ConversationListModel, constant=True)
    def items(self) -> ConversationListModel:
        """The conversations."""
        return self._items

    @Property(MessageListModel, constant=True)
    def messages(self) -> MessageListModel:
        """The one that is open."""
        return self._messages

    @Property(ActDraftViewModel, constant=True)
    def draft(self) -> ActDraftViewModel:
        """What goes along with the next message: photos, voice notes."""
        return self._draft

    @Property(VoiceViewModel, constant=True)
    def voice(self) -> VoiceViewModel:
        """Recording and playing."""
        return self._voice

    @Property(bool, notify=threadChanged)
    def earlier(self) -> bool:
        """Whether there are earlier messages than those shown."""
        return self._thread.earlier

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
        """Its class, also where nothing was said on it yet."""
        named = next((line for line in self._lines if line.case_id == self._selected), None) or self._thread
        return named.class_en if self._language == "en" else named.class_zh

    @Property(str, notify=selectionChanged)
    def number(self) -> str:
        """Its short number."""
        return short_id(self._selected) if self._selected else ""

    @Property(str, notify=listChanged)
    def place(self) -> str:
        """Where it is."""
        line = next((line for line in self._lines if line.case_id == self._selected), None)
        return "" if line is None else line.address

    @Property(str, notify=textChanged)
    def text(self) -> str:
        """What is being written there."""
        return self._texts.get(self._selected, "")

    @Property(bool, notify=textChanged)
    def canSend(self) -> bool:
        """Whether there is something to send."""
        attached = self._drafted and self._draft.attached > 0
        said = self._texts.get(self._selected, "").strip()
        return bool(self._selected and (said or attached)) and not self._busy and not self._draft.is_saving

    @property
    def _drafted(self) -> bool:
        return self._draft.is_of(self._selected)

    @Slot(bool)
    def show(self, shown: bool) -> None:
        """The page is in front, or not: only what is seen has been read."""
        self._shown = shown
        if not shown:
            self._voice.quiet()
            self._draft.flush()
        self._tell_read()
        self._ask_small()

    @Slot(str)
    def open(self, case_id: str) -> None:
        """Open a case's messages, or none."""
        if case_id != self._selected:
            self._voice.quiet()
            self._selected, self._thread, self._limit = case_id, _NO_THREAD, PAGE
            self._to_open = self._to_play = ""
            self._not_had.clear()
            self._asked.clear()
            if case_id:
                self._draft.open(case_id, ActKind.MESSAGE)
            else:
                self._draft.close()
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
            if self._drafted:
                self._draft.edit(text)
            self.textChanged.emit()

    @Slot()
    def showEarlier(self) -> None:
        """Read further back."""
        if self._thread.earlier:
            self._limit += PAGE
            self._read()

    @Slot(str)
    def askLarge(self, sha256: str) -> None:
        """A photo of others is to be seen large; ``photoReady`` follows when it is here."""
        self._to_open = sha256
        self._fetch(sha256)

    @Slot(str)
    def askVoice(self, sha256: str) -> None:
        """A voice note of others is to be heard; it plays when it is here."""
        self._to_play = sha256
        self._fetch(sha256)

    @Slot()
    def send(self) -> None:
        """Send it. Asked twice, it is sent once."""
        case_id, text = self._selected, self._texts.get(self._selected, "")
        if not self.canSend:
            return
        begun = self._draft.begin_submit() if self._drafted else None
        draft_id = begun[0].draft_id if begun else ""
        self._busy = True
        self.textChanged.emit()
        self._writer.submit(
            lambda desk: send_message(desk, case_id, text.strip(), draft_id),
            lambda saved: self._on_sent(case_id, text, saved),
            self._on_failed,
        )

    def _on_sent(self, case_id: str, text: str, saved: SavedRecord) -> None:
        self._busy = False
        if self._texts.get(case_id) == text:
            self._texts.pop(case_id)
        self._draft.submitted(case_id, ActKind.MESSAGE)
        if case_id == self._selected:
            self._draft.open(case_id, ActKind.MESSAGE)
        self.textChanged.emit()
        self._events.recordsChanged.emit(frozenset({saved.record_id}))
        self._events.nudge.emit()
        self.sent.emit(saved.record_id)

    def _on_failed(self, error: FieldError) -> None:
        self._busy = False
        self._draft.submit_failed(error)
        self.textChanged.emit()
        self.failed.emit(error.code, self._say(error))

    def _say(self, error: FieldError) -> str:
        return sentence(error.code, error.facts, self._language)

    @Slot()
    def _on_draft(self) -> None:
        """The draft is here: what was written before a kill, or typed before it was, is in both."""
        if self._drafted and self._selected not in self._texts and self._draft.typed:
            self._texts[self._selected] = self._draft.typed
        elif self._drafted and self._texts.get(self._selected, "") != self._draft.typed:
            self._draft.edit(self._texts.get(self._selected, ""))
        self.textChanged.emit()

    def _fetch(self, sha256: str) -> None:
        if sha256:
            self._asked.add(sha256)
            self._not_had.pop(sha256, None)
            self._events.fetchWanted.emit(sha256)

    def _ask_small(self) -> None:
        """What is small comes by itself once it is looked at; what did not come is asked for by a touch."""
        if not self._shown:
            return
        for message in self._thread.messages:
            for photo in message.photos:
                if photo.wanted and photo.wanted_bytes <= FETCH_BYTES and photo.wanted not in self._asked:
                    self._fetch(photo.wanted)

    @Slot(str, str)
    def _on_fetched(self, sha256: str, code: str) -> None:
        if sha256 not in self._asked:
            return
        if code:
            self._not_had[sha256] = code
            self._show_thread()
        else:
            self._read()

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

    @Slot()
    def _load(self) -> None:
        if not self._at_desk:
            return

        def job(desk: Desk) -> _Listed:
            return conversations(desk), str(city_zone(desk)), desk.folder

        def take(found: _Listed) -> None:
            self._lines, self._zone, folder = found
            self._draft.settle(folder)
            self._loaded = True
            self._show_list()
            self._tell_read()

        self._list.ask(job, take)

    def _read(self) -> None:
        case_id, limit = self._selected, self._limit
        if not case_id:
            self._one.forget()
            return

        def take(found: Thread) -> None:
            self._thread = found
            self._show_thread()
            self.listChanged.emit()
            self._tell_read()
            self._ask_small()
            self._use_what_came()

        self._one.ask(lambda desk: read_thread(desk, case_id, limit), take)

    def _use_what_came(self) -> None:
        """Open or play what was waited for, now that it is here."""
        for message in self._thread.messages:
            for photo in message.photos:
                held = {file.sha256 for file in photo.photo.files}
                if self._to_open in held and photo.wanted_large != self._to_open and photo.large:
                    self._to_open = ""
                    self.photoReady.emit(QUrl.fromLocalFile(photo.large).toString())
            for voice in message.voices:
                if self._to_play and voice.sha256 == self._to_play and voice.path:
                    self._to_play = ""
                    self._voice.play(voice.path)

    def _show_list(self) -> None:
        zone, attached = zone_of(self._zone), self.tr("[照片或语音]")
        self._items.show(conversation_rows(self._lines, self._language, zone, attached))
        self.listChanged.emit()

    def _show_thread(self) -> None:
        zone = zone_of(self._zone)
        today = self._clock.now().astimezone(zone).date()
        self._messages.show(self._rows.of(self._thread.messages, self._language, zone, self._not_had, today))
        self.threadChanged.emit()

    def _again(self) -> None:
        if self._at_desk:
            self._timer.start()
            self._read()

    def flush(self) -> None:
        """Keep what is typed and spoken, while the desk is still open."""
        self._voice.quiet()
        self._draft.flush()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._at_desk = True
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self._list.forget()
        self._one.forget()
        self._at_desk = self._busy = self._loaded = False
        self._selected = ""
        self._texts.clear()
        self._lines, self._thread = (), _NO_THREAD
        self._voice.cancel()
        self._voice.quiet()
        self._draft.forget()
        self._show_list()
        self._show_thread()
        self.selectionChanged.emit()
        self.textChanged.emit()

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if names & _TABLES:
            self._asked -= self._not_had.keys()  # something came: what could not be had may come now, too
            self._not_had.clear()
            self._again()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._voice.changed.emit()
        self._show_list()
        self._show_thread()
