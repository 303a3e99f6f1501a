"""What goes wrong with cases in a city: told in plain words in both languages, and nothing lost.

Tablets and central are real and speak over TLS; the desk decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from fieldapp.capture.act import view_case
from fieldapp.capture.case_history import read_history
from fieldapp.capture.task_sheet import TaskSheet, read_task
from fieldapp.capture.tasks import list_some, list_tasks
from fieldapp.capture.timing import desk_timing
from fieldapp.services.due import due_state
from sync.central.city.calendar import day_kind_rows
from sync.central.city.conditions import opening_condition_rows, work_hours_rows
from sync.central.store.clashes import Clashes
from sync.central.store.store import delete_row, put_row
from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import ClockState, PhotoRole, Place, PlaceSource
from sync.contract.sla import Level, read_clock
from sync.contract.timing import read_cells
from sync.messages import sentence, sentences
from sync.replica.outbox import ItemState
from tests.contract.central_server import CentralUnderTest
from tests.contract.field_tablet import THERE, Command, FieldTablet, PlayClock, world_of

A = ActKind
BEFORE, AFTER = PhotoRole.BEFORE, PhotoRole.AFTER
FAR = Place(PlaceSource.GNSS, 114.38, 22.56, 5.0)
"""Some fifty kilometres to the east."""


class Scene:
    """A central, its desk and tablets that are let in one by one."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._root, self._stack = root, stack
        self.clock = PlayClock()
        self.central = stack.enter_context(CentralUnderTest(root / "central", world=world_of(self.clock)))
        with self.central.central.store.writing() as db:
            for table, rows in (
                ("day_kind", day_kind_rows()),
                ("work_hours", work_hours_rows()),
                ("opening_condition", opening_condition_rows()),
            ):
                for row in rows:
                    put_row(db, table, row)
        self.command = Command(self.central, self.clock)

    def tablet(self, officer: str, *, wrong_by: timedelta = timedelta(), scoped: bool = False) -> FieldTablet:
        clock = PlayClock(self.clock, wrong_by)
        code_for = officer if scoped else ""
        made = FieldTablet(self._root / officer, self.central, officer, clock, code_for=code_for)
        self._stack.callback(made.close)
        made.sync()
        return made

    def dispatched_to(self, tablet: FieldTablet, reporter: FieldTablet, class_code: str = "03-11") -> str:
        case_id = reporter.report(class_code)
        reporter.sync()
        self.command.dispatch(case_id, tablet.desk.officer.officer_id)
        tablet.sync()
        return case_id

    def accepted_by(self, tablet: FieldTablet, reporter: FieldTablet) -> str:
        case_id = self.dispatched_to(tablet, reporter)
        tablet.act(case_id, A.ACCEPT)
        tablet.sync()
        return case_id

    def held(self, record_id: str) -> list[bool]:
        """Whether central holds each file of a record."""
        case = self.central.central.ledger.case(self.case_of(record_id))
        return [photo.held for photo in case.photos if photo.record_id == record_id]

    def case_of(self, record_id: str) -> str:
        with self.central.central.store.reading() as db:
            row = db.execute("SELECT case_id FROM case_act WHERE act_id = ?", (record_id,)).fetchone()
        return str(row[0])


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with ExitStack() as stack:
        yield Scene(tmp_path, stack)


def sheet(tablet: FieldTablet, case_id: str) -> TaskSheet:
    return read_task(tablet.desk, case_id)


def rulings(tablet: FieldTablet, case_id: str) -> list[tuple[str, str]]:
    found = sheet(tablet, case_id).history
    return [(entry.kind, entry.ruling) for entry in found if entry.ruling]


def said_in_both(code: str) -> list[str]:
    assert code in sentences("zh")
    assert code in sentences("en")
    return [sentence(code, {}, language) for language in ("zh", "en")]


def test_act_on_a_case_that_moved_on_is_refused_with_its_reason_and_kept(scene: Scene) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001")
    case_id = scene.accepted_by(unit, grid)
    scene.command.do(case_id, A.SUSPEND)
    arrived = unit.act(case_id, A.ARRIVE, place=THERE)
    unit.sync()

    entry = unit.entry(arrived)
    assert (entry.state, entry.code) == (ItemState.NEEDS_YOU, "act_not_allowed")
    zh, en = said_in_both(entry.code)
    assert zh.startswith("案件")
    assert en == "This step does not fit where the case stands now."
    assert view_case(unit.desk, case_id).standing.state is CaseState.SUSPENDED
    for tablet in (unit, grid):
        tablet.sync()
        kept = [one for one in sheet(tablet, case_id).history if one.act_id == arrived]
        assert [(one.refused, one.code) for one in kept] == [(True, "act_not_allowed")]


