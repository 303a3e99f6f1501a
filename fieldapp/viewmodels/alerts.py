"""The alerts page: the list worst first, the alert that is open, calls for reinforcement, and the answers.

central tells / an act is saved → read again in the reader → rows that differ
a button → one job in the writer → page, toast with undo, nudge
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.alerts import (
    AlertLine,
    AlertSheet,
    SavedAlertAct,
    list_alerts,
    read_alert,
    submit_alert_act,
    understood,
)
from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.reinforcement import CallView, calls_about, calls_for, may_call, submit_call_act
from fieldapp.capture.undo import Undone, undo
from fieldapp.geo.distance import metres_between
from fieldapp.services.alert_words import done_word, kind_word
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.position import PositionSource
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.alert_lists import AlertListModel, CallListModel
from fieldapp.viewmodels.alert_sheet import AlertSheetViewModel
from fieldapp.viewmodels.alert_telling import alert_row, call_row
from sync.contract.alerts import AlertActKind, Severity
from sync.contract.calls import CallActKind
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE, Place
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 60
_TABLES = frozenset({"alert", "alert_act", "reinforcement", "call_act", "officer"})
FILTERS = ("open", "over")


class Found(msgspec.Struct, frozen=True):
    """What one look into the replica brought."""

    lines: tuple[AlertLine, ...]
    open_lines: tuple[AlertLine, ...]
    calls: tuple[CallView, ...]
    zone: str
    may_call: bool


def look(desk: Desk, which: str) -> Found:
    """Everything the page's left side shows."""
    waiting = list_alerts(desk)
    lines = list_alerts(desk, over=True) if which == "over" else waiting
    return Found(lines, waiting, calls_for(desk), str(city_zone(desk)), may_call(desk))


def look_at(desk: Desk, alert_id: str) -> tuple[AlertSheet, tuple[CallView, ...]]:
    """The alert that is open."""
    return read_alert(desk, alert_id), calls_about(desk, alert_id=alert_id)


