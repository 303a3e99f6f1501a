"""The inbox with 5,000 tasks in the real window, drawn by software: how soon it opens, how it scrolls; and
what another text size, theme or language costs once every page was opened.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench.fill_bench import PROJECT

OPEN_MS, FRAME_MS, TURN_MS = 300.0, 50.0, 200.0
LEAST_PX = 2_000
"""So far at least the flicks went, else nothing was measured."""
ONCE = {"first": "opened for the first time", "again": "opened again"}
EACH = {"flicked": "flicked through", "jumped": "jumped through"}


def run() -> list[dict[str, Any]]:
    """Value (ours) against the limit (reference)."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-inbox-") as place:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.inbox_use", place],
            cwd=PROJECT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert told["flicked_px"] > LEAST_PX, told["flicked_px"]
    figures = []
    for key, words in ONCE.items():
        wall, computed = told[key]
        figures.append(
            _figure(f"inbox of {told['tasks']} tasks {words}, computed {computed:.0f} ms", wall, OPEN_MS)
        )
    for key, words in EACH.items():
        walls, computed = zip(*told[key], strict=True)
        facts = f"{len(walls)} frames, median {sorted(walls)[len(walls) // 2]:.1f} ms"
        text = f"inbox {words}: longest frame ({facts}, most computed {max(computed):.1f} ms)"
        figures.append(_figure(text, max(walls), FRAME_MS))
    for word, (wall, computed) in told["changed"].items():
        shown = f"computed until the frame that shows it ({wall:.0f} ms on the clock)"
        figures.append(_figure(f"every page opened, then {word}: {shown}", computed, TURN_MS))
    return figures


def _figure(name: str, value: float, limit: float) -> dict[str, Any]:
    met = "met" if value <= limit else "NOT MET"
    return {
        "name": f"{name} (limit {limit:g} ms: {met})",
        "unit": "ms",
        "ours": value,
        "reference": limit,
        "ratio": value / limit,
    }
