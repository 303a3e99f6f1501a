"""Answers of other threads, brought to the GUI thread by addresses that keep no Qt object alive.

A thread that let go of the last reference to a Qt object would take it down there, while the GUI thread may
be delivering to it. So a thread gets an address: it names whom to tell, without holding them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

Letter = tuple[WeakMethod[Callable[..., Any]], tuple[object, ...]]


class Courier(QObject):
    """One for the program, made in the GUI thread and never taken down before it ends."""

    sent = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _deliver(self, letter: Letter) -> None:
        whom, said = letter
        method: Any = whom()
        if method is not None and shiboken6.isValid(method.__self__):
            method(*said)


class Address:
    """Called from any thread, calls the method in the GUI thread, in order; not if its object has gone."""

    def __init__(self, method: Callable[..., object]) -> None:
        """``method`` is a bound one of a Qt object; called in the GUI thread."""
        self._method: WeakMethod[Callable[..., Any]] = WeakMethod(method)
        self._courier = _courier()

    def __call__(self, *said: object) -> None:
        """Tell it."""
        self._courier.sent.emit((self._method, said))


@cache
def _courier() -> Courier:
    return Courier()
