"""A QR in a 1080p frame: looked for as the app does, against looking for every kind of code there is."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import segno
import zxingcpp
from PIL import Image, ImageFilter

from fieldapp.qr.reading import codes_in

TIMES = 25
TEXT = "FAP1:" + "ABC0123456789 $%*" * 20
"""As long as a permit's."""


def run() -> list[dict[str, Any]]:
    """A noisy frame with a code turned by 12°, and the same frame without one."""
    empty = Image.effect_noise((1920, 1080), 60).convert("RGB").filter(ImageFilter.GaussianBlur(0.8))
    out = io.BytesIO()
    segno.make_qr(TEXT, error="m", boost_error=False).save(out, kind="png", scale=5, border=4)
    code = Image.open(out).convert("RGB").rotate(12, expand=True, fillcolor="white")
    frame = empty.copy()
    frame.paste(code, (900, 200))
    frame = frame.filter(ImageFilter.GaussianBlur(0.6))
    assert codes_in(frame) == (TEXT,)
    assert codes_in(empty) == ()
    return [
        {
            "name": f"looking for a QR in a 1080p frame {what}, against looking for every kind",
            "unit": "ms",
            "ours": (ours := _median(lambda picture=picture: codes_in(picture))),  # type: ignore[misc]
            "reference": (all_kinds := _median(lambda picture=picture: zxingcpp.read_barcodes(picture))),  # type: ignore[misc]
            "ratio": ours / all_kinds,
        }
        for what, picture in (("with one", frame), ("without one", empty))
    ]


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
