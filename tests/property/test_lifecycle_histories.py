"""The life cycle: whatever allowed acts follow one another, a case stands somewhere legal and explainable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sync.contract.errors import FieldError, NeedsPerson
from sync.contract.lifecycle import (
    LIFE_CYCLE,
    MOVES_NOTHING,
    RULINGS,
    TALK,
    ActKind,
    CaseState,
    Role,
    Standing,
    Step,
    acts_offered,
    check_act,
    check_withdrawal,
    fold,
    start,
)

OFFICERS = {f"{role.value.upper()[:4]}{n}": role for role in Role for n in (1, 2)}
HANDLERS = [name for name, role in OFFICERS.items() if role in (Role.INSPECTOR, Role.UNIT, Role.GRID_WORKER)]
ACTORS = st.sampled_from(sorted(OFFICERS))
KINDS = st.sampled_from([kind for kind in ActKind if kind is not ActKind.WITHDRAW])
GIVES = (ActKind.DISPATCH, ActKind.UPHOLD)
STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(CaseState),
    assignee=st.sampled_from(["", *OFFICERS]),
    before_suspension=st.none() | st.sampled_from(CaseState),
    last_act=st.text(max_size=3),
    delayed=st.booleans(),
    supervised=st.booleans(),
)


@given(STANDINGS, st.sampled_from(ActKind), ACTORS, ACTORS, st.booleans(), st.booleans())
def test_any_act_on_any_standing_is_allowed_or_refused_with_a_code(
    standing: Standing, kind: ActKind, officer: str, reporter: str, has_note: bool, has_photo: bool
) -> None:
    try:
        after = check_act(
            standing,
            Step("new", kind, to_officer="UNIT1"),
            OFFICERS[officer],
            officer_id=officer,
            reporter=reporter,
            has_note=has_note,
            has_photo=has_photo,
        )
    except FieldError as refusal:
        after = standing
        code = refusal.code
    else:
        code = ""
    assert isinstance(after.state, CaseState)
    assert code == "" or code.startswith("act_")


@given(STANDINGS, st.sampled_from(ActKind), ACTORS, ACTORS)
def test_act_is_offered_exactly_when_it_would_be_allowed(
    standing: Standing, kind: ActKind, officer: str, reporter: str
) -> None:
    if kind is ActKind.WITHDRAW or kind in TALK | RULINGS:
        return
    role = OFFICERS[officer]
    try:
        check_act(
            standing,
            Step("new", kind),
            role,
            officer_id=officer,
            reporter=reporter,
            has_note=True,
            has_photo=True,
        )
    except NeedsPerson:
        allowed = False
    else:
        allowed = True
    assert (kind in acts_offered(standing, role, officer, reporter=reporter)) == allowed


def test_every_act_but_the_report_has_a_rule() -> None:
    assert set(LIFE_CYCLE) == set(ActKind) - {ActKind.REPORT}


def test_only_a_verified_case_is_closed_and_only_by_the_chief() -> None:
    closing = {kind for kind, row in LIFE_CYCLE.items() if row.target is CaseState.CLOSED}
    verifying = {kind for kind, row in LIFE_CYCLE.items() if row.target is CaseState.VERIFIED}
    assert closing == {ActKind.CLOSE}
    assert verifying == {ActKind.VERIFY}
    assert LIFE_CYCLE[ActKind.CLOSE].sources == {CaseState.VERIFIED}
    assert LIFE_CYCLE[ActKind.CLOSE].roles == {Role.CHIEF}


def test_withdrawal_of_a_withdrawal_is_refused() -> None:
    standing = start("case")
    with pytest.raises(NeedsPerson, match="withdraw_too_late"):
        check_withdrawal(
            standing, Step("w2", ActKind.WITHDRAW, "w1"), ActKind.WITHDRAW, by="A0001", author="A0001"
        )


class CaseHistory(RuleBasedStateMachine):
    """A case at central: acts by anyone, kept when the table allows them."""

    @initialize()
    def report(self) -> None:
        self.steps: list[Step] = []
        self.authors: dict[str, str] = {"case": "GRID1"}
        self.standing = start("case")
        self.before: dict[str, Standing] = {}
        self.verified_by = self.handled_by = ""

    @rule(kind=KINDS, officer=ACTORS, to=st.sampled_from(HANDLERS), noted=st.booleans())
    def do(self, kind: ActKind, officer: str, to: str, noted: bool) -> None:
        self._do(kind, officer, to, noted)

    @rule(choice=st.randoms(use_true_random=False), to=st.sampled_from(HANDLERS))
    def do_what_is_offered(self, choice: st.DataObject, to: str) -> None:
        offers = [
            (officer, kind)
            for officer, role in OFFICERS.items()
            for kind in acts_offered(self.standing, role, officer, reporter="GRID1")
            if kind not in (ActKind.SUPPLEMENT, ActKind.SUPERVISE, ActKind.VOID)
        ]
        if offers:
            officer, kind = choice.choice(offers)  # type: ignore[attr-defined]
            self._do(kind, officer, to, True)

    def _do(self, kind: ActKind, officer: str, to: str, noted: bool) -> None:
        step = Step(
            f"act{len(self.authors)}",
            kind,
            to_officer=to if kind in (ActKind.DISPATCH, ActKind.UPHOLD) else "",
        )
        try:
            after = check_act(
                self.standing,
                step,
                OFFICERS[officer],
                officer_id=officer,
                reporter="GRID1",
                has_note=noted,
                has_photo=noted,
            )
        except NeedsPerson:
            return
        if after.state is CaseState.CLOSED and self.standing.state is not CaseState.CLOSED:
            assert self.standing.state is CaseState.VERIFIED
            assert self.verified_by != self.handled_by
        if kind is ActKind.VERIFY:
            self.verified_by = officer
        if kind in (ActKind.HANDLE, ActKind.SELF_HANDLE):
            self.handled_by = officer
        if kind is ActKind.UPHOLD:
            self.handled_by = to
        self.before[step.act_id] = self.standing
        self.authors[step.act_id] = officer
        self.steps.append(step)
        self.standing = after

    @rule()
    def take_back_the_last_act(self) -> None:
        last = self.standing.last_act
        step = Step(f"act{len(self.authors)}", ActKind.WITHDRAW, withdraws=last)
        target = next((past.kind for past in self.steps if past.act_id == last), ActKind.REPORT)
        author = self.authors[last]
        check_withdrawal(self.standing, step, target, by=author, author=author)
        self.authors[step.act_id] = author
        self.steps.append(step)
        after = fold("case", self.steps)
        if last == "case":
            assert after.state is CaseState.WITHDRAWN
        else:
            assert after == self.before[last]
        self.standing = after

    @rule(officer=ACTORS)
    def an_act_that_was_built_on_stays(self, officer: str) -> None:
        moved = [past for past in self.steps if past.act_id in self.before]
        for past in moved[:-1]:
            if past.act_id == self.standing.last_act or past.kind in MOVES_NOTHING:
                continue
            with pytest.raises(NeedsPerson):
                check_withdrawal(
                    self.standing,
                    Step("late", ActKind.WITHDRAW, past.act_id),
                    past.kind,
                    by=officer,
                    author=self.authors[past.act_id],
                )

    @invariant()
    def the_fold_says_the_same(self) -> None:
        if hasattr(self, "steps"):
            assert fold("case", self.steps) == self.standing

    @invariant()
    def standing_is_explainable(self) -> None:
        if not hasattr(self, "steps"):
            return
        standing = self.standing
        assert (standing.before_suspension is not None) == (standing.state is CaseState.SUSPENDED)
        assert standing.last_act in self.authors
        if standing.state in (CaseState.ACCEPTED, CaseState.ARRIVED, CaseState.HANDLED):
            assert standing.assignee


CaseHistory.TestCase.__doc__ = CaseHistory.__doc__
test_case_histories = CaseHistory.TestCase
