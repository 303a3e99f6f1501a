"""Suggestions for what is being typed, and what was looked up before in this shift."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.lookup_answer import Answer
from fieldapp.capture.suggest import More, SuggestionPage, suggestion_page
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.errors import FieldError

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by LookupViewModel")
class SuggestionListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``fieldapp.capture.suggest.Suggestion``; the first page comes with the answer."""

    names = ("kind", "key", "title", "subtitle", "fact", "permits", "blacklisted", "differs")
    key = ("kind", "key")

    moreChanged = Signal()

    def __init__(self, parent: QObject | None = None, reader: ReplicaWorker | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._text = ""
        self._next: More | None = None
        self._loading = False

    def begin(self, text: str, answer: Answer) -> None:
        """Show what was suggested for a text; ``more`` reads on from there."""
        self._text = text
        self._next = answer.more
        self._loading = False
        self.show(answer.suggestions)
        self.moreChanged.emit()

    @Property(bool, notify=moreChanged)
    def hasMore(self) -> bool:
        """Whether there are suggestions that were not read yet."""
        return self._next is not None

    @Property(bool, notify=moreChanged)
    def loading(self) -> bool:
        """Whether more are being read."""
        return self._loading

    @Slot()
    def more(self) -> None:
        """Read the next page."""
        text, wanted = self._text, self._next
        if self._reader is None or wanted is None or self._loading:
            return
        self._loading = True
        self.moreChanged.emit()

        def take(page: SuggestionPage) -> None:
            if self._next is wanted:
                self._next, self._loading = page.more, False
                self.append(page.rows)
                self.moreChanged.emit()

        def failed(_error: FieldError) -> None:
            if self._next is wanted:
                self._loading = False
                self.moreChanged.emit()

        self._reader.submit(lambda desk: suggestion_page(desk, text, wanted), take, failed)


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
