"""An officer's tablet at a real central in this process: real stores, real engine, HTTPS on loopback."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from PIL import Image

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import import_photo
from fieldapp.capture.report import submit_report
from sync.central.desk import Desk as CommandDesk
from sync.central.desk import DeskAct
from sync.central.world import World, real_world
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, PhotoRole, Place, PlaceSource
from sync.contract.wire import OfficerCard
from sync.engine import Engine
from sync.listener import Silence
from sync.remote.http import HttpRemote
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.outbox import Entry
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.resources import resource
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import OFFICERS, CentralUnderTest

THERE = Place(PlaceSource.GNSS, 113.88, 22.56, 5.0)


class PlayClock:
    """Time that moves when told; ``wrong_by`` is how far this one's wall clock is off the others'."""

    boot_id = "0190a0a0-0000-7000-8000-00000000b007"

    def __init__(self, of: PlayClock | None = None, wrong_by: timedelta = timedelta()) -> None:
        self._of = of
        self._begun = datetime.now(UTC).replace(microsecond=0)
        self._wrong_by = wrong_by
        self.passed = timedelta()

    def now(self) -> datetime:
        base = self._begun + self.passed if self._of is None else self._of.now()
        return base + self._wrong_by

    def monotonic(self) -> float:
        return 1000.0 + (self.passed if self._of is None else self._of.passed).total_seconds()


def world_of(clock: PlayClock) -> World:
    """A central that lives by this clock."""
    return msgspec.structs.replace(real_world(), now=clock.now)


class FieldTablet:
    """One officer with a tablet; offline until ``sync`` is called."""

    def __init__(
        self, root: Path, central: CentralUnderTest, officer: str, clock: PlayClock, *, code_for: str = ""
    ) -> None:
        device = DeviceUnderTest(central.url, central.authority_pem, central.enrol_code(code_for))
        device.close()
        given, key = device.enrolled, device.key.private_bytes_raw().hex()
        identity = Identity(
            device.url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key
        )
        folder = DataFolder(root)
        self.work, self.reference = WorkStore(folder, os.urandom(32)), ReferenceStore(folder)
        with self.work.act():
            self.work.meta.set_identity(identity)
        self._remote = HttpRemote(identity, central.authority_pem)
        self._engine = Engine(self.work, self.reference, self._remote, clock, Silence())
        self.picture = root / "photo.jpg"
        Image.new("RGB", (48, 32), (90, sum(officer.encode()) % 256, 40)).save(self.picture)
        self.desk = Desk(
            work=self.work,
            reference=self.reference,
            officer=OfficerCard(officer, officer, OFFICERS[officer], ""),
            device_id=given.device_id,
            clock=clock,
            new_id=new_id,
            locate=lambda lon, lat: None,
            app_version="test",
            font=resource("fonts", "FieldSansSC-Regular.ttf"),
        )

    def sync(self) -> None:
        self._engine.round()

    def report(self, class_code: str = "03-11", place: Place = THERE) -> str:
        body = DraftBody(class_code=class_code, note="路面积水", place=place)
        draft_id = start_draft(self.desk, body=body)
        import_photo(self.desk, draft_id, self.picture)
        return submit_report(self.desk, draft_id).record_id

    def act(
        self,
        case_id: str,
        kind: ActKind,
        *roles: PhotoRole,
        note: str = "现场",
        place: Place = NOWHERE,
        minutes: int = 0,
    ) -> str:
        """Do an act with a photo for each role; answers its id."""
        draft_id = ""
        if roles:
            draft = begin_act(self.desk, case_id, kind)
            ensure_act(self.desk, draft)
            draft_id = draft.draft_id
            for role in roles:
                import_photo(self.desk, draft_id, self.picture, role=role)
        saved = submit_act(
            self.desk, case_id, kind, note=note, place=place, draft_id=draft_id, minutes=minutes
        )
        return saved.record_id

    def entry(self, record_id: str) -> Entry:
        found = self.work.outbox.entry(record_id)
        assert found is not None
        return found

    def close(self) -> None:
        self._remote.close()
        self.work.close()
        self.reference.close()


class Command:
    """The command desk at a central, by its own clock."""

    def __init__(self, central: CentralUnderTest, clock: PlayClock) -> None:
        self._desk = CommandDesk(central.central.store, central.central.world, clock)

    def do(
        self, case_id: str, kind: ActKind, *, to: str = "", note: str = "指挥席", about: str = ""
    ) -> DeskAct:
        return self._desk.act(case_id, kind, note=note, to_officer=to, about=about)[1]

    def dispatch(self, case_id: str, to: str) -> None:
        self._desk.dispatch(case_id, to)
