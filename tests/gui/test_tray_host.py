"""Asking the desktop whether it shows tray icons: one that was too busy to answer is asked again."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

from fieldapp.services.tray_host import NO_ANSWER, TrayHost


class Asked:
    """A question that has come to its end."""

    def __init__(self, answer: QDBusMessage) -> None:
        self._answer = answer

    def reply(self) -> QDBusMessage:
        return self._answer


def answered(answer: QDBusMessage) -> tuple[bool, int]:
    """Whether there is a place for icons then, and how often was asked once more."""
    host, asked_again = TrayHost(), [0]

    def look() -> None:
        asked_again[0] += 1

    host.look = look  # type: ignore[method-assign]
    host._answered(cast(QDBusPendingCallWatcher, Asked(answer)))
    return host.available, asked_again[0]


@pytest.mark.parametrize(
    ("error", "again"), [(NO_ANSWER, 1), ("org.freedesktop.DBus.Error.ServiceUnknown", 0)]
)
def test_desktop_that_was_too_busy_to_answer_is_asked_once_more_and_one_without_icons_is_not(
    qapp: object, error: str, again: int
) -> None:
    assert answered(QDBusMessage.createError(error, "")) == (False, again)
