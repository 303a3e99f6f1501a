"""Thumbnail and stamped picture: upright, placed, timed, durable, and the original as it was."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import image_makers as make
import pytest
from PIL import Image

from fieldapp.capture.images.derivatives import make_stamped, make_thumbnail, stamped, thumbnail
from fieldapp.capture.images.facts import read_facts
from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.stamp import FONT_MISSING
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, Place, PlaceSource
from sync.resources import resource

FONT = resource("fonts", "FieldSansSC-Regular.ttf")
TAKEN = datetime(2024, 5, 1, 6, 3, 22, tzinfo=UTC)
LINES = ("2024-05-01 14:03:22 +08:00 · R-7K3Q", "22.543100°N 114.057900°E · ±12 m", "张镕基")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_both_derivatives_are_upright_with_orientation_one(tmp_path: Path, orientation: int) -> None:
    source = tmp_path / "original.jpg"
    source.write_bytes(make.oriented(orientation, make.upright(640, 480)))
    make_thumbnail(source, tmp_path / "thumbnail.jpg", 160)
    make_stamped(source, tmp_path / "stamped.jpg", LINES, NOWHERE, TAKEN, font_path=FONT)
    with Image.open(tmp_path / "thumbnail.jpg") as small, Image.open(tmp_path / "stamped.jpg") as large:
        assert small.size == (160, 120)
        assert make.corners(small) == [0, 1, 2, 3]
        assert make.corners(large, height=480) == [0, 1, 2, 3]
        assert large.width == 640
        assert large.height > 480
    for name in ("thumbnail.jpg", "stamped.jpg"):
        assert read_facts(tmp_path / name).orientation == 1


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_heic_is_turned_once_and_not_twice(orientation: int) -> None:
    made = thumbnail(make.heic(make.upright(640, 480), make.exif(orientation=orientation)))
    upright = {1: [0, 1, 2, 3], 3: [3, 2, 1, 0], 6: [2, 0, 3, 1], 8: [1, 3, 0, 2]}
    assert make.corners(Image.open(io.BytesIO(made.data))) == upright[orientation]


@pytest.mark.parametrize(
    ("lon", "lat"), [(114.0579, 22.5431), (-70.6693, -33.4489), (151.2093, -33.8688), (-97.3086, 36.2927)]
)
def test_position_and_time_are_in_both_derivatives(lon: float, lat: float) -> None:
    fixed = datetime(2024, 5, 1, 6, 3, 21, 250_000, UTC)
    place = Place(source=PlaceSource.GNSS, lon=lon, lat=lat, accuracy_m=12.5, fixed_at=fixed)
    small = thumbnail(make.jpeg(), place=place, taken_at=TAKEN)
    large = stamped(make.jpeg(), LINES, place, TAKEN, font_path=FONT)
    for data in (small.data, large.data):
        facts = read_facts(data)
        assert (facts.place.lon, facts.place.lat) == pytest.approx((lon, lat), abs=1e-8)
        assert (facts.place.accuracy_m, facts.place.fixed_at) == (12.5, fixed)
        assert facts.camera_time == "2024:05:01 14:03:22 +08:00"
        gps = Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
        assert (gps[1], gps[3]) == ("S" if lat < 0 else "N", "W" if lon < 0 else "E")
        assert gps[27].endswith(b"GPS")


def test_pin_is_written_as_placed_by_hand_and_without_a_satellite_time() -> None:
    place = Place(source=PlaceSource.PIN, lon=114.0, lat=22.5)
    data = thumbnail(make.jpeg(), place=place, taken_at=TAKEN).data
    gps = Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    assert gps[27].endswith(b"MANUAL")
    assert 7 not in gps
    assert 29 not in gps


def test_without_place_and_time_nothing_is_invented() -> None:
    facts = read_facts(stamped(make.jpeg(), LINES, NOWHERE, None, font_path=FONT).data)
    assert (facts.place, facts.taken_at) == (NOWHERE, None)


def test_original_is_not_touched(tmp_path: Path) -> None:
    source = tmp_path / "original.jpg"
    source.write_bytes(make.oriented(6))
    source.chmod(0o400)
    before = (hashlib.sha256(source.read_bytes()).hexdigest(), source.stat().st_mtime_ns)
    make_thumbnail(source, tmp_path / "t.jpg")
    make_stamped(source, tmp_path / "s.jpg", LINES, NOWHERE, TAKEN, font_path=FONT)
    assert (hashlib.sha256(source.read_bytes()).hexdigest(), source.stat().st_mtime_ns) == before


def test_derivative_names_the_hash_of_its_file(tmp_path: Path) -> None:
    made = make_thumbnail(make.jpeg(), tmp_path / "t.jpg")
    assert hashlib.sha256((tmp_path / "t.jpg").read_bytes()).hexdigest() == made.sha256


def test_large_picture_is_scaled_to_its_long_side_and_small_is_not_enlarged() -> None:
    large = make.jpeg(make.upright(3000, 1500))
    assert stamped(large, LINES, NOWHERE, None, font_path=FONT).width == 2048
    assert (thumbnail(large).width, thumbnail(large).height) == (320, 160)
    assert (thumbnail(make.jpeg()).width, thumbnail(make.jpeg()).height) == (64, 48)


def test_without_the_font_the_picture_is_made_and_the_lack_is_named(tmp_path: Path) -> None:
    for path in (None, tmp_path / "absent.otf"):
        assert stamped(make.jpeg(), LINES, NOWHERE, TAKEN, font_path=path).code == FONT_MISSING
    assert stamped(make.jpeg(), LINES, NOWHERE, TAKEN, font_path=FONT).code == ""


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_png_of_every_kind_becomes_an_rgb_picture(mode: str) -> None:
    grey = Image.linear_gradient("L")
    picture = (
        grey.convert("I").point(lambda v: v * 256).convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    made = load_scaled(make.png(picture), 128)
    assert (made.mode, made.size) == ("RGB", (128, 128))
    assert made.getpixel((64, 10))[0] < 60
    assert made.getpixel((64, 118))[0] > 195


def test_transparent_png_is_laid_on_white() -> None:
    assert load_scaled(make.png(Image.new("RGBA", (20, 20), (0, 0, 0, 0))), 20).getpixel((5, 5)) == (
        255,
        255,
        255,
    )


def test_cmyk_and_grey_jpegs_become_rgb() -> None:
    for mode in ("CMYK", "L"):
        assert load_scaled(make.jpeg(make.upright().convert(mode)), 32).mode == "RGB"


def test_picture_that_does_not_fit_in_memory_is_refused_for_derivatives_only() -> None:
    with pytest.raises(InputRefused) as caught:
        load_scaled(make.png_bomb(15_000, 10_000), 320)
    assert caught.value.code == "photo_too_many_pixels"