def test_work_of_a_former_owner_is_kept_shown_to_both_and_upheld_by_a_person(scene: Scene) -> None:
    grid, former, owner = scene.tablet("G1001"), scene.tablet("U3001", scoped=True), scene.tablet("I2001")
    case_id = scene.dispatched_to(former, grid)
    former.act(case_id, A.ACCEPT)
    former.act(case_id, A.ARRIVE, place=THERE)
    handled = former.act(case_id, A.HANDLE, BEFORE, AFTER, place=THERE)
    fed_back = former.act(case_id, A.FEED_BACK)
    scene.command.dispatch(case_id, "I2001")
    former.sync()
    former.sync()
    owner.sync()

    assert former.entry(handled).state is ItemState.NEEDS_YOU
    assert all(scene.held(handled)), "the desk decides on photos it can see"
    for tablet in (former, owner):
        assert sheet(tablet, case_id).clash == "U3001"
        assert ("handle", "waiting") in rulings(tablet, case_id)
    clash = Clashes(scene.central.central.store).page(10).clashes[0]
    assert (clash.officer_id, clash.assignee, clash.act_id, clash.work) == ("U3001", "I2001", fed_back, True)

    scene.command.do(case_id, A.UPHOLD, about=clash.act_id, note="照片属实")
    for tablet in (former, owner):
        tablet.sync()
        tablet.sync()
        assert sheet(tablet, case_id).clash == ""
        assert ("handle", "upheld") in rulings(tablet, case_id)
        standing = view_case(tablet.desk, case_id).standing
        assert (standing.state, standing.assignee) == (CaseState.FED_BACK, "U3001")
    assert former.work.outbox.needing_you() == 0
    assert former.entry(handled).receipt is not None
    assert Clashes(scene.central.central.store).page(10).clashes == []


def test_work_of_a_former_owner_that_is_set_aside_stays_to_be_seen(scene: Scene) -> None:
    grid, former, owner = scene.tablet("G1001"), scene.tablet("U3001", scoped=True), scene.tablet("I2001")
    case_id = scene.dispatched_to(former, grid)
    former.act(case_id, A.ACCEPT)
    former.act(case_id, A.ARRIVE, place=THERE)
    handled = former.act(case_id, A.HANDLE, AFTER, place=THERE)
    scene.command.dispatch(case_id, "I2001")
    former.sync()
    former.sync()
    owner.sync()
    scene.command.do(case_id, A.SET_ASIDE, about=handled, note="处置不彻底")
    for tablet in (former, owner):
        tablet.sync()
        tablet.sync()
        assert ("handle", "set_aside") in rulings(tablet, case_id)
        assert view_case(tablet.desk, case_id).standing.assignee == "I2001"
        notes = [entry.note for entry in sheet(tablet, case_id).history if entry.kind == "set_aside"]
        assert notes == ["处置不彻底"]
    assert former.work.outbox.needing_you() == 0
    assert all(scene.held(handled))


def test_case_of_an_officer_who_does_not_answer_is_given_to_another_and_both_are_told(scene: Scene) -> None:
    grid, former, owner = scene.tablet("G1001"), scene.tablet("U3001"), scene.tablet("I2001")
    case_id = scene.accepted_by(former, grid)
    former.act(case_id, A.ARRIVE, place=THERE)
    handled = former.act(case_id, A.HANDLE, AFTER, place=THERE)
    with pytest.raises(NeedsPerson, match="dispatch_to_same"):
        scene.command.dispatch(case_id, "U3001")
    assert all(said_in_both("dispatch_to_same"))
    scene.clock.passed += timedelta(minutes=30)
    scene.command.dispatch(case_id, "I2001")
    owner.sync()
    owner.act(case_id, A.ACCEPT)
    owner.sync()
    for _ in range(2):
        former.sync()
    owner.sync()

    assert former.entry(handled).state is ItemState.NEEDS_YOU
    for tablet in (former, owner):
        assert sheet(tablet, case_id).clash == "U3001"
        standing = view_case(tablet.desk, case_id).standing
        assert (standing.state, standing.assignee) == (CaseState.ACCEPTED, "I2001")
        told = scene.central.central.ledger.case(case_id, scene.clock.now()).limits[0]
        row = tablet.work.city.case(case_id) or {}
        reading = read_clock(read_cells(row), scene.clock.now(), desk_timing(tablet.desk).worktime)
        assert (reading.level, reading.left_s) == (told.level, told.left_s)
    line = next(line for line in list_tasks(former.desk) if line.case_id == case_id)
    assert line.reassigned
    assert line.given is not None
    assert line.given.officer_id == "I2001"
    scene.command.do(case_id, A.SET_ASIDE, about=handled, note="已由他人处置")
    former.sync()
    assert next(line for line in list_tasks(former.desk) if line.case_id == case_id).reassigned


