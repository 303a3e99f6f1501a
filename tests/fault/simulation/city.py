"""The small city every simulated central begins with, and the folders that are copied for each run."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.signing import KEY_FILE
from sync.central.store.city import set_city
from sync.central.store.store import put_row
from sync.central.world import World as CentralWorld
from sync.contract.tables import TABLES, Row
from sync.contract.wire import EnrolAnswer, EnrolRequest, TokenRequest
from sync.remote.device_key import DeviceKey
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from tests.contract.central_server import CITY, CLASSES, class_row, permit_row
from tests.fault.memory import memory_folder
from tests.fault.simulation.world import Ids, World

KEY = bytes(range(32))
TABLETS_MOST = 4
OFFICERS = {
    "G1001": "grid_worker",
    "I2001": "inspector",
    "U3001": "unit",
    "G1002": "grid_worker",
    "C4001": "chief",
    "D5001": "dispatcher",
}
FIELD_OFFICERS = ("G1001", "I2001", "U3001", "G1002")
CLASS = "03-11"
PERMITS, BLACKLISTED = 24, 14


def officer_of(index: int) -> str:
    """Who carries the n-th tablet."""
    return FIELD_OFFICERS[index % len(FIELD_OFFICERS)]


def device_key(index: int) -> DeviceKey:
    """The key of the n-th tablet, the same in every run."""
    return DeviceKey.from_hex(f"{index + 1:064x}")


def row(table: str, **cells: str | int | float | None) -> Row:
    """A row with every column of its table."""
    return {name: cells.get(name, "") for name in TABLES[table].column_names}


def blacklist_row(number: int) -> Row:
    """An entry of the blacklist."""
    cells: dict[str, str | int] = {"entry_id": f"B{number:04}", "subject": f"粤B{number:05}", "level": 1}
    return row("blacklist", **cells)


def central_world(world: World, chance: random.Random) -> CentralWorld:
    """Time, ids and chance for a central in a simulation."""
    return CentralWorld(now=world.wall, new_id=Ids(chance, world), random=chance.randbytes)


def fill_city(central: Central) -> None:
    """Officers, classes, a company, permits and a blacklist."""
    with central.store.writing() as db:
        set_city(db, CITY)
        for officer_id, role in OFFICERS.items():
            put_row(
                db, "officer", row("officer", officer_id=officer_id, name=officer_id, role=role, active=1)
            )
        for code in CLASSES:
            put_row(db, "case_class", class_row(code))
        put_row(db, "company", row("company", company_id="CO1", name="试验渣土公司"))
        for number in range(1, PERMITS + 1):
            put_row(db, "permit", permit_row(number))
        for number in range(1, BLACKLISTED + 1):
            put_row(db, "blacklist", blacklist_row(number))


def admit(central: Central, index: int, former: TokenRequest | None = None) -> EnrolAnswer:
    """Let the n-th tablet in by a fresh code."""
    issued = central.devices.issue_code(b"authority", "", timedelta(hours=1))
    key = device_key(index)
    return central.devices.enrol(
        EnrolRequest(issued.code.secret, key.public_hex(), "cd" * 32, f"tablet {index}", "sim", former), "sim"
    )


def identity_of(answer: EnrolAnswer, index: int) -> Identity:
    """What a tablet keeps of its admission."""
    return Identity(
        "https://central.test",
        answer.device_id,
        device_key(index).private_hex(),
        answer.token,
        answer.epoch,
        answer.city,
        answer.signing_key,
    )


class Templates:
    """Folders made once per process: a central with its city and its tablets let in, and those tablets."""

    def __init__(self, tablets: int = TABLETS_MOST) -> None:
        self.root = memory_folder("fieldapp-sim-")
        self.central = self.root / "template-central"
        self.tablets = [self.root / f"template-tablet-{index}" for index in range(tablets)]
        world = World(0)
        self.central.mkdir()
        _write_signing_key(self.central)
        central = Central(Settings(data=self.central), central_world(world, world.chance("template")))
        fill_city(central)
        for index, folder in enumerate(self.tablets):
            identity = identity_of(admit(central, index), index)
            self._tablet(folder, identity)
        central.close()
        for folder in (self.central / "objects").iterdir():
            folder.rmdir()  # a simulated central makes them when something is put there

    def _tablet(self, folder: Path, identity: Identity) -> None:
        data = DataFolder(folder)
        work = WorkStore(data, KEY, checkpoints=True)
        with work.act():
            work.meta.set_identity(identity)
        work.close()
        ReferenceStore(data).close()

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.root, ignore_errors=True)


def _write_signing_key(folder: Path) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / KEY_FILE
    path.write_bytes(pem)
    path.chmod(0o600)
