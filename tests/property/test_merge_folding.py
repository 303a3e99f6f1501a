"""Merging: own unsent acts on top of central's standing give what central would say once it has them."""

from hypothesis import given
from hypothesis import strategies as st

from sync.contract.lifecycle import LIFE_CYCLE, ActKind, CaseState, Standing, Step, apply, fold, start
from sync.contract.tables import Row
from sync.merge import merge_standing, standing_of

MOVES = st.lists(
    st.sampled_from([kind for kind in ActKind if kind not in (ActKind.REPORT, ActKind.WITHDRAW)])
)


def _allowed(kinds: list[ActKind], first: int, standing: Standing) -> list[Step]:
    """The acts of a wish list that the states allow, one after the other."""
    steps = []
    for number, kind in enumerate(kinds):
        if standing.state in LIFE_CYCLE[kind].sources:
            step = Step(f"act{first + number}", kind, to_officer="U0001" if kind is ActKind.DISPATCH else "")
            steps.append(step)
            standing = apply(standing, step)
    return steps


@given(MOVES, MOVES, st.integers(0, 5))
def test_merged_standing_is_what_central_will_fold(
    told: list[ActKind], own: list[ActKind], known: int
) -> None:
    history = _allowed(told, 0, start("case"))
    standing = fold("case", history)
    unsent = _allowed(own, len(told), standing)
    merged = merge_standing(standing, frozenset(s.act_id for s in history), [*history[-known:], *unsent])
    assert merged.standing == fold("case", [*history, *unsent])
    assert merged.pending == tuple(step.act_id for step in unsent)


@given(MOVES, MOVES)
def test_own_act_taken_back_before_it_was_sent_moves_nothing(told: list[ActKind], own: list[ActKind]) -> None:
    standing = fold("case", _allowed(told, 0, start("case")))
    unsent = _allowed(own, len(told), standing)
    undone = [*unsent, *(Step(f"w{s.act_id}", ActKind.WITHDRAW, withdraws=s.act_id) for s in unsent[::-1])]
    merged = merge_standing(standing, frozenset(), undone)
    assert merged.standing == standing
    assert len(merged.pending) == len(undone)


@given(st.sampled_from(CaseState), st.lists(st.sampled_from(ActKind)))
def test_any_own_acts_on_any_told_standing_merge_to_some_standing(
    state: CaseState, kinds: list[ActKind]
) -> None:
    steps = [Step(f"act{n}", kind, withdraws="act0") for n, kind in enumerate(kinds)]
    merged = merge_standing(Standing(state), frozenset(), steps)
    assert isinstance(merged.standing.state, CaseState)
    assert merged.pending == tuple(step.act_id for step in steps)


CELLS = st.none() | st.text(max_size=12) | st.sampled_from([s.value for s in CaseState]) | st.integers(0, 1)


@given(
    st.fixed_dictionaries(
        {"state": CELLS},
        optional={
            name: CELLS for name in ("assignee", "before_suspension", "last_act", "delayed", "supervised")
        },
    )
)
def test_any_told_row_has_a_standing(row: Row) -> None:
    assert isinstance(standing_of(row).state, CaseState)
