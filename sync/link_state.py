"""How things stand with central, as a person should see it. Pure."""

from __future__ import annotations

import msgspec

from sync.contract.errors import FieldError, RetryLater
from sync.sending import EVERYTHING, Sending

Facts = dict[str, str | int | float | bool | None]

_OFFLINE = frozenset({"unreachable", "timeout", "not_ours", "interrupted"})


class LinkState(msgspec.Struct, frozen=True):
    """``link``: not_enrolled, locked, paused, starting, online, offline, needs_you.

    ``code`` and ``facts`` say why it is not well; ``last_answer`` and ``next_attempt`` are ISO UTC or "".
    ``sending`` says which lanes wait for a rule of the person's, and what is known of link and battery.
    """

    link: str
    busy: bool = False
    code: str = ""
    facts: Facts = {}
    last_answer: str = ""
    next_attempt: str = ""
    failures: int = 0
    sending: Sending = EVERYTHING


def plain(facts: dict[str, object]) -> Facts:
    """Facts that JSON can carry."""
    return {k: v if isinstance(v, str | int | float | bool | None) else str(v) for k, v in facts.items()}


def at_work(before: LinkState) -> LinkState:
    """A round is running."""
    link = "starting" if before.link in ("paused", "locked", "not_enrolled") else before.link
    return msgspec.structs.replace(before, link=link, busy=True)


def at_rest(before: LinkState, *, paused: bool) -> LinkState:
    """No round is running, or may run while paused."""
    return msgspec.structs.replace(before, link="paused" if paused else before.link, busy=False)


def after_success(now: str, next_attempt: str) -> LinkState:
    """Central has answered everything."""
    return LinkState("online", last_answer=now, next_attempt=next_attempt)


def after_failure(before: LinkState, error: FieldError, next_attempt: str, failures: int) -> LinkState:
    """A round ended in an error: the network's, the server's, or one that a person must see to."""
    link = "needs_you"
    if isinstance(error, RetryLater):
        link = "offline" if error.code in _OFFLINE else "online"
    return LinkState(
        link,
        code=error.code,
        facts=plain(error.facts),
        last_answer=before.last_answer,
        next_attempt=next_attempt,
        failures=failures,
    )
