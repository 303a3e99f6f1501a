"""A day of a city in small: real central, real engines, field and desk at random, gaps in the network.

In the end every case stands where its acts have brought it, both ends tell the same history, and every time
limit reads the same at both.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from fieldapp.capture.act import submit_act, view_case
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.desk import Desk as FieldDesk
from fieldapp.capture.photos import import_photo
from fieldapp.capture.tasks import list_some
from fieldapp.capture.timing import desk_timing
from fieldapp.services.due import due_state
from sync.central.city.calendar import day_kind_rows
from sync.central.city.conditions import opening_condition_rows, work_hours_rows
from sync.central.desk import DESK_ACTS, Desk
from sync.central.store.clocks import timing_of
from sync.central.store.store import put_row
from sync.central.world import World, real_world
from sync.contract.errors import FieldError
from sync.contract.ids import new_id
from sync.contract.lifecycle import LIFE_CYCLE, ActKind, Step, fold
from sync.contract.records import PhotoRole
from sync.contract.sla import Level, read_clock
from sync.contract.timing import read_cells
from sync.contract.wire import OfficerCard
from sync.engine import Engine
from sync.listener import Silence
from sync.merge import standing_of
from sync.remote.http import HttpRemote
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.resources import resource
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import OFFICERS, CentralUnderTest

SEEDS = (3, 20260322)
CASES, STEPS = 12, 400
CREW = ("G1001", "G1002", "I2001", "U3001")
TABLES = ("city_case", "case_act")


class DayClock:
    """Time that moves when told. ``wrong_by`` is how far a tablet's wall clock is off."""

    boot_id = "0190a0a0-0000-7000-8000-00000000b007"

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self.passed = 0.0
        self._begun = datetime.now(UTC).replace(microsecond=0)
        self._wrong_by = wrong_by
        self.of: DayClock = self

    def now(self) -> datetime:
        return self.of._begun + timedelta(seconds=self.of.passed) + self._wrong_by

    def monotonic(self) -> float:
        return 1000.0 + self.of.passed


