"""A process that types: `python -m tests.bench.search_typing FOLDER` reads texts from its input, a line each.

Each text goes the way of a key press: the pause, the reader's thread, the use case, the list's rows. Written
to its output: the milliseconds of each, and the most memory the process ever held.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from fieldapp.capture.lookup_answer import Answer, while_typing
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.kit import application_font
from fieldapp.viewmodels.lookup import PAUSE_MS
from fieldapp.viewmodels.suggestion_list import SuggestionListModel
from tests.bench.million import open_desk


def main() -> int:
    """Type every text, one after another."""
    app = QGuiApplication([])
    QGuiApplication.setFont(application_font())
    view = QQuickView()
    view.show()
    texts = sys.stdin.read().splitlines()
    worker, rows, times = ReplicaWorker("reader"), SuggestionListModel(), []
    pause = QTimer(singleShot=True, interval=PAUSE_MS)
    began = 0.0

    def press() -> None:
        nonlocal began
        if len(times) == len(texts):
            app.quit()
            return
        began = time.perf_counter()
        pause.start()

    def ask() -> None:
        text = texts[len(times)]
        worker.submit(lambda desk: while_typing(desk, text), take, lambda error: sys.exit(error.code))

    def take(answer: Answer) -> None:
        rows.begin("", answer)
        times.append((time.perf_counter() - began) * 1000)
        QTimer.singleShot(0, press)

    pause.timeout.connect(ask)
    worker.start(
        lambda: open_desk(Path(sys.argv[1])), lambda _officer: press(), lambda error: sys.exit(error.code)
    )
    app.exec()
    worker.stop()
    print(json.dumps({"ms": times, "mb": _most_megabytes()}))
    return 0


def _most_megabytes() -> float:
    """The high-water mark of this program alone: the one of getrusage begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
