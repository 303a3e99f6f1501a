"""A permit's QR after it was checked: what it is worth, what it says, and what the records say otherwise."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.qr.permit_check import PermitCheck, Standing

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

_SHAPES = {
    Standing.GOOD: "ok",
    Standing.CHANGED: "warning",
    Standing.ENDED: "warning",
    Standing.NOT_YET: "warning",
    Standing.UNKNOWN: "unknown",
    Standing.STALE: "unknown",
}


@QmlElement
@QmlUncreatable("made by ReadViewModel")
class PermitReadViewModel(QObject):  # type: ignore[operator]
    """``standing`` is a ``Standing`` of ``qr.permit_check`` in words, or "" while there is none."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check: PermitCheck | None = None

    @property
    def shown(self) -> bool:
        """Whether a permit is shown."""
        return self._check is not None

    def show(self, check: PermitCheck) -> None:
        """Show this one."""
        self._check = check
        self.changed.emit()

    def clear(self) -> None:
        """Show none."""
        if self._check is not None:
            self._check = None
            self.changed.emit()

    @Property(str, notify=changed)
    def standing(self) -> str:
        """What it is worth."""
        return self._check.standing.value if self._check else ""

    @Property(str, notify=changed)
    def shape(self) -> str:
        """The same as a shape: ok, warning, danger or unknown."""
        return _SHAPES.get(self._check.standing, "danger") if self._check else "unknown"

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The plate on it."""
        return self._check.code.plate if self._check else ""

    @Property(str, notify=changed)
    def permitId(self) -> str:
        """Its number."""
        return self._check.code.permit_id if self._check else ""

    @Property(str, notify=changed)
    def company(self) -> str:
        """The company on it."""
        return self._check.code.company if self._check else ""

    @Property(str, notify=changed)
    def route(self) -> str:
        """From which site to which disposal site."""
        return f"{self._check.code.site} → {self._check.code.disposal_site}" if self._check else ""

    @Property(str, notify=changed)
    def validity(self) -> str:
        """From when until when."""
        return f"{self._check.code.valid_from} – {self._check.code.valid_to}" if self._check else ""

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why it was taken back."""
        return self._check.reason if self._check else ""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]
    def differing(self) -> list[str]:
        """Names of what the records say otherwise."""
        return list(self._check.differing) if self._check else []

    @Property(str, notify=changed)
    def dataAsOf(self) -> str:
        """As of when the records are, in the city's time; "" before the first fill."""
        as_of = self._check.data_as_of if self._check else None
        return f"{datetime.fromisoformat(as_of):%Y-%m-%d %H:%M}" if as_of else ""
