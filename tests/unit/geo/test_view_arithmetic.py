"""Panning and zooming a map: what was under the finger stays under it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.view import CLOSEST, FARTHEST, View, scale_bar

metres = st.floats(-20_000, 20_000)
pixels = st.floats(0, 2_000)
views = st.builds(
    View,
    east=metres,
    north=metres,
    mpp=st.floats(CLOSEST, FARTHEST),
    width=st.floats(100, 2_000),
    height=st.floats(100, 2_000),
)


@given(views, pixels, pixels)
def test_screen_and_ground_agree(view: View, x: float, y: float) -> None:
    assert view.to_screen(view.to_ground(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(views, pixels, pixels, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_takes_the_ground_along_with_the_finger(
    view: View, x: float, y: float, dx: float, dy: float
) -> None:
    under = view.to_ground(x, y)

    assert view.panned(dx, dy).to_screen(under) == pytest.approx((x + dx, y + dy), abs=1e-6)


@given(views, pixels, pixels, st.floats(0.01, 100))
def test_zooming_keeps_the_ground_under_the_finger(view: View, x: float, y: float, factor: float) -> None:
    under = view.to_ground(x, y)
    zoomed = view.zoomed(factor, x, y)

    assert zoomed.to_screen(under) == pytest.approx((x, y), abs=1e-4)
    assert CLOSEST <= zoomed.mpp <= FARTHEST


@given(views)
def test_fitted_box_is_all_in_sight(view: View) -> None:
    box = (-3000.0, -1000.0, 2000.0, 1500.0)
    fitted = view.fitted(box, margin=20)
    left, top = fitted.to_screen((box[0], box[3]))
    right, bottom = fitted.to_screen((box[2], box[1]))

    if fitted.mpp < FARTHEST:
        assert left >= 20 - 1e-6
        assert top >= 20 - 1e-6
        assert right <= fitted.width - 20 + 1e-6
        assert bottom <= fitted.height - 20 + 1e-6


@given(views)
def test_centre_is_kept_near_the_city(view: View) -> None:
    kept = view.kept_near((-100.0, -200.0, 300.0, 400.0))

    assert -100 <= kept.east <= 300
    assert -200 <= kept.north <= 400


@given(st.floats(CLOSEST, FARTHEST), st.floats(40, 400))
def test_scale_bar_is_round_and_fits(mpp: float, longest: float) -> None:
    length, on_screen = scale_bar(mpp, longest)
    first = length / 10 ** math.floor(math.log10(length) + 1e-9)

    assert round(first, 6) in (1, 2, 5)
    assert longest * 0.39 <= on_screen <= longest + 1e-6
    assert on_screen * mpp == pytest.approx(length)


def test_box_grows_by_the_margin_in_pixels() -> None:
    view = View(0, 0, 2, 100, 50)

    assert view.box() == (-100, -50, 100, 50)
    assert view.box(10) == (-120, -70, 120, 70)


def test_new_size_keeps_the_middle() -> None:
    view = View(5, 6, 2, 100, 50).sized(300, 0)

    assert (view.east, view.north, view.width, view.height) == (5, 6, 300, 1)
