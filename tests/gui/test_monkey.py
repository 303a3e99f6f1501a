"""Somebody presses whatever there is, types, changes pages, turns the tablet and shuts the lid (fault 32).

Warnings of QML and exceptions fail the test by themselves (pytest-qt). The long form does ten thousand of
these; ``FIELDAPP_MONKEY`` sets how many a seed does.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from field_app import run_job
from kit_stage import items_under
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from shell_fakes import PINS, Bench, OpenBench

from sync.contract.records import RecordType
from tests.fault.ledger_plugin import Teller

STEPS, STEPS_LONG = 120, 2_500
SEEDS, SEEDS_LONG = (20261121,), (20261121, 7, 88, 1009)
GROWTH_MB = 250
STEPS_MOST = 5_000
"""As long as this the monkey goes on where it has filed nothing yet: that depends on how fast pages come."""
LEFT, PLAIN, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Down)
TEXTS = ("a", "0", " ", "Z", "-", "9.5")
DEAR = ("submit", "camera.shutter", "class", "tasks.primary", "tasks.row", "form.submit", "toast.action")
"""What leads somewhere is pressed more often."""
FILED = (RecordType.REPORT, RecordType.ACT)
"""What the pages told as saved; tracks, look-ups and shift checks go quietly."""
SHUN = ("settings.position", "settings.apply", "lookup")
"""Position sources open devices of the machine; looking up has a test of its own."""


class Monkey:
    """Presses, types and goes back and forth."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench = bench
        self.random = random.Random(seed)
        self.log: list[str] = []
        self.saved: list[str] = []
        self.removed: list[str] = []
        self.bugs: list[str] = []
        pages, shell = bench.shell.pages, bench.shell
        pages.capture.saved.connect(self.saved.append)
        pages.tasks.acted.connect(lambda record_id, _text: self.saved.append(record_id))
        for page in (pages.capture, pages.tasks, shell.outbox):
            page.undone.connect(lambda record, how: how == "removed" and self.removed.append(record))
        for worker in (shell.writer, shell.reader):
            worker.bug.connect(self.bugs.append)

    def step(self) -> None:
        bench = self.bench
        if bench.stage() == "signin" or bench.shell.session.property("locked"):
            bench.shell.app.settings.chooseTextScale(1.0)  # at twice the size a person scrolls to the keys
        if bench.stage() == "signin":
            bench.sign_in()
            bench.wait(lambda: bench.stage() == "open")
        if bench.shell.session.property("locked"):
            bench.pin("lock.pin", PINS["G1001"])
            bench.wait(lambda: not bench.shell.session.property("locked"))
        act = self.random.choices(
            (
                self.press,
                self.press_twice,
                self.key,
                self.type,
                self.page,
                self.anywhere,
                self.drag,
                self.turn,
                self.shut_lid,
            ),
            (60, 10, 8, 6, 6, 6, 4, 1, 1),
        )[0]
        act()
        bench.qtbot.wait(2)

    def press(self) -> None:
        found = self._controls()
        weights = [6 if name.startswith(DEAR) else 1 for name, _ in found]
        if found:
            name, at = self.random.choices(found, weights)[0]
            self.log.append(name)
            QTest.mouseClick(self.bench.window, LEFT, PLAIN, at.toPoint())

    def press_twice(self) -> None:
        found = self._controls()
        if found:
            name, at = self.random.choice(found)
            self.log.append(f"2x {name}")
            QTest.mouseDClick(self.bench.window, LEFT, PLAIN, at.toPoint())

    def key(self) -> None:
        QTest.keyClick(self.bench.window, self.random.choice(KEYS))

    def type(self) -> None:
        for character in self.random.choice(TEXTS):
            QTest.keyClick(self.bench.window, character)

    def page(self) -> None:
        QTest.keyClick(self.bench.window, Qt.Key(Qt.Key.Key_2 + self.random.randrange(5)), CTRL)

    def anywhere(self) -> None:
        QTest.mouseClick(self.bench.window, LEFT, PLAIN, self._point().toPoint())

    def drag(self) -> None:
        start, end = self._point().toPoint(), self._point().toPoint()
        QTest.mousePress(self.bench.window, LEFT, PLAIN, start)
        QTest.mouseMove(self.bench.window, end)
        QTest.mouseRelease(self.bench.window, LEFT, PLAIN, end)

    def turn(self) -> None:
        window = self.bench.window
        window.resize(window.height(), window.width())

    def shut_lid(self) -> None:
        self.bench.shell.idle.idle.emit()

    def standing(self) -> str:
        """Where the window is, for whoever reads of a failure."""
        session, window = self.bench.shell.session, self.bench.window
        told = [f"{name} {session.property(name)!r}" for name in ("stage", "locked", "busy", "errorCode")]
        return f"{', '.join(told)}, window {window.width()} x {window.height()}"

    def _point(self) -> QPointF:
        window = self.bench.window
        return QPointF(
            self.random.uniform(70, window.width() - 1), self.random.uniform(0, window.height() - 1)
        )

    def _controls(self) -> list[tuple[str, QPointF]]:
        window = self.bench.window
        inside = QRectF(0, 0, window.width() - 1, window.height() - 1)  # a point is rounded to a whole one
        found = []
        for item in items_under(window.contentItem()):
            if not item.isVisible() or not item.isEnabled() or not pressable(item):
                continue
            middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
            if inside.contains(middle) and not item.objectName().startswith(SHUN):
                found.append((item.objectName(), middle))
        return found


