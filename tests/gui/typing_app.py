"""The real window in a process of its own, in which somebody types and takes photos until it is killed.

    python typing_app.py DATA KEY FRAMES SEED

Says on its output, a line each: `ready`, `typed N` (characters that have reached the field), `kept N` (those
the store has), `photo ID` (told as saved). What is typed is `0 1 2 3 …`, so that whoever reads it back knows
what should be there.
"""

from __future__ import annotations

import os
import random
import sys
from itertools import count
from pathlib import Path
from typing import Any

from field_app import Tablet
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, OpenDraft


class Waits:
    """What a bench needs of pytest-qt."""

    def waitUntil(self, true, timeout=60_000):
        while not true():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def say(*words: object) -> None:
    """A line in one piece, whichever thread says it."""
    os.write(sys.stdout.fileno(), (" ".join(map(str, words)) + "\n").encode())


def typed_text(length: int) -> str:
    """The first so many characters of what is typed."""
    return "".join(f"{n} " for n in range(length))[:length]


def main() -> None:
    root, key, frames = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3]
    chance = random.Random(int(sys.argv[4]))
    from shell_fakes import Bench, FakeGate

    from fieldapp.services.options import Options
    from fieldapp.viewmodels import capture_draft

    keep = capture_draft.keep_draft

    def keep_and_say(desk: Desk, draft_id: str, officer_id: str, body: DraftBody, *more: Any) -> OpenDraft:
        kept = keep(desk, draft_id, officer_id, body, *more)
        say("kept", len(body.note))
        return kept

    capture_draft.keep_draft = keep_and_say
    options = Options(data=root, size=(1280, 800), camera="replay:" + frames)
    bench = Bench(Waits(), root, FakeGate(root, Tablet(root, key)), options)  # type: ignore[arg-type]
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.click("rail.item.capture")
    capture = bench.shell.pages.capture
    capture.photoSaved.connect(lambda photo: say("photo", photo))
    bench.wait(lambda: bool(capture.property("canShoot")))
    bench.click("note.input")
    note, text = bench.item("note.input"), typed_text(4000)
    say("ready")
    for at in count():
        if chance.random() < 0.5:
            QCoreApplication.sendEvent(note, QInputMethodEvent(text[at], []))  # composed, then committed
            QTest.qWait(chance.randrange(20))
            commit = QInputMethodEvent("", [])
            commit.setCommitString(text[at])
            QCoreApplication.sendEvent(note, commit)
        else:
            QTest.keyClick(bench.window, text[at])
        say("typed", at + 1)
        if chance.random() < 0.1:
            capture.shutter()
        QTest.qWait(chance.randrange(5, 60))


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    main()
