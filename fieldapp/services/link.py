"""What the window knows of the way to central: a state, a few signals, a nudge. See ``daemon_link``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from sync import link_state
from sync.sending import EVERYTHING, Sending, SendingRules


class LinkState(msgspec.Struct, frozen=True):
    """How sending stands. ``code`` and ``facts`` say why it does not go, "" while it does.

    ``status``: starting (the daemon is not heard yet), online, offline, locked (it has no key), paused,
    needs_you (central wants a person: token, identity, clock). ``sending`` is what the person's rules hold
    back, and what the daemon knows of connection and battery.
    """

    status: str = "starting"
    code: str = ""
    facts: Mapping[str, object] = {}
    busy: bool = False
    last_contact: datetime | None = None
    next_attempt: datetime | None = None
    sending: Sending = EVERYTHING

    @property
    def told(self) -> link_state.LinkState:
        """The same as the daemon says it."""
        return link_state.LinkState(
            self.status,
            busy=self.busy,
            code=self.code,
            facts=link_state.plain(dict(self.facts)),
            last_answer=self.last_contact.isoformat() if self.last_contact else "",
            next_attempt=self.next_attempt.isoformat() if self.next_attempt else "",
            sending=self.sending,
        )


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

    fetched = Signal(str, str)
    """SHA-256 of a file of others, and "" when it is here now, else the code that says why it is not."""

    baseMapChanged = Signal(object)
    """``MapState``: how it stands with the base map that central offers."""

    rulesChanged = Signal(object)
    """``SendingRules`` in force, as the daemon tells them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LinkState()
        self.rules = SendingRules()

    def start(self) -> None:
        """Begin to keep the link up."""

    @Slot()
    def nudge(self) -> None:
        """Something was saved that should go soon."""

    @Slot(str)
    def fetch(self, sha256: str) -> None:
        """Somebody looks at a file of others: ask central for it; ``fetched`` follows."""

    @Slot(str, bool)
    def base_map(self, do: str, any_link: bool) -> None:
        """What a person wants of the base map that central offers; ``baseMapChanged`` follows."""

    def send_now(self) -> None:
        """The person wants what is pending to go now, whatever the rules say."""

    def ask_rules(self) -> None:
        """Somebody looks at the rules: tell them as they are by now."""

    def change_rules(self, change: Mapping[str, object]) -> None:
        """The person chose other rules; ``rulesChanged`` follows when they are in force."""
        rules = msgspec.convert({**msgspec.to_builtins(self.rules), **change}, SendingRules)
        self.set_rules(rules.checked())

    def agree(self) -> None:
        """A person agreed to the deletions central asks for (``mass_delete``)."""

    def hand_over(self, key: bytes) -> None:
        """The key of the work store, for the daemon's memory."""

    def forget_key(self) -> None:
        """The officer signed out: the window has no key any more."""

    def close(self) -> None:
        """Let go of the link. The daemon goes on by itself."""

    def set_rules(self, rules: SendingRules) -> None:
        """Tell rules that are others than before."""
        if rules != self.rules:
            self.rules = rules
            self.rulesChanged.emit(rules)

    def set_state(self, state: LinkState) -> None:
        """Tell a state that is another one than before."""
        if state != self.state:
            self.state = state
            self.stateChanged.emit(state)
