"""Photos damaged at random: each is taken or refused with a code, and nothing else ever happens."""

from __future__ import annotations

import random
from collections.abc import Callable

import image_makers as make
import pytest

from fieldapp.capture.images.derivatives import stamped
from fieldapp.capture.images.inspection import inspect_photo
from sync.contract.errors import InputRefused
from tests.noise import noise

NOISE = noise((96, 64), 50).convert("RGB")
EXIF = make.exif(orientation=6, gps=make.position(114.0, 22.5), camera={0x9003: "2022:08:14 19:12:31"})
CODES = {"photo_unreadable", "photo_truncated", "photo_not_image", "photo_too_many_pixels", "photo_empty"}


def damaged(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20))):
        at = rng.randrange(min(len(out), rng.choice((700, len(out)))))
        kind = rng.randrange(4)
        if kind == 0:
            out[at] = rng.randrange(256)
        elif kind == 1:
            out[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff"))
        elif kind == 2:
            del out[at : at + rng.randrange(1, 30)]
        else:
            out[at:at] = rng.randbytes(rng.randrange(1, 20))
    return bytes(out)


@pytest.mark.parametrize(
    "maker",
    [
        lambda: make.jpeg(NOISE, EXIF),
        lambda: make.jpeg(NOISE, progressive=True),
        lambda: make.jpeg(NOISE.convert("CMYK")),
        lambda: make.png(NOISE.quantize(16), exif=EXIF),
        lambda: make.heic(NOISE, EXIF),
    ],
    ids=["jpeg", "progressive", "cmyk", "png", "heic"],
)
def test_damaged_photo_is_taken_or_refused_with_a_code(maker: Callable[[], bytes]) -> None:
    data = maker()
    outcomes = {outcome(damaged(data, random.Random(seed))) for seed in range(150)}
    assert outcomes <= CODES | {"taken"}


def outcome(data: bytes) -> str:
    try:
        facts = inspect_photo(data)
        if facts.derivable:
            stamped(data, ("x",), facts.place, facts.taken_at, font_path=None)
    except InputRefused as refusal:
        return refusal.code
    return "taken"
