"""Online or not, what is pending and since when, and why it has not gone: the banner and the first fill."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.events import DeskEvents
from fieldapp.services.link import Link, LinkState
from fieldapp.services.outbox_rows import OutboxSummary, read_summary
from fieldapp.services.wording import Wording, age_text, moment_text, size_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_MS = 20_000
CALM = frozenset({"online", "starting"})


@QmlElement
@QmlUncreatable("made by the app")
class LinkViewModel(QObject):  # type: ignore[operator]
    """Figures come from the stores, the state from the daemon."""

    changed = Signal()
    fillChanged = Signal()

    def __init__(
        self,
        link: Link,
        reader: ReplicaWorker,
        events: DeskEvents,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._reader = reader
        self._wording = wording
        self._state: LinkState = link.state
        self._summary = OutboxSummary()
        self._open = False
        self._asked = False
        self._fill = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        link.stateChanged.connect(self._on_state)
        link.filled.connect(self._on_filled)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.recordsChanged.connect(self.refresh)
        wording.changed.connect(self._on_language)

    @Property(str, notify=changed)
    def status(self) -> str:
        """online, offline, locked, paused, needs_you or starting."""
        return self._state.status

    @Property(bool, notify=changed)
    def online(self) -> bool:
        """Central answered the last time it was asked."""
        return self._state.status == "online"

    @Property(int, notify=changed)
    def pending(self) -> int:
        """Reports and acts that have not gone."""
        return self._summary.reports

    @Property(int, notify=changed)
    def photos(self) -> int:
        """Photos that have not gone."""
        return self._summary.photos

    @Property(str, notify=changed)
    def size(self) -> str:
        """Bytes that have not gone, for people."""
        return size_text(self._summary.bytes)

    @Property(str, notify=changed)
    def oldest(self) -> str:
        """How old the oldest pending thing is, or ""."""
        return self._oldest()

    @Property(int, notify=changed)
    def needsYou(self) -> int:
        """How many wait for a person."""
        return self._summary.needs_you

    @Property(bool, notify=changed)
    def anythingPending(self) -> bool:
        """Whether something has not gone."""
        return self._summary.anything

    @Property(str, notify=changed)
    def lastContact(self) -> str:
        """When central last answered, or ""."""
        return moment_text(self._state.last_contact, zone_of(self._summary.zone))

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why it does not go, in plain words; "" while it goes."""
        return self._reason()

    @Property(str, notify=changed)
    def pendingText(self) -> str:
        """What is pending, in one line; "" when nothing is."""
        return self._pending()

    @Property(bool, notify=changed)
    def bannerShown(self) -> bool:
        """The banner stays while the person should know something."""
        busy = self._summary.anything or self._summary.needs_you > 0
        return self._open and (self._state.status not in CALM or busy)

    @Property(str, notify=changed)
    def bannerKind(self) -> str:
        """A kind of FaBanner."""
        status = self._state.status
        if status in {"needs_you", "locked"} or (status in CALM and self._summary.needs_you > 0):
            return "warning"
        return "info" if status in CALM else "offline"

    @Property(str, notify=changed)
    def bannerTitle(self) -> str:
        """The state in a few words."""
        translate = QCoreApplication.translate
        match self._state.status:
            case "offline":
                since = moment_text(self._state.last_contact, zone_of(self._summary.zone))
                if not since:
                    return translate("Link", "离线")
                return translate("Link", "离线，自 %1 起联系不上服务器").replace("%1", since)
            case "locked":
                return translate("Link", "发送服务等待解锁")
            case "paused":
                return translate("Link", "发送已暂停")
            case "needs_you":
                return translate("Link", "发送需要处理")
        needs_you = self._summary.needs_you
        if needs_you:
            return self.tr("%n 条记录需要处理", "", needs_you)
        return translate("Link", "正在发送") if self._summary.anything else ""

    @Property(str, notify=changed)
    def bannerText(self) -> str:
        """What is pending, and why it has not gone when that is not plain from the title."""
        translate = QCoreApplication.translate
        if self._state.status == "offline":
            if not self._summary.anything:
                return translate("Link", "没有待发送的内容，可以照常工作")
            return translate("Link", "待发送：%1").replace("%1", self._pending())
        reason = "" if self._state.status in CALM else self._reason()
        return reason or self._pending()

    @Property(bool, notify=changed)
    def asksToDelete(self) -> bool:
        """Central wants most of a table gone: nothing is deleted until a person agrees."""
        return self._state.code == "mass_delete"

    @Property(float, notify=fillChanged)
    def fillValue(self) -> float:
        """How far the first fill is, 0 to 1."""
        done, total = self._fill
        return done / total if total else 0.0

    @Property(str, notify=fillChanged)
    def fillText(self) -> str:
        """The same in figures."""
        done, total = self._fill
        return f"{size_text(done)} / {size_text(total)}" if total else ""

    @Slot()
    def agree(self) -> None:
        """The person agrees to the deletions."""
        self._link.agree()

    @Slot()
    def refresh(self) -> None:
        """Read the figures again; asked often, read once."""
        if self._open and not self._asked:
            self._asked = True
            self._reader.submit(read_summary, self._on_summary, self._on_summary_failed)

    def _reason(self) -> str:
        return self._wording.say_code(self._state.code, self._state.facts)

    def _oldest(self) -> str:
        oldest = self._summary.oldest
        return "" if oldest is None else age_text((datetime.now(UTC) - oldest).total_seconds())

    def _pending(self) -> str:
        summary, translate = self._summary, QCoreApplication.translate
        if not summary.anything:
            return ""
        parts = []
        if summary.reports:
            parts.append(self.tr("%n 条记录", "", summary.reports))
        if summary.photos:
            parts.append(self.tr("%n 张照片", "", summary.photos))
        text = translate("Link", "、").join([*parts, *([size_text(summary.bytes)] if summary.bytes else [])])
        oldest = self._oldest()
        return text + translate("Link", "，最早的已等待：%1").replace("%1", oldest) if oldest else text

    def _on_summary(self, summary: OutboxSummary) -> None:
        self._asked = False
        self._summary = summary
        self.changed.emit()

    def _on_summary_failed(self, _error: object) -> None:
        self._asked = False

    @Slot(object)
    def _on_state(self, state: LinkState) -> None:
        self._state = state
        self.changed.emit()
        self.refresh()

    @Slot(float, float)
    def _on_filled(self, done: float, total: float) -> None:
        self._fill = (done, total)
        self.fillChanged.emit()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._open = True
        self._timer.start()
        self.refresh()
        self.changed.emit()

    @Slot()
    def _on_closed(self) -> None:
        self._open = False
        self._asked = False
        self._timer.stop()
        self.changed.emit()

    @Slot(str)
    def _on_language(self, _language: str) -> None:
        self.changed.emit()
        self.fillChanged.emit()
