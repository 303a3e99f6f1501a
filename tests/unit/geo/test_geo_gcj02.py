"""The shift of Chinese screen maps, against published pairs and back."""

from __future__ import annotations

import pytest

from fieldapp.geo.distance import metres_between
from fieldapp.geo.gcj02 import to_gcj02, to_wgs84


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((116.404, 39.915), (116.4102449, 39.9164041)),
        ((121.4737, 31.2304), (121.4782221, 31.2284580)),
    ],
)
def test_known_places_are_shifted_as_maps_shift_them(
    wgs: tuple[float, float], gcj: tuple[float, float]
) -> None:
    assert to_gcj02(*wgs) == pytest.approx(gcj, abs=2e-6)
    assert to_wgs84(*gcj) == pytest.approx(wgs, abs=2e-6)


def test_shift_in_a_city_is_hundreds_of_metres() -> None:
    assert 300 < metres_between(114.0579, 22.5431, *to_gcj02(114.0579, 22.5431)) < 800


@pytest.mark.parametrize(
    "place", [(11.885, 43.467), (-97.3, 36.3), (151.2, -33.9), (0.0, 90.0), (180.0, -90.0)]
)
def test_outside_china_nothing_is_shifted(place: tuple[float, float]) -> None:
    assert to_gcj02(*place) == place
    assert to_wgs84(*place) == place


@pytest.mark.parametrize("place", [(72.004, 30.0), (137.8347, 45.0), (100.0, 0.8293), (120.0, 55.8271)])
def test_border_of_the_box_comes_back(place: tuple[float, float]) -> None:
    assert to_wgs84(*to_gcj02(*place)) == pytest.approx(place, abs=1e-7)
