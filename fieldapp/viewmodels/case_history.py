"""The history of one case as a list: central's acts, and own acts with where they are on their way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.case_history import HistoryEntry
from fieldapp.viewmodels.lookup_rows import FIRST_ROLE, ValueListModel
from sync.contract.records import PhotoRole
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


_LISTS = frozenset({"photos", "larges", "originals", "wanted"})


class HistoryRow(msgspec.Struct, frozen=True):
    """One line of the timeline. ``status`` is an outbox word, "" for acts of others; ``mine``: made here."""

    act_id: str
    kind: str
    officer: str
    to_officer: str
    note: str
    done_at: str
    status: str
    refused: bool
    taken_back: bool
    reason: str
    photo_count: int
    before_count: int
    photos: tuple[str, ...]
    larges: tuple[str, ...]
    away: float
    mine: bool
    originals: tuple[str, ...] = ()
    """The hashes of the originals of the photos shown."""
    wanted: tuple[str, ...] = ()
    """What to ask central for to see the photos that are not here."""
    before: str = ""
    after: str = ""
    """The first photo of each side that can be shown here: "" where there is none."""
    ruling: str = ""


@QmlElement
@QmlUncreatable("made by TasksViewModel")
class CaseHistoryModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``HistoryRow``."""

    names = (
        "act_id",
        "kind",
        "officer",
        "to_officer",
        "note",
        "done_at",
        "status",
        "refused",
        "taken_back",
        "reason",
        "photo_count",
        "before_count",
        "photos",
        "larges",
        "away",
        "originals",
        "wanted",
        "before",
        "after",
        "ruling",
    )
    key = ("act_id",)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """One value; photos as a list of addresses."""
        at = role - FIRST_ROLE
        if index.isValid() and 0 <= at < len(self.names) and self.names[at] in _LISTS:
            return list(getattr(self._rows[index.row()], self.names[at]))
        return super().data(index, role)


def way_word(state: ItemState | None) -> str:
    """The outbox word of what was done here, "" when it is settled. A record that a broken-off send has
    frozen waits, maybe for hours: only the outbox, which knows the link, says "sending"."""
    if state is None or state is ItemState.SENT:
        return ""
    return str((ItemState.WAITING if state is ItemState.SENDING else state).value)


def history_rows(
    entries: Sequence[HistoryEntry],
    say: Callable[[HistoryEntry], str],
    when: Callable[[datetime | None], str],
) -> list[HistoryRow]:
    """Entries as the timeline shows them, newest first; ``say`` makes the reason, ``when`` the time."""
    return [
        HistoryRow(
            act_id=entry.act_id,
            kind=entry.kind,
            officer=entry.officer,
            to_officer=entry.to_officer,
            note=entry.note,
            done_at=when(entry.done_at),
            status=way_word(entry.state),
            refused=entry.refused,
            taken_back=entry.taken_back,
            reason=say(entry) if entry.code else "",
            photo_count=len(entry.photos),
            before_count=sum(photo.role is PhotoRole.BEFORE for photo in entry.photos),
            photos=tuple(QUrl.fromLocalFile(p.path).toString() for p in entry.photos if p.path),
            larges=tuple(QUrl.fromLocalFile(p.large).toString() for p in entry.photos if p.path),
            away=-1.0 if entry.away_m is None else entry.away_m,
            mine=entry.state is not None,
            originals=tuple(p.photo.original.sha256 for p in entry.photos if p.path),
            wanted=tuple(p.wanted_large or p.wanted for p in entry.photos if not p.path),
            before=_first_of(entry, before=True),
            after=_first_of(entry, before=False),
            ruling=entry.ruling,
        )
        for entry in reversed(entries)
    ]


def _first_of(entry: HistoryEntry, *, before: bool) -> str:
    """The first photo of a side of a pair, as large as it is here."""
    sides = {PhotoRole.BEFORE, PhotoRole.AFTER}
    files = (
        p.large
        for p in entry.photos
        if p.role in sides and (p.role is PhotoRole.BEFORE) is before and p.large
    )
    found = next(files, "")
    return QUrl.fromLocalFile(found).toString() if found else ""
