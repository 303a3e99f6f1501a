"""The company that is shown: who it is, what warns of it, and its trucks page by page."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup_company import CompanyCard, TruckPage, company_trucks
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.fonts import printable
from fieldapp.viewmodels.permit_list import BlacklistListModel, TruckListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class CompanyViewModel(QObject):  # type: ignore[operator]
    """One company; ``more`` reads its next trucks."""

    changed = Signal()
    pageChanged = Signal()

    def __init__(self, reader: ReplicaWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._card: CompanyCard | None = None
        self._after = ""
        self._loading = False
        self._trucks = TruckListModel(self)
        self._blacklist = BlacklistListModel(self)

    def show(self, card: CompanyCard | None, page: TruckPage) -> None:
        """Show a company with its first trucks; None shows nothing."""
        self._card = card
        self._after = page.after
        self._loading = False
        self._trucks.show(page.trucks)
        self._blacklist.show_serious_first(card.blacklist if card else ())
        self.changed.emit()
        self.pageChanged.emit()

    @Property(str, notify=changed)
    def companyId(self) -> str:
        """Its id, "" while nothing is shown."""
        return self._card.company_id if self._card else ""

    @Property(str, notify=changed)
    def name(self) -> str:
        """Its name."""
        return printable(self._card.name) if self._card else ""

    @Property(str, notify=changed)
    def creditCode(self) -> str:
        """Its unified social credit code."""
        return self._card.credit_code if self._card else ""

    @Property(bool, notify=changed)
    def creditValid(self) -> bool:
        """Whether that code is well formed with a right check character."""
        return bool(self._card and self._card.credit_valid)

    @Property(str, notify=changed)
    def address(self) -> str:
        """Its address."""
        return printable(self._card.address) if self._card else ""

    @Property(bool, notify=changed)
    def blacklisted(self) -> bool:
        """Whether an entry against it is in force."""
        return bool(self._card and self._card.blacklisted)

    @Property(TruckListModel, constant=True)
    def trucks(self) -> TruckListModel:
        """The trucks read so far."""
        return self._trucks

    @Property(BlacklistListModel, constant=True)
    def blacklist(self) -> BlacklistListModel:
        """What warns of it."""
        return self._blacklist

    @Property(bool, notify=pageChanged)
    def hasMore(self) -> bool:
        """Whether there are trucks that were not read yet."""
        return self._after != ""

    @Property(bool, notify=pageChanged)
    def loading(self) -> bool:
        """Whether more are being read."""
        return self._loading

    @Slot()
    def more(self) -> None:
        """Read the next trucks."""
        card, after = self._card, self._after
        if card is None or self._loading or not after:
            return
        self._loading = True
        self.pageChanged.emit()

        def take(page: TruckPage) -> None:
            if self._card is card and self._after == after:
                self._after = page.after
                self._loading = False
                self._trucks.append(page.trucks)
                self.pageChanged.emit()

        company_id = card.company_id
        self._reader.submit(lambda desk: company_trucks(desk, company_id, after=after), take, self._failed)

    def _failed(self, _error: object) -> None:
        self._loading = False
        self.pageChanged.emit()
