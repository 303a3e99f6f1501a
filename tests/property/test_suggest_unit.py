"""Which unit is suggested: shares that add up, and a case that speaks for a unit never speaks against it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.capture.suggest_unit import WEIGHT, Circle, Reach, guess_units

UNITS = ("环卫服务单位", "道路养护单位", "排水单位", "园林单位")
CASES = st.dictionaries(st.sampled_from(UNITS), st.integers(0, 40))
WIDE_TO_NARROW = tuple(reversed(Reach))
CIRCLES = st.lists(CASES, min_size=len(Reach), max_size=len(Reach)).map(
    lambda found: [Circle(reach, cases) for reach, cases in zip(WIDE_TO_NARROW, found, strict=True)]
)


def share_of(circles: list[Circle], unit: str) -> float:
    return next((one.share for one in guess_units(circles) if one.unit == unit), 0.0)


@settings(max_examples=40)
@given(CIRCLES)
def test_shares_add_up_and_whoever_had_a_case_is_listed_once(circles: list[Circle]) -> None:
    found = guess_units(circles)
    had = {unit for circle in circles for unit, cases in circle.cases.items() if cases}

    assert sorted(one.unit for one in found) == sorted(had)
    assert not found or abs(sum(one.share for one in found) - 1.0) < 1e-9
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


@settings(max_examples=40)
@given(CIRCLES, st.sampled_from(UNITS), st.integers(0, len(Reach) - 1))
def test_one_more_case_of_a_unit_anywhere_never_speaks_against_it(
    circles: list[Circle], unit: str, which: int
) -> None:
    more = list(circles)
    cases = {**circles[which].cases, unit: circles[which].cases.get(unit, 0) + 1}
    more[which] = Circle(circles[which].reach, cases)

    if any(sum(circle.cases.values()) for circle in circles[: which + 1]):
        assert share_of(more, unit) >= share_of(circles, unit) - 1e-9
    others = [one.unit for one in guess_units(circles) if one.unit != unit]
    if sum(circles[which].cases.values()):
        for other in others:
            assert share_of(more, other) <= share_of(circles, other) + 1e-9


@settings(max_examples=40)
@given(CIRCLES, st.sampled_from(UNITS), st.integers(int(WEIGHT) + 1, 40))
def test_who_had_all_of_several_cases_in_the_cell_comes_first_whatever_the_city_says(
    circles: list[Circle], unit: str, cases: int
) -> None:
    first, *_ = guess_units([*circles[:-1], Circle(Reach.HERE, {unit: cases})])

    assert (first.unit, first.reach, first.cases) == (unit, Reach.HERE, cases)


@settings(max_examples=40)
@given(CIRCLES, st.integers(0, len(Reach)))
def test_circle_without_a_case_changes_nothing(circles: list[Circle], at: int) -> None:
    assert guess_units([*circles[:at], Circle(Reach.NEAR, {}), *circles[at:]]) == guess_units(circles)


@settings(max_examples=40)
@given(CIRCLES)
def test_reason_is_the_narrowest_circle_the_unit_has_a_case_in(circles: list[Circle]) -> None:
    for one in guess_units(circles):
        told = [(circle.reach, circle.cases[one.unit]) for circle in circles if circle.cases.get(one.unit)]
        assert told[-1] == (one.reach, one.cases)


def test_nothing_known_suggests_nobody() -> None:
    assert guess_units([]) == ()


def test_one_case_in_the_cell_does_not_outweigh_what_is_usual_in_the_street() -> None:
    street = Circle(Reach.STREET, {"环卫服务单位": 30, "道路养护单位": 1})
    once = guess_units([street, Circle(Reach.HERE, {"道路养护单位": 1})])
    often = guess_units([street, Circle(Reach.HERE, {"道路养护单位": 6})])

    assert [one.unit for one in once] == ["环卫服务单位", "道路养护单位"]
    assert [one.unit for one in often] == ["道路养护单位", "环卫服务单位"]
