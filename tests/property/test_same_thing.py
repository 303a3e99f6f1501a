"""What makes two reports more or less likely the same thing, whatever else is so."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from fieldapp.capture.images.look import look_of
from fieldapp.capture.same_thing import CLOSE_M, REACH_M, Thing, likeness
from sync.contract.looks import nearest_look, parse_looks

CODES = st.sampled_from(["", "01", "01-02", "03-11", "03-12", "03-11-01", "03-11-02"])
LOOKS = st.lists(st.integers(0, 2**64 - 1).map(lambda n: f"{n:016x}"), max_size=3).map(tuple)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
THINGS = st.builds(
    Thing,
    class_code=CODES,
    plate=st.sampled_from(["", "粤B12345", "粤B54321"]),
    accuracy_m=st.floats(0, 5_000),
    at=st.none() | st.integers(-500, 5).map(lambda days: NOW + timedelta(days=days)),
    looks=LOOKS,
)
METRES = st.floats(0, 1_000)


@given(THINGS, THINGS, st.none() | METRES)
def test_likeness_is_a_share_and_never_fails(new: Thing, known: Thing, metres: float | None) -> None:
    found = likeness(new, known, metres)
    assert 0.0 <= found.score <= 1.0
    if found.picture is not None:
        assert new.looks
        assert known.looks


@given(THINGS, THINGS, METRES, METRES)
def test_nearer_is_never_less_likely(new: Thing, known: Thing, one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert likeness(new, known, near).score >= likeness(new, known, far).score


@given(THINGS, THINGS, METRES)
def test_the_same_class_is_never_less_likely_than_another(new: Thing, known: Thing, metres: float) -> None:
    same = Thing(new.class_code or "03-11", known.plate, None, None, known.accuracy_m, known.at, known.looks)
    told = Thing("03-11", new.plate, None, None, new.accuracy_m, new.at, new.looks)
    if not new.class_code:
        assert likeness(told, same, metres).score >= likeness(told, known, metres).score
    else:
        assert likeness(new, same, metres).score >= likeness(new, known, metres).score


@given(THINGS, THINGS, METRES)
def test_an_alike_picture_never_makes_it_less_likely(new: Thing, known: Thing, metres: float) -> None:
    shown = Thing(known.class_code, known.plate, None, None, known.accuracy_m, known.at, new.looks)
    bare = Thing(known.class_code, known.plate, None, None, known.accuracy_m, known.at, ())
    assert likeness(new, shown, metres).score >= likeness(new, bare, metres).score


@given(THINGS, THINGS, st.floats(CLOSE_M + 2 * REACH_M, 10_000))
def test_out_of_reach_is_never_likely_however_rough_the_position(
    new: Thing, known: Thing, metres: float
) -> None:
    assert likeness(new, known, metres).score == 0.0


@given(LOOKS, LOOKS)
def test_nearest_look_is_the_same_from_both_sides_and_none_without_looks(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    found = nearest_look(one, other)
    assert found == nearest_look(other, one)
    assert (found is None) == (not one or not other)
    assert not set(one) & set(other) or found == 0


@given(st.text(max_size=80))
def test_any_text_of_a_row_is_read_for_looks_without_harm(text: str) -> None:
    assert all(len(look) == 16 for look in parse_looks(text))


@st.composite
def scenes(draw: st.DrawFn) -> Image.Image:
    """Blocks of grey, as coarse as scenes are at the size that counts."""
    fields = draw(st.lists(st.integers(0, 255), min_size=36, max_size=36))
    return Image.frombytes("L", (6, 6), bytes(fields)).resize((320, 240), Image.Resampling.BICUBIC)


@given(scenes(), st.integers(40, 95), st.floats(0.8, 1.2), st.sampled_from([160, 320, 640]))
def test_look_outlives_scaling_compression_and_light(
    scene: Image.Image, quality: int, light: float, width: int
) -> None:
    look = look_of(scene)
    dimmed = ImageEnhance.Brightness(scene.point([min(v, 210) for v in range(256)])).enhance(light)
    stored = io.BytesIO()
    dimmed.resize((width, width * 3 // 4)).save(stored, "JPEG", quality=quality)
    again = look_of(Image.open(stored))
    plain = look_of(scene.point([min(v, 210) for v in range(256)]))
    if plain and again:
        found = nearest_look([plain], [again])
        assert found is not None
        assert found <= 18
    assert look == "" or len(look) == 16


@given(st.integers(0, 255))
def test_a_plain_picture_has_no_look(grey: int) -> None:
    assert look_of(Image.new("L", (320, 240), grey)) == ""
