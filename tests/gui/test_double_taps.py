"""A double tap that brings another screen with its first tap presses nothing on that one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shell_fakes import OpenBench, find

from fieldapp.services.double_taps import DoubleTaps
from tests.fault.ledger_plugin import Teller

LEFT, NONE, PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
PRESS, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease


@pytest.mark.faults(32)
def test_double_tap_on_signing_out_types_no_digit_of_the_next_pin(
    open_bench: OpenBench, tally: Teller
) -> None:
    bench = open_bench(size=(800, 1280))
    bench.shell.double_taps.elapsed = lambda: 0.0  # both taps at once, however busy the machine
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.app.navigate("settings")
    bench.wait(lambda: find(bench.window, "settings.signOut") is not None)
    bench.click("settings.signOut")
    bench.wait(
        lambda: (accept := find(bench.window, "settings.leave.accept")) is not None and accept.isVisible()
    )
    bench.click("settings.leave.accept")
    key = bench.item("signIn.pin.key.6")
    bench.wait(lambda: key.isVisible() and key.width() > 0)
    middle = key.mapToScene(key.boundingRect().center()).toPoint()
    assert bench.stage() == "signin"
    QTest.mouseClick(bench.window, LEFT, PLAIN, middle)
    assert bench.item("signIn.pin.dots").property("filled") == 0
    QTest.mouseClick(bench.window, LEFT, PLAIN, middle)
    assert bench.item("signIn.pin.dots").property("filled") == 1, "a tap of its own counts"
    tally(runs=1)


class Taps:
    """Presses told to the watcher, with a clock and a scene that are set by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.scene = "open"
        self.watcher = DoubleTaps(lambda: self.scene, elapsed=lambda: self.now)
        self.window = QObject()

    def taken(self, kind: QEvent.Type, at: QPointF, stamp: int) -> bool:
        event = QMouseEvent(kind, at, at, LEFT, LEFT if kind is PRESS else NONE, PLAIN)
        event.setTimestamp(stamp)
        return self.watcher.eventFilter(self.window, event)


@pytest.mark.parametrize(
    ("scene", "seconds", "stamp", "place", "taken"),
    [
        ("signin", 0.1, 1100, 60, True),
        ("open", 0.1, 1100, 60, False),
        ("signin", 5.0, 1100, 60, True),  # the window was busy; the finger was quick
        ("signin", 0.1, 6000, 60, True),
        ("signin", 5.0, 6000, 60, False),
        ("signin", 0.1, 1100, 300, False),
    ],
)
def test_press_right_after_another_is_taken_only_at_its_place_on_another_screen(
    qtbot: QtBot, scene: str, seconds: float, stamp: int, place: float, taken: bool
) -> None:
    taps = Taps()
    first, second = QPointF(50, 50), QPointF(place, 50)
    assert not taps.taken(PRESS, first, 1000)
    assert not taps.taken(RELEASE, first, 1040)
    taps.scene, taps.now = scene, taps.now + seconds
    assert taps.taken(PRESS, second, stamp) is taken
    assert taps.taken(RELEASE, second, stamp + 40) is taken
    assert not taps.taken(PRESS, second, stamp + 50), "the next one is on the screen that is there"
