"""What runs short, in a banner before it hurts: room for photos, battery, the clock."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import room_now
from fieldapp.capture.room import Room
from fieldapp.capture.shortage import Shortage, Urgency, shortages
from fieldapp.services.events import DeskEvents
from fieldapp.services.link import Link
from fieldapp.services.wording import Wording
from fieldapp.services.worker import ReplicaWorker
from sync.contract.records import ClockState
from sync.replica.meta import clock_state

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_MS = 30_000
ICONS = {
    "shortage_room": "storage",
    "shortage_room_none": "storage",
    "shortage_battery": "battery",
    "shortage_clock": "clock",
}


class Measured(msgspec.Struct, frozen=True):
    """What was read at the desk."""

    room: Room
    clock: ClockState


@QmlElement
@QmlUncreatable("made by the app")
class ShortageViewModel(QObject):  # type: ignore[operator]
    """One banner for all of it. What was read and put away comes back when it gets worse."""

    changed = Signal()

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
        self._open = self._asked = False
        self._measured: Measured | None = None
        self._found: tuple[Shortage, ...] = ()
        self._put_away: dict[str, Urgency] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.recordsChanged.connect(self.refresh)
        link.stateChanged.connect(self._judge)
        wording.changed.connect(lambda _language: self.changed.emit())

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._told())

    @Property(str, notify=changed)
    def kind(self) -> str:
        """A kind of FaBanner."""
        return "danger" if self._worst() >= Urgency.NOW else "warning"

    @Property(str, notify=changed)
    def iconName(self) -> str:
        """The sign of what is most urgent."""
        told = self._told()
        return ICONS[told[0].code] if told else "warning"

    @Property(str, notify=changed)
    def text(self) -> str:
        """Everything that runs short, the most urgent first, a line each."""
        return "\n".join(self._wording.say_code(one.code, one.facts) for one in self._told())

    @Property(bool, notify=changed)
    def closable(self) -> bool:
        """Whether it may be put away; not while new photos cannot be saved."""
        return self._worst() < Urgency.TOO_LATE

    @Slot()
    def dismiss(self) -> None:
        """The person has read it: quiet until it gets worse."""
        for one in self._found:
            self._put_away[one.code] = max(one.urgency, self._put_away.get(one.code, one.urgency))
        self.changed.emit()

    @Slot()
    def refresh(self) -> None:
        """Look again; asked often, looked once."""
        if self._open and not self._asked:
            self._asked = True
            self._reader.submit(measure, self._on_measured, lambda _error: self._on_failed())

    def _told(self) -> list[Shortage]:
        return [one for one in self._found if one.urgency > self._put_away.get(one.code, 0)]

    def _worst(self) -> int:
        return max((one.urgency for one in self._told()), default=0)

    def _on_measured(self, measured: Measured) -> None:
        self._asked = False
        self._measured = measured
        self._judge()

    def _on_failed(self) -> None:
        self._asked = False

    @Slot(object)
    def _judge(self, *_state: object) -> None:
        if not self._open or self._measured is None:
            found: tuple[Shortage, ...] = ()
        else:
            battery = self._link.state.sending.battery
            found = shortages(self._measured.room, battery, self._measured.clock)
        for code in set(self._put_away) - {one.code for one in found}:
            del self._put_away[code]  # it was over: next time it is news again
        if found != self._found:
            self._found = found
            self.changed.emit()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._open, self._asked = True, False
        self._timer.start()
        self.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._open = False
        self._measured = None
        self._put_away.clear()
        self._timer.stop()
        self._judge()


def measure(desk: Desk) -> Measured:
    """Room and clock, read on a worker."""
    return Measured(room_now(desk), clock_state(desk.work.meta.clock_fix(), desk.clock))
