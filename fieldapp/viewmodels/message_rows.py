"""Conversations and messages as lists: what a line and a bubble show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

import msgspec
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.messages import Conversation, Message
from fieldapp.services.wording import moment_text
from fieldapp.viewmodels.lookup_rows import FIRST_ROLE, ValueListModel
from fieldapp.viewmodels.voice import length_text
from sync.messages import sentence
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

_LISTS = frozenset({"photos", "larges", "wanted", "originals", "voices", "lengths", "voices_wanted"})


class ConversationRow(msgspec.Struct, frozen=True):
    """A line of the list."""

    case_id: str
    short_id: str
    title: str
    place: str
    last: str
    when: str
    unread: int


class MessageRow(msgspec.Struct, frozen=True):
    """A bubble. ``status``: waiting, sending, sent or needs_you for own ones, "" for others'.

    ``photos`` and ``larges`` are addresses, "" where nothing is here; ``wanted`` what to ask for to see more.
    ``missing`` says why a file of others could not be had.
    """

    act_id: str
    mine: bool
    officer: str
    note: str
    when: str
    status: str
    reason: str
    read_by: str
    photos: tuple[str, ...] = ()
    larges: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    voices_wanted: tuple[str, ...] = ()
    missing: str = ""


@QmlElement
@QmlUncreatable("made by MessagesViewModel")
class ConversationListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ConversationRow``, unread ones first."""

    names = ("case_id", "short_id", "title", "place", "last", "when", "unread")
    key = ("case_id",)


@QmlElement
@QmlUncreatable("made by MessagesViewModel")
class MessageListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``MessageRow``, oldest first."""

    names = (
        "act_id", "mine", "officer", "note", "when", "status", "reason", "read_by",
        "photos", "larges", "wanted", "originals", "voices", "lengths", "voices_wanted", "missing",
    )  # fmt: skip
    key = ("act_id",)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """One value; photos and voice notes as lists."""
        at = role - FIRST_ROLE
        if index.isValid() and 0 <= at < len(self.names) and self.names[at] in _LISTS:
            return list(getattr(self._rows[index.row()], self.names[at]))
        return super().data(index, role)


def conversation_rows(
    lines: Sequence[Conversation], language: str, zone: tzinfo, attached: str
) -> list[ConversationRow]:
    """Conversations as the list shows them; ``attached`` stands where nothing was written beside a file."""
    colon = ": " if language == "en" else "："
    return [
        ConversationRow(
            line.case_id,
            line.short_id,
            line.class_en if language == "en" else line.class_zh,
            line.address,
            f"{line.last_officer}{colon}{' '.join(line.last_note.split()) or attached}",
            moment_text(line.last_at, zone),
            line.unread,
        )
        for line in lines
    ]


class MessageRows:
    """Messages as the bubbles show them. One that did not change keeps its row: of thousands, one is new."""

    def __init__(self) -> None:
        self._said_in: object = None
        self._made: dict[str, tuple[Message, MessageRow]] = {}

    def of(
        self, messages: Sequence[Message], language: str, zone: tzinfo, failed: Mapping[str, str], today: date
    ) -> list[MessageRow]:
        """``failed`` says by hash why a file could not be had; ``today`` is how times are said."""
        said_in = language, zone, dict(failed), today
        if said_in != self._said_in:
            self._said_in, self._made = said_in, {}
        made = self._made
        self._made = {
            one.act_id: kept
            if (kept := made.get(one.act_id)) is not None and kept[0] == one
            else (one, _row(one, language, zone, failed))
            for one in messages
        }
        return [row for _, row in self._made.values()]


def _row(one: Message, language: str, zone: tzinfo, failed: Mapping[str, str]) -> MessageRow:
    wanted = [*(photo.wanted for photo in one.photos), *(voice.wanted for voice in one.voices)]
    code = next((failed[sha256] for sha256 in wanted if sha256 in failed), "")
    return MessageRow(
        one.act_id,
        one.mine,
        one.officer,
        one.note,
        moment_text(one.done_at, zone),
        (one.state or ItemState.SENT).value if one.mine else "",
        sentence(one.code, {}, language) if one.code else "",
        "、".join(one.read_by),
        photos=tuple(_address(photo.path) for photo in one.photos),
        larges=tuple(_address(photo.large) for photo in one.photos),
        wanted=tuple(photo.wanted_large for photo in one.photos),
        originals=tuple(photo.photo.original.sha256 for photo in one.photos),
        voices=tuple(voice.path for voice in one.voices),
        lengths=tuple(length_text(voice.length_ms) for voice in one.voices),
        voices_wanted=tuple(voice.wanted for voice in one.voices),
        missing=fetch_text(code, language) if code else "",
    )


def fetch_text(code: str, language: str) -> str:
    """Why a file of others could not be had: it is not there yet, or there is no way to central now."""
    known = {"photo_unknown": "fetch_not_there", "not_ours": "fetch_damaged"}
    as_it_is = code in ("disk_full", "fetch_damaged", "paper_damaged", "paper_no_viewer")
    return sentence(code if as_it_is else known.get(code, "fetch_later"), {}, language)


def _address(path: str) -> str:
    return QUrl.fromLocalFile(path).toString() if path else ""
