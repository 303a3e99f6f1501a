"""Suggestions from the replica: the usual of a community, who handles such cases, a site close by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import put, put_case
from use_case_desk import CELL, INSIDE, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.landmark import nearest_landmark
from fieldapp.capture.overview import grid_fact
from fieldapp.capture.suggest_here import hints
from fieldapp.capture.suggest_unit import Reach
from sync.contract.records import NOWHERE, Place, PlaceSource
from sync.contract.wire import Change
from sync.replica.meta import CursorAt

HERE = Place(PlaceSource.GNSS, *INSIDE)
METRE = 1 / 111_320


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    for number, role, squad, active in (
        ("U3001", "unit", "环卫服务单位", 1),
        ("U3002", "unit", "道路养护单位", 1),
        ("U3003", "unit", "已撤销单位", 0),
        ("G1002", "grid_worker", "网格二组", 1),
    ):
        officer = {"officer_id": number, "name": number, "role": role, "squad": squad, "active": active}
        put(made, "officer", officer)  # type: ignore[arg-type]
    yield made
    close_desk(made)


def test_the_notes_words_come_before_what_is_usual_here(desk: Desk) -> None:
    first = hints(desk, "", "", CELL)
    put_case(desk, class_code="03-11", grid_cell=CELL)
    usual = hints(desk, "", "", CELL)
    assert first.classes == ()
    assert [(one.class_code, one.from_note) for one in usual.classes] == [("03-11", False)]
    assert hints(desk, "", "", "440306002001001").classes == ()


def test_place_outside_the_city_or_unknown_suggests_by_the_note_alone(desk: Desk) -> None:
    for cell in ("outside", "unplaced", ""):
        assert hints(desk, "", "", cell).classes == ()


def test_units_that_had_most_of_such_cases_come_first_and_only_those_who_handle(desk: Desk) -> None:
    for officer, cases in (("U3001", 1), ("U3002", 3), ("U3003", 5), ("G1002", 5)):
        for _ in range(cases):
            put_case(desk, class_code="03-11", assignee=officer)
    assert [(one.unit, one.cases) for one in hints(desk, "", "03-11", CELL).units] == [
        ("道路养护单位", 3),
        ("环卫服务单位", 1),
    ]


def test_class_nobody_had_yet_asks_the_class_above(desk: Desk) -> None:
    put_case(desk, class_code="03-11", assignee="U3001")
    assert [one.unit for one in hints(desk, "", "03-11-02", CELL).units] == ["环卫服务单位"]


def test_class_nobody_had_yet_asks_its_sisters_too_and_no_other_class(desk: Desk) -> None:
    put_case(desk, class_code="03-12", assignee="U3001")
    put_case(desk, class_code="03-14-01", assignee="U3001")
    put_case(desk, class_code="04-05", assignee="U3002")
    assert [(one.unit, one.cases) for one in hints(desk, "", "03-11", CELL).units] == [("环卫服务单位", 2)]
    assert hints(desk, "", "05-01", CELL).units == ()


def given(desk: Desk, officer: str, cases: int, *, north_m: float = 0.0, cell: str = CELL) -> None:
    """Cases of a class that an officer was given, so far to the north of the place."""
    for _ in range(cases):
        put_case(
            desk,
            class_code="03-11",
            assignee=officer,
            grid_cell=cell,
            lon=INSIDE[0],
            lat=INSIDE[1] + north_m * METRE,
        )


def units(desk: Desk, cell: str = CELL, place: Place = HERE) -> list[tuple[str, Reach, int]]:
    return [(one.unit, one.reach, one.cases) for one in hints(desk, "", "03-11", cell, place).units]


def test_unit_that_handles_such_cases_here_comes_before_the_one_usual_in_the_city(desk: Desk) -> None:
    given(desk, "U3001", 30, north_m=30_000, cell="440311009009009")
    given(desk, "U3002", 4)

    assert units(desk) == [("道路养护单位", Reach.HERE, 4), ("环卫服务单位", Reach.CITY, 30)]


def test_elsewhere_the_unit_usual_in_the_city_comes_first(desk: Desk) -> None:
    given(desk, "U3001", 30, north_m=30_000, cell="440311009009009")
    given(desk, "U3002", 4)
    far = Place(PlaceSource.GNSS, INSIDE[0], INSIDE[1] - 0.5)

    assert [one[0] for one in units(desk, "440399001001001", far)] == ["环卫服务单位", "道路养护单位"]


@pytest.mark.parametrize(
    ("north_m", "cell", "reach"),
    [
        (60, "440311009009009", Reach.HERE),
        (400, "440311009009009", Reach.NEAR),
        (5_000, CELL[:9] + "099099", Reach.STREET),
        (5_000, CELL[:6] + "099099099", Reach.DISTRICT),
        (5_000, "440311009009009", Reach.CITY),
    ],
)
def test_reason_says_how_near_the_units_cases_lie(
    desk: Desk, north_m: float, cell: str, reach: Reach
) -> None:
    given(desk, "U3001", 2, north_m=north_m, cell=cell)

    assert units(desk) == [("环卫服务单位", reach, 2)]


def test_report_without_a_position_is_suggested_a_unit_by_its_cell(desk: Desk) -> None:
    given(desk, "U3001", 9, north_m=5_000, cell="440311009009009")
    given(desk, "U3002", 5)

    assert units(desk, place=NOWHERE)[0] == ("道路养护单位", Reach.HERE, 5)
    assert units(desk, "unplaced", NOWHERE)[0] == ("环卫服务单位", Reach.CITY, 9)


def site(desk: Desk, key: str, name: str, metres: float) -> None:
    row = {"site_id": key, "name": name, "lon": INSIDE[0], "lat": INSIDE[1] + metres * METRE}
    desk.reference.apply([Change(9, "site", key, row)], CursorAt("c2", "epoch", desk.clock.now()))  # type: ignore[arg-type]


def test_the_nearest_site_describes_the_place_and_a_far_one_does_not(desk: Desk) -> None:
    site(desk, "s1", "远处工地", 900)
    assert nearest_landmark(desk, HERE) is None
    site(desk, "s2", "湖东工地", 84)
    site(desk, "s3", "湖西工地", 180)
    assert nearest_landmark(desk, HERE) == ("湖东工地", 80)
    fact = grid_fact(desk, HERE)
    assert (fact.grid_cell, fact.near, fact.near_m) == (CELL, "湖东工地", 80)
    assert nearest_landmark(desk, NOWHERE) is None
