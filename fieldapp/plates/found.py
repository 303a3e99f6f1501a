"""What reading plates answers, and the door to the reader: neither needs the extra to be installed."""

from __future__ import annotations

from typing import Protocol

import msgspec
from PIL import Image

from fieldapp.capture.images.source import PhotoSource
from fieldapp.plates.models import load_models

READ_AT = 2400
"""Long side at which a photo file is decoded; corners are in the pixels of that."""

Corners = tuple[tuple[float, float], ...]


class PlateFound(msgspec.Struct, frozen=True):
    """One plate: its text, how sure (0 to 1), whether a plate can be that, where, and it straightened."""

    text: str
    sure: float
    possible: bool
    corners: Corners
    crop: Image.Image


class PlateReading(Protocol):
    """Reads plates; for one thread at a time."""

    def read(self, picture: Image.Image) -> list[PlateFound]:
        """Every plate in an RGB picture, possible ones first, the surest first."""

    def read_file(self, source: PhotoSource) -> list[PlateFound]:
        """Every plate in a picture file; ``plate_not_found`` when there is none."""


def open_reader() -> PlateReading:
    """The reader with its models; ``plates_not_installed`` without the extra."""
    models = load_models()
    from fieldapp.plates.reader import PlateReader  # only now: it stands on numpy, which the extra brings

    return PlateReader(models)
