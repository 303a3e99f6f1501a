"""The lid is shut over an open dialog: it goes, the locked screen takes the PIN, what lay below stays."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from shell_fakes import PINS, OpenBench


def test_screen_locked_over_a_dialog_of_folders_is_unlocked_by_the_pin(open_bench: OpenBench) -> None:
    bench = open_bench(size=(1280, 1600))
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.app.navigate("settings")
    bench.click("settings.rescue")
    bench.click("rescue.browse")
    bench.wait(lambda: QGuiApplication.modalWindow() is not None)

    bench.shell.idle.idle.emit()
    bench.wait(lambda: QGuiApplication.modalWindow() is None)
    bench.pin("lock.pin", PINS["G1001"])
    bench.wait(lambda: not bench.shell.session.property("locked"))

    bench.click("rescue.close")
