"""Choosing a serial receiver in the settings: port and speed, then positions come from it."""

from __future__ import annotations

import os
import sys
import tty

import pytest
from shell_fakes import OpenBench

from fieldapp.viewmodels import settings as settings_view
from sync.clock import SystemClock
from tests.unit.geo.nmea_makers import gga


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_port_that_was_found_is_chosen_with_its_speed_and_gives_positions(
    open_bench: OpenBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, port = os.openpty()
    tty.setraw(port)
    path = os.ttyname(port)
    monkeypatch.setattr(settings_view, "serial_ports", lambda: [(path, "GNSS receiver")])
    bench = open_bench(size=(1280, 1700))  # tall enough to need no scrolling
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.app.navigate("settings")
    bench.click("settings.source.2")
    bench.click(f"settings.serialPort.{path}")
    bench.click("settings.serialSpeed.4")
    bench.click("settings.serialApply")
    assert bench.shell.store.current.position_source == f"serial:{path}@115200"

    def found() -> bool:
        os.write(receiver, gga(f"{SystemClock().now():%H%M%S}", 113.9, 22.6))
        return bench.shell.pages.position.current() is not None

    bench.wait(found)
    assert bench.shell.pages.position.kind == "serial"
    bench.click("settings.source.0")
    bench.wait(lambda: bench.shell.store.current.position_source == "")
    os.close(receiver)
    os.close(port)
