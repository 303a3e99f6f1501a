"""The truck that is shown: its headline, permits, warnings and look-alikes."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup import TruckCard
from fieldapp.capture.lookup_answer import Answer
from fieldapp.viewmodels.permit_list import BlacklistListModel, PermitListModel
from fieldapp.viewmodels.plate_look import plate_color
from fieldapp.viewmodels.suggestion_list import SuggestionListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class TruckViewModel(QObject):  # type: ignore[operator]
    """One answer. ``headline`` and ``shape`` are words of ``verdict.record_facts``."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card: TruckCard | None = None
        self._permits = PermitListModel(self)
        self._blacklist = BlacklistListModel(self)
        self._look_alikes = SuggestionListModel(self)

    def show(self, answer: Answer) -> None:
        """Show an answer's truck; nothing where it has none."""
        card = self._card = answer.card
        self._permits.show(card.permits if card else ())
        self._blacklist.show_serious_first(card.blacklist if card else ())
        self._look_alikes.show(answer.look_alikes if card else ())
        self.changed.emit()

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The plate in normal form, "" while nothing is shown."""
        return self._card.plate if self._card else ""

    @Property(str, notify=changed)
    def plateColor(self) -> str:
        """The colour of such a plate, as far as its grammar tells."""
        return plate_color(self._card.kind) if self._card else "blue"

    @Property(bool, notify=changed)
    def found(self) -> bool:
        """Whether the records know the plate."""
        return bool(self._card and self._card.found)

    @Property(str, notify=changed)
    def headline(self) -> str:
        """What to say first."""
        return self._card.headline.value if self._card else ""

    @Property(str, notify=changed)
    def shape(self) -> str:
        """ok, warning, danger or unknown."""
        return self._card.shape if self._card else "unknown"

    @Property(str, notify=changed)
    def bestFact(self) -> str:
        """How the best permit stands, "" without one."""
        return self._card.permits[0].fact.value if self._card and self._card.permits else ""

    @Property(str, notify=changed)
    def bestFrom(self) -> str:
        """The best permit's first day."""
        return self._card.permits[0].valid_from if self._card and self._card.permits else ""

    @Property(str, notify=changed)
    def bestUntil(self) -> str:
        """The best permit's last day."""
        return self._card.permits[0].valid_to if self._card and self._card.permits else ""

    @Property(PermitListModel, constant=True)
    def permits(self) -> PermitListModel:
        """Its permits, best first."""
        return self._permits

    @Property(BlacklistListModel, constant=True)
    def blacklist(self) -> BlacklistListModel:
        """What warns of it or of its company."""
        return self._blacklist

    @Property(SuggestionListModel, constant=True)
    def lookAlikes(self) -> SuggestionListModel:
        """Known plates that read like it."""
        return self._look_alikes
