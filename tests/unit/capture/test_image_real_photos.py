"""Four real camera files, where they are at hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldapp.capture.images.derivatives import stamped, thumbnail
from fieldapp.capture.images.facts import read_facts
from fieldapp.capture.images.inspection import inspect_photo
from sync.contract.records import NOWHERE

PHOTOS = Path(__file__).parents[4] / "shared" / "data" / "photos"
pytestmark = pytest.mark.skipif(not PHOTOS.is_dir(), reason="the shared real photos are not on this machine")


def test_camera_with_position_is_where_and_when_it_was() -> None:
    facts = inspect_photo(PHOTOS / "DSCN0010.jpg")
    assert (facts.place.lon, facts.place.lat) == pytest.approx((11.885127, 43.467448), abs=1e-6)
    assert facts.taken_at == datetime(2008, 10, 23, 14, 27, 7, 240_000, UTC)


def test_phone_photo_has_position_and_satellite_time() -> None:
    facts = inspect_photo(PHOTOS / "HMD_Nokia_8.3_5G.jpg")
    assert (facts.width, facts.height) == (4608, 1976)
    assert (facts.place.lon, facts.place.lat) == pytest.approx((24.906772, 60.146706), abs=1e-6)
    assert facts.taken_at == datetime(2022, 8, 14, 11, 12, 32, tzinfo=UTC)


def test_photo_without_position_is_turned_upright() -> None:
    facts = inspect_photo(PHOTOS / "portrait_6.jpg")
    assert (facts.orientation, facts.place) == (6, NOWHERE)
    made = thumbnail(PHOTOS / "portrait_6.jpg")
    assert (made.width, made.height) == (240, 320)


@pytest.mark.parametrize("name", ["DSCN0010", "DSCN0042", "HMD_Nokia_8.3_5G", "portrait_6"])
def test_derivatives_say_the_same_as_the_original_which_stays_as_it_was(name: str) -> None:
    path = PHOTOS / f"{name}.jpg"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    facts = inspect_photo(path)
    made = stamped(path, ("x",), facts.place, facts.taken_at, font_path=None)
    again = read_facts(made.data)
    assert (again.place.lon, again.place.lat) == pytest.approx((facts.place.lon, facts.place.lat), abs=1e-8)
    assert again.taken_at == facts.taken_at
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
