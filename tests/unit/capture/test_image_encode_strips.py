"""A picture encoded in strips by several threads is, pixel for pixel, the one encoded in one piece."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from PIL import Image

from fieldapp.capture.images.encode import encode_frame
from fieldapp.capture.images.encode_strips import encode_strips
from fieldapp.capture.images.inspection import inspect_photo
from tests.noise import noise


@pytest.fixture(scope="module")
def run() -> Iterator[Executor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


def raw_frame(width: int, height: int) -> bytes:
    grey = noise((width, height), 60)
    turned = grey.transpose(Image.Transpose.ROTATE_180)
    return Image.merge("RGB", [grey, turned, grey.point(lambda v: 255 - v)]).tobytes("raw", "BGRX")


def pixels(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.convert("RGB").tobytes()


@pytest.mark.parametrize("strips", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("size", [(320, 240), (101, 77), (640, 33), (17, 1), (16, 16), (40, 500)])
def test_strips_give_the_same_pixels_as_one_piece(run: Executor, size: tuple[int, int], strips: int) -> None:
    width, height = size
    raw = raw_frame(width, height)
    whole = encode_frame(raw, width, height, layout="BGRX", bytes_per_line=4 * width)

    joined = encode_strips(raw, width, height, run, layout="BGRX", bytes_per_line=4 * width, strips=strips)

    assert pixels(joined) == pixels(whole)
    facts = inspect_photo(joined)
    assert (facts.width, facts.height) == size


def test_lines_with_padding_are_read_past_it(run: Executor) -> None:
    width, height, line = 50, 64, 50 * 3 + 6
    rows = [bytes([y, 128, 255 - y]) * width + b"\xff" * 6 for y in range(height)]

    joined = encode_strips(b"".join(rows), width, height, run, bytes_per_line=line, strips=2)
    plain = encode_frame(b"".join(row[:-6] for row in rows), width, height, bytes_per_line=150)

    assert pixels(joined) == pixels(plain)


def test_frame_too_large_for_one_restart_interval_is_encoded_in_one_piece(run: Executor) -> None:
    width, height = 16 * 2100, 16 * 64
    raw = bytes(3 * width * height)

    joined = encode_strips(raw, width, height, run, bytes_per_line=3 * width, strips=2)

    assert b"\xff\xdd\x00\x04" not in joined[:2000]
    assert inspect_photo(joined).height == height
