"""A clash: which refused acts a ruling of the desk settles."""

import pytest

from sync.contract.clash import RefusedAct, ruled_on
from sync.contract.errors import FieldError
from sync.contract.lifecycle import ActKind, CaseState, Standing, Step, apply, check_withdrawal
from sync.contract.records import Act, ClockState, Stamp
from tests.contract.tablet import MORNING

A = ActKind
REFUSED = (
    RefusedAct("a1", A.ARRIVE, "U0001", 5),
    RefusedAct("b1", A.HANDLE, "U0002", 6),
    RefusedAct("a2", A.HANDLE, "U0001", 7),
    RefusedAct("a3", A.FEED_BACK, "U0001", 8),
)


def ruling(kind: ActKind, about: str, to: str = "U0001") -> Act:
    stamp = Stamp(MORNING, 0, "boot", 1, ClockState.TRUSTED, 0)
    return Act("r", "case", kind, "D0001", "device", stamp, to_officer=to, about=about)


def test_ruling_settles_what_the_same_officer_did_before_on_the_case() -> None:
    assert ruled_on(ruling(A.UPHOLD, "a3"), REFUSED) == ("a1", "a2", "a3")
    assert ruled_on(ruling(A.UPHOLD, "a2"), REFUSED) == ("a1", "a2")
    assert ruled_on(ruling(A.SET_ASIDE, "b1", "U0002"), REFUSED) == ("b1",)


def test_act_that_is_no_ruling_settles_nothing() -> None:
    assert ruled_on(ruling(A.SUPERVISE, "a3"), REFUSED) == ()


@pytest.mark.parametrize(
    ("kind", "about", "to", "code"),
    [
        (A.UPHOLD, "a1", "U0001", "ruling_not_work"),
        (A.UPHOLD, "a2", "U0002", "ruling_unknown"),
        (A.UPHOLD, "", "U0001", "ruling_unknown"),
        (A.SET_ASIDE, "z9", "U0001", "ruling_unknown"),
    ],
)
def test_ruling_on_nothing_or_on_no_work_is_refused(kind: ActKind, about: str, to: str, code: str) -> None:
    with pytest.raises(FieldError) as refused:
        ruled_on(ruling(kind, about, to), REFUSED)
    assert refused.value.code == code


def test_upheld_work_waits_for_verification_and_belongs_to_who_did_it() -> None:
    suspended = Standing(CaseState.SUSPENDED, "U0002", before_suspension=CaseState.ARRIVED, asked=A.ASK_DELAY)
    after = apply(suspended, Step("r", A.UPHOLD, to_officer="U0001"))
    assert after == Standing(CaseState.FED_BACK, "U0001", last_act="r")


def test_ruling_cannot_be_taken_back() -> None:
    standing = Standing(CaseState.FED_BACK, last_act="r")
    with pytest.raises(FieldError, match="withdraw_too_late"):
        check_withdrawal(standing, Step("w", A.WITHDRAW, "r"), A.UPHOLD, by="D0001", author="D0001")
