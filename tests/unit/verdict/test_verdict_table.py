"""The verdict's table: a good truck, and what each single departure from it does to the answer."""

from __future__ import annotations

import pytest

from fieldapp.verdict.model import Answer, Facts, Question
from fieldapp.verdict.verdict import judge
from sync.contract.records import NOWHERE
from tests.unit.verdict.verdict_cases_load import LOAD_CASES
from tests.unit.verdict.verdict_cases_permit import PERMIT_CASES
from tests.unit.verdict.verdict_cases_place import PLACE_CASES
from tests.unit.verdict.verdict_makers import (
    FRESH,
    facts,
    permit,
    question,
)

HOUR = 3_600.0
CASES = (*PERMIT_CASES, *PLACE_CASES, *LOAD_CASES)


@pytest.mark.parametrize(
    ("answer", "code", "asked", "known"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_answer_and_its_reason(answer: Answer, code: str, asked: Question, known: Facts) -> None:
    verdict = judge(asked, known)
    told = [reason.code for reason in verdict.reasons]
    assert verdict.answer is answer, told
    assert code in told


def test_permit_that_allows_is_named_though_others_do_not() -> None:
    verdict = judge(question(), facts(permit(permit_id="P0", status="revoked"), permit(permit_id="P7")))
    assert verdict.permit_id == "P7"
    assert [reason.code for reason in verdict.reasons] == ["verdict_permit_allows"]


def test_reasons_come_worst_first_with_the_rows_they_rest_on() -> None:
    verdict = judge(question(place=NOWHERE), facts(permit(status="revoked", reason="偷倒")))
    assert [reason.code for reason in verdict.reasons] == ["verdict_permit_revoked", "verdict_place_missing"]
    first = verdict.reasons[0]
    assert (first.rows[0].table, first.rows[0].key) == ("permit", "P1")
    assert first.facts["reason"] == "偷倒"
    assert first.advice_code == "advice_hold"


def test_every_permit_says_why_it_does_not_do() -> None:
    verdict = judge(question(), facts(permit(status="void"), permit(permit_id="P2", used_m3=1000)))
    assert {reason.rows[0].key for reason in verdict.reasons} == {"P1", "P2"}


def test_of_permits_that_do_not_do_the_latest_is_spoken_of_first() -> None:
    old = permit(permit_id="P1", status="expired", valid_to="2025-12-31")
    verdict = judge(question(), facts(old, permit(permit_id="P2", status="revoked")))
    assert verdict.permit_id == "P2"
    assert verdict.reasons[0].code == "verdict_permit_revoked"


def test_look_alikes_are_offered_and_not_taken() -> None:
    verdict = judge(question(), facts(permits=(), look_alikes=("粤BWKS16",)))
    assert verdict.answer is Answer.NOT_ALLOWED
    assert verdict.look_alikes == ("粤BWKS16",)
    assert "verdict_look_alikes" in [reason.code for reason in verdict.reasons]


def test_age_is_that_of_the_oldest_table_and_said_in_hours() -> None:
    verdict = judge(question(), facts(ages={**FRESH, "permit": 80 * HOUR}))
    assert verdict.data_age_s == 80 * HOUR
    reason = next(r for r in verdict.reasons if r.code == "verdict_reference_too_old")
    assert reason.facts == {"age_h": 80.0, "limit_h": 72.0}


def test_table_is_large_enough() -> None:
    assert len(CASES) >= 60
