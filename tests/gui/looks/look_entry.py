"""Before the work: enrolling, signing in, the first fill, the locked window, and when nothing opens."""

from __future__ import annotations

from datetime import UTC, datetime

from album import Album
from conftest import OpenDesk
from field_app import make_tablet
from kit_stage import Stage
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shell_fakes import OpenBench

from fieldapp.services.link import LinkState
from fieldapp.trouble import TroubleWindow
from sync.contract.errors import InputRefused, NeedsPerson


def test_enrolling(open_bench: OpenBench, album: Album) -> None:
    bench = open_bench(enrolled=False, camera="none")
    album.take(bench, "entry-enrol")
    bench.shell.session.fillIn("https://city.example:8443", "K7QM-2R9X-44TC-HNWA")
    bench.gate.refuse = InputRefused("code_refused")
    bench.click("enrol.submit")
    bench.wait(lambda: bench.item("enrol.error").isVisible())
    album.take(bench, "entry-enrol-refused")
    bench.click("enrol.scan")
    bench.wait(lambda: bench.item("reader.close").isVisible())
    album.take(bench, "entry-enrol-scan")


def test_signing_in_and_the_lock(open_bench: OpenBench, album: Album) -> None:
    bench = open_bench(camera="none")
    bench.wait(lambda: bench.stage() == "signin")
    album.take(bench, "entry-signin")
    bench.type("signIn.officer", "G1001")
    bench.pin("signIn.pin", "999999")
    bench.wait(lambda: bench.shell.session.property("errorCode") == "pin_wrong")
    album.take(bench, "entry-signin-wrong")
    bench.click("signIn.rescue")
    bench.wait(lambda: bench.shell.rescue.property("stage") in ("ready", "failed"))
    album.take(bench, "rescue-before-signin")
    bench.click("rescue.close")
    bench.gate.known = ["G1001", "S2001", "U3001"]
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.session.lock()
    bench.wait(lambda: bench.item("lock.pin.key.1").isVisible())
    album.take(bench, "entry-lock")
    bench.pin("lock.pin", "000000")
    bench.wait(lambda: bench.shell.session.property("errorCode") == "pin_wrong")
    album.take(bench, "entry-lock-wrong")


def test_known_officers(open_bench: OpenBench, album: Album) -> None:
    bench = open_bench(camera="none")
    bench.gate.known = ["G1001", "S2001", "U3001"]
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.session.signOut()
    bench.wait(lambda: bench.stage() == "signin" and bench.item("signIn.recent.G1001").isVisible())
    bench.wait(lambda: not bench.shell.desks.running)  # one that is being closed answers nobody any more
    album.take(bench, "entry-signin-known")


def test_first_fill(open_bench: OpenBench, album: Album) -> None:
    bench = open_bench(filled=False, camera="none")
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "fill")
    bench.link.set_state(LinkState("online", busy=True, last_contact=datetime.now(UTC)))
    bench.link.filled.emit(12e6, 48e6)
    album.take(bench, "entry-fill")
    bench.link.set_state(LinkState("offline", "unreachable"))
    album.take(bench, "entry-fill-offline")


def test_store_that_does_not_open(at_work: OpenDesk, album: Album) -> None:
    bench = at_work()
    bench.shell.desks.failed.emit(NeedsPerson("folder_broken", file="work.db"))
    bench.wait(lambda: bench.stage() == "trouble")
    album.take(bench, "trouble")
    bench.click("trouble.more")
    bench.wait(lambda: bench.shell.rescue.property("stage") in ("ready", "failed"))
    album.take(bench, "trouble-rescue")


class ThemeAlone:
    """The trouble window has no settings: the theme is set by hand; it speaks both languages at once."""

    def __init__(self, theme: QObject) -> None:
        self._theme = theme

    def chooseTheme(self, name: str) -> None:
        self._theme.setProperty("name", name)

    def chooseTextScale(self, scale: float) -> None:
        self._theme.setProperty("textScale", scale)

    def chooseLanguage(self, _language: str) -> None:
        pass


def test_window_for_a_machine_on_which_nothing_starts(qtbot: QtBot, tmp_path, album: Album) -> None:
    folder = make_tablet(tmp_path / "tablet").folder
    trouble = TroubleWindow(NeedsPerson("sqlite_too_old", version="3.40.1", needed="3.51.3"), folder)
    window = trouble.open()
    assert window is not None
    window.resize(1280, 800)
    theme = ThemeAlone(trouble._engine.singletonInstance("fieldapp.ui", "Theme"))
    album.take_window(window, theme, "trouble-window")
    assert trouble.rescue is not None
    Stage.click(_Clicks(window), "trouble.more")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: trouble.rescue.property("stage") == "ready", timeout=60_000)
    album.take_window(window, theme, "trouble-window-rescue")
    trouble.close()


class _Clicks(Stage):
    def __init__(self, window) -> None:
        self.window = window