@QmlElement
@QmlUncreatable("made by the app")
class AlertsViewModel(QObject):  # type: ignore[operator]
    """Reads again what changed; says what is new; one act at a time."""

    listChanged = Signal()
    selectionChanged = Signal()
    busyChanged = Signal()
    acted = Signal(str, str)
    """An act is durable: its id, and what to say."""
    undone = Signal(str, str)
    came = Signal(str, str)
    """A new alert or call that waits for the person here: its id, and what to say."""
    failed = Signal(str, str)
    showOnMap = Signal(str)
    lookUp = Signal(str)
    """A plate to be looked up."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._events, self._position = writer, events, position
        self._language, self._filter = "zh", FILTERS[0]
        self._at_desk = self._busy = self._loaded = False
        self._selected = ""
        self._list, self._one = LatestAnswer(reader), LatestAnswer(reader)
        self._found = Found((), (), (), "UTC", may_call=False)
        self._open: tuple[AlertSheet, tuple[CallView, ...]] | None = None
        self._seen: set[str] = set()
        self.said: Callable[[], str] = str
        self._items = AlertListModel(self)
        self._calls = CallListModel(self)
        self._sheet = AlertSheetViewModel(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._load)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.recordsChanged.connect(lambda _ids: self._again())
        events.languageChanged.connect(self._on_language)
        events.fetched.connect(self._on_fetched)

    @Property(AlertListModel, constant=True)
    def items(self) -> AlertListModel:
        """The alerts."""
        return self._items

    @Property(CallListModel, constant=True)
    def calls(self) -> CallListModel:
        """Open calls the person here has to do with."""
        return self._calls

    @Property(AlertSheetViewModel, constant=True)
    def sheet(self) -> AlertSheetViewModel:
        """The one that is open."""
        return self._sheet

    @Property(bool, notify=listChanged)
    def loaded(self) -> bool:
        """Whether the list is there."""
        return self._loaded

    @Property(int, notify=listChanged)
    def newCount(self) -> int:
        """Alerts and calls that wait for an answer of the person here."""
        return len(self._waiting())

    @Property(bool, notify=listChanged)
    def mayCall(self) -> bool:
        """Whether the person here may call for reinforcement."""
        return self._found.may_call

    @Property(str, notify=listChanged)
    def filter(self) -> str:
        """open or over."""
        return self._filter

    @Property(str, notify=selectionChanged)
    def selected(self) -> str:
        """The alert that is open, "" for none."""
        return self._selected

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """Whether something is being saved."""
        return self._busy

    @Slot(str)
    def choose(self, which: str) -> None:
        """Show those that are open, or those that are over."""
        if which in FILTERS and which != self._filter:
            self._filter = which
            self._load()

    @Slot(str)
    def open(self, alert_id: str) -> None:
        """Open an alert, or none."""
        if alert_id != self._selected:
            self._selected = alert_id
            self._open = None
            self._show_sheet()
            self.selectionChanged.emit()
        self._read()

    @Slot(str, str, str)
    def act(self, kind: str, note: str, to_officer: str) -> None:
        """Answer the alert that is open. Asked twice, it is answered once."""
        alert_id, place = self._selected, self._here()
        if self._busy or not alert_id:
            return
        self._set_busy(True)
        what = AlertActKind(kind)

        def job(desk: Desk) -> SavedAlertAct:
            return submit_alert_act(desk, alert_id, what, note=note, to_officer=to_officer, place=place)

        self._writer.submit(job, lambda saved: self._on_acted(saved.act_id, what), self._on_failed)

    @Slot(str, str)
    def call(self, case_id: str, note: str) -> None:
        """Call for reinforcement: for a case, or ("") for the alert that is open."""
        alert_id, place = "" if case_id else self._selected, self._here()
        if self._busy:
            return
        self._set_busy(True)

        def job(desk: Desk) -> str:
            return submit_call_act(
                desk, CallActKind.CALL, alert_id=alert_id, case_id=case_id, note=note, place=place
            )

        self._writer.submit(job, self._on_called, self._on_failed)

    @Slot(str, str)
    def answerCall(self, call_id: str, kind: str) -> None:
        """accept, decline or end."""
        place = self._here()
        if self._busy:
            return
        self._set_busy(True)

        def job(desk: Desk) -> str:
            return submit_call_act(desk, CallActKind(kind), call_id=call_id, place=place)

        self._writer.submit(job, lambda act_id: self._on_answered(act_id, kind), self._on_failed)

    @Slot(str)
    def understood(self, subject: str) -> None:
        """The person has read why something done on this alert or call was refused."""

        def done(settled: tuple[str, ...]) -> None:
            self._events.recordsChanged.emit(frozenset(settled))

        self._writer.submit(lambda desk: understood(desk, subject), done, self._on_failed)

    @Slot()
    def askMap(self) -> None:
        """Show the alert that is open on the map."""
        if self._selected:
            self.showOnMap.emit(self._selected)

    @Slot()
    def askLookUp(self) -> None:
        """Look its truck up."""
        if self._open is not None and self._open[0].line.plate:
            self.lookUp.emit(self._open[0].line.plate)

    @Slot()
    def fetchPicture(self) -> None:
        """Ask central for the picture of the alert that is open."""
        if self._open is not None and self._sheet.pictureElsewhere:
            self._sheet.not_had("")
            self._events.fetchWanted.emit(self._open[0].picture)

    @Slot(str, str)
    def _on_fetched(self, sha256: str, code: str) -> None:
        if self._open is None or sha256 != self._open[0].picture:
            return
        if code:
            self._sheet.not_had(self._reason(code, {}))
        else:
            self._read()

    @Slot(str)
    def undo(self, record_id: str) -> None:
        """Take an act back that was saved here."""

        def done(how: Undone) -> None:
            self._events.recordsChanged.emit(frozenset({record_id}))
            self.undone.emit(record_id, how.value)

        self._writer.submit(lambda desk: undo(desk, record_id), done, self._on_failed)

    def _waiting(self) -> list[str]:
        alerts = [line.alert_id for line in self._found.open_lines if line.for_me]
        return alerts + [call.call_id for call in self._found.calls if call.asked_me and not call.answered]

    def _here(self) -> Place:
        return self._position.current() or NOWHERE

    def _on_acted(self, act_id: str, kind: AlertActKind) -> None:
        self._set_busy(False)
        self.said = partial(done_word, kind)
        self._saved(act_id)
        self.acted.emit(act_id, self.said())

    def _on_called(self, act_id: str) -> None:
        self._set_busy(False)
        self.said = lambda: QCoreApplication.translate("Alerts", "增援呼叫已保存，联网后立即送出")
        self._saved(act_id)
        self.acted.emit(act_id, self.said())

    def _on_answered(self, act_id: str, kind: str) -> None:
        self._set_busy(False)

        def say() -> str:
            translate = QCoreApplication.translate
            words = {
                "accept": translate("Alerts", "已答应前往"),
                "decline": translate("Alerts", "已答复不能前往"),
                "end": translate("Alerts", "增援呼叫已结束"),
            }
            return words.get(kind, "")

        self.said = say
        self._saved(act_id)
        self.acted.emit(act_id, self.said())

    def _saved(self, act_id: str) -> None:
        self._events.recordsChanged.emit(frozenset({act_id}))
        self._events.nudge.emit()

    def _on_failed(self, error: FieldError) -> None:
        self._set_busy(False)
        self.said = lambda: sentence(error.code, error.facts, self._language)
        self.failed.emit(error.code, self.said())
        self._again()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()

    @Slot()
    def _load(self) -> None:
        if not self._at_desk:
            return
        which = self._filter

        def take(found: Found) -> None:
            self._found = found
            self._greet()
            self._loaded = True
            self._show_list()

        self._list.ask(lambda desk: look(desk, which), take)

    def _read(self) -> None:
        alert_id = self._selected
        if not alert_id:
            self._one.forget()
            return

        def take(found: tuple[AlertSheet, tuple[CallView, ...]]) -> None:
            is_new = self._open is None
            self._open = found
            self._show_sheet()
            if is_new:
                self.fetchPicture()

        def gone(error: FieldError) -> None:
            if error.code == "alert_unknown":
                self.open("")

        self._one.ask(lambda desk: look_at(desk, alert_id), take, gone)

    def _greet(self) -> None:
        """Say what is new since the officer sat down."""
        waiting = self._waiting()
        fresh = [one for one in waiting if one not in self._seen]
        self._seen.update(waiting)
        if not self._loaded:
            return
        for one in sorted(reversed(fresh), key=self._urgency):  # what is said last stays to be read
            self.said = partial(self._new_text, one)
            self.came.emit(one, self.said())

    def is_urgent(self, which: str) -> bool:
        """Whether an alert is a grave one; a call for help always is."""
        return self._urgency(which) >= Severity.GRAVE.value

    def _urgency(self, which: str) -> int:
        line = self._line(which)
        return Severity.GRAVE.value + 1 if line is None else line.severity.value

    def _line(self, which: str) -> AlertLine | None:
        return next((line for line in self._found.open_lines if line.alert_id == which), None)

    def _new_text(self, which: str) -> str:
        translate = QCoreApplication.translate
        line = self._line(which)
        if line is None:
            call = next((call for call in self._found.calls if call.call_id == which), None)
            return translate("Alerts", "%1 呼叫增援").replace("%1", call.caller if call else "")
        parts = " · ".join(part for part in (kind_word(line.kind), line.plate, line.address) if part)
        grave = line.severity is Severity.GRAVE
        said = translate("Alerts", "紧急预警：%1") if grave else translate("Alerts", "新预警：%1")
        return said.replace("%1", parts)

    def _metres(self, line: AlertLine) -> float | None:
        here = self._position.current()
        if here is None or here.lon is None or here.lat is None or line.lon is None or line.lat is None:
            return None
        return metres_between(here.lon, here.lat, line.lon, line.lat)

    def _show_list(self) -> None:
        zone = zone_of(self._found.zone)
        when = lambda at: moment_text(at, zone)  # noqa: E731
        self._items.show([alert_row(line, when, self._metres(line)) for line in self._found.lines])
        self._calls.show([call_row(call, when, self._reason) for call in self._found.calls])
        self.listChanged.emit()

    def _show_sheet(self) -> None:
        zone = zone_of(self._found.zone)
        sheet, calls = self._open or (None, ())
        self._sheet.show(sheet, calls, lambda at: moment_text(at, zone), self._reason)

    def _reason(self, code: str, facts: dict[str, str | int | float | bool | None]) -> str:
        return sentence(code, facts, self._language)

    def _again(self) -> None:
        if self._at_desk:
            self._timer.start()
            self._read()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._at_desk = True
        self._load()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self._list.forget()
        self._one.forget()
        self._at_desk = self._loaded = False
        self._set_busy(False)
        self._selected, self._open = "", None
        self._seen.clear()
        self._found = Found((), (), (), "UTC", may_call=False)
        self._show_list()
        self._show_sheet()
        self.selectionChanged.emit()

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if names & _TABLES:
            self._again()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show_list()
        self._show_sheet()
