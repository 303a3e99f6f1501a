"""Boxes of masks: turned there and back they are the same, scaled they still cover what they covered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fieldapp.capture.images.scaled import TURNS
from sync.contract.errors import InputRefused
from sync.contract.masks import (
    MASKS_MAX,
    Mask,
    check_masks,
    scaled,
    settled,
    to_stored,
    to_upright,
    upright_size,
    within,
)

sides = st.integers(1, 40)
orientations = st.integers(1, 8)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Mask, tuple[int, int]]:
    width, height = draw(sides), draw(sides)
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    return (
        Mask(left, top, draw(st.integers(1, width - left)), draw(st.integers(1, height - top))),
        (width, height),
    )


def painted(mask: Mask, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("L", size, 0)
    picture.paste(255, (mask.left, mask.top, mask.right, mask.bottom))
    return picture


@given(boxes(), orientations)
def test_a_box_turned_upright_covers_what_the_turned_picture_shows_of_it(
    box: tuple[Mask, tuple[int, int]], orientation: int
) -> None:
    mask, size = box
    stored = painted(mask, size)
    turned = stored.transpose(TURNS[orientation]) if orientation in TURNS else stored
    upright = to_upright(mask, orientation, size)
    assert upright_size(orientation, size) == turned.size
    assert painted(upright, turned.size).tobytes() == turned.tobytes()


@given(boxes(), orientations)
def test_upright_and_back_is_the_same_box(box: tuple[Mask, tuple[int, int]], orientation: int) -> None:
    mask, size = box
    assert to_stored(to_upright(mask, orientation, size), orientation, size) == mask


@given(boxes(), sides, sides)
def test_scaled_box_covers_every_pixel_the_box_touches_and_stays_inside(
    box: tuple[Mask, tuple[int, int]], width: int, height: int
) -> None:
    mask, size = box
    small = scaled(mask, size, (width, height))
    assert small is not None
    assert small.left * size[0] <= mask.left * width
    assert small.top * size[1] <= mask.top * height
    assert small.right * size[0] >= mask.right * width or small.right == width
    assert small.bottom * size[1] >= mask.bottom * height or small.bottom == height
    assert within(small, (width, height)) == small


@given(st.lists(boxes().map(lambda found: found[0]), max_size=12))
def test_settled_masks_cover_the_same_in_one_order_and_settling_again_changes_nothing(
    masks: list[Mask],
) -> None:
    size = (30, 30)
    kept = settled(masks, size)

    def cover(some: list[Mask]) -> set[tuple[int, int]]:
        inside = [cut for one in some if (cut := within(one, size))]
        return {(x, y) for m in inside for x in range(m.left, m.right) for y in range(m.top, m.bottom)}

    assert cover(list(kept)) == cover(masks)
    assert settled(reversed(kept), size) == kept


@pytest.mark.parametrize(
    "masks",
    [
        (Mask(-1, 0, 5, 5),),
        (Mask(0, 0, 0, 5),),
        (Mask(0, 0, 5, 1 << 17),),
        (Mask(0, 0, 1, 1),) * (MASKS_MAX + 1),
    ],
)
def test_masks_no_picture_can_have_are_refused(masks: tuple[Mask, ...]) -> None:
    with pytest.raises(InputRefused, match="mask_invalid"):
        check_masks(masks)
