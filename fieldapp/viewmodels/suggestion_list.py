"""Suggestions for what is being typed, and what was looked up before in this shift."""

from __future__ import annotations

import msgspec
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class SuggestionListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``fieldapp.capture.suggest.Suggestion``."""

    names = ("kind", "key", "title", "subtitle", "fact", "permits", "blacklisted", "differs")
    key = ("kind", "key")


class Recent(msgspec.Struct, frozen=True):
    """Something looked up before. ``kind`` is truck or company; ``shape`` and ``headline`` as they were."""

    kind: str
    key: str
    title: str
    headline: str = ""
    shape: str = ""


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class RecentListModel(ValueListModel):  # type: ignore[operator]
    """The last look-ups, newest first; in memory only, gone when the officer leaves."""

    names = ("kind", "key", "title", "headline", "shape")
    key = ("kind", "key")
    most = 12

    def remember(self, recent: Recent) -> None:
        """Put one at the top; it is listed once."""
        older = [
            row for row in self.rows() if isinstance(row, Recent) and self._key(row) != self._key(recent)
        ]
        self.show([recent, *older][: self.most])
