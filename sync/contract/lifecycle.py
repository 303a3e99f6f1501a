"""The life cycle of a case (案件) as one table, enforced at both ends.

A case's state is the fold of its acts in central's order. ``next_state`` answers for one act; ``fold``
for a history, in which a withdrawn act counts as never having moved the case.
Source: the loop 发现/上报 → 立案 → 派遣 → 处置 → 反馈 → 核查 → 结案 with its side states.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from sync.contract.errors import NeedsPerson


class Role(Enum):
    """Who may act. ``central`` is the system itself."""

    GRID_WORKER = "grid_worker"
    INSPECTOR = "inspector"
    UNIT = "unit"
    CHIEF = "chief"
    DISPATCHER = "dispatcher"
    LEADER = "leader"


class CaseState(Enum):
    """Where a case stands at central."""

    REPORTED = "reported"
    CHECKING = "checking"
    CONFIRMED = "confirmed"
    OPENED = "opened"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    HANDLED = "handled"
    FED_BACK = "fed_back"
    VERIFIED = "verified"
    CLOSED = "closed"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    VOID = "void"
    WITHDRAWN = "withdrawn"


class ActKind(Enum):
    """What was done, one word each."""

    REPORT = "report"
    ASK_CHECK = "ask_check"
    CONFIRM = "confirm"
    DENY = "deny"
    OPEN = "open"
    VOID = "void"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    DECLINE = "decline"
    ARRIVE = "arrive"
    HANDLE = "handle"
    FEED_BACK = "feed_back"
    SELF_HANDLE = "self_handle"
    VERIFY = "verify"
    REJECT = "reject"
    CLOSE = "close"
    RETURN = "return"
    ASK_DELAY = "ask_delay"
    GRANT_DELAY = "grant_delay"
    REFUSE_DELAY = "refuse_delay"
    ASK_SUSPEND = "ask_suspend"
    SUSPEND = "suspend"
    REFUSE_SUSPEND = "refuse_suspend"
    RESUME = "resume"
    ACCEPT_RETURN = "accept_return"
    REFUSE_RETURN = "refuse_return"
    SUPERVISE = "supervise"
    SUPPLEMENT = "supplement"
    LEARN = "learn"
    UPHOLD = "uphold"
    SET_ASIDE = "set_aside"
    WITHDRAW = "withdraw"
    MESSAGE = "message"
    READ = "read"


S, A, R = CaseState, ActKind, Role

FIELD = frozenset({R.GRID_WORKER, R.INSPECTOR, R.UNIT})
HANDLERS = frozenset({R.INSPECTOR, R.UNIT, R.GRID_WORKER})
CHECKERS = frozenset({R.GRID_WORKER, R.INSPECTOR})
COMMAND = frozenset({R.CHIEF, R.DISPATCHER, R.LEADER})
ANYONE = frozenset(Role)
CHIEF = frozenset({R.CHIEF})
DISPATCHER = frozenset({R.DISPATCHER, R.CHIEF})

LIVE = frozenset(S) - {S.CLOSED, S.VOID, S.WITHDRAWN}
UNDECIDED = frozenset({S.REPORTED, S.CHECKING, S.CONFIRMED})
IN_WORK = frozenset({S.DISPATCHED, S.ACCEPTED, S.ARRIVED, S.HANDLED})
ASKS = {A.ASK_DELAY: A.ASK_DELAY, A.ASK_SUSPEND: A.ASK_SUSPEND, A.RETURN: A.RETURN, A.DECLINE: A.RETURN}
"""What waits for the dispatcher's decision after an act: more time, a suspension, or a return."""
DECIDES = {
    A.GRANT_DELAY: A.ASK_DELAY,
    A.REFUSE_DELAY: A.ASK_DELAY,
    A.SUSPEND: A.ASK_SUSPEND,
    A.REFUSE_SUSPEND: A.ASK_SUSPEND,
    A.ACCEPT_RETURN: A.RETURN,
    A.REFUSE_RETURN: A.RETURN,
}
"""Which of these an act of the desk answers."""


