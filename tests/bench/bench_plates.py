"""Plates read from 250 generated scenes: how long a picture takes, how many are right by condition and kind.

The scenes are synthetic (tests/bench/plate_scenes.py), so the share that is right says only that nothing got
worse. It is no accuracy in the field.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from typing import Any

from fieldapp.plates.reader import PlateReader
from tests.bench.plate_scenes import CONDITIONS, KINDS, scenes

LIMIT_MS = 400.0


def run() -> list[dict[str, Any]]:
    """Times against the 400 ms a picture may take; shares against all of them."""
    reader = PlateReader()
    right: dict[str, list[bool]] = defaultdict(list)
    times: list[float] = []
    wrong: list[str] = []
    for scene in scenes():
        began = time.perf_counter()
        found = reader.read(scene.picture)
        times.append((time.perf_counter() - began) * 1000)
        said = found[0].text if found and found[0].possible else ""
        for group in (scene.condition, scene.kind, "all"):
            right[group].append(said == scene.plate)
        if said and said != scene.plate:
            wrong.append(f"{scene.plate} read as {said} ({scene.condition}, {scene.kind})")
    for line in wrong:
        print(f"    {line}")
    times.sort()
    figures = [
        _time("reading plates, a picture of 1920 × 1080 (median)", statistics.median(times)),
        _time("reading plates, a picture of 1920 × 1080 (p95)", times[int(len(times) * 0.95)]),
    ]
    for group in (*CONDITIONS, *KINDS, "all"):
        share = 100 * sum(right[group]) / len(right[group])
        figures.append(
            {
                "name": f"plates read right, synthetic scenes only: {group} ({len(right[group])})",
                "unit": "%",
                "ours": share,
                "reference": 100.0,
                "ratio": share / 100,
            }
        )
    return figures


def _time(name: str, ours: float) -> dict[str, Any]:
    return {"name": name, "unit": "ms", "ours": ours, "reference": LIMIT_MS, "ratio": ours / LIMIT_MS}
