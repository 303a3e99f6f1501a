"""Alerts and calls: whatever is tried in whatever order, one holder, both ends agree, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.alerts import (
    OVER,
    AlertActKind,
    AlertKind,
    AlertStanding,
    AlertState,
    AlertStep,
    Severity,
    alert_acts_offered,
    answerers,
    check_alert_act,
    fold_alert,
    merge_alert,
)
from sync.contract.calls import (
    CallActKind,
    CallStanding,
    CallState,
    CallStep,
    call_acts_offered,
    check_call_act,
    fold_call,
)
from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import COMMAND, Role
from sync.contract.squads import FARTHEST_M, SquadStand, asked_officers, rank_squads
from sync.contract.suggested import Answer, suggest_answer

ROLES = {"G1": Role.GRID_WORKER, "G2": Role.GRID_WORKER, "I1": Role.INSPECTOR, "I2": Role.INSPECTOR}
ROLES |= {"U1": Role.UNIT, "D1": Role.DISPATCHER}
people = st.sampled_from(sorted(ROLES))
severities = st.sampled_from(Severity)
tries = st.lists(st.tuples(st.sampled_from(AlertActKind), people, people, st.booleans()), max_size=12)


def attempt(
    standing: AlertStanding, severity: Severity, step: AlertStep, *, has_note: bool
) -> AlertStanding | None:
    try:
        return check_alert_act(
            standing,
            severity,
            step,
            ROLES[step.officer_id],
            has_note=has_note,
            to_role=ROLES.get(step.to_officer),
        )
    except NeedsPerson:
        return None


@given(severities, tries)
def test_accepted_acts_fold_to_what_was_judged_and_held_alerts_have_one_fit_holder(
    severity: Severity, attempts: list[tuple[AlertActKind, str, str, bool]]
) -> None:
    standing, accepted = AlertStanding(), []
    for number, (kind, who, to, has_note) in enumerate(attempts):
        step = AlertStep(f"a{number}", kind, who, to if kind is AlertActKind.PASS_ON else "")
        offered = alert_acts_offered(standing, severity, ROLES[who], who)
        after = attempt(standing, severity, step, has_note=has_note)
        if after is None:
            continue
        assert kind in offered
        accepted.append(step)
        before, standing = standing, after
        assert standing == fold_alert(accepted)
        assert standing.last_act == step.act_id
        if before.state in (AlertState.PASSED, AlertState.TAKEN) and ROLES[who] not in COMMAND:
            assert before.holder == who
    if standing.state in (AlertState.PASSED, AlertState.TAKEN):
        assert ROLES[standing.holder] in answerers(severity)
    assert (standing.holder == "") == (standing.state is AlertState.OPEN)


@given(severities, people, people)
def test_of_two_who_take_the_same_alert_the_first_has_it_and_the_other_is_told_who(
    severity: Severity, first: str, second: str
) -> None:
    taken = attempt(AlertStanding(), severity, AlertStep("a", AlertActKind.TAKE, first), has_note=False)
    if taken is None or first == second:
        return
    late = AlertStep("b", AlertActKind.TAKE, second)
    with pytest.raises(NeedsPerson, match="alert_taken") as refusal:
        check_alert_act(taken, severity, late, ROLES[second], has_note=False)
    assert refusal.value.facts["holder"] == first


@given(severities, tries, st.integers(0, 12))
def test_a_tablet_with_own_acts_central_has_not_judged_shows_what_central_will_say_of_them(
    severity: Severity, attempts: list[tuple[AlertActKind, str, str, bool]], told_of: int
) -> None:
    standing, steps = AlertStanding(), []
    for number, (kind, who, to, has_note) in enumerate(attempts):
        step = AlertStep(f"a{number}", kind, who, to if kind is AlertActKind.PASS_ON else "")
        after = attempt(standing, severity, step, has_note=has_note)
        if after is not None:
            standing = after
            steps.append(step)
    known = steps[:told_of]
    own = [(step, ROLES[step.officer_id]) for step in steps]
    merged, pending = merge_alert(fold_alert(known), frozenset(s.act_id for s in known), own)
    assert merged == standing
    assert pending == tuple(step.act_id for step in steps[told_of:])


@given(severities, people)
def test_an_own_act_on_an_alert_that_is_over_stays_pending_without_effect(
    severity: Severity, who: str
) -> None:
    for state in OVER:
        told = AlertStanding(state, "I1", "x")
        step = AlertStep("mine", AlertActKind.TAKE, who)
        assert merge_alert(told, frozenset(), [(step, ROLES[who])]) == (told, ("mine",))
        assert attempt(told, severity, step, has_note=True) is None


calls = st.lists(st.tuples(st.sampled_from(CallActKind), people), max_size=12)


@given(st.frozensets(people), calls)
def test_nobody_is_coming_and_not_coming_and_only_the_asked_answer(
    asked: frozenset[str], attempts: list[tuple[CallActKind, str]]
) -> None:
    standing, accepted = CallStanding(), []
    for number, (kind, who) in enumerate(attempts):
        if kind is CallActKind.CALL:
            continue
        step = CallStep(f"c{number}", kind, who)
        offered = call_acts_offered(standing, ROLES[who], who, caller="I1", asked=asked)
        try:
            standing = check_call_act(standing, step, ROLES[who], caller="I1", asked=asked)
        except NeedsPerson:
            assert kind not in offered
            continue
        accepted.append(step)
        assert standing == fold_call(accepted)
        assert not set(standing.coming) & set(standing.declined)
        assert set(standing.coming) | set(standing.declined) <= asked
        assert len(set(standing.coming)) == len(standing.coming)
    if standing.state is CallState.ENDED:
        assert call_acts_offered(standing, Role.INSPECTOR, "I1", caller="I1", asked=asked) == ()


stands = st.lists(
    st.builds(
        SquadStand,
        st.sampled_from(["一", "二", "三", "四", "五", "六"]),
        st.lists(st.sampled_from(["I1", "I2", "I3"]), unique=True).map(tuple),
        st.one_of(st.none(), st.floats(-1, 1)),
        st.floats(-1, 1),
        st.just(""),
        st.booleans(),
    ),
    unique_by=lambda one: one.squad,
    max_size=6,
)


def flat(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return 50_000 * (abs(lon - other_lon) + abs(lat - other_lat))


@given(stands, st.one_of(st.none(), st.tuples(st.floats(-1, 1), st.floats(-1, 1))))
def test_the_nearest_free_squads_are_asked_and_no_squad_is_left_out_or_asked_while_busy(
    squads: list[SquadStand], place: tuple[float, float] | None
) -> None:
    ranked = rank_squads(place, squads, flat, own_squad="一")
    assert {one.squad for one in ranked} == {one.squad for one in squads} - {"一"}
    asked = [one for one in ranked if one.asked]
    assert len(asked) <= 3
    assert not any(one.busy for one in asked)
    assert asked_officers(ranked) == {officer for one in asked for officer in one.officers}
    free = [one for one in ranked if not one.busy and not one.asked and one.officers]
    for other in free:
        near = other.distance_m is not None and other.distance_m <= FARTHEST_M
        if near and other.distance_m is not None:
            assert len(asked) == 3
            assert all(a.distance_m is not None and a.distance_m <= other.distance_m for a in asked)
    assert all(one.distance_m is None for one in ranked) or place is not None


@given(st.sampled_from(AlertKind), severities, st.sampled_from(Role))
def test_mild_ones_are_for_grid_workers_serious_ones_for_officers_and_nobody_stops_a_grave_one_alone(
    kind: AlertKind, severity: Severity, role: Role
) -> None:
    answer = suggest_answer(kind, severity, role)
    if role is Role.GRID_WORKER:
        assert answer in (Answer.VISIT_SITE, Answer.PHOTOGRAPH, Answer.PASS_TO_OFFICERS)
        assert severity is Severity.MILD or answer is Answer.PASS_TO_OFFICERS
    if role is Role.INSPECTOR and severity is Severity.GRAVE:
        assert answer in (Answer.CALL_REINFORCEMENT, Answer.INSPECT_SITE)
    if answer in (Answer.STOP_AND_CHECK, Answer.CALL_REINFORCEMENT):
        assert role is Role.INSPECTOR
