"""What can be chosen on this tablet, and what is to be known about it: data, room, version."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

import fieldapp
from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import room_now
from fieldapp.capture.room import Room
from fieldapp.services.background import Background
from fieldapp.services.events import DeskEvents
from fieldapp.services.notices_text import plain_notices
from fieldapp.services.position_serial import serial_ports
from fieldapp.services.settings_store import IDLE_CHOICES, SettingsStore
from fieldapp.services.wording import Wording, age_text, size_text
from fieldapp.services.worker import ReplicaWorker
from sync.contract.tables import Stream
from sync.replica.fetched import Held, forget_fetched, held_files
from sync.resources import resource

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

THEMES = ("day", "sunlight", "night")
REFRESH_MS = 30_000
FRESH_S, AGING_S = 24 * 3600.0, 72 * 3600.0


class Holdings(msgspec.Struct, frozen=True):
    """What the tablet holds."""

    counts: dict[str, int]
    as_of: datetime | None
    room: Room
    fetched: Held
    device_id: str
    server: str
    city_zh: str
    city_en: str


@QmlElement
@QmlUncreatable("made by the app")
class SettingsViewModel(QObject):  # type: ignore[operator]
    """Choices take effect at once and are kept."""

    changed = Signal()
    holdingsChanged = Signal()
    licencesChanged = Signal()
    positionSourceChosen = Signal(str)
    portsChanged = Signal()
    idleChosen = Signal(int)

    def __init__(
        self,
        store: SettingsStore,
        reader: ReplicaWorker,
        events: DeskEvents,
        wording: Wording,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._wording = wording
        self._background = background
        self._open = False
        self._holdings: Holdings | None = None
        self._licences = ""
        self._position_problem = ""
        self._ports: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self.refresh)
        wording.changed.connect(self._on_language)

    @Property(str, notify=changed)
    def language(self) -> str:
        """zh or en."""
        return self._store.current.language

    @Property(str, notify=changed)
    def theme(self) -> str:
        """day, sunlight or night."""
        return self._store.current.theme

    @Property(float, notify=changed)
    def textScale(self) -> float:
        """1.0 to 2.0."""
        return self._store.current.text_scale

    @Property(int, notify=changed)
    def idleMinutes(self) -> int:
        """Minutes without input until the screen locks."""
        return self._store.current.idle_minutes

    @Property(str, notify=changed)
    def positionSource(self) -> str:
        """Where positions come from; "" is the device's own."""
        return self._store.current.position_source

    @Property(str, notify=changed)
    def positionProblem(self) -> str:
        """What keeps positions from coming, in plain words, or ""."""
        return self._wording.say_code(self._position_problem)

    @Property(bool, notify=changed)
    def sounds(self) -> bool:
        """Whether saved and failed are heard."""
        return self._store.current.sounds

    @Property(str, notify=holdingsChanged)
    def dataAge(self) -> str:
        """How old the city's data is, or ""."""
        seconds = self._age_s()
        return "" if seconds is None else age_text(seconds)

    @Property(str, notify=holdingsChanged)
    def dataLevel(self) -> str:
        """fresh, aging, stale or unknown."""
        seconds = self._age_s()
        if seconds is None:
            return "unknown"
        return "fresh" if seconds < FRESH_S else "aging" if seconds < AGING_S else "stale"

    @Property(str, notify=holdingsChanged)
    def city(self) -> str:
        """The city's name."""
        held = self._holdings
        return "" if held is None else held.city_en if self._store.current.language == "en" else held.city_zh

    @Property(str, notify=holdingsChanged)
    def server(self) -> str:
        """Central's address."""
        return "" if self._holdings is None else self._holdings.server

    @Property(str, notify=holdingsChanged)
    def device(self) -> str:
        """The short end of the device's id."""
        return "" if self._holdings is None else self._holdings.device_id[-8:].upper()

    @Property(str, notify=holdingsChanged)
    def countsText(self) -> str:
        """How much city data there is, in one line."""
        if self._holdings is None:
            return ""
        counts = self._holdings.counts
        text = QCoreApplication.translate("Settings", "许可 %1 · 企业 %2 · 工地 %3 · 网格 %4")
        for mark, table in (("%1", "permit"), ("%2", "company"), ("%3", "site"), ("%4", "grid_cell")):
            text = text.replace(mark, f"{counts.get(table, 0):,}")
        return text

    @Property(str, notify=holdingsChanged)
    def roomText(self) -> str:
        """Room left, counted in photos."""
        if self._holdings is None:
            return ""
        photos = min(self._holdings.room.photos, 99_999)
        text = QCoreApplication.translate("Settings", "剩余 %1，约可再存 %2 张照片")
        return text.replace("%1", size_text(self._holdings.room.free_bytes)).replace("%2", f"{photos:,}")

    @Property(str, notify=holdingsChanged)
    def fetchedText(self) -> str:
        """How much of others' photos and voice notes is kept here; "" for nothing."""
        if self._holdings is None or not self._holdings.fetched.files:
            return ""
        text = QCoreApplication.translate("Settings", "%1 个文件，%2，可随时重新取")
        held = self._holdings.fetched
        return text.replace("%1", f"{held.files:,}").replace("%2", size_text(held.bytes))

    @Slot()
    def forgetFetched(self) -> None:
        """Let others' photos and voice notes go; own ones stay."""

        def job(desk: Desk) -> Holdings:
            forget_fetched(desk.folder)
            return read_holdings(desk)

        self._reader.submit(job, self._on_holdings)

    @Property(str, constant=True)
    def version(self) -> str:
        """The app's version."""
        return fieldapp.__version__

    @Property(str, notify=licencesChanged)
    def licences(self) -> str:
        """Third-party notices, once asked for."""
        return self._licences

    @Slot(str)
    def chooseLanguage(self, language: str) -> None:
        """Speak another language, everywhere, now."""
        if language in ("zh", "en") and language != self._store.current.language:
            self._store.change(language=language)
            self._wording.choose(language)

    @Slot(str)
    def chooseTheme(self, theme: str) -> None:
        """Another look."""
        if theme in THEMES:
            self._store.change(theme=theme)
            self.changed.emit()

    @Slot()
    def nextTheme(self) -> None:
        """Day, sunlight, night, and round again."""
        self.chooseTheme(THEMES[(THEMES.index(self._store.current.theme) + 1) % len(THEMES)])

    @Slot(float)
    def chooseTextScale(self, scale: float) -> None:
        """Larger or smaller text."""
        self._store.change(text_scale=round(scale, 2))
        self.changed.emit()

    @Slot(int)
    def chooseIdle(self, minutes: int) -> None:
        """Lock after so many minutes."""
        if minutes in IDLE_CHOICES:
            self._store.change(idle_minutes=minutes)
            self.changed.emit()
            self.idleChosen.emit(minutes)

    @Slot(str)
    def choosePositionSource(self, source: str) -> None:
        """Take positions from elsewhere."""
        if source.strip() != self._store.current.position_source:
            self._store.change(position_source=source.strip())
            self.changed.emit()
            self.positionSourceChosen.emit(source.strip())

    @Property(list, notify=portsChanged)
    def serialPorts(self) -> list[str]:
        """The serial ports that were found when they were last looked for."""
        return self._ports

    @Slot()
    def lookForPorts(self) -> None:
        """Look which serial ports there are."""
        self._ports = [path for path, _ in serial_ports()]
        self.portsChanged.emit()

    @Slot(bool)
    def chooseSounds(self, on: bool) -> None:
        """Sounds on or off."""
        self._store.change(sounds=on)
        self.changed.emit()

    @Slot()
    def refresh(self) -> None:
        """Read again what the tablet holds."""
        if self._open:
            self._reader.submit(read_holdings, self._on_holdings)

    @Slot()
    def readLicences(self) -> None:
        """Read the notices from their file."""
        if not self._licences:
            self._background.run(_licence_texts, self._on_licences, lambda _error: None)

    def tell_position_problem(self, code: str) -> None:
        """What the position source says of itself."""
        self._position_problem = code
        self.changed.emit()

    def _age_s(self) -> float | None:
        as_of = None if self._holdings is None else self._holdings.as_of
        return None if as_of is None else max(0.0, (datetime.now(UTC) - as_of).total_seconds())

    def _on_holdings(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self.holdingsChanged.emit()

    def _on_licences(self, text: str) -> None:
        self._licences = text
        self.licencesChanged.emit()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._open = True
        self._timer.start()
        self.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._open = False
        self._timer.stop()

    @Slot(str)
    def _on_language(self, _language: str) -> None:
        self.changed.emit()
        self.holdingsChanged.emit()


def read_holdings(desk: Desk) -> Holdings:
    """Counts, ages and room, read on a worker."""
    reference, work = desk.reference.cursor(), desk.work.meta.cursor(Stream.WORK)
    moved = [cursor.moved_at for cursor in (reference, work) if cursor is not None]
    identity = desk.work.meta.require_identity()
    return Holdings(
        counts={**desk.reference.counts(), **desk.work.city.counts()},
        as_of=min(moved) if len(moved) == 2 else None,
        room=room_now(desk),
        fetched=held_files(desk.folder),
        device_id=identity.device_id,
        server=identity.server,
        city_zh=identity.city.name_zh,
        city_en=identity.city.name_en,
    )


def _licence_texts() -> str:
    path = resource("docs", "third-party.md")
    return plain_notices(path.read_text(encoding="utf-8")) if path.exists() else ""
