"""Signs gathered under a number: none lost, none twice, and the worst light shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.clusters import SQUARE_PX, clusters_of, level_of, square_m
from fieldapp.geo.layers import Mark

metres = st.floats(-20_000, 20_000)
marks = st.lists(
    st.builds(
        Mark,
        layer=st.just("case"),
        key=st.uuids().map(str),
        name=st.just(""),
        at=st.tuples(metres, metres),
        mine=st.booleans(),
        light=st.sampled_from(["", "yellow", "red"]),
    ),
    max_size=60,
)


@given(marks, st.integers(-2, 7))
def test_every_sign_is_under_exactly_one_number(given_marks: list[Mark], level: int) -> None:
    made = clusters_of(given_marks, level)
    assert sorted(m.key for c in made for m in c.marks) == sorted(m.key for m in given_marks)
    for cluster in made:
        west, south, east, north = cluster.box
        slack = 1e-6
        assert west - slack <= cluster.at[0] <= east + slack
        assert south - slack <= cluster.at[1] <= north + slack
        assert max(east - west, north - south) <= square_m(level)
        assert cluster.mine == any(m.mine for m in cluster.marks)
        lights = {m.light for m in cluster.marks}
        assert cluster.light == ("red" if "red" in lights else "yellow" if "yellow" in lights else "")


@given(marks, st.integers(-2, 6))
def test_coming_closer_only_ever_parts(given_marks: list[Mark], level: int) -> None:
    closer, farther = clusters_of(given_marks, level), clusters_of(given_marks, level + 1)
    home = {mark.key: at for at, cluster in enumerate(farther) for mark in cluster.marks}
    for cluster in closer:
        assert len({home[mark.key] for mark in cluster.marks}) == 1


@given(st.floats(0.15, 120))
def test_squares_are_as_large_as_a_finger_needs(mpp: float) -> None:
    assert SQUARE_PX * 0.999 <= square_m(level_of(mpp)) / mpp <= 2.001 * SQUARE_PX
