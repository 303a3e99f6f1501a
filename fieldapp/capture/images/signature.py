"""A signature drawn with a finger, as a picture: dark on white, the same bytes for the same strokes."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from sync.contract.errors import InputRefused

Stroke = Sequence[tuple[float, float]]
"""Points in the unit square: x to the right, y down."""

WIDTH, HEIGHT = 900, 360
_INK, _PAPER = (20, 24, 40), (255, 255, 255)
_PEN = 7
LEAST_LENGTH = 0.15
"""Of the pad's width, all strokes together: less is a slip of the finger, not a signature."""
POINTS_MAX = 20_000


def draw_signature(strokes: Sequence[Stroke]) -> bytes:
    """The PNG; ``signature_empty`` for what is no more than a touch."""
    if sum(len(stroke) for stroke in strokes) > POINTS_MAX or _length(strokes) < LEAST_LENGTH:
        raise InputRefused("signature_empty")
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        points = [(_within(x) * WIDTH, _within(y) * HEIGHT) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=_INK, width=_PEN, joint="curve")
        for x, y in (points[0], points[-1]) if points else ():
            pen.ellipse((x - _PEN / 2, y - _PEN / 2, x + _PEN / 2, y + _PEN / 2), fill=_INK)
    out = io.BytesIO()
    image.convert("L").save(out, "PNG", optimize=True)
    return out.getvalue()


def _within(value: float) -> float:
    return min(1.0, max(0.0, value)) if math.isfinite(value) else 0.0


def _length(strokes: Sequence[Stroke]) -> float:
    return sum(
        math.dist((_within(a[0]), _within(a[1])), (_within(b[0]), _within(b[1])))
        for stroke in strokes
        for a, b in pairwise(stroke)
    )
