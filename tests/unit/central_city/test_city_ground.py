"""The grid cells tile the city: no gap, no overlap, every place in exactly one."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from itertools import pairwise

import pytest
from shapely import Point, Polygon, STRtree, union_all

from sync.central.city import CITY
from sync.contract.tables import Row

CityRows = dict[str, list[Row]]
SQUARE_DEGREE_KM2 = 111.195**2 * math.cos(math.radians(CITY.lat))


@pytest.fixture(scope="module")
def shapes(city: CityRows) -> dict[str, Polygon]:
    return {
        str(row["grid_cell"]): Polygon([tuple(map(float, p.split(","))) for p in str(row["ring"]).split(";")])
        for row in city["grid_cell"]
    }


def test_rings_are_closed_counter_clockwise_and_do_not_cross_themselves(
    city: CityRows, shapes: dict[str, Polygon]
) -> None:
    for row in city["grid_cell"]:
        points = str(row["ring"]).split(";")
        assert points[0] == points[-1]
        assert all(len(number.partition(".")[2]) == 6 for point in points for number in point.split(","))
    assert all(shape.is_valid and shape.exterior.is_ccw for shape in shapes.values())


def test_union_of_the_cells_is_one_piece_without_holes_as_large_as_their_sum(
    shapes: dict[str, Polygon],
) -> None:
    whole = union_all(list(shapes.values()))
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert math.isclose(whole.area, sum(shape.area for shape in shapes.values()), rel_tol=1e-9)
    assert 120 < whole.area * SQUARE_DEGREE_KM2 < 150


def test_random_place_in_the_city_lies_in_exactly_one_cell(shapes: dict[str, Polygon]) -> None:
    cells = list(shapes.values())
    tree, whole, rng = STRtree(cells), union_all(cells), random.Random(5)
    west, south, east, north = whole.bounds
    inside = 0
    while inside < 2_000:
        place = Point(rng.uniform(west, east), rng.uniform(south, north))
        hits = len(tree.query(place, predicate="within"))
        assert hits == int(whole.contains(place))
        inside += hits


def test_neighbours_share_their_vertices_so_that_no_vertex_lies_on_a_side(city: CityRows) -> None:
    sides: dict[tuple[str, str], int] = defaultdict(int)
    for row in city["grid_cell"]:
        points = str(row["ring"]).split(";")
        for begin, end in pairwise(points):
            sides[begin, end] += 1
    assert set(sides.values()) == {1}
    alone = [side for side in sides if side[::-1] not in sides]
    follow = dict(alone)
    assert len(follow) == len(alone)
    walk, at = 0, alone[0][0]
    while walk == 0 or at != alone[0][0]:
        at, walk = follow[at], walk + 1
    assert walk == len(alone)


def test_cells_are_about_a_hundred_metres_wide_and_not_all_alike(shapes: dict[str, Polygon]) -> None:
    areas = sorted(shape.area * SQUARE_DEGREE_KM2 * 1e6 for shape in shapes.values())
    assert 8_000 < areas[len(areas) // 2] < 12_000
    assert areas[0] > 2_000
    assert areas[-1] < 25_000
    assert areas[-1] > 2 * areas[0]


def test_centre_of_the_demo_lies_in_a_cell(shapes: dict[str, Polygon]) -> None:
    assert sum(shape.contains(Point(CITY.lon, CITY.lat)) for shape in shapes.values()) == 1


def test_streets_and_communities_are_each_in_one_piece(shapes: dict[str, Polygon]) -> None:
    for digits in (9, 12):
        groups: dict[str, list[Polygon]] = defaultdict(list)
        for code, shape in shapes.items():
            groups[code[:digits]].append(shape)
        assert len(groups) == {9: 11, 12: 141}[digits]
        assert {union_all(group).geom_type for group in groups.values()} == {"Polygon"}


def test_cells_are_numbered_from_001_in_each_community(shapes: dict[str, Polygon]) -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    for code in shapes:
        assert code.startswith(CITY.division)
        numbers[code[:12]].append(int(code[12:]))
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))
        assert len(found) <= 999


def test_sites_lie_in_the_cell_they_name(city: CityRows, shapes: dict[str, Polygon]) -> None:
    for row in [*city["site"], *city["city_case"]]:
        lon, lat = row["lon"], row["lat"]
        assert shapes[str(row["grid_cell"])].contains(Point(float(str(lon)), float(str(lat))))
