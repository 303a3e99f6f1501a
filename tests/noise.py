"""Noise for pictures: grey, of a given spread, and the same whatever ran before it.

Pillow's ``effect_noise`` goes on where the process's own chance stands, which is the order of the tests.
"""

from __future__ import annotations

from random import Random

from PIL import Image

EVEN_SPREAD = 73.6
"""The standard deviation of even chance between 0 and 255."""


def noise(size: tuple[int, int], spread: float, seed: int = 1) -> Image.Image:
    """A grey picture of noise around the middle."""
    even = Image.frombytes("L", size, Random(seed).randbytes(size[0] * size[1]))
    return even.point(lambda v: min(255, max(0, round(128 + (v - 127.5) / EVEN_SPREAD * spread))))
