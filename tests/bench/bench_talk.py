"""10,000 messages on one case through programs: a real central, a real daemon, the real window.

Most are said at central before the window opens, the rest over HTTP while it stands in the conversation; then
it is read back to the first. FIELDAPP_BENCH_MESSAGES takes another number.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import requests

from sync.central.city.officers import OFFICERS_PIN
from sync.central.desk import Desk
from sync.clock import SystemClock
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from tests.bench.fill_bench import PROJECT, City, served_city
from tests.e2e.programs import Programs

MESSAGES = int(os.environ.get("FIELDAPP_BENCH_MESSAGES", "10000"))
BEFORE = 0.96
"""So many of them are said before the window is opened."""
TOGETHER = 500
OFFICER, COMMAND = "G1001", "C4001"
LIMITS = {"ms": 200.0, "MB": 300.0}
WORDS = (
    "请核对门牌",
    "车已离开，车牌尾号 516",
    "现场还有两堆，靠北墙",
    "收到，十分钟到",
    "工地说昨晚清过，请看一下洒漏的范围和时间，拍近景和远景",
)


class Command:
    """The desk, speaking on one case."""

    def __init__(self, city: City) -> None:
        self._url = f"{city.url}/v1/desk"
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = str(city.authority)
        told = self._post("/sign-in", {"officer_id": COMMAND, "pin": OFFICERS_PIN[COMMAND]})
        self._http.headers["Authorization"] = f"Bearer {told['token']}"
        self._chance = random.Random(20261122)

    def case(self) -> str:
        """A case in the officer's hands."""
        cases = self._http.get(self._url + "/cases?limit=100", timeout=60).json()["cases"]
        return next(str(case["case_id"]) for case in cases if case["assignee"] == OFFICER)

    def write(self, city: City, case_id: str, count: int) -> None:
        """Say so many things at central itself, by hundreds to a transaction: nobody times that."""
        central = city.central()
        desk = Desk(central.store, central.world, SystemClock())
        for first in range(0, count, TOGETHER):
            with central.store.writing() as db:
                for number in range(first, min(count, first + TOGETHER)):
                    desk._do(db, case_id, ActKind.MESSAGE, COMMAND, self._note(number), "")
        central.close()

    def _note(self, number: int) -> str:
        return f"{number + 1}：{self._chance.choice(WORDS)}"

    def say(self, case_id: str, numbers: range) -> float:
        """Say so many things, one after the other; the seconds it took."""
        began = time.perf_counter()
        for number in numbers:
            body = {"act_id": new_id(), "kind": "message", "note": self._note(number)}
            self._post(f"/cases/{case_id}/acts", body)
        return time.perf_counter() - began

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(self._url + path, json=body, timeout=60)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told


def run() -> list[dict[str, Any]]:
    """Turns of the window while they come and while one reads back, memory, and how long all of it takes."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-talk-") as place:
        root = Path(place)
        with served_city(root, 500) as city:
            tablet = Programs(root)
            code = tablet.run("fieldapp-central", "enrol-code", "--officer", OFFICER).body["code"]
            assert tablet.run("fieldapp-sync", "enrol", "--server", city.url, "--code", code).exit == 0
            assert tablet.run("fieldapp-sync", "once").exit == 0
            command = Command(city)
            case_id = command.case()
            begun = round(MESSAGES * BEFORE)
            command.write(city, case_id, begun)
            told, took = _use(tablet.tablet, case_id, command, begun)
    said = took / (MESSAGES - begun) * 1000
    figures = [
        _figure("all of them here after the last was said", "s", told["all_here_s"], 0.0),
        _figure("command's HTTP request for a message", "ms", said, 0.0),
    ]
    for word, (wall, computed) in told["turns"].items():
        figures.append(
            _figure(f"longest turn of the window, {word} (wall {wall:.0f} ms)", "ms", computed, LIMITS["ms"])
        )
    for word, held in told["memory"].items():
        figures.append(_figure(f"memory of the window (PSS), {word}", "MB", held, LIMITS["MB"]))
    return figures


def _use(tablet: Path, case_id: str, command: Command, begun: int) -> tuple[dict[str, Any], float]:
    spoken: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.talk_use", str(tablet), case_id, str(begun), str(MESSAGES)],
        cwd=PROJECT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_QUICK_BACKEND": "software",
            "FIELDAPP_KEYRING": "off",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdin is not None
        assert window.stdout is not None

        def speak() -> None:
            spoken.append(command.say(case_id, range(begun, MESSAGES)))

        lines = []
        for line in window.stdout:
            lines.append(line)
            if line.strip() == "open":
                speaker = threading.Thread(target=speak)
                speaker.start()
                speaker.join()
                window.stdin.write("said\n")
                window.stdin.flush()
        assert window.wait() == 0
    return json.loads(lines[-1]), spoken[0]


def _figure(name: str, unit: str, value: float, limit: float) -> dict[str, Any]:
    if limit:
        name += f" (limit {limit:g} {unit}: {'met' if value <= limit else 'NOT MET'})"
    return {
        "name": f"{MESSAGES:,} messages on a case: {name}",
        "unit": unit,
        "ours": value,
        "reference": limit or value,
        "ratio": value / limit if limit else 1.0,
    }
