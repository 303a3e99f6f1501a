"""Camera frames to JPEG."""

from __future__ import annotations

import io

import image_makers as make
import pytest
from PIL import Image

from fieldapp.capture.images.encode import encode_frame, encode_jpeg
from fieldapp.capture.images.inspection import inspect_photo


@pytest.mark.parametrize("layout", ["RGB", "RGBX", "BGRX", "XRGB"])
def test_frame_of_each_layout_keeps_its_colours(layout: str) -> None:
    frame = make.upright(640, 480)
    data = encode_frame(frame.tobytes("raw", layout), 640, 480, layout=layout)
    assert make.corners(Image.open(io.BytesIO(data))) == [0, 1, 2, 3]
    assert inspect_photo(data).width == 640


def test_lines_with_padding_are_read_by_their_length() -> None:
    frame = make.upright(62, 48)
    rows = frame.tobytes()
    padded = b"".join(rows[y * 186 : y * 186 + 186] + b"\xee\xee" for y in range(48))
    data = encode_frame(padded, 62, 48, bytes_per_line=188)
    assert make.corners(Image.open(io.BytesIO(data))) == [0, 1, 2, 3]


def test_grey_frame_and_picture_with_alpha_are_encoded() -> None:
    assert inspect_photo(encode_frame(bytes(64 * 48), 64, 48, layout="L")).width == 64
    assert inspect_photo(encode_jpeg(make.upright().convert("RGBA"))).width == 64


def test_same_frame_gives_the_same_bytes() -> None:
    assert encode_jpeg(make.upright()) == encode_jpeg(make.upright())
