"""The verdict that is shown: asked with the truck, and again as time, place, load or data change; logged.

a truck is opened → judged with it → sound, one line in the log
the tablet moves, a window ends, a load is set → judged again → sound and log when the answer is another
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody
from fieldapp.capture.lookup_log import log_lookup
from fieldapp.capture.verdict_here import Judged, judge_here
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.fonts import printable
from fieldapp.viewmodels.lookup_conditions import ConditionsViewModel
from fieldapp.viewmodels.verdict_rows import CaseListModel, ReasonListModel, case_rows, reason_rows
from sync.contract.errors import FieldError
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

AGAIN_MS = 15_000
"""Windows end and data ages while a truck is looked at."""
MOVED_MS = 1_500
"""A receiver tells a place every second; a page that changes as often cannot be read."""
SETTLED_MS = 250
"""Steps come one after another; what is heard and logged is where they end."""
SHAPES = {"allowed": "ok", "not_allowed": "danger", "check": "warning"}
NOTE_REASONS = 3


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class VerdictViewModel(QObject):  # type: ignore[operator]
    """``answer`` is allowed, not_allowed, check or unknown; "" while no truck is shown."""

    changed = Signal()
    told = Signal(str)
    """A new answer on a truck: for the ear."""

    failed = Signal(str, str)
    """Code and sentence: the look-up could not be logged."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        conditions: ConditionsViewModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._events = writer, events
        self._conditions = conditions
        self._language = "zh"
        self._judged: Judged | None = None
        self._latest = LatestAnswer(reader)
        self._reasons = ReasonListModel(self)
        self._cases = CaseListModel(self)
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.again)
        self._moved = QTimer(self, singleShot=True, interval=MOVED_MS)
        self._moved.timeout.connect(self.again)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self.again)
        conditions.changed.connect(self._settling.start)
        conditions.placeChanged.connect(self._on_moved)
        events.languageChanged.connect(self._on_language)

    def judging(self) -> Callable[[Desk, str], Judged]:
        """What judges a plate at a desk, under the conditions of this moment."""
        now = self._conditions.now()
        return lambda desk, plate: judge_here(desk, plate, now)

    def show(self, judged: Judged) -> None:
        """A truck was opened, or asked about again, with this verdict."""
        self._latest.forget()
        before = self._judged
        fresh = before is None or before.plate != judged.plate
        self._take(judged, tell=fresh or (before is not None and before.answer != judged.answer))
        self._timer.start()

    def clear(self) -> None:
        """No truck is shown."""
        self._latest.forget()
        self._timer.stop()
        self._moved.stop()
        self._settling.stop()
        if self._judged is not None:
            self._judged = None
            self._reasons.show(())
            self._cases.show(())
            self.changed.emit()

    @Slot()
    def again(self) -> None:
        """Judge the truck that is shown once more."""
        if self._judged is None:
            return
        before, judging = self._judged, self.judging()
        self._latest.ask(
            lambda desk: judging(desk, before.plate),
            lambda judged: self._take(judged, tell=judged.answer != before.answer),
        )

    def violation(self) -> DraftBody | None:
        """What a report on this truck begins with, and the facts as they stand."""
        judged = self._judged
        if judged is None:
            return None
        strongest = [row.text for row in self._reasons.reasons() if row.tone in ("danger", "warning")]
        return DraftBody(
            class_code=judged.class_code,
            note="".join(strongest[:NOTE_REASONS]),
            place=judged.place,
            plate=judged.plate,
            facts=judged.frozen,
        )

    @Property(str, notify=changed)
    def answer(self) -> str:
        """allowed, not_allowed, check, unknown, or nothing."""
        return self._judged.answer if self._judged else ""

    @Property(str, notify=changed)
    def shape(self) -> str:
        """ok, danger, warning or unknown."""
        return shape_of(self._judged.answer if self._judged else "")

    @Property(str, notify=changed)
    def permitId(self) -> str:
        """The permit that allows it, "" where none does."""
        return self._judged.permit_id if self._judged else ""

    @Property(str, notify=changed)
    def why(self) -> str:
        """The strongest reason in words."""
        rows = self._reasons.reasons()
        return printable(rows[0].text) if rows else ""

    @Property(str, notify=changed)
    def moment(self) -> str:
        """When it was judged, by the tablet's clock, in the city's time."""
        judged = self._judged
        return f"{judged.at:%H:%M}" if judged else ""

    @Property(str, notify=changed)
    def clock(self) -> str:
        """trusted, unverified or doubtful."""
        return self._judged.clock if self._judged else "unverified"

    @Property(bool, notify=changed)
    def placed(self) -> bool:
        """Whether it was judged for a place."""
        return self._judged is not None and self._judged.place.lon is not None

    @Property(ReasonListModel, constant=True)
    def reasons(self) -> ReasonListModel:
        """Why, strongest first."""
        return self._reasons

    @Property(CaseListModel, constant=True)
    def cases(self) -> CaseListModel:
        """The truck's cases, newest first."""
        return self._cases

    def _take(self, judged: Judged, *, tell: bool) -> None:
        self._judged = judged
        self._word()
        self.changed.emit()
        if tell:
            self.told.emit(judged.answer)
            self._log(judged)

    def _log(self, judged: Judged) -> None:
        reasons = tuple(reason.code for reason in judged.reasons)

        def job(desk: Desk) -> str:
            return log_lookup(
                desk, judged.plate, judged.answer, place=judged.place, reasons=reasons, ages=judged.ages
            )

        self._writer.submit(job, lambda _id: self._events.nudge.emit(), self._on_not_logged)

    def _on_not_logged(self, error: FieldError) -> None:
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    def _word(self) -> None:
        judged = self._judged
        if judged is not None:
            self._reasons.show(reason_rows(judged.reasons, self._language))
            self._cases.show(case_rows(judged.cases, self._language, judged.at.tzinfo or UTC))

    @Slot()
    def _on_moved(self) -> None:
        if self._judged is not None and not self._moved.isActive():
            self._moved.start()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._word()
        self.changed.emit()


def shape_of(answer: str) -> str:
    """The shape an answer is shown in: ok, danger, warning or unknown."""
    return SHAPES.get(answer, "unknown")
