"""The inbox with 5,000 tasks in a real window: `python -m tests.bench.inbox_use FOLDER`, drawn by software.

The app as it composes itself, over a store with 5,000 dispatched tasks; only the way in is a gate that asks
nobody, and central is absent. Written to its output: milliseconds to open, and of each frame of scrolling.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import Q_ARG, QMetaObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fieldapp.app import make_application
from fieldapp.demo.shift.hands import Hands
from fieldapp.services.gate import Admitted
from fieldapp.services.link import Link
from fieldapp.services.options import Options
from fieldapp.shell import Shell
from sync.replica.folder import DataFolder
from tests.bench.bench_tasks import OFFICER, filled_desk

FLICKS, FLICK_PX_S, FLICK_FRAMES = 6, 6_000.0, 60
JUMPS = 40
SIZE = (1280, 800)
PAGES = ("capture", "alerts", "map", "reports", "messages", "patrol", "outbox", "settings")


class OpenGate:
    """Lets the one officer in."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def is_enrolled(self) -> bool:
        return True

    def officers(self) -> tuple[str, ...]:
        return (OFFICER,)

    def enrol(self, server: str, code: str) -> Admitted:
        raise AssertionError("enrolled already")

    def sign_in(self, officer_id: str, pin: str) -> Admitted:
        return Admitted(self._key, OFFICER)

    def sign_out(self) -> None:
        return None


class Frames:
    """Times of frames: from an event to the frame that shows what it did."""

    def __init__(self, hands: Hands) -> None:
        self._window = hands.window
        self._count = 0
        self._window.frameSwapped.connect(self._on_frame)

    def _on_frame(self) -> None:
        self._count += 1

    def after(self, do: Callable[[], None]) -> tuple[float, float]:
        """Milliseconds until the next frame is drawn, and those of them that this thread computed."""
        before, began, cpu = self._count, time.perf_counter(), time.thread_time()
        do()
        self._window.update()
        while self._count == before:
            QGuiApplication.processEvents()
        return (time.perf_counter() - began) * 1000, (time.thread_time() - cpu) * 1000

    def until(self, do: Callable[[], None], shown: Callable[[], bool]) -> tuple[float, float]:
        """The same until a frame shows what is waited for."""
        wall, cpu = self.after(do)
        while not shown():
            more = self.after(lambda: None)
            wall, cpu = wall + more[0], cpu + more[1]
        return wall, cpu


async def use(shell: Shell, hands: Hands) -> dict[str, Any]:
    """Sign in, open the inbox, leave it and open it again, scroll, jump, choose another filter."""
    frames, told = Frames(hands), {}
    await hands.find("signIn.pin.key.1")
    for digit in "246810":
        await hands.click(f"signIn.pin.key.{digit}")
    await hands.click("signIn.pin.submit")
    tasks: Any = shell.pages.tasks
    await hands.wait("the tasks read", lambda: tasks.property("loaded"), 60)
    told["tasks"] = tasks.property("openCount")
    for _ in range(3):
        await hands.settle(1)

    def press(name: str) -> Callable[[], None]:
        item = hands.seen(name)
        assert item is not None, name
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        return lambda: QTest.mouseClick(
            hands.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle
        )

    def opened() -> bool:
        return bool(hands.seen_starting("tasks.row."))

    told["first"] = frames.until(press("rail.item.tasks"), opened)
    await hands.settle(1)
    frames.until(press("rail.item.lookup"), lambda: not opened())
    await hands.settle(0.5)
    told["again"] = frames.until(press("rail.item.tasks"), opened)
    await hands.settle(0.5)
    found: Any = hands.seen("tasks.list")
    told["flicked"] = []
    for _ in range(FLICKS):
        QMetaObject.invokeMethod(found, "flick", Q_ARG(float, 0.0), Q_ARG(float, -FLICK_PX_S))
        told["flicked"] += [frames.after(lambda: None) for _ in range(FLICK_FRAMES)]
    told["flicked_px"] = float(found.property("contentY"))
    tall = float(found.property("contentHeight")) - found.height()
    places = [tall * ((number * 7) % JUMPS) / JUMPS for number in range(JUMPS)]
    told["jumped"] = [frames.after(lambda y=y: found.setProperty("contentY", y)) for y in places]
    told["filtered"] = frames.after(press("tasks.filter.3"))
    told["ticked"] = frames.after(tasks.tick)
    told["stood_still"] = shell.watchdog.longest.ms
    for page in PAGES:
        await hands.click(f"rail.item.{page}")
        await hands.settle(0.3)
    settings: Any = shell.app.settings
    told["changed"] = {}
    for word, change in (
        ("text twice as large", lambda: settings.chooseTextScale(2.0)),
        ("text as it was", lambda: settings.chooseTextScale(1.0)),
        ("colours of the night", lambda: settings.chooseTheme("night")),
        ("colours of sunlight", lambda: settings.chooseTheme("sunlight")),
        ("English", lambda: settings.chooseLanguage("en")),
    ):
        told["changed"][word] = frames.after(change)
        await hands.settle(0.5)
    return told


def main() -> int:
    """Fill, open, use, tell."""
    root = Path(sys.argv[1])
    key = secrets.token_bytes(32)
    desk = filled_desk(root, key)
    desk.work.close()
    desk.reference.close()
    app = make_application()
    shell = Shell(
        DataFolder(root), Options(data=root, size=SIZE, language="zh"), OpenGate(key), Link(), animated=True
    )
    loop = qasync.QEventLoop(app)
    with loop:
        hands = Hands(shell.open(), lambda _said: None)
        try:
            told = loop.run_until_complete(use(shell, hands))
        finally:
            shell.close()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
