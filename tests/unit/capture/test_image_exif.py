"""Position and time out of EXIF, in all four hemispheres, and what counts as absent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import image_makers as make
import pytest
from PIL.TiffImagePlugin import IFDRational

from fieldapp.capture.images.exif_place import TimeSource
from fieldapp.capture.images.exif_read import NO_EXIF, read_exif
from fieldapp.capture.images.facts import PhotoFacts, read_facts
from fieldapp.geo.gcj02 import to_gcj02
from sync.contract.records import NOWHERE, PlaceSource

FOUR_HEMISPHERES = {
    "Shenzhen": (114.0579, 22.5431),
    "Santiago": (-70.6693, -33.4489),
    "Sydney": (151.2093, -33.8688),
    "Oklahoma": (-97.3086, 36.2927),
}


def facts(gps: dict[int, object] | None = None, camera: dict[int, object] | None = None) -> PhotoFacts:
    return read_facts(make.jpeg(exif_block=make.exif(gps=gps, camera=camera)))


@pytest.mark.parametrize("town", FOUR_HEMISPHERES)
def test_position_has_the_right_hemispheres(town: str) -> None:
    lon, lat = FOUR_HEMISPHERES[town]
    place = facts(make.position(lon, lat)).place
    assert place.source is PlaceSource.EXIF
    assert (place.lon, place.lat) == pytest.approx((lon, lat), abs=3e-6)
    assert place.accuracy_m is None


@pytest.mark.parametrize("maker", [make.png, make.heic])
def test_position_is_read_from_png_and_heic(maker) -> None:
    block = make.exif(gps=make.position(-70.6693, -33.4489))
    data = make.png(exif=block) if maker is make.png else make.heic(exif_block=block)
    place = read_facts(data).place
    assert (place.lon, place.lat) == pytest.approx((-70.6693, -33.4489), abs=3e-6)


def test_accuracy_is_the_positioning_error() -> None:
    assert facts(make.position(1.0, 2.0, t31=IFDRational(125, 10))).place.accuracy_m == 12.5


@pytest.mark.parametrize("error", [IFDRational(0, 0), IFDRational(0, 1)])
def test_senseless_positioning_error_is_no_accuracy(error: IFDRational) -> None:
    place = facts(make.position(1.0, 2.0, t31=error)).place
    assert place.source is PlaceSource.EXIF
    assert place.accuracy_m is None


@pytest.mark.parametrize(
    "change",
    [
        {2: (IFDRational(0, 0),) * 3},
        {4: (IFDRational(10, 1), IFDRational(3, 0), IFDRational(0, 1))},
        {2: (91.0, 0.0, 0.0)},
        {2: (90.0, 0.0, 0.1)},
        {4: (180.0, 1.0, 0.0)},
        {2: (10.0, 61.0, 0.0)},
        {1: ""},
        {3: "N"},
        {1: "?"},
        {18: "TOKYO"},
    ],
)
def test_senseless_position_is_no_position(change: dict[int, object]) -> None:
    assert facts(make.position(114.0, 22.5) | change).place == NOWHERE


def test_null_island_is_no_position() -> None:
    assert facts(make.position(0.0, 0.0)).place == NOWHERE
    assert facts(make.position(0.0, 51.4779)).place.lon == 0


def test_position_without_hemisphere_letters_is_not_guessed() -> None:
    tags = make.position(114.0, 22.5)
    del tags[1]
    assert facts(tags).place == NOWHERE


def test_position_that_says_gcj02_is_brought_back_to_wgs84() -> None:
    place = facts(make.position(*to_gcj02(114.0579, 22.5431), t18="GCJ-02")).place
    assert (place.lon, place.lat) == pytest.approx((114.0579, 22.5431), abs=5e-6)


def test_degrees_with_decimals_alone_are_read() -> None:
    tags = make.position(1.0, 1.0) | {2: (IFDRational(225431, 10000), 0.0, 0.0)}
    assert facts(tags).place.lat == pytest.approx(22.5431)


SATELLITE = {7: (11.0, 12.0, IFDRational(3250, 100)), 29: "2022:08:14"}
CAMERA = {0x9003: "2022:08:14 19:12:30", 0x9011: "+08:00"}


def test_satellite_time_comes_first() -> None:
    found = facts(make.position(114.0, 22.5) | SATELLITE, CAMERA)
    assert found.taken_at == datetime(2022, 8, 14, 11, 12, 32, 500_000, UTC)
    assert found.time_source is TimeSource.GNSS
    assert found.place.fixed_at == found.taken_at
    assert found.camera_time == "2022:08:14 19:12:30 +08:00"


def test_camera_time_with_offset_comes_next() -> None:
    found = facts(camera={0x9003: "2022:08:14 14:12:31", 0x9011: "-03:30"})
    assert found.taken_at == datetime(2022, 8, 14, 17, 42, 31, tzinfo=UTC)
    assert found.time_source is TimeSource.CAMERA


def test_camera_time_without_offset_is_taken_in_the_citys_zone_and_marked() -> None:
    found = facts(camera={0x9003: "2022:08:14 19:12:31"})
    assert found.taken_at == datetime(2022, 8, 14, 11, 12, 31, tzinfo=UTC)
    assert found.time_source is TimeSource.ASSUMED_ZONE
    block = make.jpeg(exif_block=make.exif(camera={0x9003: "2022:08:14 19:12:31"}))
    elsewhere = read_facts(block, timezone(timedelta(hours=1)))
    assert elsewhere.taken_at == datetime(2022, 8, 14, 18, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2022:13:45 10:00:00", "2022:08:14 25:00:00", "    ", "x"]
)
def test_senseless_camera_time_is_no_time(text: str) -> None:
    found = facts(camera={0x9003: text})
    assert found.taken_at is None
    assert found.time_source is TimeSource.NONE


@pytest.mark.parametrize(
    "change", [{29: "0000:00:00"}, {29: ""}, {7: (IFDRational(0, 0),) * 3}, {7: (24.0, 0.0, 0.0)}]
)
def test_senseless_satellite_time_falls_back_to_the_camera(change: dict[int, object]) -> None:
    found = facts(make.position(114.0, 22.5) | SATELLITE | change, CAMERA)
    assert found.time_source is TimeSource.CAMERA
    assert found.place.fixed_at is None


def test_leap_second_is_read() -> None:
    found = facts(make.position(1.0, 1.0) | {7: (23.0, 59.0, 60.0), 29: "2016:12:31"})
    assert found.taken_at == datetime(2017, 1, 1, tzinfo=UTC)


def test_photo_without_exif_has_neither_place_nor_time() -> None:
    found = read_facts(make.jpeg())
    assert (found.place, found.taken_at, found.camera_time) == (NOWHERE, None, "")


def test_block_that_is_no_exif_has_no_tags() -> None:
    assert read_exif(b"") == read_exif(b"II*") == read_exif(b"PK\x03\x04 something") == NO_EXIF
    assert read_exif(b"MM\x00*\xff\xff\xff\xff").base.entries == {}
