"""Rules of positions that hold everywhere on the globe."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from fieldapp.capture.images.exif_place import from_dms, place_of, taken_at, to_dms
from fieldapp.capture.images.exif_read import read_exif
from fieldapp.capture.images.exif_write import derivative_exif
from fieldapp.geo.distance import metres_between
from fieldapp.geo.gcj02 import is_shifted, to_gcj02, to_wgs84
from fieldapp.geo.grid import GridIndex
from fieldapp.geo.plane import LocalPlane
from fieldapp.geo.ring import lies_in
from fieldapp.geo.sentences import NmeaReader
from sync.contract.records import Place, PlaceSource

lons = st.floats(-180, 180, allow_nan=False)
lats = st.floats(-90, 90, allow_nan=False)
china_lons = st.floats(73, 137, allow_nan=False)
china_lats = st.floats(3, 54, allow_nan=False)


@given(china_lons, china_lats)
def test_gcj02_and_back_is_the_same_place(lon: float, lat: float) -> None:
    assert to_wgs84(*to_gcj02(lon, lat)) == pytest.approx((lon, lat), abs=1e-7)


@given(lons, lats)
def test_far_from_china_gcj02_changes_nothing(lon: float, lat: float) -> None:
    assume(not is_shifted(lon, lat, margin=0.2))
    assert to_gcj02(lon, lat) == to_wgs84(lon, lat) == (lon, lat)


@given(lats)
def test_degrees_minutes_seconds_and_back_is_the_same_latitude(lat: float) -> None:
    degrees, minutes, seconds = to_dms(lat)
    assert minutes < 60
    assert seconds < 60
    ref = "S" if lat < 0 else "N"
    assert from_dms((degrees, minutes, seconds), ref, positive="N", negative="S") == pytest.approx(
        lat, abs=2e-9
    )


@given(lons, lats, st.none() | st.floats(0.01, 100_000), st.none() | st.integers(640_000_000, 4_000_000_000))
def test_exif_of_a_derivative_reads_back_as_the_same_place_and_time(
    lon: float, lat: float, accuracy_m: float | None, second: int | None
) -> None:
    assume(abs(lon) > 1e-8 or abs(lat) > 1e-8)
    at = None if second is None else datetime.fromtimestamp(second, UTC)
    place = Place(source=PlaceSource.GNSS, lon=lon, lat=lat, accuracy_m=accuracy_m, fixed_at=at)
    tags = read_exif(derivative_exif(place, at).removeprefix(b"Exif\x00\x00"))
    again = place_of(tags.gps)
    assert (again.lon, again.lat) == pytest.approx((lon, lat), abs=2e-9)
    assert again.fixed_at == at == taken_at(tags.camera, tags.gps).at
    if accuracy_m is not None:
        assert again.accuracy_m == pytest.approx(accuracy_m, abs=0.0051)


@given(st.binary(max_size=400), st.sampled_from([b"II*\x00", b"MM\x00*"]))
def test_any_bytes_are_read_as_exif_without_a_fault(data: bytes, order: bytes) -> None:
    tags = read_exif(order + data)
    place = place_of(tags.gps)
    assert place.lon is None or abs(place.lon) <= 180
    taken_at(tags.camera, tags.gps)


@given(lons, lats, lons, lats)
def test_distance_is_the_same_both_ways(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> None:
    there = metres_between(lon_a, lat_a, lon_b, lat_b)
    assert there == pytest.approx(metres_between(lon_b, lat_b, lon_a, lat_a), abs=1e-6)
    assert 0 <= there < 20_004_000


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(-20_000, 20_000), st.floats(-20_000, 20_000))
def test_plane_and_back_is_the_same_point(lon: float, lat: float, east: float, north: float) -> None:
    plane = LocalPlane(lon, lat)
    assert plane.to_metres(*plane.to_degrees(east, north)) == pytest.approx((east, north), abs=1e-4)


SIDE = 30
STEP = 0.001
WEST, SOUTH = 114.0, 22.5


def tiled_city() -> list[tuple[str, list[tuple[float, float]]]]:
    """Cells with crooked borders that tile a square: inner corners are moved, neighbours share them."""
    rng = random.Random(7)

    def corner(column: int, row: int) -> tuple[float, float]:
        inner = 0 < column < SIDE and 0 < row < SIDE
        slack = 0.3 * STEP if inner else 0.0
        return (
            WEST + column * STEP + rng.uniform(-slack, slack),
            SOUTH + row * STEP + rng.uniform(-slack, slack),
        )

    at = {(c, r): corner(c, r) for c in range(SIDE + 1) for r in range(SIDE + 1)}
    return [
        (f"{r * SIDE + c:015}", [at[c, r], at[c + 1, r], at[c + 1, r + 1], at[c, r + 1], at[c, r]])
        for c in range(SIDE)
        for r in range(SIDE)
    ]


CITY = tiled_city()
INDEX = GridIndex(CITY)
BY_CODE = {code: GridIndex([(code, ring)]) for code, ring in CITY}


@given(st.floats(0, 1), st.floats(0, 1))
def test_every_place_of_a_tiled_city_lies_in_exactly_one_cell(x: float, y: float) -> None:
    lon, lat = WEST + x * SIDE * STEP, SOUTH + y * SIDE * STEP
    assume(lon <= WEST + SIDE * STEP and lat <= SOUTH + SIDE * STEP)
    found = INDEX.locate(lon, lat)
    holding = [code for code, cell in BY_CODE.items() if cell.locate(lon, lat)]
    assert found == min(holding)


@given(
    st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=3, max_size=8),
    st.tuples(st.integers(-7, 7), st.integers(-7, 7)),
    st.sampled_from([1.0, 0.1, 1 / 3, 1e-7]),
)
def test_a_ring_holds_what_an_exact_geometry_library_says_it_holds(
    corners: list[tuple[int, int]], at: tuple[int, int], scale: float
) -> None:
    ring = [(x * scale, y * scale) for x, y in [*corners, corners[0]]]
    shape = shapely.Polygon(ring)
    assume(shape.is_valid and shape.area > 0)
    spot = (at[0] * scale, at[1] * scale)
    assert lies_in(ring, *spot) == shape.intersects(shapely.Point(spot))


@given(st.sampled_from(CITY), st.integers(0, 3), st.floats(0, 1))
def test_a_place_on_a_border_lies_in_a_cell(
    cell: tuple[str, list[tuple[float, float]]], edge: int, t: float
) -> None:
    (ax, ay), (bx, by) = cell[1][edge], cell[1][edge + 1]
    lon, lat = ax + t * (bx - ax), ay + t * (by - ay)
    assume(WEST <= lon <= WEST + SIDE * STEP and SOUTH <= lat <= SOUTH + SIDE * STEP)
    assert INDEX.locate(lon, lat) is not None


@given(st.lists(st.binary(max_size=120), max_size=20))
def test_any_bytes_are_read_as_nmea_without_a_fault(pieces: list[bytes]) -> None:
    reader = NmeaReader()
    assert all(reader.feed(piece) == [] for piece in pieces)


@given(st.binary(min_size=6, max_size=80).filter(lambda b: not set(b) & set(b"$!*\n")))
def test_any_sentence_with_a_right_checksum_is_read_without_a_fault(body: bytes) -> None:
    checksum = 0
    content = b"GPGGA," + body
    for byte in content:
        checksum ^= byte
    NmeaReader().feed(b"$" + content + f"*{checksum:02X}\n".encode())
