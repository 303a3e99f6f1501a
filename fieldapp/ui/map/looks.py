"""How the map looks: colours from the theme, one tint a street, and which detail shows at which scale."""

from __future__ import annotations

import msgspec
from PySide6.QtGui import QColor

OUTLINES_BELOW = 7.0
"""Metres per pixel from which a cell is large enough to have an outline."""
CLOSE_BELOW = 2.5
COMMUNITIES_BELOW = 9.0
CODES_BELOW = 0.9
FULL_CODES_BELOW = 0.45
ICONS_BELOW = 9.0
ZONE_NAMES_BELOW = 6.0
GOLDEN = 0.61803398875


class Looks(msgspec.Struct, frozen=True):
    """Everything a painter needs to know of the theme. Colours are "#AARRGGBB"."""

    theme: str = "day"
    ground: str = "#ffeff3f4"
    surface: str = "#ffffffff"
    line: str = "#ffc9d3d6"
    border: str = "#ff6b7b81"
    ink: str = "#ff121c20"
    muted: str = "#ff48585e"
    primary: str = "#ff0b5c6b"
    primary_ink: str = "#ffffffff"
    success: str = "#ff1a6b3a"
    warning: str = "#ff9a5200"
    danger: str = "#ffb3261e"
    info: str = "#ff1d5aa0"
    family: str = ""
    text_scale: float = 1.0

    def pixels(self, size: float) -> int:
        """A text size on the map; grows with the text, but less, as names must not cover the ground."""
        return round(size * (1 + (self.text_scale - 1) * 0.6))

    def tint(self, index: int) -> QColor:
        """The calm colour of the street with this number; neighbours in the list lie far apart."""
        hue = (0.08 + index * GOLDEN) % 1.0
        if self.theme == "night":
            return QColor.fromHslF(hue, 0.26, 0.17)
        if self.theme == "sunlight":
            return QColor.fromHslF(hue, 0.62, 0.88)
        return QColor.fromHslF(hue, 0.40, 0.91)
