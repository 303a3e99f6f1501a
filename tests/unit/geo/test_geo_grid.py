"""Which cell a position lies in."""

from __future__ import annotations

import random

from fieldapp.geo.grid import GridIndex


def square(x: float, y: float, side: float = 1.0) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def four() -> GridIndex:
    return GridIndex([("4", square(1, 1)), ("2", square(1, 0)), ("3", square(0, 1)), ("1", square(0, 0))])


def test_position_inside_a_cell_finds_it() -> None:
    index = four()
    assert [index.locate(x, y) for x, y in ((0.5, 0.5), (1.5, 0.5), (0.5, 1.5), (1.5, 1.5))] == [
        "1",
        "2",
        "3",
        "4",
    ]
    assert len(index) == 4


def test_border_belongs_to_the_smallest_code_whatever_the_order_of_the_cells() -> None:
    cells = [("4", square(1, 1)), ("2", square(1, 0)), ("3", square(0, 1)), ("1", square(0, 0))]
    for seed in range(10):
        random.Random(seed).shuffle(cells)
        index = GridIndex(cells)
        assert [index.locate(*spot) for spot in ((1, 0.5), (0.5, 1), (1, 1), (1.5, 1), (1, 1.5))] == list(
            "11123"
        )


def test_outer_border_and_corner_belong_to_the_city() -> None:
    assert four().locate(0, 0) == "1"
    assert four().locate(2, 2) == "4"


def test_outside_there_is_no_cell() -> None:
    assert four().locate(2.0000001, 1) is None
    assert four().locate(-122, 37) is None


def test_city_without_cells_has_no_cell_anywhere() -> None:
    assert GridIndex([]).locate(114.0, 22.5) is None


def test_position_that_is_no_number_is_in_no_cell() -> None:
    assert four().locate(float("nan"), 0.5) is None
    assert four().locate(0.5, float("inf")) is None
