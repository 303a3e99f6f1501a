"""The alert that is open: its facts, what is suggested, what may be done, what was done, who comes."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QUrl, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.alerts import AlertSheet
from fieldapp.capture.reinforcement import CallView
from fieldapp.services.alert_words import TONES, answer_word, fact_word, kind_word, severity_word, state_word
from fieldapp.viewmodels.alert_lists import (
    AlertPastModel,
    CallListModel,
    MeasuredListModel,
    MeasuredRow,
    PersonListModel,
    PersonRow,
)
from fieldapp.viewmodels.alert_telling import Reason, When, call_row, past_row, where

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by AlertsViewModel")
class AlertSheetViewModel(QObject):  # type: ignore[operator]
    """Empty while no alert is open."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: AlertSheet | None = None
        self._when = self._refused = self._not_had = ""
        self._history = AlertPastModel(self)
        self._people = PersonListModel(self)
        self._measured = MeasuredListModel(self)
        self._calls = CallListModel(self)

    def show(self, sheet: AlertSheet | None, calls: tuple[CallView, ...], when: When, reason: Reason) -> None:
        """Show this alert, or none."""
        self._sheet = sheet
        self._when = when(sheet.line.occurred_at) if sheet else ""
        line = sheet.line if sheet else None
        self._refused = reason(line.refused, line.refused_facts) if line and line.refused else ""
        self._history.show([past_row(past, when, reason) for past in sheet.history] if sheet else [])
        self._people.show([PersonRow(*one) for one in sheet.fit] if sheet else [])
        facts = sheet.facts if sheet else ()
        self._measured.show([MeasuredRow(fact_word(name), value) for name, value in facts])
        self._calls.show([call_row(call, when, reason) for call in calls])
        self.changed.emit()

    def not_had(self, reason: str) -> None:
        """The picture could not be fetched."""
        self._not_had = reason
        self.changed.emit()

    def _picture_file(self) -> str:
        return self._sheet.picture_file if self._sheet else ""

    @Property(AlertPastModel, constant=True)
    def history(self) -> AlertPastModel:
        """What was done."""
        return self._history

    @Property(PersonListModel, constant=True)
    def people(self) -> PersonListModel:
        """Whom it can be given to."""
        return self._people

    @Property(MeasuredListModel, constant=True)
    def measured(self) -> MeasuredListModel:
        """What was measured."""
        return self._measured

    @Property(CallListModel, constant=True)
    def calls(self) -> CallListModel:
        """Calls for reinforcement about it."""
        return self._calls

    @Property(str, notify=changed)
    def alertId(self) -> str:
        """Its id, "" for none."""
        return self._sheet.line.alert_id if self._sheet else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """What was seen."""
        return kind_word(self._sheet.line.kind) if self._sheet else ""

    @Property(str, notify=changed)
    def severity(self) -> str:
        """How much it matters, in a word."""
        return severity_word(self._sheet.line.severity) if self._sheet else ""

    @Property(str, notify=changed)
    def tone(self) -> str:
        """The severity's colour."""
        return TONES[self._sheet.line.severity] if self._sheet else "normal"

    @Property(str, notify=changed)
    def stand(self) -> str:
        """Where it stands, in words."""
        if self._sheet is None:
            return ""
        line = self._sheet.line
        return state_word(line.standing.state, line.holder_name, mine=line.mine)

    @Property(bool, notify=changed)
    def mine(self) -> bool:
        """Whether the person here has it."""
        return bool(self._sheet and self._sheet.line.mine)

    @Property(str, notify=changed)
    def when(self) -> str:
        """When it was seen."""
        return self._when

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where."""
        return where(self._sheet.line) if self._sheet else ""

    @Property(bool, notify=changed)
    def hasPlace(self) -> bool:
        """Whether it can be shown on the map."""
        return bool(self._sheet and self._sheet.line.lon is not None)

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The truck."""
        return self._sheet.line.plate if self._sheet else ""

    @Property(str, notify=changed)
    def company(self) -> str:
        """Whose it is."""
        return self._sheet.line.company if self._sheet else ""

    @Property(str, notify=changed)
    def permit(self) -> str:
        """Its permit's number."""
        return self._sheet.permit_id if self._sheet else ""

    @Property(str, notify=changed)
    def source(self) -> str:
        """Who saw it."""
        return self._sheet.source if self._sheet else ""

    @Property(str, notify=changed)
    def note(self) -> str:
        """What was said of it."""
        return self._sheet.note if self._sheet else ""

    @Property(str, notify=changed)
    def picture(self) -> str:
        """Where its picture lies here, "" while it does not."""
        return QUrl.fromLocalFile(path).toString() if (path := self._picture_file()) else ""

    @Property(bool, notify=changed)
    def pictureElsewhere(self) -> bool:
        """Whether there is one that has to be fetched."""
        return bool(self._sheet and self._sheet.picture and not self._sheet.picture_file)

    @Property(str, notify=changed)
    def pictureReason(self) -> str:
        """Why it could not be fetched."""
        return self._not_had if self.pictureElsewhere else ""

    @Property(str, notify=changed)
    def suggestion(self) -> str:
        """What to do about it."""
        return answer_word(self._sheet.line.suggestion) if self._sheet else ""

    @Property(str, notify=changed)
    def suggested(self) -> str:
        """The suggestion's own word."""
        answer = self._sheet.line.suggestion if self._sheet else None
        return answer.value if answer else ""

    @Property(str, notify=changed)
    def refused(self) -> str:
        """Why central did not take what was done here, "" where it did."""
        return self._refused

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether something done here has not gone."""
        return bool(self._sheet and self._sheet.line.waiting)

    @Property(list, notify=changed)
    def offered(self) -> list[str]:
        """What may be done now."""
        return [kind.value for kind in self._sheet.offered] if self._sheet else []
