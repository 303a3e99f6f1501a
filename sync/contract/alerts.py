"""Alerts (预警) from the supervision side: what they are, what may be done on one, and where it stands.

An alert's state is the fold of its acts in central's order, by this one table at both ends: who takes it
first has it, and only they pass it on, put it back, dismiss it or call it answered. Mild ones are for grid
workers, the others for officers.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import COMMAND, Role


class AlertKind(Enum):
    """What was seen."""

    SITE_DWELL = "site_dwell"
    OFF_ROUTE = "off_route"
    SPEEDING = "speeding"
    SPILLING = "spilling"
    BLACKLIST_SEEN = "blacklist_seen"


class Severity(Enum):
    """How much it matters."""

    MILD = 1
    SERIOUS = 2
    GRAVE = 3


class AlertState(Enum):
    """Where an alert stands. ``passed``: given to somebody who has not taken it yet."""

    OPEN = "open"
    PASSED = "passed"
    TAKEN = "taken"
    DISMISSED = "dismissed"
    DONE = "done"


class AlertActKind(Enum):
    """What is done on an alert."""

    TAKE = "take"
    PASS_ON = "pass_on"
    RELEASE = "release"
    DONE = "done"
    DISMISS = "dismiss"
    REOPEN = "reopen"


S, A = AlertState, AlertActKind
HELD = frozenset({S.PASSED, S.TAKEN})
OVER = frozenset({S.DISMISSED, S.DONE})
NEEDS_NOTE = frozenset({A.DISMISS})
SOURCES = {
    A.TAKE: frozenset({S.OPEN, S.PASSED}),
    A.PASS_ON: frozenset({S.OPEN, S.PASSED, S.TAKEN}),
    A.RELEASE: HELD,
    A.DONE: frozenset({S.TAKEN}),
    A.DISMISS: frozenset({S.OPEN, S.PASSED, S.TAKEN}),
    A.REOPEN: OVER,
}
"""From which states each act may be done."""
OFFICERS = frozenset({Role.INSPECTOR})


def answerers(severity: Severity) -> frozenset[Role]:
    """Who may answer an alert in the field."""
    return OFFICERS | {Role.GRID_WORKER} if severity is Severity.MILD else OFFICERS


PASSERS = frozenset({Role.GRID_WORKER, Role.INSPECTOR}) | COMMAND
"""Who may give an alert that nobody holds to somebody else: also whom it is too serious for."""


class AlertStep(msgspec.Struct, frozen=True):
    """What the fold needs to know of an act."""

    act_id: str
    kind: AlertActKind
    officer_id: str
    to_officer: str = ""


class AlertStanding(msgspec.Struct, frozen=True):
    """Where an alert stands, who has it (or had it at the end), and the last act that moved it."""

    state: AlertState = AlertState.OPEN
    holder: str = ""
    last_act: str = ""


def check_alert_act(
    standing: AlertStanding,
    severity: Severity,
    step: AlertStep,
    role: Role,
    *,
    has_note: bool,
    to_role: Role | None = None,
) -> AlertStanding:
    """The standing after the act, or ``NeedsPerson`` with the code that says why it may not be.

    Codes: ``alert_over`` and ``alert_taken`` (somebody was first), ``alert_act_not_allowed`` (state),
    ``alert_not_your_role``, ``alert_needs_reason``, ``alert_to_unfit`` (whom it is passed on to).
    """
    _check_state(standing, step, role)
    if role not in _roles(severity, step.kind):
        raise NeedsPerson("alert_not_your_role", act=step.kind.value, role=role.value)
    if step.kind in NEEDS_NOTE and not has_note:
        raise NeedsPerson("alert_needs_reason", act=step.kind.value)
    is_given = step.kind is A.PASS_ON
    if is_given and (to_role not in answerers(severity) or step.to_officer == step.officer_id):
        raise NeedsPerson("alert_to_unfit", officer_id=step.to_officer)
    return apply_alert(standing, step)


def _check_state(standing: AlertStanding, step: AlertStep, role: Role) -> None:
    if standing.state in OVER and step.kind is not A.REOPEN:
        raise NeedsPerson("alert_over", state=standing.state.value, holder=standing.holder)
    commands = role in COMMAND and step.kind is not A.TAKE
    if standing.state in HELD and standing.holder != step.officer_id and not commands:
        raise NeedsPerson("alert_taken", state=standing.state.value, holder=standing.holder)
    if standing.state not in SOURCES[step.kind]:
        raise NeedsPerson("alert_act_not_allowed", act=step.kind.value, state=standing.state.value)


def _roles(severity: Severity, kind: AlertActKind) -> frozenset[Role]:
    if kind is A.REOPEN:
        return COMMAND
    if kind in (A.TAKE, A.DONE):
        return answerers(severity)
    if kind is A.PASS_ON:
        return PASSERS
    return answerers(severity) | COMMAND


def apply_alert(standing: AlertStanding, step: AlertStep) -> AlertStanding:
    """The standing after an act that was already found to be allowed."""
    if step.kind is A.TAKE:
        return AlertStanding(S.TAKEN, step.officer_id, step.act_id)
    if step.kind is A.PASS_ON:
        return AlertStanding(S.PASSED, step.to_officer, step.act_id)
    if step.kind in (A.RELEASE, A.REOPEN):
        return AlertStanding(S.OPEN, "", step.act_id)
    holder = standing.holder or step.officer_id
    return AlertStanding(S.DONE if step.kind is A.DONE else S.DISMISSED, holder, step.act_id)


def fold_alert(steps: Iterable[AlertStep]) -> AlertStanding:
    """The standing after a history of accepted acts in central's order."""
    standing = AlertStanding()
    for step in steps:
        standing = apply_alert(standing, step)
    return standing


def merge_alert(
    told: AlertStanding, known_acts: frozenset[str], own: Iterable[tuple[AlertStep, Role]]
) -> tuple[AlertStanding, tuple[str, ...]]:
    """Central's standing with own unjudged acts on top, and which they are; central decides in the end.

    An own act that may not be done on the standing reached stays pending without effect.
    """
    standing, pending = told, []
    for step, role in own:
        if step.act_id in known_acts:
            continue
        pending.append(step.act_id)
        try:
            _check_state(standing, step, role)
        except NeedsPerson:
            continue
        standing = apply_alert(standing, step)
    return standing, tuple(pending)


def alert_acts_offered(
    standing: AlertStanding, severity: Severity, role: Role, officer_id: str
) -> tuple[AlertActKind, ...]:
    """What a person in this role may do now, in the order of the kinds."""
    return tuple(kind for kind in A if _may(standing, severity, kind, role, officer_id))


def _may(
    standing: AlertStanding, severity: Severity, kind: AlertActKind, role: Role, officer_id: str
) -> bool:
    try:
        _check_state(standing, AlertStep("", kind, officer_id), role)
    except NeedsPerson:
        return False
    return role in _roles(severity, kind)