def test_clock_an_hour_wrong_changes_no_time_limit_and_is_noted(scene: Scene) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001", wrong_by=timedelta(hours=1))
    case_id = scene.accepted_by(unit, grid)
    scene.clock.passed += timedelta(minutes=20)
    unit.act(case_id, A.ARRIVE, place=THERE)
    unit.sync()
    grid.sync()

    stamp = msgspec.json.decode(unit.work.outbox.records_of_case(case_id)[-1].record.body)["stamp"]
    assert stamp["clock"] == ClockState.DOUBTFUL.value
    assert all(said_in_both("shortage_clock"))
    assert abs(stamp["offset_ms"] + 3_600_000) < 60_000
    told = scene.central.central.ledger.case(case_id, scene.clock.now()).limits[0]
    for tablet in (grid, unit):
        reading = read_clock(
            read_cells(tablet.work.city.case(case_id) or {}),
            scene.clock.now(),
            desk_timing(tablet.desk).worktime,
        )
        assert (reading.level, reading.left_s) == (told.level, told.left_s)
    line = list_some(unit.desk, [case_id])[case_id]
    assert line is not None
    level, minutes = due_state(line, scene.clock.now(), desk_timing(unit.desk).worktime)
    assert (level, round(minutes * 60)) == (told.level.value, told.left_s)


def test_gap_in_the_calendar_is_said_and_never_guessed_by_either_end(scene: Scene) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001")
    case_id = scene.dispatched_to(unit, grid, "01-01")
    gap = (scene.clock.now() + timedelta(hours=8, days=1)).date().isoformat()
    with scene.central.central.store.writing() as db:
        delete_row(db, "day_kind", gap)
    unit.sync()
    unit.reference.reopen()
    later = scene.clock.now() + timedelta(days=5)

    told = scene.central.central.ledger.case(case_id, later).limits[0]
    line = list_some(unit.desk, [case_id], whoever=True)[case_id]
    assert line is not None
    assert told.level is Level.UNKNOWN
    assert due_state(line, later, desk_timing(unit.desk).worktime)[0] == "unknown"


def test_arrival_fifty_kilometres_off_is_kept_with_its_distance(scene: Scene) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001")
    case_id = scene.accepted_by(unit, grid)
    arrived = unit.act(case_id, A.ARRIVE, place=FAR, note="定位漂移，人在现场")
    unit.sync()
    grid.sync()

    assert unit.entry(arrived).state is ItemState.SENT
    for tablet in (unit, grid):
        case = tablet.work.city.case(case_id)
        assert case is not None
        entry = next(one for one in read_history(tablet.desk, case) if one.act_id == arrived)
        assert 51_000 < (entry.away_m or 0) < 52_000
        assert entry.note == "定位漂移，人在现场"


@pytest.mark.parametrize("side", [BEFORE, AFTER])
def test_photo_pair_with_one_side_missing_is_taken_and_shows_which_side_there_is(
    scene: Scene, side: PhotoRole
) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001")
    case_id = scene.accepted_by(unit, grid)
    unit.act(case_id, A.ARRIVE, place=THERE)
    handled = unit.act(case_id, A.HANDLE, side, place=THERE)
    unit.sync()
    grid.sync()

    assert unit.entry(handled).state is ItemState.SENT
    assert all(scene.held(handled))
    for tablet in (unit, grid):
        entry = next(one for one in sheet(tablet, case_id).history if one.act_id == handled)
        assert [photo.role for photo in entry.photos] == [side]


def test_case_with_a_long_history_leaves_a_units_tablet_without_asking_anybody(scene: Scene) -> None:
    grid, unit = scene.tablet("G1001"), scene.tablet("U3001", scoped=True)
    owner = scene.tablet("I2001")
    case_id = scene.dispatched_to(unit, grid)
    for number in range(14):
        scene.command.do(case_id, A.MESSAGE, note=f"第 {number} 条")
    unit.sync()
    assert len(unit.work.city.acts(case_id)) == 16

    scene.command.dispatch(case_id, "I2001")
    owner.sync()
    owner.act(case_id, A.DECLINE, note="不属本队")
    owner.sync()
    unit.sync()
    assert len(unit.work.city.acts(case_id)) == 17  # up to when it was given to another
    assert [line.reassigned for line in list_tasks(unit.desk)] == [True]

    scene.command.do(case_id, A.VOID, note="重复")
    unit.sync()

    assert unit.work.city.case(case_id) is None
    assert unit.work.city.acts(case_id) == []
