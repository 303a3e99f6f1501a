"""What must hold for a demo city of any seed and size."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from sync.central.city.companies import credit_code
from sync.central.city.draw import Shuffle, Weighted
from sync.central.city.permits import trucks_behind
from sync.central.city.plates import Plates, look_alike
from sync.central.city.tiling import Block, allot, cells_of
from sync.contract.codes import is_credit_code
from sync.contract.plate import parse_plate

seeds = st.integers(0, 2**31)


@given(seeds, st.integers(1, 400))
def test_shuffle_never_gives_a_number_twice(seed: int, size: int) -> None:
    shuffle = Shuffle(size, random.Random(seed))
    assert sorted(shuffle.at(index) for index in range(size)) == list(range(size))


@given(st.floats(0, 1, exclude_max=True))
def test_weighted_choice_never_falls_off_its_end(chance: float) -> None:
    assert Weighted([("a", 1.0), ("b", 0.1), ("c", 2.0)]).at(chance) in {"a", "b", "c"}


@given(seeds, st.integers(0, 1_100_000))
def test_any_truck_has_a_possible_plate(seed: int, truck: int) -> None:
    plate = Plates(seed).at(truck)
    assert parse_plate(plate).text == plate


@given(seeds, st.integers(0, 800_000))
def test_plates_near_each_other_are_all_different(seed: int, first: int) -> None:
    plates = Plates(seed)
    assert len({plates.at(truck) for truck in range(first, first + 300)}) == 300


@given(st.integers(100, 999))
def test_look_alike_differs_in_one_character_and_is_possible(serial: int) -> None:
    plate = f"粤BK3{serial}"
    alike = look_alike(plate)
    if alike:
        assert sum(a != b for a, b in zip(plate, alike, strict=True)) == 1
        assert parse_plate(alike).text == alike


@given(st.integers(0, 99_999))
def test_any_company_has_a_valid_credit_code(index: int) -> None:
    assert is_credit_code(credit_code(index))


@given(seeds, st.integers(0, 10_000))
def test_more_permits_never_stand_behind_fewer_trucks(seed: int, permits: int) -> None:
    trucks = trucks_behind(permits, seed)
    assert trucks <= permits
    assert 0 <= trucks_behind(permits + 1, seed) - trucks <= 1


@given(seeds, st.integers(30, 60), st.integers(30, 60), st.lists(st.floats(0.5, 3), min_size=1, max_size=8))
def test_tiling_covers_every_square_exactly_once(
    seed: int, wide: int, high: int, weights: list[float]
) -> None:
    rng = random.Random(seed)
    covered: dict[tuple[int, int], int] = {}
    for item, part in allot(Block(0, 0, wide, high), list(enumerate(weights))):
        for cell in cells_of(part, rng):
            assert 1 <= cell.area <= 6
            for x in range(cell.x0, cell.x1):
                for y in range(cell.y0, cell.y1):
                    assert (x, y) not in covered
                    covered[x, y] = item
    assert len(covered) == wide * high
    assert set(covered.values()) == set(range(len(weights)))
