"""Notices on the desktop, by org.freedesktop.Notifications over the session's D-Bus.

A thread of its own speaks to the bus, so that nobody waits for a desktop. Without a bus, or without anybody
there who shows notices, nothing is shown and nothing is wrong: everything is said in the window too.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from sync.messages import sentence
from sync.notices import Notice, NoticeKind

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ICON = "fieldapp"
"""The icon's name and that of the desktop entry, as they are installed."""
ASK_S = 3.0
LEAVE_S = 1.0
NORMAL, CRITICAL = 1, 2
_TROUBLE = (OSError, RuntimeError, ValueError, KeyError, IndexError)
"""No bus; an address that is no socket; nonsense on the line."""


class Notifier:
    """``show`` returns at once; the first one starts the thread."""

    def __init__(self, language: Callable[[], str], *, bus: str = "SESSION") -> None:
        self._language = language
        self._bus = bus
        self._waiting: queue.SimpleQueue[Notice | None] = queue.SimpleQueue()
        self._shown: dict[NoticeKind, int] = {}
        self._thread: threading.Thread | None = None

    def show(self, notice: Notice) -> None:
        """Have the desktop show it, in the place of an older one of its kind."""
        if not sys.platform.startswith("linux"):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
            self._thread.start()
        self._waiting.put(notice)

    def close(self, timeout_s: float = LEAVE_S) -> None:
        """Let what was asked for go out, but wait for no desktop that does not answer."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while (notice := self._waiting.get()) is not None:
            with suppress(*_TROUBLE):
                self._tell(notice)

    def _tell(self, notice: Notice) -> None:
        from jeepney import DBusAddress, MessageType, new_method_call  # here: there is no D-Bus elsewhere
        from jeepney.io.blocking import open_dbus_connection

        language = self._language()
        text = sentence(f"notice_{notice.kind}", {"count": notice.count}, language)
        hints = {
            "urgency": ("y", CRITICAL if notice.urgent else NORMAL),
            "desktop-entry": ("s", ICON),
            "category": ("s", "transfer" if notice.kind is NoticeKind.SENT else "presence"),
        }
        place = DBusAddress(PATH, bus_name=NAME, interface=NAME)
        title = sentence("notice_title", {}, language)
        no_actions: list[str] = []
        body = ("fieldapp", self._shown.get(notice.kind, 0), ICON, title, text, no_actions, hints, -1)
        with open_dbus_connection(self._bus) as connection:
            message = new_method_call(place, "Notify", "susssasa{sv}i", body)
            reply = connection.send_and_get_reply(message, timeout=ASK_S)
        if reply.header.message_type is MessageType.method_return:
            self._shown[notice.kind] = int(reply.body[0])
