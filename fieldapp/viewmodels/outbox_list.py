"""The outbox as a list: filtered, newest first, changed row by row so that nothing jumps under a finger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.outbox_rows import OutboxRow
from fieldapp.viewmodels.counted_rows import CountedListModel
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

Index = QModelIndex | QPersistentModelIndex
FILTERS: dict[str, frozenset[ItemState]] = {
    "all": frozenset(ItemState),
    "waiting": frozenset({ItemState.DRAFT, ItemState.WAITING, ItemState.SENDING}),
    "needs_you": frozenset({ItemState.NEEDS_YOU}),
    "sent": frozenset({ItemState.SENT}),
}


class OutboxRole(IntEnum):
    """What a delegate may ask for; the texts are made by the view model's ``texts``."""

    RECORD_ID = Qt.ItemDataRole.UserRole + 1
    STATUS = Qt.ItemDataRole.UserRole + 2
    TITLE = Qt.ItemDataRole.UserRole + 3
    SUBTITLE = Qt.ItemDataRole.UserRole + 4
    REASON = Qt.ItemDataRole.UserRole + 5
    NEXT_STEP = Qt.ItemDataRole.UserRole + 6
    THUMBNAIL = Qt.ItemDataRole.UserRole + 7
    PHOTOS = Qt.ItemDataRole.UserRole + 8
    PROGRESS = Qt.ItemDataRole.UserRole + 9
    WITHDRAWN = Qt.ItemDataRole.UserRole + 10


NAMES = {
    OutboxRole.RECORD_ID: b"recordId",
    OutboxRole.STATUS: b"status",
    OutboxRole.TITLE: b"title",
    OutboxRole.SUBTITLE: b"subtitle",
    OutboxRole.REASON: b"reason",
    OutboxRole.NEXT_STEP: b"nextStep",
    OutboxRole.THUMBNAIL: b"thumbnail",
    OutboxRole.PHOTOS: b"photos",
    OutboxRole.PROGRESS: b"progress",
    OutboxRole.WITHDRAWN: b"withdrawn",
}
Texts = Callable[[OutboxRow, OutboxRole], Any]


@QmlElement
@QmlUncreatable("made by OutboxViewModel")
class OutboxListModel(CountedListModel):  # type: ignore[operator]
    """Keeps every row, shows those that pass the filter."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._rows: dict[str, OutboxRow] = {}
        self._shown: list[OutboxRow] = []
        self._filter = "all"

    def row(self, record_id: str) -> OutboxRow | None:
        """One row, shown or not."""
        return self._rows.get(record_id)

    def count_of(self, name: str) -> int:
        """How many rows pass a filter."""
        return sum(row.state in FILTERS[name] for row in self._rows.values())

    def settled_by_others(self) -> frozenset[str]:
        """The rows in whose place another record went."""
        return frozenset(row.record_id for row in self._rows.values() if row.state is ItemState.REPLACED)

    def drafts(self) -> frozenset[str]:
        """The rows that are drafts."""
        return frozenset(row.record_id for row in self._rows.values() if row.state is ItemState.DRAFT)

    def load(self, rows: Iterable[OutboxRow]) -> None:
        """These are all there are."""
        fresh = {row.record_id: row for row in rows}
        gone: dict[str, OutboxRow | None] = dict.fromkeys(set(self._rows) - set(fresh))
        self.change({**gone, **fresh})

    def change(self, rows: Mapping[str, OutboxRow | None]) -> None:
        """These rows are now so; None for one that is gone."""
        for record_id, row in rows.items():
            if row is None:
                self._rows.pop(record_id, None)
            else:
                self._rows[record_id] = row
            self._settle(record_id, row if row is not None and row.state in FILTERS[self._filter] else None)
        self.tell_count()

    def choose(self, name: str) -> None:
        """Show what passes another filter."""
        self._filter = name
        for record_id, row in self._rows.items():
            self._settle(record_id, row if row.state in FILTERS[name] else None)
        self.tell_count()

    def retell(self) -> None:
        """Every text may read differently now."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def retell_one(self, record_id: str) -> None:
        """The texts of this row may read differently now."""
        at = self._place_of(record_id)
        if at is not None:
            self.dataChanged.emit(self.index(at), self.index(at))

    def clear(self) -> None:
        """Nobody is here."""
        self.beginResetModel()
        self._rows, self._shown = {}, []
        self.endResetModel()
        self.tell_count()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One value."""
        if not index.isValid() or role not in NAMES:
            return None
        return self._texts(self._shown[index.row()], OutboxRole(role))

    def roleNames(self) -> dict[int, QByteArray]:
        """The names QML knows them by."""
        return {int(role): QByteArray(name) for role, name in NAMES.items()}

    def _place_of(self, record_id: str) -> int | None:
        return next((n for n, shown in enumerate(self._shown) if shown.record_id == record_id), None)

    def _settle(self, record_id: str, row: OutboxRow | None) -> None:
        at = self._place_of(record_id)
        if at is not None and (row is None or row.order != self._shown[at].order):
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._shown[at]
            self.endRemoveRows()
            at = None
        if row is None:
            return
        if at is None:
            at = len(self._shown) - bisect_left([shown.order for shown in reversed(self._shown)], row.order)
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown.insert(at, row)
            self.endInsertRows()
        elif row != self._shown[at]:
            self._shown[at] = row
            self.dataChanged.emit(self.index(at), self.index(at))
