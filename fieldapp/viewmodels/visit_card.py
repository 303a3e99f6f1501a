"""The officer's electronic credential (亮证) as it is shown to the other side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.visit_loading import Credential, find_credential, qr_source
from sync.contract.errors import FieldError

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by VisitViewModel")
class VisitCardViewModel(QObject):  # type: ignore[operator]
    """Shown from ``show`` until ``hide``; ``shown`` tells that it was, so that the visit keeps the time."""

    changed = Signal()
    shown = Signal()

    def __init__(
        self,
        reader: ReplicaWorker,
        failed: Callable[[FieldError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._failed = failed
        self._picture = ""
        self._card = Credential()

    @Property(str, notify=changed)
    def picture(self) -> str:
        """The QR as an image source, "" while it is not shown."""
        return self._picture

    @Property(str, notify=changed)
    def until(self) -> str:
        """The credential's last day."""
        return self._card.valid_to

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Name, number and squad, for the other side to compare."""
        return self._card.holder

    @Slot()
    def show(self) -> None:
        """Show it."""
        self._reader.submit(find_credential, self._on_found, self._failed)

    @Slot()
    def hide(self) -> None:
        """The other side has seen it."""
        self._picture = ""
        self.changed.emit()

    def _on_found(self, found: Credential) -> None:
        self._picture, self._card = qr_source(found.text), found
        self.changed.emit()
        self.shown.emit()
