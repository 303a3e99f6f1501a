"""The stamp's lines: they fit, they are readable, and nothing hides in them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageFont

from fieldapp.capture.images.stamp import glyph_test, stamp
from fieldapp.capture.images.stamp_text import LINES_MAX, showable, wrapped
from sync.resources import resource

FONT = resource("fonts", "FieldSansSC-Regular.ttf")


@pytest.mark.parametrize(
    "text", ["渣土车未密闭运输" * 9, "word " * 40, "A" * 300, "张三 abc，渣土车" * 12, ""]
)
def test_every_row_fits_and_no_character_is_lost(text: str) -> None:
    rows = wrapped([text], 20, len)
    assert all(len(row) <= 20 for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


def test_words_are_kept_whole_where_they_fit() -> None:
    assert wrapped(["checked by the squad"], 12, len) == ["checked by", "the squad"]


def test_endless_text_ends_with_an_ellipsis() -> None:
    rows = wrapped(["x" * 10_000], 20, len)
    assert (len(rows), rows[-1]) == (LINES_MAX, "…")


def test_characters_no_font_has_are_shown_by_their_code() -> None:
    has_glyph = glyph_test(ImageFont.truetype(str(FONT), 20))
    assert showable("王喆堃 镕😀", has_glyph) == "王喆堃 镕[U+1F600]"


def test_hidden_characters_are_shown_by_their_code() -> None:
    assert showable("a\u202eb\nc\x00", lambda _: True) == "a[U+202E]b c[U+0000]"


@pytest.mark.parametrize("size", [(2048, 1536), (1536, 2048), (320, 240), (40, 900), (3, 2)])
def test_band_lies_below_the_picture_and_carries_light_text_on_dark(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, (0, 200, 0))
    done = stamp(picture, ("2024-05-01 14:03:22 +08:00 · R-7K3Q", "张镕基"), FONT).picture
    left = (done.width - size[0]) // 2
    assert done.crop((left, 0, left + size[0], size[1])).tobytes() == picture.tobytes()
    dark, light = done.crop((0, size[1], done.width, done.height)).convert("L").getextrema()
    assert dark < 30
    assert light > 225
