"""The officer's tasks as a list: filtered, due first, changed row by row: it never jumps under a finger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.tasks import TaskLine
from fieldapp.viewmodels.counted_rows import CountedListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

Index = QModelIndex | QPersistentModelIndex
FILTERS: dict[str, Callable[[TaskLine], bool]] = {
    "open": lambda line: line.open and not line.duty,
    "duty": lambda line: line.duty,
    "done": lambda line: not line.open,
    "all": lambda _line: True,
}
NEVER = datetime.max.replace(tzinfo=UTC)
MANY = 50
"""From so many rows that come or go at once the list is told as a whole."""


class TaskRole(IntEnum):
    """What a delegate may ask for; ``facts`` makes the values."""

    CASE_ID = Qt.ItemDataRole.UserRole + 1
    TITLE = Qt.ItemDataRole.UserRole + 2
    PLACE = Qt.ItemDataRole.UserRole + 3
    STATE = Qt.ItemDataRole.UserRole + 4
    MINE = Qt.ItemDataRole.UserRole + 5
    IS_OPEN = Qt.ItemDataRole.UserRole + 6
    STATUS = Qt.ItemDataRole.UserRole + 7
    SUPERVISED = Qt.ItemDataRole.UserRole + 8
    DUE_LEVEL = Qt.ItemDataRole.UserRole + 9
    DUE_MINUTES = Qt.ItemDataRole.UserRole + 10
    DISTANCE = Qt.ItemDataRole.UserRole + 11
    DUTY = Qt.ItemDataRole.UserRole + 12
    GIVEN_TO = Qt.ItemDataRole.UserRole + 13
    GIVEN_AT = Qt.ItemDataRole.UserRole + 14


NAMES = {
    TaskRole.CASE_ID: b"caseId",
    TaskRole.TITLE: b"title",
    TaskRole.PLACE: b"place",
    TaskRole.STATE: b"caseState",
    TaskRole.MINE: b"mine",
    TaskRole.IS_OPEN: b"isOpen",
    TaskRole.STATUS: b"status",
    TaskRole.SUPERVISED: b"supervised",
    TaskRole.DUE_LEVEL: b"dueLevel",
    TaskRole.DUE_MINUTES: b"dueMinutes",
    TaskRole.DISTANCE: b"distance",
    TaskRole.DUTY: b"duty",
    TaskRole.GIVEN_TO: b"givenTo",
    TaskRole.GIVEN_AT: b"givenAt",
}
Facts = Callable[[TaskLine, TaskRole], Any]
Order = tuple[bool, float, str]


def order_of(line: TaskLine) -> Order:
    """Open before done; open ones due first, done ones newest first."""
    if line.open:
        return (False, (line.due_at or NEVER).timestamp(), line.case_id)
    reported = line.reported_at.timestamp() if line.reported_at else 0.0
    return (True, -reported, line.case_id)


@QmlElement
@QmlUncreatable("made by TasksViewModel")
class TaskListModel(CountedListModel):  # type: ignore[operator]
    """Keeps every task, shows those that pass the filter."""

    def __init__(self, facts: Facts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._lines: dict[str, TaskLine] = {}
        self._shown: list[TaskLine] = []
        self._orders: list[Order] = []
        self._filter = "open"

    def line(self, case_id: str) -> TaskLine | None:
        """One task, shown or not."""
        return self._lines.get(case_id)

    def lines(self) -> Iterable[TaskLine]:
        """Every task, shown or not."""
        return self._lines.values()

    def load(self, lines: Iterable[TaskLine]) -> None:
        """These are all there are."""
        fresh = {line.case_id: line for line in lines}
        gone: dict[str, TaskLine | None] = dict.fromkeys(self._lines.keys() - fresh.keys())
        self.change({**gone, **fresh})

    def change(self, lines: Mapping[str, TaskLine | None]) -> None:
        """These tasks are now so; None for one that is gone."""
        moved = []
        for case_id, line in lines.items():
            before = self._lines.pop(case_id, None)
            if line is not None:
                self._lines[case_id] = line
            if before != line:
                moved.append((before, line))
        structural = sum(self._passes(a) != self._passes(b) for a, b in moved)
        if structural > MANY:
            self._reset()
        else:
            for before, line in moved:
                self._settle(before, line)
        self.tell_count()

    def choose(self, name: str) -> None:
        """Show what passes another filter."""
        self._filter = name
        self._reset()
        self.tell_count()

    def clear(self) -> None:
        """Nobody is here."""
        self._lines = {}
        self._reset()
        self.tell_count()

    def retell(self, *roles: TaskRole) -> None:
        """These values (all where none is named) may read differently now."""
        if self._shown:
            last = self.index(len(self._shown) - 1)
            self.dataChanged.emit(self.index(0), last, [int(role) for role in roles])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One value."""
        if not index.isValid() or role not in NAMES:
            return None
        return self._facts(self._shown[index.row()], TaskRole(role))

    def roleNames(self) -> dict[int, QByteArray]:
        """The names QML knows them by."""
        return {int(role): QByteArray(name) for role, name in NAMES.items()}

    def _passes(self, line: TaskLine | None) -> bool:
        return line is not None and FILTERS[self._filter](line)

    def _settle(self, before: TaskLine | None, line: TaskLine | None) -> None:
        at = self._place_of(before)
        shown = line is not None and self._passes(line)
        if at is not None and line is not None and shown and order_of(line) == self._orders[at]:
            self._shown[at] = line
            self.dataChanged.emit(self.index(at), self.index(at))
            return
        if at is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._shown[at], self._orders[at]
            self.endRemoveRows()
        if line is not None and shown:
            order = order_of(line)
            at = bisect_left(self._orders, order)
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown.insert(at, line)
            self._orders.insert(at, order)
            self.endInsertRows()

    def _place_of(self, line: TaskLine | None) -> int | None:
        if line is None or not self._passes(line):
            return None
        at = bisect_left(self._orders, order_of(line))
        return at if at < len(self._shown) and self._shown[at].case_id == line.case_id else None

    def _reset(self) -> None:
        self.beginResetModel()
        self._shown = sorted(filter(self._passes, self._lines.values()), key=order_of)
        self._orders = [order_of(line) for line in self._shown]
        self.endResetModel()
