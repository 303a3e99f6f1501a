"""Whether this desktop shows tray icons, as it is by now: a panel may come later, or go and come back.

On Linux that is a StatusNotifierItem host on the session's D-Bus, asked of its watcher. Only where one is
there may the icon be made: Qt has nothing to fall back on in a program without widgets.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
    QDBusVariant,
)
from PySide6.QtGui import QGuiApplication

WATCHER = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"
ASK_MS = 30_000
"""At log-in everything starts at once, the panel too; nobody waits for its answer."""
NO_ANSWER = "org.freedesktop.DBus.Error.NoReply"
WINDOW_SYSTEMS = ("xcb", "wayland")


class TrayHost(QObject):
    """Looks when it is made and whenever the watcher comes to the bus."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.available = sys.platform == "win32"
        if not QGuiApplication.platformName().startswith(WINDOW_SYSTEMS):
            return
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        self._bus = bus
        self._watch = QDBusServiceWatcher(
            WATCHER, bus, QDBusServiceWatcher.WatchModeFlag.WatchForRegistration, self
        )
        self._watch.serviceRegistered.connect(self._look)
        signal = "StatusNotifierHostRegistered"
        bus.connect(WATCHER, PATH, WATCHER, signal, self, SLOT("look()"))  # type: ignore[call-overload]
        self._look()

    @Slot()
    def look(self) -> None:
        """Ask, without waiting for the answer: a desktop that hangs must not hold up the window."""
        if self.available:
            return
        question = QDBusMessage.createMethodCall(WATCHER, PATH, "org.freedesktop.DBus.Properties", "Get")
        question.setArguments([WATCHER, "IsStatusNotifierHostRegistered"])
        question.setAutoStartService(False)
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(question, ASK_MS), self)
        self._asked.finished.connect(self._answered)

    @Slot(str)
    def _look(self, *_: object) -> None:
        self.look()

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, asked: QDBusPendingCallWatcher) -> None:
        told = asked.reply()
        if told.type() is QDBusMessage.MessageType.ReplyMessage and _is_true(told.arguments()):
            self.available = True
            self.changed.emit()
        elif told.errorName() == NO_ANSWER:
            self.look()


def _is_true(arguments: list[Any]) -> bool:
    """The one value of the answer, in or out of its D-Bus wrapping."""
    value = arguments[0] if arguments else None
    return (value.variant() if isinstance(value, QDBusVariant) else value) is True
