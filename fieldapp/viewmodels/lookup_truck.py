"""The truck that is shown: its permits, warnings and look-alikes."""

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
    """One answer: what the records hold. Whether it may be here is the verdict's to say."""

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
