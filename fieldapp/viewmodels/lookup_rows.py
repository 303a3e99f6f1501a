"""A list of frozen values as a QML model: the roles are the fields named, changes are told narrowly."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar

import msgspec
from PySide6.QtCore import QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.ui.fonts import printable
from fieldapp.viewmodels.counted_rows import CountedListModel

Index = QModelIndex | QPersistentModelIndex
FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ValueListModel(CountedListModel):
    """Rows that are frozen structs. A row whose key stays is changed in place, never taken out."""

    names: ClassVar[tuple[str, ...]] = ()
    """The roles, by the fields' names in Python's style; QML knows them in its own."""

    key: ClassVar[tuple[str, ...]] = ()
    """The fields that say which row is which."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[msgspec.Struct] = []

    def rows(self) -> Sequence[msgspec.Struct]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[msgspec.Struct]) -> None:
        """Show these rows instead."""
        before, after = [self._key(row) for row in self._rows], [self._key(row) for row in rows]
        head = _same(before, after)
        tail = _same(before[head:][::-1], after[head:][::-1])
        if gone := len(before) - head - tail:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            del self._rows[head : head + gone]
            self.endRemoveRows()
        if new := len(after) - head - tail:
            self.beginInsertRows(QModelIndex(), head, head + new - 1)
            self._rows[head:head] = rows[head : head + new]
            self.endInsertRows()
        for at, row in enumerate(rows):
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))
        self.tell_count()

    def append(self, rows: Sequence[msgspec.Struct]) -> None:
        """Show these rows too, at the end."""
        self.show([*self._rows, *rows])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One value; enums by their word, places of a text as "3,5", texts fit to be drawn."""
        at = role - FIRST_ROLE
        if not index.isValid() or not 0 <= at < len(self.names):
            return None
        value = getattr(self._rows[index.row()], self.names[at])
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, tuple):
            return ",".join(map(str, value))
        return printable(value) if isinstance(value, str) else value

    def roleNames(self) -> dict[int, QByteArray]:
        """The names QML knows them by."""
        return {FIRST_ROLE + at: QByteArray(_camel(name).encode()) for at, name in enumerate(self.names)}

    def _key(self, row: msgspec.Struct) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in self.key)


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    """How many items two sequences begin with in common."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