class Player:
    """One officer with a tablet."""

    def __init__(self, root: Path, central: CentralUnderTest, officer: str, clock: DayClock) -> None:
        device = DeviceUnderTest(central.url, central.authority_pem, central.enrol_code())
        device.close()
        given, key = device.enrolled, device.key.private_bytes_raw().hex()
        identity = Identity(
            device.url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key
        )
        folder = DataFolder(root)
        self._work, self._reference = WorkStore(folder, os.urandom(32)), ReferenceStore(folder)
        with self._work.act():
            self._work.meta.set_identity(identity)
        self._remote = HttpRemote(identity, central.authority_pem)
        self._engine = Engine(self._work, self._reference, self._remote, clock, Silence())
        self._picture = root / "photo.jpg"
        Image.new("RGB", (48, 32), (90, len(officer) * 9, 40)).save(self._picture)
        self.desk = FieldDesk(
            work=self._work,
            reference=self._reference,
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

    def cases(self) -> list[str]:
        return sorted(str(row["case_id"]) for row in self._work.city.cases())

    def act(self, case_id: str, rng: random.Random) -> str:
        """Any act that is offered; answers which, or why none."""
        offered = [kind for kind in view_case(self.desk, case_id).offered if kind not in DESK_ACTS]
        if rng.random() < 0.1:
            offered.append(ActKind.SUPPLEMENT)
        if len(offered) > 1 and rng.random() < 0.8:
            offered = [kind for kind in offered if kind is not ActKind.SELF_HANDLE] or offered
        if not offered:
            return "nothing"
        kind = rng.choice(offered)
        draft_id = ""
        if LIFE_CYCLE[kind].needs_photo:
            draft = begin_act(self.desk, case_id, kind)
            ensure_act(self.desk, draft)
            import_photo(self.desk, draft.draft_id, self._picture, role=PhotoRole.AFTER)
            draft_id = draft.draft_id
        minutes = rng.choice([120, 480]) if kind is ActKind.ASK_DELAY else 0
        submit_act(self.desk, case_id, kind, note="现场", draft_id=draft_id, minutes=minutes)
        return kind.value

    def close(self) -> None:
        self._remote.close()
        self._work.close()
        self._reference.close()


class Day:
    """Everybody."""

    def __init__(
        self, central: CentralUnderTest, crew: dict[str, Player], clock: DayClock, seed: int
    ) -> None:
        self.central, self.crew, self.clock = central, crew, clock
        self.rng = random.Random(seed)
        self.done: Counter[str] = Counter()
        served = central.central
        self._desk = Desk(served.store, served.world, clock)

    def report(self, device: DeviceUnderTest) -> None:
        for number in range(CASES):
            record = device.report(officer_id="G1001", class_code=("03-11", "01-01")[number % 2])
            stamp = msgspec.structs.replace(record.stamp, wall=self.clock.now())
            device.push_record(msgspec.structs.replace(record, stamp=stamp))

    def play(self) -> None:
        for _ in range(STEPS):
            self.clock.passed += self.rng.choice([5, 60, 1800, 7200, 20_000])
            player = self.crew[self.rng.choice(CREW)]
            if self.rng.random() < 0.5:
                player.sync()
            if self.rng.random() < 0.45:
                self._decide()
            elif known := player.cases():
                self.done[player.act(self.rng.choice(known), self.rng)] += 1

    def _decide(self) -> None:
        case_id = self.rng.choice(self.crew["G1001"].cases() or [""])
        row = self.crew["G1001"].desk.work.city.case(case_id)
        seen = None if row is None else standing_of(row).state
        kinds = [
            kind for kind in DESK_ACTS if kind not in (ActKind.VOID, ActKind.SUPPLEMENT, ActKind.WITHDRAW)
        ]
        kind = self.rng.choice([kind for kind in kinds if seen in LIFE_CYCLE[kind].sources] or kinds)
        to = self.rng.choice(CREW) if kind is ActKind.DISPATCH else ""
        try:
            self._desk.act(case_id, kind, note="指挥席", to_officer=to)
        except FieldError as refusal:
            self.done[f"desk {refusal.code}"] += 1
        else:
            self.done[f"desk {kind.value}"] += 1

    def settle(self) -> None:
        for _ in range(3):
            for player in self.crew.values():
                player.sync()


@contextmanager
def a_day(root: Path, seed: int) -> Iterator[Day]:
    clock, real = DayClock(), real_world()
    world = World(now=clock.now, new_id=real.new_id, random=real.random)
    with ExitStack() as stack:
        central = stack.enter_context(CentralUnderTest(root / "central", world=world))
        teach(central)
        crew = {}
        for officer in CREW:
            of_tablet = DayClock(timedelta(hours=1) if officer == "I2001" else timedelta())
            of_tablet.of = clock
            crew[officer] = Player(root / officer, central, officer, of_tablet)
            stack.callback(crew[officer].close)
        yield Day(central, crew, clock, seed)


def teach(central: CentralUnderTest) -> None:
    with central.central.store.writing() as db:
        for table, rows in (
            ("day_kind", day_kind_rows()),
            ("work_hours", work_hours_rows()),
            ("opening_condition", opening_condition_rows()),
        ):
            for row in rows:
                put_row(db, table, row)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_ends_agree_on_every_case_and_every_clock_at_the_end_of_a_day(tmp_path: Path, seed: int) -> None:
    with a_day(tmp_path, seed) as day:
        device = DeviceUnderTest.of(day.central)
        day.report(device)
        device.close()
        day.play()
        day.settle()

        ledger, store = day.central.central.ledger, day.central.central.store
        with store.writing() as db:
            timing = timing_of(db)
        cases = ledger.page(None, 100, "").cases
        assert len(cases) == CASES
        lights: Counter[str] = Counter()
        for case in cases:
            case_id = str(case["case_id"])
            told = ledger.case(case_id)
            history = [
                Step(str(a["act_id"]), ActKind(a["kind"]), str(a["withdraws"]), str(a["to_officer"]))
                for a in told.acts
                if a["standing"] == "accepted"
            ]
            assert fold(case_id, history).state.value == told.case["state"]
            for player in day.crew.values():
                own = player.desk.work.city
                assert own.case(case_id) == {n: v for n, v in told.case.items() if n != "short_id"}
                assert [
                    {name: value for name, value in act.items() if name != "record"}
                    for act in own.acts(case_id)
                ] == told.acts
                for hours in (0, 3, 30):
                    now = day.clock.now() + timedelta(hours=hours)
                    here = desk_timing(player.desk).worktime
                    at_central = read_clock(read_cells(told.case), now, timing.worktime)
                    on_tablet = read_clock(read_cells(own.case(case_id) or {}), now, here)
                    assert on_tablet == at_central
                    lights[at_central.level.value] += 1
                line = list_some(player.desk, [case_id], whoever=True)[case_id]
                assert line is not None
                level, minutes = due_state(line, day.clock.now(), desk_timing(player.desk).worktime)
                if level:
                    reading = read_clock(read_cells(told.case), day.clock.now(), timing.worktime)
                    assert reading.level is Level(level)
                    assert abs(minutes - (reading.left_s or 0) / 60) <= 1
        assert sum(day.done[kind.value] for kind in ActKind) > 20, day.done
        assert len(lights) > 1
        print(f"seed {seed}: {CASES} cases, {dict(sorted(day.done.items()))}, lights {dict(lights)}")