def pressable(item: QQuickItem) -> bool:
    return any(item.inherits(kind) for kind in ("QQuickAbstractButton", "QQuickTextInput", "QQuickTextEdit"))


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    folder = tmp_path / "frames"
    folder.mkdir()
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("#446688"))
    image.save(str(folder / "0.jpg"))
    return folder


def resident_mb() -> float:
    """Memory this process holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1000 if found else 0.0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """More seeds in the long form, or as many as are asked for."""
    if "seed" in metafunc.fixturenames:
        count = metafunc.config.getoption("--seeds")
        long = SEEDS_LONG if metafunc.config.getoption("--torture") else SEEDS
        metafunc.parametrize("seed", range(count) if count else long)


@pytest.mark.faults(32)
@pytest.mark.timeout(3600)
def test_whatever_is_pressed_nothing_breaks_and_every_submit_is_one_record(
    open_bench: OpenBench, scene: Path, seed: int, long_form: bool, tally: Teller
) -> None:
    steps = int(os.environ.get("FIELDAPP_MONKEY", STEPS_LONG if long_form else STEPS))
    bench = open_bench(camera=f"replay:{scene}")
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.app.navigate("capture")
    bench.wait(lambda: bench.item("camera.shutter").isEnabled())
    monkey = Monkey(bench, seed)
    held = 0.0
    try:
        for at in range(steps):
            monkey.step()
            if at == steps // 4:
                held = resident_mb()
        while not monkey.saved and steps < STEPS_MOST:  # it did not happen to file anything
            monkey.step()
            steps += 1
    except BaseException as error:
        error.add_note(f"seed {seed}, last pressed: {monkey.log[-12:]}; {monkey.standing()}")
        raise
    if bench.stage() != "open":
        bench.sign_in()
        bench.wait(lambda: bench.stage() == "open")
    bench.wait(lambda: not bench.shell.pages.capture.property("busy"))
    kept = run_job(bench.qtbot, bench.shell.writer, lambda desk: desk.work.outbox.entries(limit=100_000))
    grown = resident_mb() - held

    assert monkey.bugs == []
    made = {e.record.record_id: e.record.record_type for e in kept if e.record.record_type in FILED}
    stand = Counter(monkey.saved)
    stand.subtract(monkey.removed)  # what was taken back is a draft again, and may be submitted again
    assert monkey.saved
    told = sorted(stand.elements())
    assert told == sorted(set(told) & made.keys()), "told as saved, and not there, or twice"
    reports = {record_id for record_id, kind in made.items() if kind is RecordType.REPORT}
    assert reports <= set(told), "a report that nobody was told of"  # acts are made on other pages too
    assert grown < GROWTH_MB
    stalls = bench.shell.watchdog
    tally(
        runs=steps,
        seeds=str(seed),
        note=f"{len(monkey.saved)} saved, {len(monkey.removed)} taken back, {len(made)} kept; "
        f"memory {grown:+.0f} MB, longest stall {stalls.longest.ms:.0f} ms "
        f"({stalls.longest.cpu_ms:.0f} ms computing, {stalls.longest.where}), "
        f"busiest {stalls.busiest.cpu_ms:.0f} ms ({stalls.busiest.where})",
    )
