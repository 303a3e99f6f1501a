"""A truck's permits and the blacklist entries that name it or its company; a company's trucks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup import BlacklistCard
from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class PermitListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``fieldapp.capture.lookup.PermitCard``, best first."""

    names = (
        "permit_id",
        "fact",
        "status",
        "company_id",
        "company",
        "credit_code",
        "credit_valid",
        "project",
        "site",
        "disposal_site",
        "route",
        "valid_from",
        "valid_to",
        "windows",
        "approved_m3",
        "used_m3",
        "reason",
    )
    key = ("permit_id",)


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class BlacklistListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``fieldapp.capture.lookup.BlacklistCard``, the ones in force first, most serious first."""

    names = ("entry_id", "kind", "subject", "reason", "level", "valid_from", "valid_to", "issuer", "active")
    key = ("entry_id",)

    def show_serious_first(self, entries: Sequence[BlacklistCard]) -> None:
        """Show entries given most serious first; the ones in force stand before the others."""
        ordered = sorted(entries, key=lambda entry: not entry.active)
        self.show(ordered)


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class TruckListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``fieldapp.capture.lookup_company.TruckRow``."""

    names = ("plate", "fact", "valid_to", "permits")
    key = ("plate",)
