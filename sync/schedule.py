"""When the next round is due. Pure: it is told the time (monotonic seconds) and what happened, and answers.

done        → again in five minutes, unless somebody nudges or a long poll sees a change
failed      → back-off with full jitter; a server's wish (Retry-After) is a floor that no nudge breaks
unreachable → besides, a cheap look at the server's port: its coming back after it was seen to be away
              makes the round due at once. A port that is open at the first look was away for less than that,
              or opens and is no good: a round is due too, but later and later as long as nothing answers
"""

from __future__ import annotations

from collections.abc import Callable

from sync.contract.errors import FieldError, RetryLater
from sync.plan import BACK_OFF_CAP_S, back_off

IDLE_S = 300.0
LOOK_WATCHED_S = 1.0
"""How often to look at the port while a person watches; nobody watching, the back-off is enough."""
_AWAY = frozenset({"unreachable", "timeout"})


class Schedule:
    """The next round's time."""

    def __init__(self, now: float, chance: Callable[[], float]) -> None:
        self.due = now
        self.failures = 0
        self._chance = chance
        self._not_before = now
        self._away = False
        self._seen_away = False
        self._open_from = now
        self._in_vain = 0
        self._by_look = False
        self._polls_lost = 0

    def nudged(self, now: float) -> None:
        """Somebody has something to send, or something to fetch: at once, within what the server wishes."""
        self.due = min(self.due, max(now, self._not_before))

    def succeeded(self, now: float) -> None:
        """A round went through."""
        self.due = now + IDLE_S
        self.failures = 0
        self._not_before = now
        self._away = self._seen_away = self._by_look = False
        self._in_vain = 0

    def failed(self, now: float, error: FieldError | None, *, answered: bool = False) -> None:
        """A round ended in an error (None: our own); ``answered`` says that central answered before that."""
        wished = error.after_s if isinstance(error, RetryLater) else None
        self.due = now + back_off(self.failures, wished, self._chance)
        self.failures += 1
        self._not_before = now + (wished or 0.0)
        self._away = error is not None and error.code in _AWAY
        if answered or not self._away:
            self._in_vain = 0
        elif self._by_look:
            self._in_vain += 1
        self._open_from = now + min(LOOK_WATCHED_S * 2.0**self._in_vain, BACK_OFF_CAP_S)
        self._seen_away = self._by_look = False

    def lost(self, now: float) -> None:
        """The long poll broke: a round will tell more, soon, but never in a hurry again and again."""
        soon = now + back_off(self._polls_lost, None, self._chance)
        self.due = min(self.due, max(soon, self._not_before))
        self._polls_lost += 1

    def held(self) -> None:
        """The long poll works."""
        self._polls_lost = 0

    def wait_s(self, now: float, *, watched: bool) -> float:
        """How long to sleep before asking again."""
        left = max(0.0, self.due - now)
        return min(left, LOOK_WATCHED_S) if self._away and watched else left

    def wants_look(self, now: float, *, watched: bool) -> bool:
        """Whether to look at the server's port now."""
        return self._away and watched and now < self.due

    def looked(self, now: float, *, reachable: bool) -> None:
        """What the look found. A return after an absence counts at once; an open port alone may be one that
        fails every round, and is believed the less the more rounds it has failed without an answer."""
        if not reachable:
            self._seen_away = True
            self._in_vain = 0
        elif self._seen_away:
            self.nudged(now)
        elif now < self.due:
            self._by_look = True
            self.nudged(max(now, self._open_from))
