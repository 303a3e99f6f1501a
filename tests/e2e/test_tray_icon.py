"""The tray icon as a panel sees it, over a D-Bus of its own: the real app, a panel that is played."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.unit.sync.played_bus import WAIT_S, Played, has_mock, private_bus

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
LABEL, LEAVE = "label", "Close the window"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display"),
    pytest.mark.skipif(not has_mock(), reason="needs dbus-daemon and python3-dbusmock"),
]


class Icon:
    """One icon that an app has put on the bus."""

    def __init__(self, bus: str, owner: str) -> None:
        self._bus, self._owner = bus, owner

    def ask(self, path: str, interface: str, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        place = DBusAddress(path, bus_name=self._owner, interface=interface)
        with open_dbus_connection(self._bus) as connection:
            message = new_method_call(place, method, signature, body)
            reply = connection.send_and_get_reply(message, timeout=WAIT_S)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return reply.body

    def property(self, name: str) -> Any:
        place = DBusAddress("/StatusNotifierItem", bus_name=self._owner, interface=ITEM)
        with open_dbus_connection(self._bus) as connection:
            reply = connection.send_and_get_reply(Properties(place).get(name), timeout=WAIT_S)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return reply.body[0][1]

    def menu(self) -> dict[str, int]:
        """Label → number of every entry."""
        path = str(self.property("Menu"))
        _, (_, _, entries) = self.ask(path, MENU, "GetLayout", "iias", (0, -1, []))
        return {shown[LABEL][1]: number for _, (number, shown, _) in entries if LABEL in shown}

    def choose(self, label: str) -> None:
        """Click an entry."""
        body = (self.menu()[label], "clicked", ("s", ""), 0)
        self.ask(str(self.property("Menu")), MENU, "Event", "isvu", body)


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Played]:
    """A bus with a panel that shows icons."""
    with private_bus(tmp_path) as bus:
        played = Played(bus, "", WATCHER, "/StatusNotifierWatcher")
        played.ask("AddMethod", "sssss", (WATCHER, "RegisterStatusNotifierItem", "s", "", ""))
        yield played
        played.stop()


def _start(panel: Played, data: Path) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "QT_QUICK_BACKEND")}
    environment |= {"DBUS_SESSION_BUS_ADDRESS": panel.bus, "QT_QUICK_BACKEND": "software"}
    command = os.environ.get("FIELDAPP_PROGRAM", "").split() or [sys.executable, "-m", "fieldapp"]
    return subprocess.Popen(
        [*command, "--data", str(data), "--lang", "en"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _close_by_menu(panel: Played, app: subprocess.Popen[str]) -> None:
    [owner] = panel.wait_for("RegisterStatusNotifierItem")
    icon = Icon(panel.bus, owner)
    _, _, title, text = icon.property("ToolTip")
    assert (title, text) == ("Field App", "")
    assert list(icon.menu()) == ["Open", "Send now", LEAVE]
    icon.ask("/StatusNotifierItem", ITEM, "Activate", "ii", (0, 0))
    assert app.poll() is None
    icon.choose(LEAVE)
    _, said = app.communicate(timeout=WAIT_S)
    assert (app.returncode, said) == (0, "")


def test_panel_that_comes_later_gets_the_icon_too(panel: Played, tmp_path: Path) -> None:
    panel.ask("AddProperty", "ssv", (WATCHER, "IsStatusNotifierHostRegistered", ("b", False)))
    with open_dbus_connection(panel.bus) as ears:
        bus_itself = DBusAddress(
            "/org/freedesktop/DBus",
            bus_name="org.freedesktop.DBus",
            interface="org.freedesktop.DBus.Monitoring",
        )
        listen = new_method_call(bus_itself, "BecomeMonitor", "asu", (["type='method_call',member='Get'"], 0))
        ears.send_and_get_reply(listen, timeout=WAIT_S)
        app = _start(panel, tmp_path / "data")
        while ears.receive(timeout=2 * WAIT_S).header.fields.get(HeaderFields.member) != "Get":
            pass
    try:
        change = {"IsStatusNotifierHostRegistered": ("b", True)}
        panel.ask("UpdateProperties", "sa{sv}", (WATCHER, change))
        panel.ask("EmitSignal", "sssav", (WATCHER, "StatusNotifierHostRegistered", "", []))
        _close_by_menu(panel, app)
    finally:
        app.kill()
        app.communicate()


def test_icon_leads_back_to_the_window_and_closes_it(panel: Played, tmp_path: Path) -> None:
    panel.ask("AddProperty", "ssv", (WATCHER, "IsStatusNotifierHostRegistered", ("b", True)))
    app = _start(panel, tmp_path / "data")
    try:
        _close_by_menu(panel, app)
    finally:
        app.kill()
        app.communicate()
