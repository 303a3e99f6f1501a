"""The officers who have signed in on this tablet: numbers always, names once the store was open."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.counted_rows import CountedListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

Index = QModelIndex | QPersistentModelIndex


class OfficerRole(IntEnum):
    """Roles of the list."""

    OFFICER_ID = Qt.ItemDataRole.UserRole + 1
    NAME = Qt.ItemDataRole.UserRole + 2


@QmlElement
@QmlUncreatable("made by SessionViewModel")
class OfficerListModel(CountedListModel):  # type: ignore[operator]
    """A few rows that change once in a while: replaced whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []

    def replace(self, officers: Sequence[tuple[str, str]]) -> None:
        """Show these (number, name or "")."""
        self.beginResetModel()
        self._rows = list(officers)
        self.endResetModel()
        self.tell_count()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """One value."""
        if not index.isValid():
            return None
        number, name = self._rows[index.row()]
        return number if role == OfficerRole.OFFICER_ID else name if role == OfficerRole.NAME else None

    def roleNames(self) -> dict[int, QByteArray]:
        """The names QML knows them by."""
        return {
            int(OfficerRole.OFFICER_ID): QByteArray(b"officerId"),
            int(OfficerRole.NAME): QByteArray(b"name"),
        }
