"""The loop of a case as DOMAIN tells it, step by step, and what is refused on the way."""

import pytest

from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import (
    ActKind,
    CaseState,
    Role,
    Standing,
    Step,
    acts_offered,
    check_act,
    check_withdrawal,
    fold,
    given_on,
    start,
)

A, S, R = ActKind, CaseState, Role
ROLES = {
    "W0001": R.GRID_WORKER,
    "I0001": R.INSPECTOR,
    "U0001": R.UNIT,
    "U0002": R.UNIT,
    "C0001": R.CHIEF,
    "D0001": R.DISPATCHER,
    "L0001": R.LEADER,
}


def do(
    standing: Standing,
    kind: ActKind,
    officer: str,
    *,
    to: str = "",
    note: bool = True,
    photo: bool = True,
    reporter: str = "W0001",
) -> Standing:
    step = Step(f"{kind.value}-{officer}", kind, to_officer=to)
    return check_act(
        standing,
        step,
        ROLES[officer],
        officer_id=officer,
        reporter=reporter,
        has_note=note,
        has_photo=photo,
    )


def dispatched(to: str = "U0001") -> Standing:
    return do(do(start("case"), A.OPEN, "C0001"), A.DISPATCH, "D0001", to=to)


def test_case_goes_round_the_whole_loop() -> None:
    standing = start("case")
    states = [standing.state]
    for kind, officer, to in (
        (A.ASK_CHECK, "C0001", ""),
        (A.CONFIRM, "W0001", ""),
        (A.OPEN, "C0001", ""),
        (A.DISPATCH, "D0001", "U0001"),
        (A.ACCEPT, "U0001", ""),
        (A.ARRIVE, "U0001", ""),
        (A.HANDLE, "U0001", ""),
        (A.FEED_BACK, "U0001", ""),
        (A.VERIFY, "W0001", ""),
        (A.CLOSE, "C0001", ""),
        (A.LEARN, "L0001", ""),
    ):
        standing = do(standing, kind, officer, to=to)
        states.append(standing.state)
    assert states == [
        S.REPORTED,
        S.CHECKING,
        S.CONFIRMED,
        S.OPENED,
        S.DISPATCHED,
        S.ACCEPTED,
        S.ARRIVED,
        S.HANDLED,
        S.FED_BACK,
        S.VERIFIED,
        S.CLOSED,
        S.CLOSED,
    ]


def test_case_is_not_closed_before_somebody_verified_it_on_site() -> None:
    standing = dispatched()
    for kind in (A.ACCEPT, A.ARRIVE, A.HANDLE, A.FEED_BACK):
        standing = do(standing, kind, "U0001")
        with pytest.raises(NeedsPerson, match="act_not_allowed"):
            do(standing, A.CLOSE, "C0001")
    with pytest.raises(NeedsPerson, match="act_not_your_role"):
        do(standing, A.VERIFY, "U0001")


def test_verification_that_does_not_agree_sends_the_case_back_to_the_same_unit() -> None:
    standing = dispatched()
    for kind in (A.ACCEPT, A.ARRIVE, A.HANDLE, A.FEED_BACK):
        standing = do(standing, kind, "U0001")
    back = do(standing, A.REJECT, "W0001")
    assert (back.state, back.assignee) == (S.DISPATCHED, "U0001")


def test_only_the_assigned_officer_works_a_case() -> None:
    with pytest.raises(NeedsPerson, match="act_not_assigned"):
        do(dispatched(to="U0002"), A.ACCEPT, "U0001")


def test_handling_needs_a_photo_and_returning_needs_its_reason() -> None:
    standing = do(do(dispatched(), A.ACCEPT, "U0001"), A.ARRIVE, "U0001")
    with pytest.raises(NeedsPerson, match="act_needs_photo"):
        do(standing, A.HANDLE, "U0001", photo=False)
    with pytest.raises(NeedsPerson, match="act_needs_note"):
        do(standing, A.RETURN, "U0001", note=False)


def test_misrouted_case_comes_back_and_is_dispatched_to_another() -> None:
    returned = do(do(dispatched(), A.ACCEPT, "U0001"), A.RETURN, "U0001")
    assert returned.state is S.RETURNED
    again = do(returned, A.DISPATCH, "D0001", to="U0002")
    assert (again.state, again.assignee) == (S.DISPATCHED, "U0002")


@pytest.mark.parametrize("kinds", [(A.ACCEPT,), (A.ACCEPT, A.ARRIVE), (A.ACCEPT, A.ARRIVE, A.HANDLE)])
def test_case_in_work_is_given_to_another_where_its_officer_does_not_answer(
    kinds: tuple[ActKind, ...],
) -> None:
    standing = dispatched()
    for kind in kinds:
        standing = do(standing, kind, "U0001")
    given = do(standing, A.DISPATCH, "D0001", to="U0002")
    assert (given.state, given.assignee, given.asked) == (S.DISPATCHED, "U0002", None)
    with pytest.raises(NeedsPerson, match="act_not_assigned"):
        do(given, A.ACCEPT, "U0001")
    assert do(given, A.ACCEPT, "U0002").state is S.ACCEPTED
    with pytest.raises(NeedsPerson, match="act_not_your_role"):
        do(standing, A.DISPATCH, "L0001", to="U0002")


