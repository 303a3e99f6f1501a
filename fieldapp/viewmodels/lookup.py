"""Looking up a truck or a company while typing.

    typed → (pause of 30 ms) → reader → suggestions, or the truck, judged, once its plate is whole and known
    asked → reader → the truck, judged, known or not; or why the text can be no plate

Only the latest question counts: an answer to an older one is dropped, and what is no longer asked is not
read at all.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup_answer import Answer, when_asked, while_typing
from fieldapp.capture.lookup_company import CompanyCard, TruckPage, company_card, company_trucks
from fieldapp.capture.verdict_here import Judged
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.capture_place import Position
from fieldapp.viewmodels.lookup_age import DataAgeViewModel
from fieldapp.viewmodels.lookup_company import CompanyViewModel
from fieldapp.viewmodels.lookup_conditions import ConditionsViewModel
from fieldapp.viewmodels.lookup_truck import TruckViewModel
from fieldapp.viewmodels.lookup_verdict import VerdictViewModel, shape_of
from fieldapp.viewmodels.plate_look import color_while_typing, shown_plate, with_key
from fieldapp.viewmodels.suggestion_list import Recent, RecentListModel, SuggestionListModel
from sync.contract.errors import FieldError
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

PAUSE_MS = 30
UseCase = Callable[[Desk, str], Answer]
START, SUGGEST, TRUCK, COMPANY = "start", "suggest", "truck", "company"
ABOUT = frozenset({"permit", "company", "site", "disposal_site", "blacklist"})


@QmlElement
@QmlUncreatable("made by the app")
class LookupViewModel(QObject):  # type: ignore[operator]
    """``stage`` says what stands beside the input: start, suggest, truck or company."""

    queryChanged = Signal()
    stageChanged = Signal()
    busyChanged = Signal()
    errorChanged = Signal()
    recordViolation = Signal(object)
    """A ``DraftBody``: start a report on this truck."""

    pinWanted = Signal(float, float, bool)
    """Let the person set where the truck is (see ``ConditionsViewModel``)."""

    truckShown = Signal(str)
    """The plate of the truck that is shown."""

    told = Signal(str)
    """A new answer on a truck, for the ear: allowed, not_allowed, check or unknown."""

    failed = Signal(str, str)
    """Code and sentence of what could not be kept."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: Position,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._query = ""
        self._stage = START
        self._latest = LatestAnswer(reader)
        self._busy = False
        self._open = False
        self._language = "zh"
        self._error: FieldError | None = None
        self._shown = ("", "")
        self._trail: list[tuple[str, str]] = []
        self._last: UseCase = while_typing
        self._opening = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self._ask(while_typing))
        self._suggestions = SuggestionListModel(self, reader)
        self._recent = RecentListModel(self)
        self._truck = TruckViewModel(self)
        self._company = CompanyViewModel(reader, self)
        self._conditions = ConditionsViewModel(position, self)
        self._conditions.pinWanted.connect(self.pinWanted)
        self._verdict = VerdictViewModel(writer, reader, events, self._conditions, self)
        self._verdict.told.connect(self.told)
        self._verdict.failed.connect(self.failed)
        self._age = DataAgeViewModel(reader, events, self)
        self._age.levelChanged.connect(self._refresh)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.languageChanged.connect(self._on_language)

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        """What is typed."""
        return self._query

    @Property(str, notify=queryChanged)
    def plate(self) -> str:
        """The same as part of a plate in normal form; "" for what is none."""
        return shown_plate(self._query)

    @Property(str, notify=queryChanged)
    def plateColor(self) -> str:
        """The colour of the plate so far."""
        return color_while_typing(shown_plate(self._query))

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """start, suggest, truck or company."""
        return self._stage

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._busy

    @Property(str, notify=errorChanged)
    def errorText(self) -> str:
        """Why the text cannot be looked up, in plain words."""
        return "" if self._error is None else sentence(self._error.code, self._error.facts, self._language)

    @Property(SuggestionListModel, constant=True)
    def suggestions(self) -> SuggestionListModel:
        """What may be meant."""
        return self._suggestions

    @Property(RecentListModel, constant=True)
    def recent(self) -> RecentListModel:
        """What was looked up before in this shift."""
        return self._recent

    @Property(TruckViewModel, constant=True)
    def truck(self) -> TruckViewModel:
        """The truck of stage ``truck``."""
        return self._truck

    @Property(VerdictViewModel, constant=True)
    def verdict(self) -> VerdictViewModel:
        """Whether the truck may be here, now, with this load."""
        return self._verdict

    @Property(ConditionsViewModel, constant=True)
    def conditions(self) -> ConditionsViewModel:
        """Where the tablet is, and what was measured of the truck."""
        return self._conditions

    @Property(CompanyViewModel, constant=True)
    def company(self) -> CompanyViewModel:
        """The company of stage ``company``."""
        return self._company

    @Property(DataAgeViewModel, constant=True)
    def age(self) -> DataAgeViewModel:
        """How old the data is."""
        return self._age

    @Property(bool, notify=stageChanged)
    def canReturn(self) -> bool:
        """Whether what is shown was reached from something else that was shown."""
        return bool(self._trail)

    @Slot(str)
    def edit(self, text: str) -> None:
        """The text is now this, uncommitted input included."""
        if text == self._query:
            return
        self._trail.clear()
        self._opening = False
        self._set_query(text)
        self._latest.forget()
        self._set_error(None)
        if not text.strip():
            self._pause.stop()
            self._suggestions.begin("", Answer())
            self._set_busy(False)
            self._go(START)
            return
        if self._stage != SUGGEST:
            self._suggestions.begin("", Answer())
            self._go(SUGGEST)
        self._set_busy(True)
        self._pause.start()

    @Slot(str)
    def key(self, text: str) -> None:
        """A key of the plate keypad."""
        self.edit(with_key(self._query, text))

    @Slot()
    def backspace(self) -> None:
        """Take the last character away."""
        self.edit(self._query.rstrip()[:-1])

    @Slot()
    def clear(self) -> None:
        """Begin anew."""
        self.edit("")

    @Slot()
    def submit(self) -> None:
        """Answer now: the person has typed all there is."""
        if self._query.strip():
            self._pause.stop()
            self._ask(when_asked)

    @Slot(str, str)
    def choose(self, kind: str, key: str) -> None:
        """A line was tapped: a company by its id, anything else by its plate."""
        if self._stage in (TRUCK, COMPANY):
            self._trail.append(self._shown)
        self._show(COMPANY if kind == COMPANY else TRUCK, key)

    @Slot()
    def back(self) -> None:
        """To what this was reached from, or to the empty input."""
        if self._trail:
            self._show(*self._trail.pop())
        else:
            self.clear()

    @Slot()
    def askViolation(self) -> None:
        """Start a report on the truck that is shown."""
        found = self._verdict.violation()
        if self._stage == TRUCK and found is not None:
            self.recordViolation.emit(found)

    @Slot(float, float)
    def pinAt(self, lon: float, lat: float) -> None:
        """The truck is where the person set the pin."""
        self._conditions.pinAt(lon, lat)

    def _forget_truck(self) -> None:
        self._verdict.clear()
        self._conditions.clear()

    def _show(self, kind: str, key: str) -> None:
        self._pause.stop()
        self._set_error(None)
        self._forget_truck()
        if kind == COMPANY:
            self._open_company(key)
        else:
            self._set_query(key)
            self._ask(when_asked)

    def _open_company(self, company_id: str) -> None:
        self._set_busy(True)
        self._opening = True

        def read(desk: Desk) -> tuple[CompanyCard | None, TruckPage]:
            return company_card(desk, company_id), company_trucks(desk, company_id)

        def take(found: tuple[CompanyCard | None, TruckPage]) -> None:
            card, page = found
            self._set_busy(False)
            self._opening = False
            if card is None:
                return
            self._company.show(card, page)
            self._shown = (COMPANY, company_id)
            self._age.show(card.age)
            self._recent.remember(
                Recent(COMPANY, card.company_id, card.name, shape="danger" if card.blacklisted else "")
            )
            self._go(COMPANY)

        self._latest.ask(read, take, self._refused)

    def _ask(self, use_case: UseCase) -> None:
        if not self._open:
            self._set_busy(False)
            return
        self._set_busy(True)
        text = self._query
        self._opening = False
        self._last = use_case

        judging = self._verdict.judging()

        def read(desk: Desk) -> tuple[Answer, Judged | None]:
            answer = use_case(desk, text)
            return answer, judging(desk, answer.card.plate) if answer.card else None

        def take(found: tuple[Answer, Judged | None]) -> None:
            answer, judged = found
            if answer.card and use_case is when_asked:
                self._set_query(answer.card.plate)
            self._take(answer, judged)

        self._latest.ask(read, take, self._refused)

    def _take(self, answer: Answer, judged: Judged | None) -> None:
        self._set_busy(False)
        self._set_error(None)
        if answer.card is None or judged is None:
            self._suggestions.begin(self._query, answer)
            self._go(SUGGEST)
            return
        card = answer.card
        self._truck.show(answer)
        self._shown = (TRUCK, card.plate)
        self.truckShown.emit(card.plate)
        self._age.show(card.age)
        self._verdict.show(judged)
        self._recent.remember(Recent(TRUCK, card.plate, card.plate, judged.answer, shape_of(judged.answer)))
        self._go(TRUCK)

    def _refused(self, error: FieldError) -> None:
        self._set_busy(False)
        self._set_error(error)
        if error.code == "plate_impossible":
            self._go(SUGGEST)

    @Slot()
    def _refresh(self) -> None:
        """The data, or its age, is another: say again what is shown."""
        if not self._open:
            return
        if self._opening:
            return
        if self._stage == COMPANY and not self._busy:
            self._open_company(self._shown[1])
        elif self._query.strip() and self._error is None and not self._pause.isActive():
            self._ask(when_asked if self._stage == TRUCK else self._last)

    @Slot(object)
    def _on_opened(self, _officer: object) -> None:
        self._open = True

    @Slot()
    def _on_closed(self) -> None:
        self.clear()
        self._open = False
        self._latest.forget()
        self._recent.show(())
        self._forget_truck()
        self._truck.show(Answer())
        self._company.show(None, TruckPage((), ""))

    @Slot(object)
    def _on_tables(self, tables: frozenset[str]) -> None:
        if tables & ABOUT:
            self._refresh()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.errorChanged.emit()

    def _set_query(self, text: str) -> None:
        if text != self._query:
            self._query = text
            self.queryChanged.emit()

    def _go(self, stage: str) -> None:
        self._stage = stage
        if stage != TRUCK:
            self._forget_truck()
        self.stageChanged.emit()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()

    def _set_error(self, error: FieldError | None) -> None:
        if error is not self._error:
            self._error = error
            self.errorChanged.emit()