class Rule(msgspec.Struct, frozen=True):
    """One row: from which states, by which roles, to which state (None: the state stays).

    ``only_asked``: only while what it decides on (``DECIDES``) was asked for and not answered.
    ``reporter_only``: only who reported the case. ``not_handler``: anybody but who handled it.
    """

    sources: frozenset[CaseState]
    target: CaseState | None
    roles: frozenset[Role]
    needs_note: bool = False
    needs_photo: bool = False
    assignee_only: bool = False
    only_asked: bool = False
    reporter_only: bool = False
    not_handler: bool = False


def _rule(
    sources: set[CaseState] | frozenset[CaseState],
    target: CaseState | None,
    roles: frozenset[Role],
    *,
    needs_note: bool = False,
    needs_photo: bool = False,
    assignee_only: bool = False,
    only_asked: bool = False,
    reporter_only: bool = False,
    not_handler: bool = False,
) -> Rule:
    return Rule(
        frozenset(sources),
        target,
        roles,
        needs_note=needs_note,
        needs_photo=needs_photo,
        assignee_only=assignee_only,
        only_asked=only_asked,
        reporter_only=reporter_only,
        not_handler=not_handler,
    )


LIFE_CYCLE: dict[ActKind, Rule] = {
    A.ASK_CHECK: _rule({S.REPORTED}, S.CHECKING, CHIEF),
    A.CONFIRM: _rule({S.CHECKING}, S.CONFIRMED, CHECKERS),
    A.DENY: _rule({S.CHECKING}, S.REPORTED, CHECKERS, needs_note=True),
    A.OPEN: _rule({S.REPORTED, S.CONFIRMED}, S.OPENED, CHIEF),
    A.VOID: _rule(UNDECIDED | {S.OPENED, S.RETURNED}, S.VOID, CHIEF, needs_note=True),
    A.DISPATCH: _rule(IN_WORK | {S.OPENED, S.RETURNED}, S.DISPATCHED, DISPATCHER),
    A.ACCEPT: _rule({S.DISPATCHED}, S.ACCEPTED, HANDLERS, assignee_only=True),
    A.DECLINE: _rule({S.DISPATCHED}, S.RETURNED, HANDLERS, needs_note=True, assignee_only=True),
    A.ARRIVE: _rule({S.ACCEPTED}, S.ARRIVED, HANDLERS, assignee_only=True),
    A.HANDLE: _rule({S.ARRIVED}, S.HANDLED, HANDLERS, needs_photo=True, assignee_only=True),
    A.FEED_BACK: _rule({S.HANDLED}, S.FED_BACK, HANDLERS, assignee_only=True),
    A.SELF_HANDLE: _rule({S.REPORTED}, S.FED_BACK, CHECKERS, needs_photo=True, reporter_only=True),
    A.VERIFY: _rule({S.FED_BACK}, S.VERIFIED, CHECKERS, not_handler=True),
    A.REJECT: _rule({S.FED_BACK}, S.DISPATCHED, CHECKERS, needs_note=True, not_handler=True),
    A.CLOSE: _rule({S.VERIFIED}, S.CLOSED, CHIEF),
    A.RETURN: _rule({S.ACCEPTED, S.ARRIVED}, S.RETURNED, HANDLERS, needs_note=True, assignee_only=True),
    A.ASK_DELAY: _rule(IN_WORK, None, HANDLERS, needs_note=True, assignee_only=True),
    A.GRANT_DELAY: _rule(IN_WORK, None, DISPATCHER),
    A.REFUSE_DELAY: _rule(IN_WORK, None, DISPATCHER, needs_note=True, only_asked=True),
    A.ASK_SUSPEND: _rule(IN_WORK, None, HANDLERS, needs_note=True, assignee_only=True),
    A.SUSPEND: _rule(IN_WORK, S.SUSPENDED, DISPATCHER, needs_note=True),
    A.REFUSE_SUSPEND: _rule(IN_WORK, None, DISPATCHER, needs_note=True, only_asked=True),
    A.RESUME: _rule({S.SUSPENDED}, None, DISPATCHER),
    A.ACCEPT_RETURN: _rule({S.RETURNED}, None, DISPATCHER, only_asked=True),
    A.REFUSE_RETURN: _rule({S.RETURNED}, S.DISPATCHED, DISPATCHER, needs_note=True, only_asked=True),
    A.SUPERVISE: _rule(LIVE, None, COMMAND, needs_note=True),
    A.SUPPLEMENT: _rule(frozenset(S), None, ANYONE),
    A.LEARN: _rule({S.CLOSED}, None, ANYONE, needs_note=True),
    A.UPHOLD: _rule(IN_WORK | {S.OPENED, S.RETURNED, S.SUSPENDED}, S.FED_BACK, DISPATCHER),
    A.SET_ASIDE: _rule(frozenset(S), None, DISPATCHER, needs_note=True),
    A.WITHDRAW: _rule(frozenset(S), None, ANYONE),
    A.MESSAGE: _rule(frozenset(S), None, ANYONE),
    A.READ: _rule(frozenset(S), None, ANYONE),
}
"""Every act but the report itself. ``RESUME`` and ``WITHDRAW`` find their state by folding.

A case in work may be dispatched to somebody else (改派), as where its officer does not answer; what he did
stays in its history. To him again it may not be, once he has accepted it: that would only undo his work.
What was handled on the spot and is found not done (``REJECT``) was given to nobody: it is a report again.
"""


