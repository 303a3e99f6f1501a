"""How old the data is that look-ups rest on, told again as time passes and as new data comes."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup import age_of_data
from fieldapp.services.events import DeskEvents
from fieldapp.services.wording import age_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.verdict.record_facts import AgeLevel, DataAge

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

ASK_EVERY_MS = 30_000
UNKNOWN = DataAge(AgeLevel.UNKNOWN)


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class DataAgeViewModel(QObject):  # type: ignore[operator]
    """``level`` is fresh, aging, stale or unknown; ``text`` the age in one unit, "" when unknown."""

    changed = Signal()
    levelChanged = Signal()
    """The level is another, and no answer has said so yet."""

    def __init__(self, reader: ReplicaWorker, events: DeskEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._age = UNKNOWN
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self.ask)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self.ask)
        events.languageChanged.connect(self.changed)

    def show(self, age: DataAge) -> None:
        """Show an age that came with an answer."""
        if age != self._age:
            self._age = age
            self.changed.emit()

    @Slot()
    def ask(self) -> None:
        """Read the age again; the data is touched by pulls that change no row."""
        if self._timer.isActive():
            self._reader.submit(age_of_data, self._take)

    @Property(str, notify=changed)
    def level(self) -> str:
        """fresh, aging, stale or unknown."""
        return self._age.level.value

    @Property(str, notify=changed)
    def text(self) -> str:
        """The age in the person's language."""
        return "" if self._age.seconds is None else age_text(self._age.seconds)

    @Slot(object)
    def _on_opened(self, _officer: object) -> None:
        self._timer.start()
        self.ask()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self.show(UNKNOWN)

    def _take(self, age: DataAge) -> None:
        if not self._timer.isActive():
            return
        before = self._age.level
        self.show(age)
        if age.level is not before:
            self.levelChanged.emit()
