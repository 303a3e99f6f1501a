"""A way in and a window for tests: real stores and pages, no central and no daemon."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from field_app import Tablet, make_tablet
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.services.gate import Admitted
from fieldapp.services.link import Link
from fieldapp.services.options import Options
from fieldapp.shell import Shell
from sync.contract.errors import FieldError, InputRefused
from sync.notices import Notice
from sync.replica.folder import DataFolder

PINS = {"G1001": "246810", "S2001": "135791"}


class FakeGate:
    """Lets the demo's officers in. ``refuse`` is raised by the next enrolment or sign-in."""

    def __init__(self, root: Path, tablet: Tablet | None = None, *, filled: bool = True) -> None:
        self.root = root
        self.tablet = tablet
        self.filled = filled
        self.refuse: FieldError | None = None
        self.known: list[str] = []
        self.signed_out = 0

    def is_enrolled(self) -> bool:
        return self.tablet is not None

    def officers(self) -> tuple[str, ...]:
        return tuple(self.known)

    def enrol(self, server: str, code: str) -> Admitted:
        self._maybe_refuse()
        self.tablet = make_tablet(self.root, filled=self.filled)
        return Admitted(self.tablet.key, "")

    def sign_in(self, officer_id: str, pin: str) -> Admitted:
        self._maybe_refuse()
        if PINS.get(officer_id) != pin:
            raise InputRefused("pin_wrong")
        assert self.tablet is not None
        self.known = [officer_id, *(number for number in self.known if number != officer_id)]
        return Admitted(self.tablet.key, officer_id)

    def sign_out(self) -> None:
        self.signed_out += 1

    def _maybe_refuse(self) -> None:
        refuse, self.refuse = self.refuse, None
        if refuse is not None:
            raise refuse


class Bench:
    """An open window and what a test needs to use it."""

    def __init__(self, qtbot: QtBot, root: Path, gate: FakeGate, options: Options | None = None) -> None:
        self.qtbot = qtbot
        self.gate = gate
        self.link = Link()
        self.notices: list[Notice] = []
        self.shell = Shell(
            DataFolder(root),
            options or Options(data=root, size=(1280, 800)),
            gate,
            self.link,
            notify=self.notices.append,
            animated=False,
        )
        self.window: QQuickWindow = self.shell.open()
        self.shell.double_taps.elapsed = count(step=10.0).__next__  # a slow finger, however fast the machine
        self.window.setProperty("undoSeconds", 3_600)  # however slow the machine
        self.wait(self.window.isExposed)

    def item(self, name: str) -> QQuickItem:
        """The item by its objectName: the one in sight where several are called so."""
        found = find(self.window, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        """A real click in the middle of an item, once it rests there; a list may make it anew meanwhile."""
        middle = QPoint(-1, -1)

        def at_rest() -> bool:
            nonlocal middle
            item, before = find(self.window, name), middle
            if item is None or not (item.isVisible() and item.isEnabled() and item.width() > 0):
                return False
            middle = item.mapToScene(item.boundingRect().center()).toPoint()
            return before == middle

        self.wait(at_rest)
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)

    def type(self, name: str, text: str) -> None:
        """Put text into an input by keys."""
        self.click(f"{name}.input")
        QTest.keySequence(self.window, "Ctrl+A")
        for char in text:
            QTest.keyClick(self.window, char)

    def pin(self, name: str, digits: str) -> None:
        """Type a PIN on the pad and submit it."""
        for digit in digits:
            self.click(f"{name}.key.{digit}")
        self.click(f"{name}.submit")

    def wait(self, true: Callable[[], bool]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(true, timeout=60_000)

    def stage(self) -> str:
        """The session's stage."""
        return str(self.shell.session.property("stage"))

    def sign_in(self, officer: str = "G1001") -> None:
        """Through the page, as a person does."""
        self.wait(lambda: self.stage() == "signin")
        self.type("signIn.officer", officer)
        self.pin("signIn.pin", PINS[officer])

    def close(self) -> None:
        """Take it apart as the program does, once what runs beside it has ended."""
        self.wait(lambda: not self.shell.background._running)
        own = descriptions_of_their_own(self.shell._root)
        self.shell.close()
        assert not own, f"connected to what is not a slot of just these arguments: {own}"


def descriptions_of_their_own(root: QObject) -> set[str]:
    """What PySide has given a description other than its class's; see tests/unit/house/test_slots.py."""
    return {
        f"{type(found).__name__}.{method}"
        for found in root.findChildren(QObject)
        if "__METAOBJECT__" in vars(found)
        for method in added_methods(found)
    }


def added_methods(found: QObject) -> list[str]:
    meta = found.metaObject()
    known = type(found).staticMetaObject.methodCount()
    return [
        bytes(meta.method(at).methodSignature().data()).decode() for at in range(known, meta.methodCount())
    ]


def find(root: QObject, name: str) -> QQuickItem | None:
    """Depth first through the items, popups included; one that can be seen before one that cannot."""
    window = root if isinstance(root, QQuickWindow) else None
    start = window.contentItem() if window is not None else root
    stack, hidden = [start], None
    while stack:
        item = stack.pop()
        if isinstance(item, QQuickItem):
            if item.objectName() == name:
                if item.isVisible():
                    return item
                hidden = hidden or item
            stack.extend(item.childItems())
    return hidden


OpenBench = Callable[..., Bench]
"""What the fixture ``open_bench`` gives: opens the real window on a tablet."""
