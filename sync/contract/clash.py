"""A clash (撞单): work that was done offline on a case that had moved on, and what the desk decides about it.

An act that central refused stays beside its case until somebody rules on it. ``uphold`` (认可): the work
counts, the case waits for verification and belongs to who did it. ``set_aside`` (不予采用): it does not; it
stays to be seen. A ruling settles the act it names and what the same officer did before it on that case.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import RULINGS, ActKind
from sync.contract.records import Act

ACCEPTED, REFUSED = "accepted", "refused"
RULED: dict[ActKind, str] = {
    ActKind.UPHOLD: "upheld",
    ActKind.SET_ASIDE: "set_aside",
    ActKind.WITHDRAW: "taken_back",
}
"""How a refused act stands once it was ruled on, or taken back by who did it."""
SETTLED = frozenset({ACCEPTED, *RULED.values()})
"""Standings after which nothing is left to be decided about an act."""
WORK = frozenset({ActKind.HANDLE, ActKind.FEED_BACK, ActKind.SELF_HANDLE})
"""Acts that say that something was done on the spot: only these can be upheld."""


class RefusedAct(msgspec.Struct, frozen=True):
    """An act that was refused and stands beside its case; ``standing`` says whether it was settled."""

    act_id: str
    kind: ActKind
    officer_id: str
    order: int
    standing: str = REFUSED


def ruled_on(ruling: Act, refused: Iterable[RefusedAct]) -> tuple[str, ...]:
    """The acts that a ruling settles, the one it names last; () for an act that rules on nothing.

    Who takes back an act of his own that was refused settles it too: both may have left the tablet together.
    Codes: ``ruling_unknown`` (no such refused act of this case, or decided before), ``ruling_not_work``,
    ``withdraw_not_yours``, ``withdraw_too_late``.
    """
    if ruling.kind is ActKind.WITHDRAW:
        return _taken_back(ruling, refused)
    if ruling.kind not in RULINGS:
        return ()
    undecided = sorted((a for a in refused if a.standing == REFUSED), key=lambda act: act.order)
    named = next((act for act in undecided if act.act_id == ruling.about), None)
    if named is None:
        raise InputRefused("ruling_unknown", act=ruling.about[:64])
    if ruling.kind is ActKind.UPHOLD:
        if named.kind not in WORK:
            raise NeedsPerson("ruling_not_work", act=named.kind.value)
        if ruling.to_officer != named.officer_id:
            raise InputRefused("ruling_unknown", act=ruling.about[:64])
    return tuple(
        act.act_id for act in undecided if act.officer_id == named.officer_id and act.order <= named.order
    )


def _taken_back(withdrawal: Act, refused: Iterable[RefusedAct]) -> tuple[str, ...]:
    named = next((act for act in refused if act.act_id == withdrawal.withdraws), None)
    if named is None:
        return ()
    if named.standing != REFUSED:
        raise NeedsPerson("withdraw_too_late", act=withdrawal.withdraws)
    if named.officer_id != withdrawal.officer_id:
        raise NeedsPerson("withdraw_not_yours", act=withdrawal.withdraws)
    return (named.act_id,)
