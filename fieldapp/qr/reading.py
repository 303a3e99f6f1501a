"""Finding QR codes in a picture. Only QR is looked for: every other kind would cost twenty times as long."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.source import PhotoSource
from sync.contract.errors import InputRefused

LONG_SIDE = 3000
"""A photo is read at this size; codes too fine for it cannot be held still either."""


def codes_in(picture: Image.Image) -> tuple[str, ...]:
    """The texts of all codes in a picture, none twice."""
    grey = picture if picture.mode == "L" else picture.convert("L")
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return tuple(dict.fromkeys(code.text for code in found if code.valid and code.text))


def codes_in_file(source: PhotoSource) -> tuple[str, ...]:
    """The texts of all codes in a picture file; ``qr_not_found`` when there is none."""
    codes = codes_in(load_scaled(source, LONG_SIDE).convert("L"))
    if not codes:
        raise InputRefused("qr_not_found")
    return codes
