"""Pure merging: how central's view of a case and this tablet's own unsent acts make one standing.

Acts append and are never overwritten, so merging is folding: central's standing first, then this device's
acts that central has not judged yet, in device order, as far as the life cycle allows them.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.contract.lifecycle import ASKS, LIFE_CYCLE, ActKind, CaseState, Standing, Step, apply
from sync.contract.tables import Row

_ASKS = {kind.value: kind for kind in ASKS.values()}
_STATES = {state.value: state for state in CaseState}


class MergedStanding(msgspec.Struct, frozen=True):
    """A case as the person should see it. ``pending`` are own acts that central has not judged yet."""

    standing: Standing
    pending: tuple[str, ...]


def standing_of(row: Row) -> Standing:
    """The standing central told in a ``city_case`` row; an unknown state counts as reported."""
    before = str(row.get("before_suspension") or "")
    return Standing(
        state=_STATES.get(str(row["state"]), CaseState.REPORTED),
        assignee=str(row.get("assignee") or ""),
        before_suspension=_STATES.get(before),
        last_act=str(row.get("last_act") or ""),
        delayed=bool(row.get("delayed")),
        supervised=bool(row.get("supervised")),
        asked=_ASKS.get(str(row.get("asked") or "")),
    )


def merge_standing(told: Standing, known_acts: frozenset[str], own: Iterable[Step]) -> MergedStanding:
    """Central's standing with own unjudged acts on top; acts central already lists are not applied twice.

    An own act that the life cycle does not allow on the standing reached is left pending without effect:
    central decides, and both sides stay visible.
    """
    unjudged = [step for step in own if step.act_id not in known_acts]
    taken_back = {step.withdraws for step in unjudged if step.kind is ActKind.WITHDRAW}
    standing = told
    pending: list[str] = []
    for step in unjudged:
        pending.append(step.act_id)
        if step.kind is ActKind.WITHDRAW or step.act_id in taken_back:
            continue
        rule = LIFE_CYCLE.get(step.kind)
        if rule is not None and standing.state in rule.sources:
            standing = apply(standing, step)
    return MergedStanding(standing, tuple(pending))
