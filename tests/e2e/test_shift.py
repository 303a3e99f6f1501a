"""The whole shift through the real window, with the link cut in a photo and the daemon killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.e2e
@pytest.mark.timeout(960)
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; build/test starts a virtual one")
def test_a_shift_through_the_window_reaches_central_whole_and_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "fieldapp.demo", "--shift", "--permits", "3000", "--looks", "few"]
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "QT_QUICK_BACKEND")}
    played = subprocess.run(
        [*command, "--out", str(out)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    said = f"{played.stdout[-4000:]}\n{played.stderr[-2000:]}"
    assert (out / "shift.json").exists(), said
    result = json.loads((out / "shift.json").read_text(encoding="utf-8"))
    assert played.returncode == 0, f"{result['problems']}\n{said}"
    assert result["ok"]
    assert len(result["reports"]) == 3
    for report in result["reports"]:
        assert report["times_at_central"] == 1
        assert all(photo["sha256_captured"] == photo["sha256_central"] for photo in report["photos"])
    assert 0 < result["cut"]["resumed_at"] < result["cut"]["bytes"]
    assert result["daemon_killed_pid"] > 0
    assert result["tasks_done"] == 1
    loop = result["loop"]
    assert loop["acts_clicked"] == ["confirm", "accept", "arrive", "handle", "feed_back", "verify"]
    assert [one["command"] for one in loop["sightings"]] == ["ask-check", "dispatch", "close"]
    assert [case["state"] for case in loop["cases"]] == ["closed"]
    shots = {file.name for file in (out / "shots").glob("*.png")}
    pages = ("enrol", "sign-in", "lookup", "capture", "outbox", "tasks", "task", "map", "settings", "lock")
    for page in pages:
        assert {f"{page}-zh-day-1280x800.png", f"{page}-en-day-1280x800.png"} <= shots
