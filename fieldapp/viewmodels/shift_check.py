"""The check at the start of a shift: asked once after signing in, shown thing by thing, kept as a record.

signed in → due? → (a moment for the first position) → looked at → sheet → begun or skipped → record
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.shift_check import Outside, is_due, keep_check, look_at_tablet
from fieldapp.geo.quality import FixQuality
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE
from sync.contract.shift import Fitness, ShiftFinding, worst
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 3_000
"""What a receiver and the link are given to say something before anybody is asked."""


class ShiftRow(msgspec.Struct, frozen=True):
    """One thing that was looked at: how it was found, and what to do."""

    name: str
    fitness: str
    text: str
    advice: str


@QmlElement
@QmlUncreatable("made by ShiftCheckViewModel")
class ShiftRowModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ShiftRow``, always in the same order."""

    names = ("name", "fitness", "text", "advice")
    key = ("name",)


@QmlElement
@QmlUncreatable("made by the app")
class ShiftCheckViewModel(QObject):  # type: ignore[operator]
    """``asks`` says whether it comes up by itself; it can always be opened by hand."""

    changed = Signal()
    wanted = Signal()
    """The sheet should open."""
    kept = Signal()
    """The check is kept as a record."""
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        link_status: Callable[[], str],
        *,
        asks: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._reader = reader
        self._events = events
        self._position = position
        self._link_status = link_status
        self._asks = asks
        self._language = "zh"
        self._open = self._looking = False
        self._due = False
        self._findings: tuple[ShiftFinding, ...] = ()
        self._rows = ShiftRowModel(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._ask)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.languageChanged.connect(self._on_language)

    @Property(ShiftRowModel, constant=True)
    def rows(self) -> ShiftRowModel:
        """What was looked at."""
        return self._rows

    @Property(str, notify=changed)
    def worst(self) -> str:
        """ok, unknown, warn or fail; "" before anything was looked at."""
        return worst(self._findings).value if self._findings else ""

    @Property(int, notify=changed)
    def ill(self) -> int:
        """How many things want attention."""
        return sum(1 for one in self._findings if one.fitness in (Fitness.WARN, Fitness.FAIL))

    @Property(int, notify=changed)
    def unsure(self) -> int:
        """Of how many things nobody can say how they are."""
        return sum(1 for one in self._findings if one.fitness is Fitness.UNKNOWN)

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether it is being looked at right now."""
        return self._looking

    @Property(bool, notify=changed)
    def due(self) -> bool:
        """Whether this officer has not checked in this shift yet."""
        return self._due

    @Slot()
    def open(self) -> None:
        """The person wants to see it."""
        self._look()
        self.wanted.emit()

    @Slot()
    def again(self) -> None:
        """Look again."""
        self._look()

    @Slot()
    def accept(self) -> None:
        """Seen: the shift begins."""
        self._keep(skipped=False)

    @Slot()
    def skip(self) -> None:
        """Not now; not asked again in this shift."""
        if self._due:
            self._keep(skipped=True)

    def _look(self) -> None:
        if not self._open or self._looking:
            return
        self._set_looking(True)
        outside = self._outside()
        self._reader.submit(lambda desk: look_at_tablet(desk, outside), self._on_looked, self._on_failed)

    def _outside(self) -> Outside:
        place = self._position.current()
        quality = self._position.quality()
        known = place is not None and quality not in (FixQuality.MISSING, FixQuality.STALE)
        return Outside(
            quality.value,
            None if place is None else place.known_accuracy_m,
            self._position.problem,
            self._link_status(),
            place if known and place is not None else NOWHERE,
        )

    def _keep(self, *, skipped: bool) -> None:
        if not self._open or not self._findings:
            return
        findings, place = self._findings, self._outside().place

        def done(_check_id: str) -> None:
            self._due = False
            self.changed.emit()
            self.kept.emit()
            self._events.nudge.emit()

        self._writer.submit(
            lambda desk: keep_check(desk, findings, place, skipped=skipped), done, self._on_failed
        )

    @Slot()
    def _ask(self) -> None:
        if self._open and self._due:
            self.open()

    def _on_looked(self, findings: tuple[ShiftFinding, ...]) -> None:
        self._set_looking(False)
        if self._open:
            self._findings = findings
            self._show()

    def _show(self) -> None:
        def say(code: str, one: ShiftFinding) -> str:
            return sentence(code, one.facts, self._language)

        self._rows.show(
            [
                ShiftRow(
                    one.name,
                    one.fitness.value,
                    say(one.code, one),
                    "" if one.fitness is Fitness.OK else say(f"{one.code}_advice", one),
                )
                for one in self._findings
            ]
        )
        self.changed.emit()

    def _set_looking(self, looking: bool) -> None:
        self._looking = looking
        self.changed.emit()

    def _on_failed(self, error: FieldError) -> None:
        self._set_looking(False)
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._open = True

        def job(desk: Desk) -> bool:
            return is_due(desk)

        self._reader.submit(job, self._on_due, self._on_failed)

    def _on_due(self, due: bool) -> None:
        self._due = due and self._open
        self.changed.emit()
        if self._due and self._asks:
            self._timer.start()

    @Slot()
    def _on_closed(self) -> None:
        self._open = self._due = self._looking = False
        self._timer.stop()
        self._findings = ()
        self._show()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show()
