"""Masks: what is made unrecognisable in the pictures derived from a photo, never in the photo itself.

A mask is a box in the pixels of the original as its file holds them, before the orientation in its EXIF is
followed: so it rests on nothing but the original's bytes, and the same original with the same masks gives
the same derivatives wherever they are made. People draw on the upright picture; ``to_stored`` and
``to_upright`` go from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.contract.errors import InputRefused

MASKS_MAX = 64
SIDE_MAX = 1 << 16
_MIRRORED = frozenset({2, 4, 5, 7})
_QUARTER_TURNED = frozenset({5, 6, 7, 8})
Size = tuple[int, int]
"""Width and height."""


class Mask(msgspec.Struct, frozen=True, order=True):
    """A box: left and top edge, width and height, in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is not masked any more."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row that is not masked any more."""
        return self.top + self.height


def check_masks(masks: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """The masks, or ``mask_invalid``: too many, none of a size, or outside any picture."""
    good = len(masks) <= MASKS_MAX and all(
        mask.left >= 0
        and mask.top >= 0
        and mask.width > 0
        and mask.height > 0
        and max(mask.right, mask.bottom) <= SIDE_MAX
        for mask in masks
    )
    if not good:
        raise InputRefused("mask_invalid", count=len(masks), limit=MASKS_MAX)
    return masks


def within(mask: Mask, size: Size) -> Mask | None:
    """The part of a box that lies in a picture; None where nothing of it does."""
    left, top = max(0, mask.left), max(0, mask.top)
    right, bottom = min(size[0], mask.right), min(size[1], mask.bottom)
    return Mask(left, top, right - left, bottom - top) if right > left and bottom > top else None


def settled(masks: Iterable[Mask], size: Size) -> tuple[Mask, ...]:
    """Masks as they are kept: inside the picture, in one order, none twice, none inside another."""
    inside = {cut for mask in masks if (cut := within(mask, size)) is not None}
    return tuple(sorted(one for one in inside if not any(_holds(two, one) for two in inside if two != one)))


def to_upright(mask: Mask, orientation: int, stored: Size) -> Mask:
    """A box of the stored picture in the upright one; ``orientation`` is EXIF's, 1 to 8."""
    box, size = mask, stored
    if orientation in (5, 7):  # mirrored, and a quarter turned: as if it lay on its diagonal
        box, size = Mask(box.top, box.left, box.height, box.width), (size[1], size[0])
        return _half_turned(box, size) if orientation == 7 else box
    if orientation in _MIRRORED:
        box = Mask(size[0] - box.right, box.top, box.width, box.height)
    if orientation in (3, 4):
        return _half_turned(box, size)
    if orientation == 6:  # the stored picture is turned clockwise to stand upright
        return Mask(size[1] - box.bottom, box.left, box.height, box.width)
    if orientation == 8:
        return Mask(box.top, size[0] - box.right, box.height, box.width)
    return box


def to_stored(mask: Mask, orientation: int, stored: Size) -> Mask:
    """A box of the upright picture in the stored one."""
    back = {6: 8, 8: 6}.get(orientation, orientation)
    return to_upright(mask, back, upright_size(orientation, stored))


def upright_size(orientation: int, stored: Size) -> Size:
    """How large the upright picture is."""
    return (stored[1], stored[0]) if orientation in _QUARTER_TURNED else stored


def scaled(mask: Mask, size: Size, drawn: Size) -> Mask | None:
    """A box of a picture in the same picture at another size: every pixel that it touches there is in it."""
    left, top = mask.left * drawn[0] // size[0], mask.top * drawn[1] // size[1]
    right, bottom = -(-mask.right * drawn[0] // size[0]), -(-mask.bottom * drawn[1] // size[1])
    return within(Mask(left, top, right - left, bottom - top), drawn)


def _half_turned(mask: Mask, size: Size) -> Mask:
    return Mask(size[0] - mask.right, size[1] - mask.bottom, mask.width, mask.height)


def _holds(outer: Mask, inner: Mask) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )
