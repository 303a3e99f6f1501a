"""The connection as NetworkManager tells it, over a private bus with a NetworkManager that is played."""

from __future__ import annotations

import queue
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, Message, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from sync.network_manager import NAME, NetworkWatch, network_now, network_of
from sync.sending import LinkKind, Network

SYSTEM_PYTHON = "/usr/bin/python3"
MOCK = DBusAddress("/org/freedesktop/NetworkManager", bus_name=NAME, interface="org.freedesktop.DBus.Mock")
WAIT_S = 10.0


def _has_mock() -> bool:
    if not (shutil.which("dbus-daemon") and Path(SYSTEM_PYTHON).exists()):
        return False
    found = subprocess.run([SYSTEM_PYTHON, "-I", "-c", "import dbusmock"], capture_output=True, check=False)
    return found.returncode == 0


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A bus of its own."""
    address = f"unix:path={tmp_path}/bus"
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    daemon = subprocess.Popen([*command, "--print-address"], stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    daemon.stdout.readline()
    yield address
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


class Manager:
    """NetworkManager on that bus, from dbusmock's own template, until ``stop``."""

    def __init__(self, bus: str) -> None:
        self._bus = bus
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, "-I", "-m", "dbusmock", "--system", "-t", "networkmanager"],
            env={"DBUS_SYSTEM_BUS_ADDRESS": bus},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def begin(self, **properties: tuple[str, Any]) -> None:
        """Have these properties besides the template's, as soon as it is on the bus."""
        with open_dbus_connection(self._bus) as connection:
            message = new_method_call(MOCK, "AddProperties", "sa{sv}", (NAME, properties))
            for _ in range(5000):
                if _is_good(connection.send_and_get_reply(message, timeout=WAIT_S)):
                    return
        raise AssertionError("the played NetworkManager did not come up")

    def tell(self, **properties: tuple[str, Any]) -> None:
        """Change properties, as NetworkManager would, and tell of it."""
        with open_dbus_connection(self._bus) as connection:
            message = new_method_call(MOCK, "UpdateProperties", "sa{sv}", (NAME, properties))
            assert _is_good(connection.send_and_get_reply(message, timeout=WAIT_S))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


class Watched:
    """A watch, and what it tells."""

    def __init__(self, bus: str) -> None:
        self.changes: queue.Queue[Network] = queue.Queue()
        self.watch = NetworkWatch(lambda: self.changes.put(self.watch.network), bus=bus, look_again_s=0.05)
        self.watch.start()

    def until(self, wanted: Network) -> None:
        while self.changes.get(timeout=WAIT_S) != wanted:
            pass


@pytest.mark.skipif(not _has_mock(), reason="needs dbus-daemon and python3-dbusmock")
def test_the_connection_is_known_while_it_changes_and_unknown_when_the_manager_goes(bus: str) -> None:
    watched = Watched(bus)
    assert watched.watch.network == Network()
    manager = Manager(bus)
    try:
        manager.begin(Metered=("u", 0), PrimaryConnectionType=("s", ""))
        manager.tell(Metered=("u", 2), PrimaryConnectionType=("s", "802-11-wireless"))
        watched.until(Network(LinkKind.WIFI, metered=False))
        manager.tell(Metered=("u", 3))
        watched.until(Network(LinkKind.WIFI, metered=True))
        manager.tell(Metered=("u", 1), PrimaryConnectionType=("s", "gsm"))
        watched.until(Network(LinkKind.MOBILE, metered=True))
        assert network_now(bus) == Network(LinkKind.MOBILE, metered=True)
    finally:
        manager.stop()
    watched.until(Network())
    watched.watch.stop()
    assert watched.changes.empty()


@pytest.mark.skipif(not _has_mock(), reason="needs dbus-daemon and python3-dbusmock")
def test_a_bus_without_a_manager_tells_nothing(bus: str) -> None:
    watched = Watched(bus)
    watched.watch.stop()
    assert watched.watch.network == network_now(bus) == Network()


@pytest.mark.parametrize("bus", ["unix:path=/nowhere/bus", "tcp:host=127.0.0.1,port=1", "nonsense"])
def test_no_bus_is_no_trouble_and_is_left_at_once(bus: str) -> None:
    watched = Watched(bus)
    watched.watch.stop()
    assert watched.watch.network == Network()
    assert not watched.watch._thread.is_alive()


@pytest.mark.parametrize(
    ("properties", "network"),
    [
        ({"PrimaryConnectionType": "802-3-ethernet", "Metered": 4}, Network(LinkKind.CABLE, metered=False)),
        ({"PrimaryConnectionType": "bluetooth", "Metered": 0}, Network(LinkKind.MOBILE)),
        ({"PrimaryConnectionType": "vpn", "Metered": 3}, Network(LinkKind.UNKNOWN, metered=True)),
        ({"PrimaryConnectionType": "adsl", "Metered": 9}, Network(LinkKind.OTHER)),
        ({"PrimaryConnectionType": "", "PrimaryConnection": "/"}, Network(LinkKind.NONE)),
        ({"PrimaryConnectionType": 7, "Metered": "yes"}, Network()),
        ({}, Network()),
    ],
)
def test_what_the_properties_mean(properties: dict[str, Any], network: Network) -> None:
    assert network_of(properties) == network


def _is_good(reply: Message) -> bool:
    return reply.header.message_type is MessageType.method_return
