"""A picture to the plates in it: find → straighten → read → hold against the grammar.

The first look is small and quick. Only when it finds no possible plate is the picture looked at again,
larger. Not for the GUI thread: a look takes tens to hundreds of milliseconds.
"""

from __future__ import annotations

import math

from PIL import Image

from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.source import PhotoSource
from fieldapp.plates.finding import Spot, find_plates
from fieldapp.plates.found import READ_AT, Corners, PlateFound
from fieldapp.plates.models import Models, load_models
from fieldapp.plates.text import Reading, TextReader
from sync.contract.errors import InputRefused

FIRST_LOOK, SECOND_LOOK = 800, 1600
TWO_ROWS_BELOW = 2.55
"""Width by height: a plate in one row is 3.1 or 3.4, one in two rows is 2."""
_UPPER_ROWS = ((0.1, 0.0, 0.9, 0.43), (0.2, 0.05, 0.8, 0.4))
"""Where the upper row of two lies, wide and close: an edge disturbs the one, a skewed plate the other."""
_CROP_HIGH = 96
_LETTING_OUT = 0.04


class PlateReader:
    """Holds the models; one at a time, in one thread."""

    def __init__(self, models: Models | None = None) -> None:
        models = models or load_models()
        self._detector = models.detector
        self._text = TextReader(models)

    def read(self, picture: Image.Image) -> list[PlateFound]:
        """Every plate in an RGB picture, possible ones first, the surest first."""
        found = self._look(picture, FIRST_LOOK)
        if not any(plate.possible for plate in found) and max(picture.size) > FIRST_LOOK:
            found = self._look(picture, SECOND_LOOK) or found
        return sorted(found, key=lambda plate: (not plate.possible, -plate.sure))

    def read_file(self, source: PhotoSource) -> list[PlateFound]:
        """Every plate in a picture file; ``plate_not_found`` when there is none."""
        found = self.read(load_scaled(source, READ_AT))
        if not found:
            raise InputRefused("plate_not_found")
        return found

    def _look(self, picture: Image.Image, long_side: int) -> list[PlateFound]:
        return [self._plate(picture, spot) for spot in find_plates(self._detector, picture, long_side)]

    def _plate(self, picture: Image.Image, spot: Spot) -> PlateFound:
        crop, ratio = straighten(picture, spot.corners)
        one_row, two_rows = [[crop]], [_rows(crop, cut) for cut in _UPPER_ROWS]
        ways = two_rows + one_row if ratio < TWO_ROWS_BELOW else one_row + two_rows
        reading = self._text.read(ways[0])
        for way in ways[1:]:
            if reading.possible:
                break
            other = self._text.read(way)
            reading = other if other.possible else _longer(reading, other)
        return PlateFound(reading.text, reading.sure * spot.sure, reading.possible, spot.corners, crop)


def _longer(one: Reading, other: Reading) -> Reading:
    return other if len(other.text) > len(one.text) else one


def straighten(picture: Image.Image, corners: Corners) -> tuple[Image.Image, float]:
    """The plate as if seen from in front, a little more than its corners; its width by its height."""
    upper_left, upper_right, lower_right, lower_left = corners
    wide = (math.dist(upper_left, upper_right) + math.dist(lower_left, lower_right)) / 2
    high = (math.dist(upper_left, lower_left) + math.dist(upper_right, lower_right)) / 2
    ratio = wide / max(high, 1.0)
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    let_out = [
        (x + (x - middle[0]) * _LETTING_OUT, y + (y - middle[1]) * _LETTING_OUT * min(ratio, 4.0))
        for x, y in (upper_left, lower_left, lower_right, upper_right)
    ]
    size = round(_CROP_HIGH * min(max(ratio, 1.2), 5.0)), _CROP_HIGH
    quad = tuple(value for point in let_out for value in point)
    return picture.transform(size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC), ratio


def _rows(crop: Image.Image, cut: tuple[float, float, float, float]) -> list[Image.Image]:
    """The upper and the lower row of a plate in two rows."""
    wide, high = crop.size
    left, top, right, bottom = cut
    upper = crop.crop((round(wide * left), round(high * top), round(wide * right), round(high * bottom)))
    return [upper, crop.crop((0, round(high * 0.37), wide, round(high * 0.98)))]
