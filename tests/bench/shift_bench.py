"""What the sync figures stand on: a real central as a process, one enrolled tablet, a plain server beside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import requests

from sync.central.authority import Authority, ensure_authority
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.store import put_row
from sync.central.world import real_world
from sync.clock import SystemClock
from sync.remote.http import HttpRemote
from sync.replica.meta import Identity
from tests.bench.plain_server import plain_server
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import fill_small_city
from tests.contract.tablet import CITY_ROWS, Tablet
from tests.e2e.programs import Programs


class SyncBench(msgspec.Struct, frozen=True):
    """A tablet with its remote, and the plain server to compare with."""

    tablet: Tablet
    remote: HttpRemote
    plain_url: str
    authority: Authority

    def session(self) -> requests.Session:
        """A plain connection with the same certificate check."""
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self.authority.pem_path)
        session.headers["Accept-Encoding"] = "identity"
        return session


@contextmanager
def sync_bench(permits: int = 3) -> Iterator[SyncBench]:
    """Start everything, enrol, and stop everything."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-bench-") as name:
        root = Path(name)
        programs = Programs(root)
        authority, code = _prepare(programs.central, permits)
        with (
            programs.serving() as url,
            plain_server(authority.chain_path, authority.key_path, root / "plain") as plain_url,
        ):
            device = DeviceUnderTest(url, authority.pem_path, code)
            device.close()
            given = device.enrolled
            key = device.key.private_bytes_raw().hex()
            identity = Identity(
                url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key
            )
            tablet = Tablet(programs.tablet, device_id=given.device_id)
            with tablet.work.act():
                tablet.work.meta.set_identity(identity)
            remote = HttpRemote(identity, authority.pem_path)
            try:
                yield SyncBench(tablet, remote, plain_url, authority)
            finally:
                remote.close()
                tablet.close()


def system_clock() -> SystemClock:
    """The machine's clock, as the daemon uses it."""
    return SystemClock()


def _prepare(data: Path, permits: int) -> tuple[Authority, str]:
    world = real_world()
    settings = Settings(data=data)
    data.mkdir(parents=True)
    authority = ensure_authority(data, settings.hosts, world.now())
    central = Central(settings, world)
    fill_small_city(central, permits)
    with central.store.writing() as db:
        for table, row in CITY_ROWS:
            put_row(db, table, row)
    code = central.devices.issue_code(authority.der, "", timedelta(hours=1)).code.text()
    central.close()
    return authority, code
