"""Bubbles of a conversation: of thousands of messages, only what changed is made anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from fieldapp.capture.messages import Message
from fieldapp.viewmodels.message_rows import MessageRows
from sync.replica.outbox import ItemState

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def said(number: int, **changed: object) -> Message:
    message = Message(str(number), False, "冯国强", f"{number}", AT, ItemState.SENT, "", ())
    return msgspec.structs.replace(message, **changed)


def test_one_more_message_leaves_the_rows_of_the_others_as_they_are() -> None:
    rows, messages = MessageRows(), [said(number) for number in range(5)]
    before = rows.of(messages, "zh", UTC, {}, TODAY)

    after = rows.of([*messages[1:], said(5)], "zh", UTC, {}, TODAY)

    assert [row.act_id for row in after] == ["1", "2", "3", "4", "5"]
    assert all(new is old for new, old in zip(after[:4], before[1:], strict=True))


def test_message_that_was_read_meanwhile_gets_another_row() -> None:
    rows = MessageRows()
    (before, other) = rows.of([said(0), said(1)], "zh", UTC, {}, TODAY)

    (after, same) = rows.of([said(0, read_by=("陈志远",)), said(1)], "zh", UTC, {}, TODAY)

    assert (before.read_by, after.read_by) == ("", "陈志远")
    assert same is other


def test_another_language_day_or_failed_file_makes_all_rows_anew() -> None:
    rows = MessageRows()
    (first,) = rows.of([said(0)], "zh", UTC, {}, TODAY)
    for language, failed, day in (
        ("en", {}, TODAY),
        ("en", {"00": "busy"}, TODAY),
        ("en", {}, date(2026, 11, 23)),
    ):
        (row,) = rows.of([said(0)], language, UTC, failed, day)
        assert row is not first
        first = row
