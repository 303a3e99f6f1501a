"""The picture with its masks painted over: one flat colour, so that nothing of what was there is left.

    original → scaled, upright → each mask, turned and scaled along, painted solid → derivative

Painted before the picture is written, and a little wider than the box: what scaling has smeared over its edge
is covered too. The original is only read.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PIL import Image, ImageDraw

from fieldapp.capture.images.facts import orientation_of, read_structure
from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.source import PhotoSource, media_type_of, opened
from sync.contract.masks import Mask, Size, scaled, to_upright, upright_size, within

FILL = (72, 76, 82)
SMEAR = 4
"""Pixels that scaling down may carry something of a box over its edge, with room to spare."""


class Frame(msgspec.Struct, frozen=True):
    """How an original is stored, and how large it is when it stands upright."""

    stored: Size
    orientation: int

    @property
    def upright(self) -> Size:
        """Width and height as people see it."""
        return upright_size(self.orientation, self.stored)


def frame_of(source: PhotoSource) -> Frame:
    """An original's frame, from its structure; no pixel is decoded."""
    with opened(source) as stream:
        structure = read_structure(stream, media_type_of(stream))
    return Frame((structure.width, structure.height), orientation_of(structure))


def load_masked(source: PhotoSource, long_side: int, masks: Iterable[Mask]) -> Image.Image:
    """As ``load_scaled``, with the masks painted over."""
    picture = load_scaled(source, long_side)
    wanted = tuple(masks)
    if not wanted:
        return picture
    frame = frame_of(source)
    info = dict(picture.info)
    draw = ImageDraw.Draw(picture)
    for mask in wanted:
        box = scaled(to_upright(mask, frame.orientation, frame.stored), frame.upright, picture.size)
        wide = None if box is None else within(_widened(box), picture.size)
        if wide is not None:
            draw.rectangle((wide.left, wide.top, wide.right - 1, wide.bottom - 1), fill=FILL)
    picture.info = info
    return picture


def _widened(box: Mask) -> Mask:
    return Mask(box.left - SMEAR, box.top - SMEAR, box.width + 2 * SMEAR, box.height + 2 * SMEAR)
