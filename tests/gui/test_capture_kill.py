"""An app process is killed outright: uncommitted text is kept by itself, and what was told as saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from field_app import Tablet
from PySide6.QtGui import QColor, QImage

from fieldapp.capture.drafts import list_drafts
from tests.fault.ledger_plugin import Teller

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
NOTE = "half a sentence"
PATIENCE_S = 60.0

APP = """
import sys
from pathlib import Path

from field_app import Tablet
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication, QInputMethodEvent

app = QGuiApplication(sys.argv[:1])

from shell_fakes import Bench, FakeGate
from fieldapp.services.options import Options


class Waits:
    def waitUntil(self, true, timeout=60_000):
        while not true():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def say(word):
    sys.stdout.write(word + "\\n")
    sys.stdout.flush()


root, key, frames = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3]
options = Options(data=root, size=(1280, 800), camera="replay:" + frames)
bench = Bench(Waits(), root, FakeGate(root, Tablet(root, key)), options)
bench.sign_in()
bench.wait(lambda: bench.stage() == "open")
bench.click("rail.item.capture")
capture = bench.shell.pages.capture
capture.photoSaved.connect(lambda _photo: say("photo"))
bench.wait(lambda: capture.property("canShoot"))
capture.shutter()
bench.wait(lambda: capture.photos.property("count") == 1)
bench.type("note", sys.argv[4][:-1])
preedit = QInputMethodEvent(sys.argv[4][-1], [])
QCoreApplication.sendEvent(bench.item("note.input"), preedit)
say("typed")
app.exec()
"""


@pytest.fixture
def running(tablet: Tablet, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    frames = tmp_path / "frames"
    frames.mkdir()
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#446688"))
    image.save(str(frames / "a.jpg"))
    process = subprocess.Popen(
        [sys.executable, "-c", APP, str(tablet.root), tablet.key.hex(), str(frames), NOTE],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT), str(HERE)))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


@pytest.mark.faults(3)
def test_photo_and_uncommitted_text_survive_a_kill_as_soon_as_they_are_kept(
    running: subprocess.Popen[str], tablet: Tablet, tally: Teller
) -> None:
    assert running.stdout is not None
    told = (line.strip() for line in running.stdout)  # the log speaks there too
    heard = list(islice((line for line in told if line in ("photo", "typed")), 2))
    assert heard == ["photo", "typed"]
    desk, said = tablet.desk(), time.monotonic()
    while not any(opened.body.note == NOTE for opened in list_drafts(desk)):
        assert time.monotonic() - said < PATIENCE_S, "nothing is kept by itself"
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(0.02)
    late_s = time.monotonic() - said  # a second at most, on a machine that does nothing else

    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL

    (opened,) = list_drafts(desk)
    assert (opened.body.note, len(opened.photos)) == (NOTE, 1)
    original = opened.photos[0].photo.original
    assert desk.folder.file(original.sha256, original.media_type).stat().st_size == original.bytes
    desk.work.close()
    desk.reference.close()
    tally(runs=1, note=f"the words were kept {late_s:.1f} s after they had been typed")
