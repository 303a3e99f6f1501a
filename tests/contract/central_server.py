"""A real central for tests: TLS on loopback, port 0, its own thread and data folder, a small city.

with CentralUnderTest(tmp_path) as central:
    central.url, central.authority_pem, central.enrol_code()
    central.stop(); central.start()      # same data, same port
"""

from __future__ import annotations

import asyncio
import socket
import threading
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from sync.central.authority import Authority, ensure_authority
from sync.central.composition import Central
from sync.central.server import CentralServer, listen, url_of
from sync.central.settings import Settings
from sync.central.store.city import set_city
from sync.central.store.officers import pin_verifier, set_pin
from sync.central.store.store import put_row
from sync.central.world import World, real_world
from sync.contract.tables import Row
from sync.contract.wire import City
from tests.contract.visit_maker import ITEM_ROW

PIN = "246810"
CITY = City(
    name_zh="试验区",
    name_en="Test District",
    division="440306",
    home_plate="粤B",
    lon=113.88,
    lat=22.56,
    zone="Asia/Shanghai",
)
OFFICERS: dict[str, str] = {
    "G1001": "grid_worker",
    "G1002": "grid_worker",
    "I2001": "inspector",
    "I2002": "inspector",
    "U3001": "unit",
    "C4001": "chief",
    "D5001": "dispatcher",
    "L6001": "leader",
}
CLASSES = ("03", "03-11", "03-12", "01-01")
_VERIFIER = pin_verifier(PIN)


def permit_row(number: int) -> Row:
    """A plain permit: ``P000001`` on ``粤B00001``."""
    return {
        "permit_id": f"P{number:06}",
        "plate": f"粤B{number:05}",
        "company_id": "CO1",
        "project": "试验工地",
        "site_id": "S1",
        "disposal_site_id": "D1",
        "route": "113.88,22.56;113.90,22.58",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "windows": "22:00-06:00",
        "window_days": "",
        "approved_m3": 1000,
        "used_m3": 10,
        "status": "active",
        "reason": "",
        "max_load_t": 15.5,
        "max_length_m": 8.4,
        "max_width_m": 2.5,
        "max_height_m": 3.3,
    }


def class_row(code: str) -> Row:
    """A case class with that code."""
    return {
        "class_code": code,
        "parent": code.rpartition("-")[0],
        "kind": "event",
        "name_zh": f"类{code}",
        "name_en": f"class {code}",
        "urgent": 0,
        "phrases_zh": "",
        "phrases_en": "",
        "valid_from": "2020-01-01",
        "valid_to": "",
    }


def fill_small_city(central: Central, permits: int = 3) -> None:
    """Officers (PIN 246810), classes, a company and a few permits."""
    with central.store.writing() as db:
        set_city(db, CITY)
        for officer_id, role in OFFICERS.items():
            put_row(
                db,
                "officer",
                {"officer_id": officer_id, "name": officer_id, "role": role, "squad": "", "active": 1},
            )
            set_pin(db, officer_id, _VERIFIER)
        for code in CLASSES:
            put_row(db, "case_class", class_row(code))
        put_row(db, "inspection_item", ITEM_ROW)
        put_row(
            db, "company", {"company_id": "CO1", "name": "试验渣土公司", "credit_code": "", "address": ""}
        )
        for number in range(1, permits + 1):
            put_row(db, "permit", permit_row(number))


def keep_a_port() -> socket.socket:
    """A socket that nobody can connect to: it keeps its port from others while the server there is away."""
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind(("127.0.0.1", 0))
    return kept


class CentralUnderTest:
    """Starts on entering, stops on leaving; can be stopped and started again in between."""

    def __init__(
        self, data: Path, *, world: World | None = None, settings: Settings | None = None, permits: int = 3
    ) -> None:
        self.data = data
        self._world = world or real_world()
        self._settings = settings or Settings(data=data)
        self._permits = permits
        self._port = 0
        self._kept: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._server: CentralServer | None = None
        self.url = ""
        self.authority: Authority
        self.central: Central

    @property
    def authority_pem(self) -> Path:
        """What a client pins."""
        return self.authority.pem_path

    def start(self) -> None:
        """Serve; the first time on a free port, then on the same one."""
        self.authority = ensure_authority(self.data, self._settings.hosts, self._world.now())
        self.central = Central(self._settings, self._world)
        if not self._port:
            fill_small_city(self.central, self._permits)
            self._kept = keep_a_port()
            self._port = self._kept.getsockname()[1]
        listener = listen("127.0.0.1", self._port)
        self.url = url_of("127.0.0.1", listener)
        ready = threading.Event()
        server = self._server = CentralServer(self.central, self.authority)

        def serve() -> None:
            asyncio.run(server.run_until_stopped(listener, ready.set))

        self._thread = threading.Thread(target=serve, name="central-under-test")
        self._thread.start()
        assert ready.wait(60), "central did not start"

    def stop(self) -> None:
        """Stop serving and close the store; the data stays."""
        if self._server is None or self._thread is None:
            return
        self._server.stop()
        self._thread.join(60)
        assert not self._thread.is_alive(), "central did not stop"
        self.central.close()
        self._server = self._thread = None

    def enrol_code(self, officer_id: str = "", hours: float = 24) -> str:
        """A fresh one-time code as a person would type it."""
        issued = self.central.devices.issue_code(self.authority.der, officer_id, timedelta(hours=hours))
        return issued.code.text()

    def __enter__(self) -> CentralUnderTest:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._kept is not None:
            self._kept.close()
