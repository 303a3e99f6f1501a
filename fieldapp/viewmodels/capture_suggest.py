"""Suggestions while the report is written: class chips under the note, the unit once there is a class."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.drafts import DraftBody, chosen_unit
from fieldapp.capture.suggest_here import Hints, hints
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from fieldapp.viewmodels.capture_place import CapturePlaceViewModel
from fieldapp.viewmodels.capture_units import UnitPickerViewModel
from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 200
"""So long nothing is typed before it is asked again."""


class HintRow(msgspec.Struct, frozen=True):
    """A chip; ``key`` is a class code or a unit's name. ``reach`` and ``cases`` say why a unit is shown."""

    key: str
    label: str
    from_note: bool = True
    chosen: bool = False
    reach: str = ""
    cases: int = 0


NO_HINT = HintRow("", "")


@QmlElement
@QmlUncreatable("made by SuggestViewModel")
class HintListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``HintRow``, the likeliest first."""

    names = ("key", "label", "from_note", "chosen", "reach", "cases")
    key = ("key",)


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class SuggestViewModel(QObject):  # type: ignore[operator]
    """The unit that stands first goes with the report, unless the person takes another or none."""

    changed = Signal()
    answered = Signal()
    """Hints came, whatever they are."""

    def __init__(
        self,
        reader: ReplicaWorker,
        events: DeskEvents,
        form: CaptureFormViewModel,
        place: CapturePlaceViewModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._place = form, place
        self._language = "zh"
        self._latest = LatestAnswer(reader)
        self._at_desk = False
        self._hints = Hints()
        self._why = NO_HINT
        self._asked: tuple[str, ...] = ()
        self._classes = HintListModel(self)
        self._units = HintListModel(self)
        self._picker = UnitPickerViewModel(reader, events, self)
        self._picker.answered.connect(self._show)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._ask)
        form.bodyChanged.connect(self._on_body)
        place.gridChanged.connect(self._timer.start)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.languageChanged.connect(self._on_language)

    @Property(HintListModel, constant=True)
    def classes(self) -> HintListModel:
        """Classes the report may have; none once one is chosen."""
        return self._classes

    @Property(HintListModel, constant=True)
    def units(self) -> HintListModel:
        """Units that handle such cases; the chosen one is marked."""
        return self._units

    @Property(str, notify=changed)
    def unit(self) -> str:
        """The unit that goes with the report, "" for none."""
        return self.unit_now()

    def unit_now(self) -> str:
        """What the person chose, or what stands first."""
        chosen = chosen_unit(self._form.body)
        if chosen is not None:
            return chosen
        return self._hints.units[0].unit if self._form.body.class_code and self._hints.units else ""

    def settled(self, body: DraftBody) -> DraftBody:
        """A body as it is submitted: what stands first goes along where nobody chose."""
        if chosen_unit(body) is not None:
            return body
        unit = self.unit_now()
        return msgspec.structs.replace(body, unit=unit or None, unit_suggested=bool(unit))

    @Property(bool, notify=changed)
    def chosen(self) -> bool:
        """Whether the person chose the unit, or that there be none."""
        return chosen_unit(self._form.body) is not None

    @Property(str, notify=changed)
    def unitLabel(self) -> str:
        """The unit that goes with the report, in the language of the window."""
        return self._why.label or self.unit_now()

    @Property(bool, notify=changed)
    def nameable(self) -> bool:
        """Whether a unit can be named: there is a class."""
        return self._at_desk and bool(self._form.body.class_code)

    @Property(UnitPickerViewModel, constant=True)
    def picker(self) -> UnitPickerViewModel:
        """All units, to name one by hand."""
        return self._picker

    @Property(str, notify=changed)
    def why(self) -> str:
        """How near its cases lie that speak for the unit that goes with the report; "" where none do."""
        return self._why.reach

    @Property(int, notify=changed)
    def whyCases(self) -> int:
        """How many they are."""
        return self._why.cases

    @Slot(str)
    def nameUnit(self, unit: str) -> None:
        """This unit by hand; "" for none: command shall say."""
        self._form.set_unit(unit)

    @Slot(str)
    def chooseUnit(self, unit: str) -> None:
        """This unit; the one that is chosen already: none, command shall say."""
        self._form.set_unit("" if unit == self.unit_now() else unit)

    @Slot()
    def _on_body(self) -> None:
        self._show()
        self._timer.start()

    @Slot()
    def _ask(self) -> None:
        body, cell, place = self._form.body, self._place.grid.grid_cell, self._place.place
        spot = "" if place.lon is None or place.lat is None else f"{place.lon:.4f} {place.lat:.4f}"
        asked = (body.class_code or body.note, body.class_code, cell, spot if body.class_code else "")
        if not self._at_desk or asked == self._asked:
            return
        self._asked = asked
        self._latest.ask(lambda desk: hints(desk, body.note, body.class_code, cell, place), self._take)
        self._picker.about(body.class_code, cell)

    def _take(self, found: Hints) -> None:
        self._hints = found
        self._show()
        self.answered.emit()

    @Slot()
    def _show(self) -> None:
        body, english = self._form.body, self._language == "en"
        classes = () if body.class_code else self._hints.classes
        self._classes.show(
            [HintRow(c.class_code, c.name_en if english else c.name_zh, c.from_note) for c in classes]
        )
        unit = self.unit_now()
        units = [
            HintRow(
                one.unit,
                one.name_en if english and one.name_en else one.unit,
                chosen=one.unit == unit,
                reach=one.reach.value,
                cases=one.cases,
            )
            for one in (self._hints.units if body.class_code else ())
        ]
        if unit and body.class_code and all(row.key != unit for row in units):
            units.append(HintRow(unit, self._picker.label(unit), chosen=True))
        self._why = next((row for row in units if row.chosen), NO_HINT)
        self._units.show(units)
        self.changed.emit()

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._at_desk = True
        self._asked = ()
        self._timer.start()

    @Slot()
    def _on_closed(self) -> None:
        self._at_desk = False
        self._timer.stop()
        self._latest.forget()
        self._take(Hints())

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if names & {"city_case", "case_class", "officer", "unit"}:
            self._asked = ()
            self._timer.start()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show()
