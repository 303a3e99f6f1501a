"""The stamp's words and lines: they fit, they are readable, and nothing hides in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from fieldapp.capture.images.stamp import glyph_test, stamp
from fieldapp.capture.images.stamp_text import LINES_MAX, StampWords, showable, stamp_lines, wrapped
from sync.contract.records import NOWHERE, Place, PlaceSource

FONT = Path(__file__).parents[3] / "resources" / "fonts" / "FieldSansSC-Regular.otf"
WORDS = StampWords(source="卫星", stale="已过时", no_place="无位置", no_time="无时间")
TAKEN = datetime(2024, 5, 1, 6, 3, 22, tzinfo=UTC)


def test_lines_name_time_report_place_accuracy_source_and_officer() -> None:
    place = Place(source=PlaceSource.GNSS, lon=-70.6693, lat=-33.4489, accuracy_m=12.4, stale=True)
    assert stamp_lines(place, TAKEN, "R-7K3Q", "张三 0317", WORDS) == (
        "2024-05-01 14:03:22 +08:00 · R-7K3Q",
        "33.448900°S 70.669300°W · ±12 m · 卫星 · 已过时",
        "张三 0317",
    )


def test_lines_say_plainly_what_is_not_known() -> None:
    assert stamp_lines(NOWHERE, None, "R-1", "李四", WORDS) == ("无时间 · R-1", "无位置", "李四")


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
