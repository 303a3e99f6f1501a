"""From the start of the process to the window's first frame: the frozen app against the sources, by turns.

FIELDAPP_FROZEN names the frozen folder (``build/package folder``); without one there is nothing to measure.
The app tells the moment of its first frame in its log, by the machine's monotonic clock.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
FROZEN = os.environ.get("FIELDAPP_FROZEN", "")
TURNS, WAIT_S, LOOK_S = 7, 120.0, 0.02
FIRST = re.compile(r"event='first_frame' .*monotonic_s=([\d.]+)")
DISPLAY = ("xvfb-run", "-a", "-s", "-screen 0 1280x800x24")


def run() -> list[dict[str, Any]]:
    """Value (frozen) against the sources (reference): the first start ever, then the median of later ones."""
    if not FROZEN:
        return []
    if not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
        return _run_on_a_display()
    programs = {"ours": [f"{FROZEN}/fieldapp"], "reference": [sys.executable, "-m", "fieldapp"]}
    told: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(prefix="fieldapp-frame-") as place:
        for _ in range(TURNS):
            for name, command in programs.items():
                told[name].append(_first_frame(command, Path(place) / name))
    return [
        _figure("first start, nothing kept", {name: seconds[0] for name, seconds in told.items()}),
        _figure("later starts, median", {name: statistics.median(s[1:]) for name, s in told.items()}),
    ]


def _run_on_a_display() -> list[dict[str, Any]]:
    code = "import json; from tests.bench import bench_frozen; print(json.dumps(bench_frozen.run()))"
    done = subprocess.run(
        [*DISPLAY, sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True
    )
    figures: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _first_frame(command: list[str], home: Path) -> float:
    """Seconds from the start to the first frame, for a home of its own that is kept between turns."""
    home.mkdir(exist_ok=True)
    log = home / "data/logs/app.log"
    log.unlink(missing_ok=True)
    wanted = {"DISPLAY": os.environ["DISPLAY"], "PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    wanted |= {name: os.environ[name] for name in ("XAUTHORITY", "LANG") if name in os.environ}
    began = time.monotonic()
    app = subprocess.Popen(
        [*command, "--data", str(home / "data")],
        cwd=PROJECT,
        env={**wanted, "HOME": str(home), "FIELDAPP_KEYRING": "off"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.monotonic() < began + WAIT_S:
            found = FIRST.search(log.read_text(encoding="utf-8")) if log.exists() else None
            if found is not None:
                return float(found[1]) - began
            time.sleep(LOOK_S)
    finally:
        app.terminate()
        app.wait(WAIT_S)
    raise AssertionError(f"{command[0]} drew nothing")


def _figure(what: str, seconds: dict[str, float]) -> dict[str, Any]:
    ratio = seconds["ours"] / seconds["reference"]
    return {"name": f"to the first frame, {what}", "unit": "s", "ratio": ratio, **seconds}
