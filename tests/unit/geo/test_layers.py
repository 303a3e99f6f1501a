"""What a map shows, found by a box; rows that cannot be drawn are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.layers import BoxIndex, Cell, borders, boxes_meet, cell_of, holds, mark_of, parse_route
from fieldapp.geo.plane import LocalPlane

PLANE = LocalPlane(113.88, 22.56)
coordinate = st.floats(-5_000, 5_000)
boxes = st.tuples(coordinate, coordinate, st.floats(0, 3_000), st.floats(0, 3_000)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


def square(code: str, east: float, north: float, street: str = "A", community: str = "a") -> Cell:
    ring = ((east, north), (east + 10, north), (east + 10, north + 10), (east, north + 10))
    return Cell(code, street, community, ring, (*ring[0], *ring[2]), (east + 5, north + 5))


@given(st.lists(boxes, max_size=30), boxes)
def test_index_finds_exactly_what_a_scan_finds(
    things: list[tuple[float, ...]], asked: tuple[float, ...]
) -> None:
    index = BoxIndex((box, at) for at, box in enumerate(things))  # type: ignore[misc]

    found = index.within(asked)  # type: ignore[arg-type]
    assert found == [at for at, box in enumerate(things) if boxes_meet(box, asked)]  # type: ignore[arg-type]


def test_empty_index_has_no_bounds() -> None:
    assert BoxIndex(()).bounds() is None
    assert BoxIndex([((1.0, 2.0, 3.0, 4.0), "x"), ((0.0, 5.0, 1.0, 9.0), "y")]).bounds() == (0, 2, 3, 9)


def test_cell_row_becomes_a_ring_around_its_middle() -> None:
    row = {
        "grid_cell": "1" * 15,
        "street": "甲",
        "community": "乙",
        "ring": "113.88,22.56;113.881,22.56;113.881,22.561;113.88,22.56",
    }
    cell = cell_of(row, PLANE)

    assert cell is not None
    assert len(cell.ring) == 3
    assert cell.ring[0] == pytest.approx((0, 0))
    assert holds(cell.ring, cell.middle)


@pytest.mark.parametrize("ring", ["", "113,22", "113,22;113,22", "x,y;1,2;3,4", "200,22;113,22;113,23", None])
def test_ring_that_cannot_be_drawn_is_left_out(ring: str | None) -> None:
    assert cell_of({"grid_cell": "c", "street": "", "community": "", "ring": ring}, PLANE) is None


def test_row_without_position_is_left_out() -> None:
    assert (
        mark_of({"site_id": "S", "name": "n", "lon": None, "lat": 22.5}, PLANE, "site", "site_id", "name")
        is None
    )


def test_case_dispatched_to_me_is_mine() -> None:
    row = {
        "case_id": "k",
        "class_code": "03-11",
        "lon": 113.88,
        "lat": 22.56,
        "state": "accepted",
        "assignee": "G1",
    }

    mine = mark_of(row, PLANE, "case", "case_id", "class_code", "G1")
    others = mark_of(row, PLANE, "case", "case_id", "class_code", "G2")
    assert mine is not None
    assert (mine.mine, mine.state) == (True, "accepted")
    assert others is not None
    assert not others.mine


def test_borders_lie_between_different_streets_and_communities_alone() -> None:
    cells = [
        square("1", 0, 0),
        square("2", 10, 0),
        square("3", 20, 0, community="b"),
        square("4", 30, 0, street="B", community="c"),
    ]
    lines = borders(cells)

    assert lines["community"] == [((20, 0), (20, 10))]
    assert ((30, 0), (30, 10)) in lines["street"]
    assert ((10, 0), (10, 10)) not in lines["street"]
    assert len(lines["street"]) == 1 + 4 * 2 + 2


@pytest.mark.parametrize("text", ["", ";", "1", "a,b", "1,2;3", "1,2;;3,4", "nan,1;2,3"])
def test_text_that_is_no_route_gives_no_points(text: str) -> None:
    assert parse_route(text) == []


def test_ring_holds_what_lies_inside() -> None:
    ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 3.0), (0.0, 10.0)]

    assert holds(ring, (2, 2))
    assert not holds(ring, (5, 8))
    assert not holds(ring, (-1, 5))