class Step(msgspec.Struct, frozen=True):
    """What the fold needs to know of an act."""

    act_id: str
    kind: ActKind
    withdraws: str = ""
    to_officer: str = ""


class Standing(msgspec.Struct, frozen=True):
    """Where a case stands: its state, who it is dispatched to, and the last act that moved it."""

    state: CaseState
    assignee: str = ""
    before_suspension: CaseState | None = None
    last_act: str = ""
    delayed: bool = False
    supervised: bool = False
    asked: ActKind | None = None
    """What the handler asked for and nobody has decided yet: one of the values of ``ASKS``."""


def handler_of(standing: Standing, reporter: str) -> str:
    """Who handles the case: who it was dispatched to; the reporter, where it was dispatched to nobody."""
    return standing.assignee or reporter


def _may_stand(standing: Standing, kind: ActKind, rule: Rule) -> bool:
    return standing.state in rule.sources and (not rule.only_asked or standing.asked is DECIDES[kind])


def check_act(
    standing: Standing,
    step: Step,
    role: Role,
    *,
    officer_id: str,
    reporter: str,
    has_note: bool,
    has_photo: bool,
) -> Standing:
    """The standing after the act, or ``NeedsPerson`` with the code that says why it may not be.

    Codes: ``act_not_allowed`` (state), ``act_not_your_role``, ``act_not_assigned``, ``act_not_reporter``,
    ``act_own_handling``, ``act_needs_note``, ``act_needs_photo``, ``dispatch_to_same``.
    """
    rule = LIFE_CYCLE.get(step.kind)
    if rule is None or not _may_stand(standing, step.kind, rule):
        raise NeedsPerson("act_not_allowed", act=step.kind.value, state=standing.state.value)
    if role not in rule.roles:
        raise NeedsPerson("act_not_your_role", act=step.kind.value, role=role.value)
    if rule.assignee_only and standing.assignee != officer_id:
        raise NeedsPerson("act_not_assigned", act=step.kind.value, assignee=standing.assignee)
    if rule.reporter_only and reporter != officer_id:
        raise NeedsPerson("act_not_reporter", act=step.kind.value)
    if rule.not_handler and handler_of(standing, reporter) == officer_id:
        raise NeedsPerson("act_own_handling", act=step.kind.value)
    if rule.needs_note and not has_note:
        raise NeedsPerson("act_needs_note", act=step.kind.value)
    if rule.needs_photo and not has_photo:
        raise NeedsPerson("act_needs_photo", act=step.kind.value)
    if step.kind is A.DISPATCH and _has_it(standing, step.to_officer):
        raise NeedsPerson("dispatch_to_same", officer_id=step.to_officer)
    return apply(standing, step)


def _has_it(standing: Standing, officer_id: str) -> bool:
    """Whether the officer took the case and has it in hand."""
    taken = standing.state in IN_WORK - {S.DISPATCHED}
    return taken and bool(officer_id) and standing.assignee == officer_id


def apply(standing: Standing, step: Step) -> Standing:
    """The standing after an act that was already found to be allowed (withdrawals are left to ``fold``)."""
    if step.kind in MOVES_NOTHING:
        return standing
    after = _moved(standing, step)
    return msgspec.structs.replace(after, asked=_still_asked(after, step.kind))


