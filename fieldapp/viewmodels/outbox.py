"""The outbox page: every record with its files, where it is on its way, and why it has not gone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.events import DeskEvents
from fieldapp.services.link import Link
from fieldapp.services.outbox_rows import OutboxRow, read_rows, read_some, try_again
from fieldapp.services.wording import Wording, moment_text, size_text
from fieldapp.services.words import act_word
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.outbox_list import FILTERS, OutboxListModel, OutboxRole
from sync.contract.errors import FieldError
from sync.contract.ids import short_id
from sync.replica.outbox import ItemState

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
    failed = Signal(str, str)

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
        self._filter = "all"
        self._selected = ""
        self._loaded = False
        self._zone = "UTC"
        self._live: dict[str, dict[str, float]] = {}
        self._items = OutboxListModel(self._text, self)
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
            self._selected = record_id
            self.selectedChanged.emit()

    @Slot(str)
    def tryAgain(self, record_id: str) -> None:
        """Offer a refused record and its files once more."""
        self._writer.submit(lambda desk: try_again(desk, record_id), self._on_retried, self._on_failed)

    @Slot(str, str, result=str)
    def detail(self, record_id: str, name: str) -> str:
        """One fact of a row by name: title, status, shortId, hash, receipt, made, officer, note, …"""
        row = self._items.row(record_id)
        return "" if row is None else self._detail(row, name)

    def _detail(self, row: OutboxRow, name: str) -> str:
        zone = zone_of(self._zone)
        match name:
            case "title":
                return self._title(row)
            case "status":
                return row.state.value
            case "shortId":
                return short_id(row.record_id)
            case "hash":
                return row.sha256
            case "receipt":
                return moment_text(row.received_at, zone)
            case "made":
                return moment_text(row.made_at, zone)
            case "tried":
                return moment_text(row.tried_at, zone)
            case "tries":
                return str(row.attempts) if row.attempts else ""
            case "officer":
                return row.officer
            case "note":
                return row.note
            case "kind":
                return row.kind
            case "caseId":
                return row.case_id
            case "files":
                sent = min(row.sent_bytes, row.total_bytes)
                return f"{size_text(sent)} / {size_text(row.total_bytes)}" if row.total_bytes else ""
            case "reason":
                return self._reason(row)
            case "next":
                return self._next_step(row)
            case _:
                return ""

    def _text(self, row: OutboxRow, role: OutboxRole) -> Any:
        match role:
            case OutboxRole.RECORD_ID:
                return row.record_id
            case OutboxRole.STATUS:
                return row.state.value
            case OutboxRole.TITLE:
                return self._title(row)
            case OutboxRole.SUBTITLE:
                return self._subtitle(row)
            case OutboxRole.REASON:
                return self._reason(row)
            case OutboxRole.NEXT_STEP:
                return self._next_step(row)
            case OutboxRole.THUMBNAIL:
                return QUrl.fromLocalFile(row.thumbnail).toString() if row.thumbnail else ""
            case OutboxRole.PHOTOS:
                return row.photos
            case OutboxRole.PROGRESS:
                return self._progress(row)
            case OutboxRole.WITHDRAWN:
                return row.withdrawn

    def _title(self, row: OutboxRow) -> str:
        name = row.class_en if self._wording.language == "en" else row.class_zh
        if row.kind == "report":
            return name or QCoreApplication.translate("Outbox", "未选择分类")
        return f"{act_word(row.kind)} · {name}" if name else act_word(row.kind)

    def _subtitle(self, row: OutboxRow) -> str:
        parts = [moment_text(row.made_at, zone_of(self._zone)), row.officer, row.plate]
        return " · ".join(part for part in parts if part)

    def _reason(self, row: OutboxRow) -> str:
        if row.state in {ItemState.SENT, ItemState.DRAFT}:
            return ""
        if row.code:
            return self._wording.say_code(row.code, dict(row.facts))
        state = self._link.state
        if row.state is ItemState.WAITING and state.status not in {"online", "starting"}:
            return self._wording.say_code(state.code, state.facts)
        return ""

    def _next_step(self, row: OutboxRow) -> str:
        translate = QCoreApplication.translate
        status = self._link.state.status
        match row.state:
            case ItemState.DRAFT:
                return translate("Outbox", "草稿只在本机，提交后才会发送")
            case ItemState.NEEDS_YOU:
                return translate("Outbox", "内容已保留。处理原因后请重试")
            case ItemState.SENDING:
                return translate("Outbox", "正在发送")
            case ItemState.SENT:
                return translate("Outbox", "服务器已签收记录和全部照片")
        match status:
            case "online" | "starting":
                return translate("Outbox", "即将自动发送")
            case "locked":
                return translate("Outbox", "登录后自动发送")
            case "paused":
                return translate("Outbox", "恢复发送后自动继续")
            case "needs_you":
                return translate("Outbox", "问题解决后自动发送")
            case _:
                return self._next_attempt()

    def _next_attempt(self) -> str:
        at = self._link.state.next_attempt
        if at is None:
            return QCoreApplication.translate("Outbox", "网络恢复后自动发送")
        text = QCoreApplication.translate("Outbox", "下次自动尝试 %1，网络恢复后立即发送")
        return text.replace("%1", moment_text(at, zone_of(self._zone)))

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
        rows, self._zone = answer
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
            self.selectedChanged.emit()

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
        self._loaded = False
        self.loadedChanged.emit()
        self.countsChanged.emit()

    @Slot(object)
    def _on_records(self, ids: frozenset[str]) -> None:
        if self._loaded:
            self._reader.submit(lambda desk: read_some(desk, ids), self._on_some, self._on_failed)

    @Slot(str, str, float, float)
    def _on_progress(self, record_id: str, sha256: str, sent: float, _total: float) -> None:
        row = self._items.row(record_id)
        if row is not None:
            self._live.setdefault(record_id, {})[sha256] = sent
            self._items.retell_one(record_id)

    @Slot(object)
    def _on_state(self, _state: object) -> None:
        self._items.retell()
        self.selectedChanged.emit()

    @Slot(str)
    def _on_language(self, _language: str) -> None:
        self._items.retell()
        self.selectedChanged.emit()


def _rows_and_zone(desk: Any) -> tuple[list[OutboxRow], str]:
    identity = desk.work.meta.identity()
    return read_rows(desk), identity.city.zone if identity else "UTC"