def test_case_in_work_is_not_dispatched_to_the_officer_who_works_on_it() -> None:
    standing = dispatched()
    assert do(standing, A.DISPATCH, "D0001", to="U0001").assignee == "U0001"
    for kind in (A.ACCEPT, A.ARRIVE, A.HANDLE):
        standing = do(standing, kind, "U0001")
        with pytest.raises(NeedsPerson, match="dispatch_to_same"):
            do(standing, A.DISPATCH, "D0001", to="U0001")


@pytest.mark.parametrize("kinds", [(), (A.ACCEPT,), (A.ACCEPT, A.ARRIVE), (A.ACCEPT, A.ARRIVE, A.HANDLE)])
def test_suspended_case_resumes_where_it_stood(kinds: tuple[ActKind, ...]) -> None:
    standing = dispatched()
    for kind in kinds:
        standing = do(standing, kind, "U0001")
    suspended = do(standing, A.SUSPEND, "D0001")
    assert suspended.state is S.SUSPENDED
    assert do(suspended, A.RESUME, "D0001").state is standing.state


def test_delay_and_supervision_leave_the_state_and_are_remembered() -> None:
    standing = do(dispatched(), A.GRANT_DELAY, "D0001")
    standing = do(standing, A.SUPERVISE, "L0001")
    assert (standing.state, standing.delayed, standing.supervised) == (S.DISPATCHED, True, True)


def test_reporter_who_handles_it_on_the_spot_still_needs_a_verification() -> None:
    standing = do(start("case"), A.SELF_HANDLE, "W0001")
    assert standing.state is S.FED_BACK
    assert A.CLOSE not in acts_offered(standing, R.CHIEF, "C0001", reporter="W0001")


@pytest.mark.parametrize("kind", [A.VERIFY, A.REJECT])
def test_who_handled_a_case_neither_verifies_nor_rejects_it(kind: ActKind) -> None:
    given = dispatched(to="I0001")
    for step in (A.ACCEPT, A.ARRIVE, A.HANDLE, A.FEED_BACK):
        given = do(given, step, "I0001")
    on_the_spot = do(start("case"), A.SELF_HANDLE, "W0001")
    for standing, handler, other in ((given, "I0001", "W0001"), (on_the_spot, "W0001", "I0001")):
        with pytest.raises(NeedsPerson, match="act_own_handling"):
            do(standing, kind, handler)
        assert kind not in acts_offered(standing, ROLES[handler], handler, reporter="W0001")
        assert kind in acts_offered(standing, ROLES[other], other, reporter="W0001")
        do(standing, kind, other)


def test_reporter_verifies_what_another_handled() -> None:
    standing = dispatched(to="U0001")
    for step in (A.ACCEPT, A.ARRIVE, A.HANDLE, A.FEED_BACK):
        standing = do(standing, step, "U0001")
    assert do(standing, A.VERIFY, "W0001", reporter="W0001").state is S.VERIFIED


def test_only_the_reporter_says_that_it_was_handled_on_the_spot() -> None:
    with pytest.raises(NeedsPerson, match="act_not_reporter"):
        do(start("case"), A.SELF_HANDLE, "I0001")


def test_handled_on_the_spot_and_found_not_done_is_a_report_again_and_not_a_task_of_nobody() -> None:
    standing = do(do(start("case"), A.SELF_HANDLE, "W0001"), A.REJECT, "I0001")
    assert (standing.state, standing.assignee) == (S.REPORTED, "")
    assert A.OPEN in acts_offered(standing, R.CHIEF, "C0001", reporter="W0001")


def test_withdrawn_act_never_moved_the_case() -> None:
    steps = [Step("open", A.OPEN), Step("dispatch", A.DISPATCH, to_officer="U0001")]
    before = fold("case", steps[:1])
    assert fold("case", [*steps, Step("back", A.WITHDRAW, withdraws="dispatch")]) == before


def test_withdrawn_report_withdraws_the_case() -> None:
    assert fold("case", [Step("back", A.WITHDRAW, withdraws="case")]).state is S.WITHDRAWN


def test_act_that_others_built_on_or_made_cannot_be_withdrawn() -> None:
    standing = do(dispatched(), A.ACCEPT, "U0001")
    step = Step("back", A.WITHDRAW, withdraws="dispatch-D0001")
    with pytest.raises(NeedsPerson, match="withdraw_too_late"):
        check_withdrawal(standing, step, A.DISPATCH, by="D0001", author="D0001")
    with pytest.raises(NeedsPerson, match="withdraw_not_yours"):
        check_withdrawal(standing, step, A.DISPATCH, by="C0001", author="D0001")


def test_supplement_can_be_withdrawn_although_the_case_went_on() -> None:
    standing = do(dispatched(), A.ACCEPT, "U0001")
    check_withdrawal(
        standing, Step("back", A.WITHDRAW, withdraws="s"), A.SUPPLEMENT, by="W0001", author="W0001"
    )


def test_dispatch_that_takes_the_case_from_another_is_told_from_the_first_and_from_one_to_the_same() -> None:
    steps = [
        Step("open", A.OPEN),
        Step("first", A.DISPATCH, to_officer="U0001"),
        Step("same", A.DISPATCH, to_officer="U0001"),
        Step("taken_back", A.DISPATCH, to_officer="U0002"),
        Step("back", A.WITHDRAW, withdraws="taken_back"),
        Step("returned", A.RETURN),
        Step("other", A.DISPATCH, to_officer="U0002"),
    ]
    assert given_on("case", steps) == {"other"}
