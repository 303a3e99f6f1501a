"""The connection as NetworkManager tells it, over a private bus with a NetworkManager that is played."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync import network_manager
from sync.network_manager import NAME, NetworkWatch, network_now, network_of
from sync.sending import LinkKind, Network
from tests.unit.sync.played_bus import Played, has_mock, private_bus

WAIT_S = 30.0


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bus on a machine with other work may take its time to answer."""
    monkeypatch.setattr(network_manager, "ASK_S", WAIT_S)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A bus of its own."""
    with private_bus(tmp_path) as address:
        yield address


class Manager(Played):
    """NetworkManager on that bus, from dbusmock's own template, until ``stop``."""

    def __init__(self, bus: str) -> None:
        super().__init__(bus, "networkmanager", NAME, "/org/freedesktop/NetworkManager", system=True)

    def begin(self, **properties: tuple[str, Any]) -> None:
        """Have these properties besides the template's."""
        self.ask("AddProperties", "sa{sv}", (NAME, properties))

    def tell(self, **properties: tuple[str, Any]) -> None:
        """Change properties, as NetworkManager would, and tell of it."""
        self.ask("UpdateProperties", "sa{sv}", (NAME, properties))


class Watched:
    """A watch, and what it tells."""

    def __init__(self, bus: str) -> None:
        self.changes: queue.Queue[Network] = queue.Queue()
        self.watch = NetworkWatch(lambda: self.changes.put(self.watch.network), bus=bus, look_again_s=0.05)
        self.watch.start()

    def until(self, wanted: Network) -> None:
        while self.changes.get(timeout=WAIT_S) != wanted:
            pass


@pytest.mark.skipif(not has_mock(), reason="needs dbus-daemon and python3-dbusmock")
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


@pytest.mark.skipif(not has_mock(), reason="needs dbus-daemon and python3-dbusmock")
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
