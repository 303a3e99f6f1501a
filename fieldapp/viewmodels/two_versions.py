"""A draft that somebody else wrote too: both sides become one under the person's eyes, nothing typed is lost.

kept with what the form knew → merged → form and photos follow → what lost is listed, one tap to take it
"""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.drafts import DraftBody
from fieldapp.capture.two_versions import lay_away, other_versions, take_other, value_of
from fieldapp.services.wording import age_text
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.clock import Clock
from sync.contract.ids import short_id
from sync.merge_fields import PutAside

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SHOWN = ("note", "class_code", "place", "grid_cell", "address", "plate", "unit", "joins", "facts")
"""Fields a person knows, in the order of the form."""


class VersionRow(msgspec.Struct, frozen=True):
    """A field with two versions: what stands; what was put aside, how long ago and by whom it was written."""

    key: str
    field: str
    standing: str
    other: str
    age: str
    by: str


@QmlElement
@QmlUncreatable("made by TwoVersionsViewModel")
class VersionListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``VersionRow``."""

    names = ("key", "field", "standing", "other", "age", "by")
    key = ("key",)


@QmlElement
@QmlUncreatable("made by whoever holds the draft")
class TwoVersionsViewModel(QObject):  # type: ignore[operator]
    """``read`` and ``write`` are the draft in hand; ``name_class`` says a class in words. Nothing of it keeps
    a draft from being filed."""

    changed = Signal()

    def __init__(
        self,
        read: Callable[[], DraftBody],
        write: Callable[[DraftBody], None],
        name_class: Callable[[str], str],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._write = read, write
        self._name_class, self._clock = name_class, clock
        self._items = VersionListModel(self)
        self._shown: tuple[PutAside, ...] = ()
        self._away = 0

    @Property(VersionListModel, constant=True)
    def items(self) -> VersionListModel:
        """Those to be looked at."""
        return self._items

    @Property(int, notify=changed)
    def away(self) -> int:
        """How many were put away, and can be shown again."""
        return self._away

    @Slot(str)
    def take(self, key: str) -> None:
        """Let the other version stand; what stood is the other one now."""
        for one in self._shown:
            if _key(one) == key:
                self._write(take_other(self._read(), one, self._clock.now()))
                return

    @Slot(str)
    def layAway(self, key: str) -> None:
        """Seen and needed no more; it stays in the draft."""
        for one in self._shown:
            if _key(one) == key:
                self._write(lay_away(self._read(), one))
                return

    @Slot()
    def showAgain(self) -> None:
        """List all that was put away."""
        body = self._read()
        for one in other_versions(body):
            body = lay_away(body, one, away=False)
        self._write(body)

    @Slot()
    def look(self) -> None:
        """The draft in hand is another now."""
        body = self._read()
        known = [one for one in other_versions(body) if one.field in SHOWN]
        self._shown = tuple(
            sorted((one for one in known if not one.away), key=lambda one: SHOWN.index(one.field))
        )
        self._away = len(known) - len(self._shown)
        self._items.show([self._row(body, one) for one in self._shown])
        self.changed.emit()

    def _row(self, body: DraftBody, one: PutAside) -> VersionRow:
        age = age_text(max(0.0, (self._clock.now() - one.at).total_seconds()))
        standing = self._text(one.field, value_of(body, one.field))
        return VersionRow(
            _key(one), one.field, standing, self._text(one.field, json.loads(one.value)), age, one.by
        )

    def _text(self, field: str, value: object) -> str:
        if field == "class_code" and value:
            return self._name_class(str(value))
        if field == "joins" and value:
            return short_id(str(value))
        if isinstance(value, dict):
            lon, lat = value.get("lon"), value.get("lat")
            return "" if lon is None or lat is None else f"{lat:.6f}, {lon:.6f}"
        return "" if value is None else str(value)


def _key(one: PutAside) -> str:
    return f"{one.field} {one.value}"
