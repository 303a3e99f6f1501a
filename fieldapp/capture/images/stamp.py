"""Draw the stamp: a dark band below the picture, so that no part of the picture is covered.

Text size follows the picture. Without the app's own font Pillow's built-in one is used, Chinese is then
shown by character codes, and the caller is told with a code: the evidence matters more than its looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont

from fieldapp.capture.images.stamp_text import showable, wrapped

FONT_MISSING = "stamp_font_missing"
_BAND = (17, 19, 23)
_INK = (255, 255, 255)
_TEXT_PER_WIDTH = 48
_TEXT_MIN = 16
_WIDTH_MIN = 480
_NO_SUCH_CHARACTER = "\U0010ffff"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Stamped(msgspec.Struct, frozen=True):
    """A stamped picture; ``code`` is empty or says what had to be done without."""

    picture: Image.Image
    code: str = ""


def stamp(picture: Image.Image, lines: Sequence[str], font_path: Path | None) -> Stamped:
    """The picture with a band of text below it; a narrow picture is set on a wider page."""
    width = max(picture.width, _WIDTH_MIN)
    size = max(_TEXT_MIN, width // _TEXT_PER_WIDTH)
    font, code = _font(font_path, size)
    margin = size
    has_glyph = glyph_test(font)
    rows = wrapped([showable(line, has_glyph) for line in lines], width - 2 * margin, font.getlength)
    step = round(size * 1.45)
    page = Image.new("RGB", (width, picture.height + step * len(rows) + margin), _BAND)
    page.paste(picture, ((width - picture.width) // 2, 0))
    draw = ImageDraw.Draw(page)
    for number, row in enumerate(rows):
        draw.text((margin, picture.height + margin // 2 + number * step), row, font=font, fill=_INK)
    page.info = dict(picture.info)
    return Stamped(page, code)


def _font(path: Path | None, size: int) -> tuple[Font, str]:
    if path is not None:
        try:
            return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC), ""
        except OSError:
            pass
    return ImageFont.load_default(size), FONT_MISSING


def glyph_test(font: Font) -> Callable[[str], bool]:
    """Whether the font has a character, told by its looks: one it lacks looks like one nobody has."""
    absent = _looks(font, _NO_SUCH_CHARACTER)
    seen: dict[str, bool] = {}

    def has_glyph(char: str) -> bool:
        if char not in seen:
            seen[char] = _looks(font, char) != absent
        return seen[char]

    return has_glyph


def _looks(font: Font, char: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(char, mode="L")
    return mask.size, bytes(mask)
