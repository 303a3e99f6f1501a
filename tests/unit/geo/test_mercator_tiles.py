"""Web Mercator tiles: known ones, TMS rows, parents, and where they lie in either datum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.distance import metres_between
from fieldapp.geo.gcj02 import to_gcj02
from fieldapp.geo.mercator import tile_box, tiles_over, zoom_for
from fieldapp.geo.plane import LocalPlane
from sync.contract.tiles import LAT_MOST, Tile, ancestor, corner, tile_at, tms_row

CITY = (113.88, 22.56)
zooms = st.integers(0, 20)
lons, lats = st.floats(-180, 179.999), st.floats(-85, 85)
city_lons, city_lats = st.floats(113.7, 114.1), st.floats(22.4, 22.7)


def test_known_tiles() -> None:
    assert tile_at(0, 0, 0) == Tile(0, 0, 0)
    assert tile_at(113.88, 22.56, 12) == Tile(12, 3343, 1784)
    assert corner(1, 1, 1) == pytest.approx((0, 0))
    assert corner(0, 0, 0) == pytest.approx((-180, LAT_MOST))


def test_positions_beyond_the_map_lie_in_its_outermost_tiles() -> None:
    assert tile_at(180, 90, 3) == Tile(3, 7, 0)
    assert tile_at(-180, -90, 3) == Tile(3, 0, 7)


@given(zooms, st.data())
def test_tms_rows_lead_back_and_stay_within(zoom: int, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, (1 << zoom) - 1))
    assert 0 <= tms_row(zoom, row) < 1 << zoom
    assert tms_row(zoom, tms_row(zoom, row)) == row


@given(lons, lats, zooms)
def test_a_tile_holds_the_position_it_was_found_for(lon: float, lat: float, zoom: int) -> None:
    tile = tile_at(lon, lat, zoom)
    west, north = corner(zoom, tile.column, tile.row)
    east, south = corner(zoom, tile.column + 1, tile.row + 1)
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9


@given(lons, lats, zooms, zooms)
def test_an_ancestor_is_the_tile_of_the_same_place_and_holds_the_part(
    lon: float, lat: float, zoom: int, above: int
) -> None:
    tile = tile_at(lon, lat, max(zoom, above))
    part = ancestor(tile, min(zoom, above))
    assert part.of == tile_at(lon, lat, min(zoom, above))
    assert 0 <= part.left <= 1 - part.side
    assert 0 <= part.top <= 1 - part.side
    west, north = corner(part.of.zoom, part.of.column + part.left, part.of.row + part.top)
    assert (west, north) == pytest.approx(corner(tile.zoom, tile.column, tile.row), abs=1e-6)


@given(city_lons, city_lats, st.integers(10, 18), st.sampled_from(["wgs84", "gcj02"]))
def test_neighbours_share_their_edges_in_either_datum(lon: float, lat: float, zoom: int, datum: str) -> None:
    plane = LocalPlane(*CITY)
    tile = tile_at(lon, lat, zoom)
    here = tile_box(tile, plane, datum)
    right = tile_box(tile._replace(column=tile.column + 1), plane, datum)
    below = tile_box(tile._replace(row=tile.row + 1), plane, datum)
    assert here[2] == right[0]
    assert here[1] == below[3]


@given(city_lons, city_lats, st.integers(10, 18), st.sampled_from(["wgs84", "gcj02"]))
def test_the_tiles_over_a_box_cover_it(lon: float, lat: float, zoom: int, datum: str) -> None:
    plane = LocalPlane(*CITY)
    east, north = plane.to_metres(lon, lat)
    box = (east - 300, north - 200, east + 300, north + 200)
    boxes = [tile_box(tile, plane, datum) for tile in tiles_over(box, zoom, plane, datum)]
    slack = 2.0  # the shift bends by this much at most along the edge of one tile
    assert min(b[0] for b in boxes) <= box[0] + slack
    assert min(b[1] for b in boxes) <= box[1] + slack
    assert max(b[2] for b in boxes) >= box[2] - slack
    assert max(b[3] for b in boxes) >= box[3] - slack


@given(city_lons, city_lats)
def test_a_gcj02_tile_lies_where_what_it_shows_is(lon: float, lat: float) -> None:
    plane = LocalPlane(*CITY)
    drawn = to_gcj02(lon, lat)
    tile = tile_at(*drawn, 16)
    west, south, east, north = tile_box(tile, plane, "gcj02")
    left, top = corner(16, tile.column, tile.row)
    right, bottom = corner(16, tile.column + 1, tile.row + 1)
    at = (
        west + (drawn[0] - left) / (right - left) * (east - west),
        north - (drawn[1] - top) / (bottom - top) * (north - south),
    )
    assert metres_between(*plane.to_degrees(*at), lon, lat) < 1.0


def test_gcj02_taken_for_wgs84_would_be_hundreds_of_metres_off() -> None:
    plane = LocalPlane(*CITY)
    tile = tile_at(*to_gcj02(*CITY), 16)
    there, here = tile_box(tile, plane, "gcj02"), tile_box(tile, plane, "wgs84")
    assert 400 < ((there[0] - here[0]) ** 2 + (there[1] - here[1]) ** 2) ** 0.5 < 700


@given(st.floats(0.15, 120), st.floats(-60, 60))
def test_the_zoom_for_a_scale_is_the_nearest_one(mpp: float, lat: float) -> None:
    zoom = zoom_for(mpp, lat)
    plane = LocalPlane(0.0, lat)
    box = tile_box(tile_at(0.0, lat, zoom), plane, "wgs84")
    assert 0.68 <= (box[2] - box[0]) / 256 / mpp <= 1.46
