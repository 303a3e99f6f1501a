"""Calls for reinforcement (增援): where one stands is the fold of its acts, one function for both ends.

A call is opened by its first act. Central asks the nearest free squads; their officers accept or decline, and
may change their mind; who called ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import COMMAND, FIELD, Role


class CallState(Enum):
    """Whether help is still wanted."""

    OPEN = "open"
    ENDED = "ended"


class CallActKind(Enum):
    """What is done on a call; ``call`` opens it."""

    CALL = "call"
    ACCEPT = "accept"
    DECLINE = "decline"
    END = "end"


CALLERS = FIELD
"""Who may call for reinforcement."""


class CallStep(msgspec.Struct, frozen=True):
    """What the fold needs to know of an act."""

    act_id: str
    kind: CallActKind
    officer_id: str


class CallStanding(msgspec.Struct, frozen=True):
    """Where a call stands: who is coming and who cannot, in the order of their answers."""

    state: CallState = CallState.OPEN
    coming: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    last_act: str = ""


def check_call_act(
    standing: CallStanding, step: CallStep, role: Role, *, caller: str, asked: frozenset[str]
) -> CallStanding:
    """The standing after the act, or ``NeedsPerson`` with the code that says why it may not be.

    Codes: ``call_over``, ``call_not_asked`` (another squad was), ``call_not_yours``, ``call_not_your_role``.
    """
    if step.kind is CallActKind.CALL:
        if role not in CALLERS:
            raise NeedsPerson("call_not_your_role", role=role.value)
        return apply_call(standing, step)
    if standing.state is CallState.ENDED:
        raise NeedsPerson("call_over", caller=caller)
    if step.kind is CallActKind.END:
        if step.officer_id != caller and role not in COMMAND:
            raise NeedsPerson("call_not_yours", caller=caller)
    elif step.officer_id not in asked:
        raise NeedsPerson("call_not_asked", caller=caller)
    return apply_call(standing, step)


def apply_call(standing: CallStanding, step: CallStep) -> CallStanding:
    """The standing after an act that was already found to be allowed."""
    coming = tuple(one for one in standing.coming if one != step.officer_id)
    declined = tuple(one for one in standing.declined if one != step.officer_id)
    if step.kind is CallActKind.ACCEPT:
        return CallStanding(standing.state, (*coming, step.officer_id), declined, step.act_id)
    if step.kind is CallActKind.DECLINE:
        return CallStanding(standing.state, coming, (*declined, step.officer_id), step.act_id)
    state = CallState.ENDED if step.kind is CallActKind.END else CallState.OPEN
    return CallStanding(state, standing.coming, standing.declined, step.act_id)


def fold_call(steps: Iterable[CallStep]) -> CallStanding:
    """The standing after a history of accepted acts in central's order."""
    standing = CallStanding()
    for step in steps:
        standing = apply_call(standing, step)
    return standing


def call_acts_offered(
    standing: CallStanding, role: Role, officer_id: str, *, caller: str, asked: frozenset[str]
) -> tuple[CallActKind, ...]:
    """What a person may do on a call now; who has said yes is not asked for it again."""
    if standing.state is CallState.ENDED:
        return ()
    said = {CallActKind.ACCEPT: standing.coming, CallActKind.DECLINE: standing.declined}
    offered = [kind for kind, done in said.items() if officer_id in asked and officer_id not in done]
    return (*offered, CallActKind.END) if officer_id == caller or role in COMMAND else tuple(offered)
