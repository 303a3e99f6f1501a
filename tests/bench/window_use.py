"""A window that is used: `python -m tests.bench.window_use FOLDER`, on a display, over a filled tablet.

The app as `fieldapp` composes it — the vault's gate, the daemon, every page, the desk's own workers — worked
with by real events. Written to its output: after each act the process's resident and proportional memory.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import qasync
from PIL import Image

from fieldapp.app import make_application
from fieldapp.demo.__main__ import stop_daemon
from fieldapp.demo.shift.hands import Hands
from fieldapp.demo.shift.pictures import make_pictures
from fieldapp.demo.shift.track import make_track
from fieldapp.services.daemon_link import DaemonLink
from fieldapp.services.gate import VaultGate
from fieldapp.services.options import Options
from fieldapp.services.process import keep_logs
from fieldapp.shell import Shell
from sync.replica.folder import DataFolder

OFFICER, PIN, TRUCK = "G1001", "246810", "粤BWK516"
TEXTS = 60
CENTRE = (113.88, 22.56)
FRAME = (1920, 1080)
"""As a camera's preview; the drawn street of the demo holds two pictures of 12 megapixels, 96 MB."""


def memory() -> dict[str, float]:
    """Megabytes of this process now, and the most it ever held resident."""
    rollup = _fields(Path("/proc/self/smaps_rollup"))
    status = _fields(Path("/proc/self/status"))
    return {
        "rss": rollup["Rss"] / 1024,
        "pss": rollup["Pss"] / 1024,
        "most": status["VmHWM"] / 1024,
    }


def _fields(file: Path) -> dict[str, int]:
    lines = (line.split() for line in file.read_text().splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1] == "kB"}


async def use(shell: Shell, hands: Hands) -> dict[str, dict[str, float]]:
    """Everything an officer does at the roadside, one after another."""
    told: dict[str, dict[str, float]] = {}

    async def note(act: str) -> None:
        await hands.settle(0.5)
        told[act] = memory()

    await hands.click("signIn.officer.input")
    if (await hands.find("signIn.officer.input")).property("text") != OFFICER:
        await hands.type(OFFICER)
    for digit in PIN:
        await hands.click(f"signIn.pin.key.{digit}")
    await hands.click("signIn.pin.submit")
    await hands.wait("signed in", lambda: shell.session.property("stage") == "open", 40)
    await hands.find("workplace")
    await note("signed in")

    await hands.click("rail.item.lookup")
    await hands.click("lookup.field.input")
    await hands.type(TRUCK)
    await hands.find("lookup.verdict")
    await note("looked up")

    rng = random.Random(20261122)
    for _ in range(TEXTS):
        shell.pages.lookup.clear()
        text = rng.choice(["粤B", "粤", "B", ""]) + "".join(
            rng.choices("ABCDEFGH0123456789", k=rng.randint(2, 5))
        )
        for end in range(1, len(text) + 1):
            shell.pages.lookup.edit(text[:end])
            await asyncio.sleep(0.06)
    for company in ("深圳", "SZ", "9144", "建筑"):
        shell.pages.lookup.edit(company)
        await asyncio.sleep(0.3)
    await note("typed")

    await hands.click("rail.item.map")
    await hands.wait("the map", lambda: shell.pages.map.property("loading") is False, 60)
    await hands.settle(2)
    await note("map")

    await hands.click("rail.item.capture")
    await hands.find("class")
    await hands.click("camera.shutter")
    await hands.wait("the photo saved", lambda: hands.seen("photos.0") is not None, 60)
    await note("captured")

    for page in ("tasks", "outbox", "settings", "lookup"):
        await hands.click(f"rail.item.{page}")
        await hands.settle(0.5)
    await note("every page")
    return told


def main() -> int:
    """Sign in, work, tell."""
    root = Path(sys.argv[1])
    app = make_application()
    folder = DataFolder(root)
    keep_logs(folder.root / "logs")
    with tempfile.TemporaryDirectory(prefix="fieldapp-track-") as place:
        frames = Path(place) / "frames"
        make_pictures(frames, 2, datetime.now(UTC), *CENTRE)
        for frame in frames.iterdir():
            with Image.open(frame) as picture:
                picture.resize(FRAME).save(frame)
        track = make_track(Path(place) / "track.nmea", *CENTRE, datetime.now(UTC))
        chosen = Options(data=root, size=(1280, 800), position=str(track), camera=f"replay:{frames}")
        link = DaemonLink(folder)
        link.start()
        shell = Shell(folder, chosen, VaultGate(folder), link)
        loop = qasync.QEventLoop(app)
        with loop:
            hands = Hands(shell.open(), lambda _said: None)
            try:
                told = loop.run_until_complete(use(shell, hands))
            finally:
                shell.close()
                stop_daemon(root)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    os.environ["FIELDAPP_KEYRING"] = "off"
    sys.exit(main())
