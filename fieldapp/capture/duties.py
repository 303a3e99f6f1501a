"""What waits for a role besides the cases dispatched to the officer: to be checked on site, or to be decided.

Also the acts a person may do on a case, as the pages offer them: the one that comes next, and the others.
"""

from __future__ import annotations

from sync.contract.lifecycle import ActKind, CaseState, Role, Standing, acts_offered, handler_of

_CHECKED = frozenset({CaseState.CHECKING, CaseState.FED_BACK})
DUTIES: dict[Role, frozenset[CaseState]] = {
    Role.GRID_WORKER: _CHECKED,
    Role.INSPECTOR: _CHECKED,
    Role.CHIEF: frozenset({CaseState.REPORTED, CaseState.CONFIRMED, CaseState.VERIFIED}),
    Role.DISPATCHER: frozenset({CaseState.OPENED, CaseState.RETURNED, CaseState.SUSPENDED}),
}
"""States in which a case waits for somebody in this role, whoever it is dispatched to."""

MAIN_ACTS = (ActKind.ACCEPT, ActKind.ARRIVE, ActKind.HANDLE, ActKind.FEED_BACK)
"""The way a task goes; the first of these on offer is what is to be done next."""

NEXT_ACTS = (*MAIN_ACTS, ActKind.CONFIRM, ActKind.VERIFY)
"""What the one large button may be."""

SIDE_ACTS = (
    ActKind.DECLINE,
    ActKind.RETURN,
    ActKind.ASK_DELAY,
    ActKind.ASK_SUSPEND,
    ActKind.DENY,
    ActKind.REJECT,
    ActKind.SELF_HANDLE,
    ActKind.SUPPLEMENT,
    ActKind.LEARN,
)
"""What else may be said of a case."""

PLACED = frozenset(
    {
        ActKind.ARRIVE,
        ActKind.HANDLE,
        ActKind.CONFIRM,
        ActKind.DENY,
        ActKind.VERIFY,
        ActKind.REJECT,
        ActKind.SELF_HANDLE,
    }
)
"""Acts that tell where the officer was."""

CHECK_ACTS = frozenset({ActKind.CONFIRM, ActKind.DENY, ActKind.VERIFY, ActKind.REJECT})
"""Acts of who looks at a case on site."""

PAIRED = frozenset({ActKind.HANDLE, ActKind.SELF_HANDLE})
"""Acts with photos of before and of after."""

PICTURED = PAIRED | CHECK_ACTS | {ActKind.SUPPLEMENT, ActKind.MESSAGE}
"""Acts that photos may belong to."""


def waits_for(role: Role, standing: Standing, officer_id: str, *, reporter: str) -> bool:
    """Whether a case waits for this officer's role. Nobody checks what he handled, or what he was given."""
    if standing.state not in DUTIES.get(role, frozenset()) or standing.assignee == officer_id:
        return False
    return standing.state is not CaseState.FED_BACK or handler_of(standing, reporter) != officer_id


def next_act(standing: Standing, role: Role, officer_id: str, *, reporter: str) -> ActKind | None:
    """What is to be done next by this officer, if anything."""
    offered = acts_offered(standing, role, officer_id, reporter=reporter)
    return next((kind for kind in NEXT_ACTS if kind in offered), None)


def side_acts(standing: Standing, role: Role, officer_id: str, *, reporter: str) -> tuple[ActKind, ...]:
    """What else this officer may do now."""
    offered = acts_offered(standing, role, officer_id, reporter=reporter)
    return tuple(kind for kind in SIDE_ACTS if kind in offered)
