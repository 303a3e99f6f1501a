"""The memory of the whole window at 1,000,000 permits, after looking up, typing, map, capture and every page.

The app's own process under Xvfb, filled by a real central; the daemon is another process and not counted.
FIELDAPP_BENCH_CITIES saves the minutes of seeding (see ``fill_bench``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.fill_bench import PROJECT, served_city
from tests.e2e.programs import Programs

PERMITS, LIMIT_MB = 1_000_000, 300.0
DRAWN = {"": "drawn as the app chooses here"}
KINDS = {"pss": "its share (PSS)", "rss": "resident", "most": "the most so far"}
DISPLAY = ("xvfb-run", "-a", "-s", "-screen 0 1920x1200x24")


def run() -> list[dict[str, Any]]:
    """Value (ours) against the limit (reference), act by act."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-window-") as place:
        root = Path(place)
        with served_city(root, PERMITS) as city:
            tablet = Programs(root)
            code = tablet.run("fieldapp-central", "enrol-code", "--officer", "G1001").body["code"]
            enrolled = tablet.run("fieldapp-sync", "enrol", "--server", city.url, "--code", code)
            assert enrolled.exit == 0, enrolled.body
            filled = tablet.run("fieldapp-sync", "once")
            assert filled.body["reference_rows"] > PERMITS, filled.body
            told = {drawn: _use(tablet.tablet, drawn) for drawn in DRAWN}
    return [
        _figure(f"memory of the window, {DRAWN[drawn]}, {act}: {KINDS[kind]}", held[kind])
        for drawn, acts in told.items()
        for act, held in acts.items()
        for kind in KINDS
    ]


def _use(tablet: Path, drawn: str) -> dict[str, dict[str, float]]:
    display = () if os.environ.get("DISPLAY") or shutil.which("xvfb-run") is None else DISPLAY
    done = subprocess.run(
        [*display, sys.executable, "-m", "tests.bench.window_use", str(tablet)],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "FIELDAPP_KEYRING": "off", "QT_QUICK_BACKEND": drawn},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def _figure(name: str, value: float) -> dict[str, Any]:
    met = "met" if value <= LIMIT_MB else "NOT MET"
    return {
        "name": f"{name} (limit {LIMIT_MB:g} MB: {met})",
        "unit": "MB",
        "ours": value,
        "reference": LIMIT_MB,
        "ratio": value / LIMIT_MB,
    }
