"""Photos of a played day: a few drawn pictures, each use with bytes of its own."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (480, 320)
DIFFERENT = 6
_START = b"\xff\xd8"


class Pictures:
    """JPEG files in a folder, no two alike: every one carries a comment of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        chance = random.Random(f"pictures {seed}")
        self._drawn = [_draw(chance) for _ in range(DIFFERENT)]

    def new(self, chance: random.Random) -> Path:
        """A photo file that was never there before."""
        comment = chance.randbytes(16).hex().encode()
        block = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        file = self._folder / f"{comment.decode()}.jpg"
        file.write_bytes(_START + block + chance.choice(self._drawn)[len(_START) :])
        return file


def _draw(chance: random.Random) -> bytes:
    image = Image.new("RGB", SIZE, tuple(chance.randrange(60, 200) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.rectangle((x, y, x + chance.randrange(20, 160), y + chance.randrange(20, 120)), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
