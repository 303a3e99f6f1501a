"""What the window knows of the way to central: a state, a few signals, a nudge. See ``daemon_link``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from PySide6.QtCore import QObject, Signal, Slot


class LinkState(msgspec.Struct, frozen=True):
    """How sending stands. ``code`` and ``facts`` say why it does not go, "" while it does.

    ``status``: starting (the daemon is not heard yet), online, offline, locked (it has no key), paused,
    needs_you (central wants a person: token, identity, clock).
    """

    status: str = "starting"
    code: str = ""
    facts: Mapping[str, object] = {}
    busy: bool = False
    last_contact: datetime | None = None
    next_attempt: datetime | None = None


class Link(QObject):
    """Signals and state; by itself it reaches nobody, which is all that a test of a page needs."""

    stateChanged = Signal(object)
    """``LinkState``."""

    recordsChanged = Signal(object)
    """``frozenset[str]`` of record ids."""

    tablesChanged = Signal(object)
    """``frozenset[str]`` of table names."""

    progressed = Signal(str, str, float, float)
    """Record id, SHA-256, bytes central has, bytes in all."""

    filled = Signal(float, float)
    """Bytes of the first fill: done, in all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LinkState()

    def start(self) -> None:
        """Begin to keep the link up."""

    @Slot()
    def nudge(self) -> None:
        """Something was saved that should go soon."""

    def agree(self) -> None:
        """A person agreed to the deletions central asks for (``mass_delete``)."""

    def hand_over(self, key: bytes) -> None:
        """The key of the work store, for the daemon's memory."""

    def forget_key(self) -> None:
        """The officer signed out: the window has no key any more."""

    def close(self) -> None:
        """Let go of the link. The daemon goes on by itself."""

    def set_state(self, state: LinkState) -> None:
        """Tell a state that is another one than before."""
        if state != self.state:
            self.state = state
            self.stateChanged.emit(state)
