"""The officer's open drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.overview import DraftSummary
from fieldapp.services.wording import age_text
from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

_NOTE_SHOWN = 80


class DraftRow(msgspec.Struct, frozen=True):
    """A draft in a line. ``class_name`` is empty while no class is chosen; ``age`` since it was changed."""

    draft_id: str
    class_name: str
    note: str
    photos: int
    age: str
    recovered: bool


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class DraftListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``DraftRow``, newest first."""

    names = ("draft_id", "class_name", "note", "photos", "age", "recovered")
    key = ("draft_id",)

    def show_drafts(self, drafts: list[DraftSummary], label: Callable[[str], str], now: datetime) -> None:
        """Show these, classes in words."""
        self.show([_row(draft, label, now) for draft in drafts])


def _row(draft: DraftSummary, label: Callable[[str], str], now: datetime) -> DraftRow:
    note = " ".join((f"{draft.plate} {draft.note}").split())[:_NOTE_SHOWN]
    age = age_text(max(0.0, (now - draft.changed_at).total_seconds()))
    return DraftRow(draft.draft_id, label(draft.class_code), note, draft.photos, age, draft.recovered)