def _still_asked(after: Standing, kind: ActKind) -> ActKind | None:
    if kind in ASKS:
        return ASKS[kind]
    if kind in (A.DISPATCH, A.REJECT) or after.asked is DECIDES.get(kind):
        return None
    return after.asked if after.state in IN_WORK | {S.RETURNED, S.SUSPENDED} else None


def _moved(standing: Standing, step: Step) -> Standing:
    rule = LIFE_CYCLE[step.kind]
    change = msgspec.structs.replace
    after = change(standing, last_act=step.act_id)
    if step.kind is A.DISPATCH:
        return change(after, state=S.DISPATCHED, assignee=step.to_officer, delayed=False)
    if step.kind is A.UPHOLD:
        return change(after, state=S.FED_BACK, assignee=step.to_officer, before_suspension=None)
    if step.kind is A.SUSPEND:
        return change(after, state=S.SUSPENDED, before_suspension=standing.state)
    if step.kind is A.RESUME:
        return change(after, state=standing.before_suspension or S.DISPATCHED, before_suspension=None)
    if step.kind is A.GRANT_DELAY:
        return change(after, delayed=True)
    if step.kind is A.SUPERVISE:
        return change(after, supervised=True)
    if step.kind is A.REJECT and not standing.assignee:
        return change(after, state=S.REPORTED)
    return after if rule.target is None else change(after, state=rule.target)


def start(report_id: str) -> Standing:
    """The standing of a case just reported; the report's id stands for the act of reporting."""
    return Standing(state=S.REPORTED, last_act=report_id)


def fold(report_id: str, steps: Iterable[Step]) -> Standing:
    """The standing after a history in central's order. Taking back the report withdraws the case."""
    history = list(steps)
    taken_back = {step.withdraws for step in history if step.kind is A.WITHDRAW}
    if report_id in taken_back:
        return msgspec.structs.replace(start(report_id), state=S.WITHDRAWN)
    standing = start(report_id)
    for step in history:
        if step.kind is not A.WITHDRAW and step.act_id not in taken_back:
            standing = apply(standing, step)
    return standing


def given_on(report_id: str, steps: Iterable[Step]) -> frozenset[str]:
    """The dispatches of a history that took the case from one officer to another (改派), by their ids."""
    history = list(steps)
    taken_back = {step.withdraws for step in history if step.kind is A.WITHDRAW}
    standing, found = start(report_id), set()
    for step in history:
        if step.kind is A.WITHDRAW or step.act_id in taken_back:
            continue
        if step.kind is A.DISPATCH and standing.assignee not in ("", step.to_officer):
            found.add(step.act_id)
        standing = apply(standing, step)
    return frozenset(found)


TALK = frozenset({A.MESSAGE, A.READ})
"""What is said on a case, and that it was read: never offered as something to be done."""

RULINGS = frozenset({A.UPHOLD, A.SET_ASIDE})
"""What the desk decides about an act that was refused (see ``clash``): offered where that act is shown."""

MOVES_NOTHING = frozenset({A.SUPPLEMENT, A.LEARN, A.WITHDRAW, A.SET_ASIDE}) | TALK


def check_withdrawal(standing: Standing, step: Step, target: ActKind, *, by: str, author: str) -> None:
    """Refuse a withdrawal of somebody else's act, of a withdrawal, a ruling, or an act that was built on."""
    if by != author:
        raise NeedsPerson("withdraw_not_yours", act=step.withdraws)
    if target is A.WITHDRAW or target in RULINGS:
        raise NeedsPerson("withdraw_too_late", act=step.withdraws, state=standing.state.value)
    if target not in MOVES_NOTHING and standing.last_act != step.withdraws:
        raise NeedsPerson("withdraw_too_late", act=step.withdraws, state=standing.state.value)


def acts_offered(standing: Standing, role: Role, officer_id: str, *, reporter: str) -> tuple[ActKind, ...]:
    """The acts a person in this role may do now, in the order of the table."""
    return tuple(
        kind
        for kind, rule in LIFE_CYCLE.items()
        if kind is not A.WITHDRAW
        and kind not in TALK | RULINGS
        and _may_stand(standing, kind, rule)
        and role in rule.roles
        and (not rule.assignee_only or standing.assignee == officer_id)
        and (not rule.reporter_only or reporter == officer_id)
        and (not rule.not_handler or handler_of(standing, reporter) != officer_id)
    )
