"""What a case loop says of itself: times against their limit, and cases against what the story wants."""

from __future__ import annotations

from fieldapp.demo.case_loop.evidence import CaseProof, LoopResult, Sighting


def test_sight_before_the_commands_answer_took_no_time_after_it() -> None:
    assert Sighting("dispatch", "a new task", command_s=1.5, seen_s=1.2).after_answer_s == 0.0


def test_times_are_told_with_their_limit_met_or_not() -> None:
    quick = Sighting("dispatch", "a new task", command_s=0.5, seen_s=0.9)
    slow = Sighting("close", "the case closed", command_s=0.5, seen_s=3.0)

    first, second, *_ = LoopResult(sightings=[quick, slow]).lines()

    assert "0.40 s after the answer (met, limit 2 s)" in first
    assert "2.50 s after the answer (NOT MET, limit 2 s)" in second


def test_case_in_another_state_or_without_an_act_that_was_done_is_not_good() -> None:
    good = CaseProof("case", "closed", "closed", ["verify", "close"], [])

    assert good.good
    assert not CaseProof("case", "verified", "closed", ["verify"], []).good
    assert not CaseProof("case", "closed", "closed", ["close"], ["verify"]).good
    assert "NOT as it should be" in LoopResult(cases=[CaseProof("case", "void", "closed", [], [])]).lines()[0]
