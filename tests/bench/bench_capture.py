"""Shutter to durably saved, against writing and fsyncing the same bytes: p50 and p95.

Ours: the use case of the page, from the encoded bytes to the committed row (room, hash, part file, fsync,
rename, fsync of the folder, transaction under ``synchronous=FULL`` in the encrypted store). The reference
writes the same bytes to a new file and fsyncs it. Both take turns, so that the disk is the same for both.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from fieldapp.capture.drafts import start_draft
from fieldapp.capture.photos import take_photo
from sync.contract.records import NOWHERE
from tests.unit.capture.use_case_desk import close_desk, make_desk

TIMES = 60
PHOTO_BYTES = 4_000_000


def run() -> list[dict[str, Any]]:
    """Both sides of each percentile."""
    chance = random.Random(11)
    ours, reference = [], []
    with tempfile.TemporaryDirectory(prefix="fieldapp-bench-") as name:
        root = Path(name)
        desk = make_desk(root / "tablet")
        draft = start_draft(desk)
        (root / "plain").mkdir()
        for number in range(TIMES):
            data = chance.randbytes(PHOTO_BYTES)
            began = time.perf_counter()
            take_photo(desk, draft, data, NOWHERE)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            _write(root / "plain" / str(number), data)
            reference.append(time.perf_counter() - began)
        close_desk(desk)
    return [_figure("p50", 0.5, ours, reference), _figure("p95", 0.95, ours, reference)]


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _figure(word: str, share: float, ours: list[float], reference: list[float]) -> dict[str, Any]:
    taken, plain = (sorted(times)[int(len(times) * share)] * 1000 for times in (ours, reference))
    size = f"{PHOTO_BYTES // 1_000_000} MB"
    return {
        "name": f"shutter to durably saved, {size}, {word}, against write and fsync of the same bytes",
        "unit": "ms",
        "ours": taken,
        "reference": plain,
        "ratio": taken / plain,
    }
