"""JPEG bytes of a picture: the first bytes made of a camera frame, which are the original from then on."""

from __future__ import annotations

import io

from PIL import Image

CAPTURE_QUALITY = 95
DERIVATIVE_QUALITY = 85
_SUBSAMPLING_420 = 2


def encode_frame(
    data: bytes | bytearray | memoryview,
    width: int,
    height: int,
    *,
    layout: str = "RGB",
    bytes_per_line: int = 0,
    quality: int = CAPTURE_QUALITY,
) -> bytes:
    """JPEG of one raw frame. ``layout`` names the order of bytes in a pixel: RGB, RGBX, BGRX, XRGB, L."""
    mode = "L" if layout == "L" else "RGB"
    frame = Image.frombuffer(
        mode,
        (width, height),
        data,  # type: ignore[arg-type]  # any buffer will do
        "raw",
        layout,
        bytes_per_line,
        1,
    )
    return encode_jpeg(frame, quality)


def encode_jpeg(picture: Image.Image, quality: int = CAPTURE_QUALITY, exif: bytes = b"") -> bytes:
    """JPEG of a picture. Fast rather than smallest: a person waits for it with the shutter pressed."""
    out = io.BytesIO()
    ready = picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
    profile = picture.info.get("icc_profile")
    ready.save(
        out, "JPEG", quality=quality, subsampling=_SUBSAMPLING_420, exif=exif, icc_profile=profile or b""
    )
    return out.getvalue()
