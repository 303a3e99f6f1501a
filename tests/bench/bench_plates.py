"""Plates read from 250 generated scenes of three seeds each: how long a picture takes, how many are right.

The scenes are synthetic (tests/bench/plate_scenes.py), so the share that is right says only that nothing got
worse. It is no accuracy in the field.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from typing import Any

from fieldapp.plates.reader import PlateReader
from tests.bench.plate_scenes import CONDITIONS, KINDS, SEED, scenes

LIMIT_MS = 400.0


SEEDS = (SEED, 7, 20270101)
"""The first is the one that was looked at while choosing a step; the others never were."""


def run() -> list[dict[str, Any]]:
    """Times against the 400 ms a picture may take; shares against all of them, for each seed by itself."""
    reader = PlateReader()
    times: list[float] = []
    figures: list[dict[str, Any]] = []
    for seed in SEEDS:
        right = _read_all(reader, seed, times)
        figures += [_share(f"seed {seed}, {group}", right[group]) for group in (*CONDITIONS, *KINDS, "all")]
    times.sort()
    return [
        _time("reading plates, a picture of 1920 × 1080 (median)", statistics.median(times)),
        _time("reading plates, a picture of 1920 × 1080 (p95)", times[int(len(times) * 0.95)]),
        *figures,
    ]


def _read_all(reader: PlateReader, seed: int, times: list[float]) -> dict[str, list[bool]]:
    right: dict[str, list[bool]] = defaultdict(list)
    for scene in scenes(seed=seed):
        began = time.perf_counter()
        found = reader.read(scene.picture)
        times.append((time.perf_counter() - began) * 1000)
        said = found[0].text if found and found[0].possible else ""
        for group in (scene.condition, scene.kind, "all"):
            right[group].append(said == scene.plate)
        if said != scene.plate:
            print(f"    {scene.plate} read as {said or 'nothing'} ({scene.condition}, {scene.kind}, {seed})")
    return right


def _share(group: str, right: list[bool]) -> dict[str, Any]:
    share = 100 * sum(right) / len(right)
    return {
        "name": f"plates read right, synthetic scenes only: {group} ({len(right)})",
        "unit": "%",
        "ours": share,
        "reference": 100.0,
        "ratio": share / 100,
    }


def _time(name: str, ours: float) -> dict[str, Any]:
    return {"name": name, "unit": "ms", "ours": ours, "reference": LIMIT_MS, "ratio": ours / LIMIT_MS}
