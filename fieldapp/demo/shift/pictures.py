"""Photos for a shift that was given none: made on the spot, each different, with place and time in EXIF."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from fieldapp.capture.images.exif_write import derivative_exif
from sync.contract.records import Place, PlaceSource

SIZE = (3200, 2400)


def make_pictures(
    folder: Path, number: int, at: datetime, lon: float, lat: float, seed: int = 7
) -> list[Path]:
    """``number`` phone-like JPEG files of a street scene near a place."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for index in range(number):
        picture = _street(chance)
        place = Place(
            PlaceSource.EXIF, lon + chance.uniform(-0.004, 0.004), lat + chance.uniform(-0.004, 0.004), 6.0
        )
        file = folder / f"IMG_{index + 1:04d}.jpg"
        exif = derivative_exif(place, at - timedelta(minutes=7 * (index + 1)))
        picture.save(file, "JPEG", quality=92, exif=exif)
        files.append(file)
    return files


def _street(chance: random.Random) -> Image.Image:
    """A street, a truck and the grain of a sensor, so that the file is as large as a phone's."""
    width, height = SIZE
    grain = Image.frombytes("L", (width // 4, height // 4), chance.randbytes(width * height // 16))
    grain = grain.resize(SIZE, Image.Resampling.BICUBIC).point(lambda v: 96 + v // 4)
    picture = Image.merge("RGB", (grain, grain, grain.point(lambda v: min(255, v + 12))))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(88, 90, 92))
    left, top = chance.randrange(200, 900), chance.randrange(900, 1200)
    body = (chance.randrange(120, 220), chance.randrange(90, 140), 40)
    draw.rectangle((left, top, left + 1500, top + 620), fill=body)
    draw.rectangle((left + 1500, top + 180, left + 1950, top + 620), fill=(200, 60, 40))
    for wheel in (300, 700, 1650):
        draw.ellipse((left + wheel, top + 540, left + wheel + 220, top + 760), fill=(24, 24, 26))
    heap = [(left + 60, top), (left + 700, top - chance.randrange(120, 260)), (left + 1440, top)]
    draw.polygon(heap, fill=(120, 86, 52))
    return picture
