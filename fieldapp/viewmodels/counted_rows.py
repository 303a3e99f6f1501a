"""A list model that tells how many rows it shows: what pages bind to that change when a list runs empty.

A view's own count is no such thing: Qt's list does not always tell that its last row has gone, and tells of
rows that come to a hidden list only when it is laid out.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QAbstractListModel, QObject, Signal


class CountedListModel(QAbstractListModel):
    """What is read is what was told: between a row taken out and the one put in its place nothing is told."""

    countChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = 0

    def get_count(self) -> int:
        """How many rows."""
        return self._told

    count = Property(int, get_count, notify=countChanged)

    def tell_count(self) -> None:
        """Whoever has changed the rows says so here, when the whole change is made."""
        counted = self.rowCount()
        if counted != self._told:
            self._told = counted
            self.countChanged.emit()
