"""Central put together: the store, what works on it, and the threads that keep it off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from sync.central.desk_pass import DeskPasses
from sync.central.pulse import Pulse
from sync.central.readiness import Readiness
from sync.central.rescue_key import ensure_rescue_key
from sync.central.settings import Settings
from sync.central.signing import ensure_signing_key
from sync.central.store.alerts import Alerts
from sync.central.store.calls import Calls
from sync.central.store.devices import Devices, PublicKeys
from sync.central.store.feed import Feed
from sync.central.store.intake import Intake
from sync.central.store.last_places import LastPlaces
from sync.central.store.ledger import Ledger
from sync.central.store.lookups import LookUps
from sync.central.store.map_shelf import MapShelf
from sync.central.store.missing import Missing
from sync.central.store.objects import Objects
from sync.central.store.officers import Officers
from sync.central.store.shift_checks import ShiftChecks
from sync.central.store.snapshots import Snapshots
from sync.central.store.store import Store
from sync.central.store.tracks import Tracks
from sync.central.store.uploads import Uploads
from sync.central.store.visits import Visits
from sync.central.turns import Turns
from sync.central.world import World
from sync.contract.signatures import Purpose

THREADS = 16
P = ParamSpec("P")
T = TypeVar("T")


class Central:
    """Everything a request or a command may need."""

    def __init__(self, settings: Settings, world: World) -> None:
        self.settings = settings
        self.world = world
        self.store = Store(settings, world)
        self.signing = ensure_signing_key(settings.data)
        self.rescue_key = ensure_rescue_key(settings.data)
        rescue = self.rescue_key.public
        vouched = self.signing.sign(Purpose.RESCUE_KEY, rescue).hex()
        keys = PublicKeys(self.signing.public_hex, rescue.hex(), vouched)
        self.devices = Devices(self.store, world, settings, keys)
        self.officers = Officers(self.store, world)
        self.desk_passes = DeskPasses(self.store, world, self.officers, self.signing)
        self.intake = Intake(self.store, world)
        self.objects = Objects(self.store, world, settings)
        self.missing = Missing(self.store, world, self.objects, settings.upload_life)
        self.ledger = Ledger(self.store, self.objects)
        self.lookups = LookUps(self.store)
        self.visits = Visits(self.store, world)
        self.tracks = Tracks(self.store)
        self.shift_checks = ShiftChecks(self.store)
        self.last_places = LastPlaces(self.store)
        self.alerts = Alerts(self.store, world)
        self.calls = Calls(self.store, world)
        self.uploads = Uploads(self.store, world, settings, self.objects)
        self.feed = Feed(self.store, world)
        self.snapshots = Snapshots(self.store, world, settings, self.signing)
        self.maps = MapShelf(settings.maps, self.signing, world.now, settings.reserve_bytes)
        self.pulse = Pulse(self.store, settings.poll_s)
        self.turns = Turns()
        self.readiness = Readiness(self.store, settings, self.missing)
        self._under_way = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="central")

    async def work(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run blocking work in a thread."""
        loop = asyncio.get_running_loop()
        self._under_way += 1
        try:
            return await loop.run_in_executor(self._threads, lambda: call(*args, **kwargs))
        finally:
            self._under_way -= 1

    @property
    def is_crowded(self) -> bool:
        """Whether so much waits for a thread that nothing more should be begun (asked on the event loop)."""
        return self._under_way - THREADS >= self.settings.crowd

    def chance(self) -> float:
        """A number in [0, 1)."""
        return int.from_bytes(self.world.random(4), "big") / 2**32

    def close(self) -> None:
        """Finish what runs and let go of the files."""
        self._threads.shutdown(wait=True)
        self.store.close()
