"""What surrounds the tablet while the daemon runs: its connection and its battery."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sync.battery import POWER_SUPPLY, read_battery
from sync.clock import Clock
from sync.sending import Battery, Network

BATTERY_S = 30.0


class Around(Protocol):
    """What is known of connection and battery; answers at once."""

    def start(self, changed: Callable[[], None]) -> None:
        """Begin to watch; ``changed`` is called, on any thread, when the connection has become another."""
        ...

    def stop(self) -> None:
        """Stop watching."""
        ...

    def network(self) -> Network:
        """The connection."""
        ...

    def battery(self) -> Battery:
        """The battery."""
        ...


class NothingKnown:
    """Nobody tells anything."""

    def start(self, changed: Callable[[], None]) -> None:
        """Nothing to watch."""

    def stop(self) -> None:
        """Nothing to stop."""

    def network(self) -> Network:
        """Unknown."""
        return Network()

    def battery(self) -> Battery:
        """None."""
        return Battery()


class Surroundings:
    """This machine's own: NetworkManager where there is one, the kernel's word on the battery."""

    def __init__(self, clock: Clock, *, power_supply: Path = POWER_SUPPLY, bus: str = "SYSTEM") -> None:
        self._clock = clock
        self._power_supply = power_supply
        self._bus = bus
        self._lock = threading.Lock()
        self._battery = Battery()
        self._battery_at: float | None = None
        self._watch: _Watch | None = None
        self._seen = Network()

    def start(self, changed: Callable[[], None]) -> None:
        """Listen to NetworkManager, where the system has such a thing."""
        if not sys.platform.startswith("linux"):
            return
        from sync.network_manager import NetworkWatch  # here, because there is no D-Bus elsewhere

        self._watch = NetworkWatch(changed, bus=self._bus)
        self._watch.start()

    def look(self) -> None:
        """Ask NetworkManager once, for a single round."""
        if sys.platform.startswith("linux"):
            from sync.network_manager import network_now

            self._seen = network_now(self._bus)

    def stop(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.stop()

    def network(self) -> Network:
        """The connection as it was last told."""
        return self._seen if self._watch is None else self._watch.network

    def battery(self) -> Battery:
        """The battery, no older than half a minute."""
        now = self._clock.monotonic()
        with self._lock:
            if self._battery_at is None or not 0 <= now - self._battery_at < BATTERY_S:
                self._battery, self._battery_at = read_battery(self._power_supply), now
            return self._battery


class _Watch(Protocol):
    network: Network

    def start(self) -> None: ...
    def stop(self) -> None: ...
