"""What the desktop is told while the window is behind others, and what the tray icon says."""

from __future__ import annotations

import pytest
from shell_fakes import OpenBench

from fieldapp.services.desktop_notes import DesktopNotes
from fieldapp.services.link import LinkState
from sync.notices import Notice, NoticeKind


def test_what_stood_before_the_window_opened_is_no_news() -> None:
    told: list[Notice] = []
    notes = DesktopNotes(told.append, lambda: False)
    notes.sending_stands(2, "token_expired")
    notes.sending_stands(2, "token_expired")
    assert told == []
    notes.sending_stands(3, "")
    assert told == [Notice(NoticeKind.REFUSED, 3)]


def test_what_the_window_shows_in_front_is_not_told_again_later() -> None:
    told: list[Notice] = []
    front = [True]
    notes = DesktopNotes(told.append, lambda: front[0])
    notes.task_came("one")
    front[0] = False
    notes.task_came("two")
    notes.task_came("two")
    assert told == [Notice(NoticeKind.TASKS, 1)]


def test_hidden_window_has_the_desktop_tell_and_the_tray_say(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    tray = bench.shell.tray
    assert not tray.property("available")
    assert tray.property("tooltip") == "城市巡查"
    assert tray.property("icon").fileName() == "fieldapp.svg"

    bench.window.hide()
    bench.shell.pages.tasks.dispatched.emit("case", "新任务：粤B12345")
    bench.link.set_state(LinkState("needs_you", code="device_refused"))

    bench.wait(lambda: len(bench.notices) == 2)
    assert bench.notices == [Notice(NoticeKind.TASKS, 1), Notice(NoticeKind.TROUBLE)]
    assert tray.property("icon").fileName() == "attention.svg"
    assert tray.property("tooltip") == "城市巡查\n发送需要处理"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_tray_brings_the_window_back_and_closes_it(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.wait(lambda: bench.stage() == "signin")
    bench.window.showMinimized()
    bench.shell.tray.open()
    bench.wait(lambda: bench.window.isVisible() and bench.window.windowState().value == 0)
    bench.shell.tray.closeWindow()
    bench.wait(lambda: not bench.window.isVisible())
