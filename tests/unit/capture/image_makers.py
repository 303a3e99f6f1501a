"""Small photos made for the tests: coloured corners, EXIF of every kind, damaged files."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

CORNERS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (200, 200, 30))
"""Colours of the upright picture's corners: top left, top right, bottom left, bottom right."""

_UNDO = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def upright(width: int = 64, height: int = 48) -> Image.Image:
    """A picture whose four quarters have the corner colours."""
    picture = Image.new("RGB", (width, height))
    w, h = width // 2, height // 2
    for number, colour in enumerate(CORNERS):
        picture.paste(colour, (number % 2 * w, number // 2 * h, number % 2 * w + w, number // 2 * h + h))
    return picture


def corners(picture: Image.Image, height: int | None = None) -> list[int]:
    """Which corner colour lies in each corner of a picture (of its upper part of ``height``)."""
    width, tall = picture.width, height or picture.height
    spots = [(w, h) for h in (tall // 8, tall - 1 - tall // 8) for w in (width // 8, width - 1 - width // 8)]

    def nearest(spot: tuple[int, int]) -> int:
        seen = picture.getpixel(spot)
        return min(range(4), key=lambda n: sum((a - b) ** 2 for a, b in zip(seen, CORNERS[n], strict=True)))

    return [nearest(spot) for spot in spots]


def exif(
    *,
    orientation: int | None = None,
    camera: dict[int, object] | None = None,
    gps: dict[int, object] | None = None,
) -> bytes:
    """An EXIF block as cameras write it."""
    made = Image.Exif()
    if orientation is not None:
        made[0x0112] = orientation
    made.get_ifd(0x8769).update(camera or {})
    made.get_ifd(0x8825).update(gps or {})
    return made.tobytes()


def dms(value: float) -> tuple[IFDRational, ...]:
    """Degrees as a phone writes them: whole degrees, whole minutes, hundredths of seconds."""
    hundredths = round(abs(value) * 360_000)
    minutes, seconds = divmod(hundredths, 6000)
    return IFDRational(minutes // 60), IFDRational(minutes % 60), IFDRational(seconds, 100)


def position(lon: float, lat: float, **more: object) -> dict[int, object]:
    """GPS tags of a position."""
    tags: dict[int, object] = {
        1: "S" if lat < 0 else "N",
        2: dms(lat),
        3: "W" if lon < 0 else "E",
        4: dms(lon),
    }
    return tags | {int(tag[1:]): value for tag, value in more.items()}


def jpeg(picture: Image.Image | None = None, exif_block: bytes = b"", **options: object) -> bytes:
    """A JPEG file."""
    out = io.BytesIO()
    (picture or upright()).save(out, "JPEG", quality=95, exif=exif_block, **options)
    return out.getvalue()


def oriented(orientation: int, picture: Image.Image | None = None) -> bytes:
    """A JPEG stored turned, with the orientation that turns it upright."""
    undo = _UNDO[orientation]
    stored = picture or upright()
    return jpeg(stored if undo is None else stored.transpose(undo), exif(orientation=orientation))


def png(picture: Image.Image | None = None, **options: object) -> bytes:
    """A PNG file."""
    out = io.BytesIO()
    (picture or upright()).save(out, "PNG", **options)
    return out.getvalue()


def heic(picture: Image.Image | None = None, exif_block: bytes = b"") -> bytes:
    """A HEIC file as phones write it: the turning is in the container, beside the EXIF."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture or upright()).save(out, quality=90, exif=exif_block or None)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> bytes:
    """A tiny, well-formed PNG file that claims to be very large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")
