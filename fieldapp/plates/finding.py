"""Where in a picture plates are: a small network of the face-detector kind, with four corners each.

Its answers are offsets from a fixed grid of boxes (strides 8, 16, 32; two sizes each), decoded with numpy.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image

from fieldapp.plates.found import Corners

Array = npt.NDArray[np.float32]

_STEPS = ((8, (24, 48)), (16, (96, 192)), (32, (384, 768)))
_MEANS = np.array([104, 117, 123], np.float32)
_OVERLAP = 0.4
SURE = 0.6
MOST = 3


class Spot(msgspec.Struct, frozen=True):
    """A plate's place: corners from the upper left clockwise, in pixels of the picture; how sure (0 to 1)."""

    corners: Corners
    sure: float


def find_plates(detector: Any, picture: Image.Image, long_side: int) -> list[Spot]:
    """Plates in an RGB picture, the surest first, looked for at this size."""
    scale = min(1.0, long_side / max(picture.size))
    small = picture
    if scale < 1.0:
        size = max(32, round(picture.width * scale)), max(32, round(picture.height * scale))
        small = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.asarray(small, np.float32)[:, :, ::-1] - _MEANS
    places, sures, corners = detector.run(
        None, {"image": np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])}
    )
    grid = _grid(small.width, small.height)
    picked = np.flatnonzero(sures[0, :, 1] > SURE)
    order = picked[np.argsort(-sures[0, picked, 1])][:200]
    around = grid[order]
    boxes = _boxes(places[0, order], around)
    points = around[:, None, :2] + corners[0, order].reshape(-1, 4, 2) * 0.1 * around[:, None, 2:]
    points *= np.array(picture.size, np.float32)
    return [Spot(_ordered(points[index]), float(sures[0, order[index], 1])) for index in _apart(boxes)[:MOST]]


@lru_cache(8)
def _grid(width: int, height: int) -> Array:
    parts = []
    for step, sizes in _STEPS:
        rows, columns = np.mgrid[0 : ceil(height / step), 0 : ceil(width / step)]
        middles = np.stack([(columns + 0.5) * step / width, (rows + 0.5) * step / height], -1)
        cells = [
            np.concatenate([middles, np.broadcast_to((size / width, size / height), middles.shape)], -1)
            for size in sizes
        ]
        parts.append(np.stack(cells, 2).reshape(-1, 4))
    return np.concatenate(parts).astype(np.float32)


def _boxes(places: Array, around: Array) -> Array:
    middle = around[:, :2] + places[:, :2] * 0.1 * around[:, 2:]
    half = around[:, 2:] * np.exp(places[:, 2:] * 0.2) / 2
    return np.concatenate([middle - half, middle + half], 1)


def _apart(boxes: Array) -> list[int]:
    """Indexes of boxes that do not cover a better one."""
    kept: list[int] = []
    for index, box in enumerate(boxes):
        if all(_shared(box, boxes[other]) < _OVERLAP for other in kept):
            kept.append(index)
    return kept


def _shared(one: Array, other: Array) -> float:
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    common = float(np.prod(np.clip(high - low, 0, None)))
    whole = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - common
    return common / whole if whole > 0 else 0.0


def _ordered(points: Array) -> Corners:
    """Upper left, upper right, lower right, lower left."""
    across = sorted((float(x), float(y)) for x, y in points)
    (high_left, low_left), (high_right, low_right) = (
        sorted(side, key=lambda point: point[1]) for side in (across[:2], across[2:])
    )
    return high_left, high_right, low_right, low_left
