"""The pinned PySide6 gives back every reference it takes: one release lost those to None, True and False.

That release aborted after a while. From Python 3.12 on the three are immortal and their count says nothing.
"""

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import (
    Q_ARG,
    Q_RETURN_ARG,
    Property,
    QCoreApplication,
    QMetaObject,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtQml import QJSEngine, QJSValue

ROUNDS = 500
SLACK = 50  # caches and the like may keep a few, a loss at each call shows as hundreds
SCRIPT = (
    "s.on = !s.on; s.flip(s.on); s.hear(s.on); s.hear_named('x', false); s.flipped(true); s.flipped(false);"
)

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal here")


class Switch(QObject):
    """Takes and gives each of the three constants in every way that a view model does."""

    changed = Signal()
    flipped = Signal(bool)
    named = Signal(str, bool)
    carried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._on = False
        self.heard: object = None
        self.engine = QJSEngine(self)
        QJSEngine.setObjectOwnership(self, QJSEngine.ObjectOwnership.CppOwnership)
        self.engine.globalObject().setProperty("s", self.engine.newQObject(self))

    @Property(bool, notify=changed)
    def on(self) -> bool:
        return self._on

    @on.setter  # type: ignore[no-redef]
    def on(self, value: bool) -> None:
        self._on = value
        self.changed.emit()

    @Slot(bool, result=bool)
    def flip(self, value: bool) -> bool:
        return not value

    @Slot(bool)
    def hear(self, value: bool) -> None:
        self.heard = value

    @Slot(str, bool)
    def hear_named(self, _name: str, value: bool) -> None:
        self.heard = value

    @Slot(object)
    def hear_any(self, value: object) -> None:
        self.heard = value


def _emit_signals(switch: Switch) -> None:
    for value in (True, False):
        switch.flipped.emit(value)
        switch.named.emit("x", value)
        switch.carried.emit(value)
    switch.carried.emit(None)
    switch.changed.emit()


def _call_slots(switch: Switch) -> None:
    for value in (True, False):
        switch.flip(value)
        QMetaObject.invokeMethod(switch, "hear", Q_ARG(bool, value))
        QMetaObject.invokeMethod(switch, "flip", Q_RETURN_ARG(bool), Q_ARG(bool, value))


def _use_properties(switch: Switch) -> None:
    for value in (True, False):
        switch.on = value  # type: ignore[method-assign]
        switch.setProperty("on", value)
        switch.property("on")
    switch.setProperty("loose", None)
    switch.property("absent")


def _call_from_script(switch: Switch) -> None:
    answer: object = switch.engine.evaluate(SCRIPT)
    assert isinstance(answer, QJSValue)
    assert not answer.isError(), answer.toString()


def _call_qt(switch: Switch) -> None:
    for value in (True, False):
        switch.blockSignals(value)
        switch.signalsBlocked()
    switch.parent()
    switch.setObjectName("switch")
    QCoreApplication.processEvents()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("use", [_emit_signals, _call_slots, _use_properties, _call_from_script, _call_qt])
def test_constants_keep_their_references_over_hundreds_of_calls(use: Callable[[Switch], None]) -> None:
    switch = Switch()
    switch.flipped.connect(switch.hear)
    switch.named.connect(switch.hear_named)
    switch.carried.connect(switch.hear_any)
    use(switch)  # what is cached at the first use is cached now
    gc.collect()
    before = [sys.getrefcount(constant) for constant in (None, True, False)]

    for _ in range(ROUNDS):
        use(switch)

    gc.collect()
    after = [sys.getrefcount(constant) for constant in (None, True, False)]
    drift = {str(name): b - a for name, a, b in zip((None, True, False), before, after, strict=True)}
    assert all(abs(by) < SLACK for by in drift.values()), drift
