"""A handful of cases already under way, so that a new demo's map, task list and central list are not empty.

The stories lie in ``resources/city/cases.json``. Each is played through the life cycle of the contract, so
none can stand where a real case could not. No story has an act that needs a photo: the demo ships none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

from sync.central.city.draw import read_json, stream
from sync.central.city.ground import Cell
from sync.central.city.officers import officer_roles
from sync.central.city.permits import trucks_behind
from sync.central.city.plates import Plates
from sync.contract.case_fold import case_cells, standing_cells
from sync.contract.lifecycle import ActKind, Standing, Step, check_act, start
from sync.contract.records import Act, ClockState, Equipment, Place, PlaceSource, Report, Stamp
from sync.contract.sla import TimedStep
from sync.contract.tables import CITY_CASE, Row
from sync.contract.timing import Timing
from sync.contract.wire import encode_record

DEVICE = "demo-central"
BOOT = "00000000-0000-7000-8000-000000000001"
EQUIPMENT = Equipment(app_version="demo", position_source="gnss", platform="demo")
UTC_OFFSET_H = 8


class Story(msgspec.Struct, frozen=True, rename={"class_code": "class"}):
    """One case as told in the shipped list; a step is (act, officer, note, to whom)."""

    class_code: str
    street: str
    hours: float
    reporter: str
    source: str
    note: str
    steps: tuple[tuple[ActKind, str, str, str], ...]
    plate: bool = False


class Case(msgspec.Struct, frozen=True):
    """A case's row and the rows of its acts; ``act_order`` is still 0 in them."""

    row: Row
    acts: tuple[Row, ...]


def made_id(moment: datetime, rng: random.Random) -> str:
    """A UUIDv7 (RFC 9562) of that moment whose random part comes from ``rng``."""
    number = int(moment.timestamp() * 1000) << 80 | rng.getrandbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def iso(moment: datetime) -> str:
    """UTC as the wire writes it."""
    return moment.isoformat().replace("+00:00", "Z")


def make_cases(seed: int, permits: int, ground: tuple[Cell, ...], today: date, timing: Timing) -> list[Case]:
    """All stories played, the oldest report first."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=UTC_OFFSET_H)
    stories = msgspec.convert(read_json("city", "cases.json")["cases"], list[Story])
    stories.sort(key=lambda story: -story.hours)
    plates, trucks = Plates(seed), trucks_behind(permits, seed)
    cells: dict[str, list[Cell]] = {}
    for cell in ground:
        cells.setdefault(cell.street, []).append(cell)
    cases = []
    for number, story in enumerate(stories):
        rng = stream(seed, f"case {number}")
        plate = plates.at(rng.randrange(max(1, trucks))) if story.plate else ""
        player = _Player(story, rng.choice(cells[story.street]), plate, rng, number)
        cases.append(player.play(midnight - timedelta(hours=story.hours), timing))
    return cases


class _Player:
    """Plays one story: report first, then a step every eleven minutes."""

    def __init__(self, story: Story, cell: Cell, plate: str, rng: random.Random, number: int) -> None:
        self._story, self._cell, self._plate, self._rng = story, cell, plate, rng
        self._seq = 100 * number

    def _stamp(self, moment: datetime) -> Stamp:
        self._seq += 1
        return Stamp(moment, self._seq * 1000, BOOT, self._seq, ClockState.TRUSTED, 0)

    def play(self, moment: datetime, timing: Timing) -> Case:
        story, cell = self._story, self._cell
        case_id, reported = made_id(moment, self._rng), moment
        report = Report(
            report_id=case_id,
            class_code=story.class_code,
            note=story.note,
            place=Place(PlaceSource.GNSS, cell.lon, cell.lat, 4.5, moment),
            grid_cell=cell.code,
            photos=(),
            officer_id=story.reporter,
            device_id=DEVICE,
            stamp=self._stamp(moment),
            equipment=EQUIPMENT,
            address=f"{cell.street}{cell.community}",
            plate=self._plate,
        )
        standing, acts, timed = start(case_id), [], []
        for step in story.steps:
            moment += timedelta(minutes=11)
            standing, row = self._act(case_id, standing, step, moment)
            acts.append(row)
            timed.append(TimedStep(Step(str(row["act_id"]), step[0], to_officer=step[3]), moment))
        clock = timing.clock(case_id, story.class_code, reported, timed)
        cells = {"reported_at": iso(reported), "counted_at": iso(reported), **timing.cells(clock)}
        return Case(_case_row(report, story.source, standing, cells), tuple(acts))

    def _act(
        self, case_id: str, standing: Standing, step: tuple[ActKind, str, str, str], moment: datetime
    ) -> tuple[Standing, Row]:
        kind, officer, note, to = step
        act = Act(
            made_id(moment, self._rng),
            case_id,
            kind,
            officer,
            DEVICE,
            self._stamp(moment),
            note,
            to_officer=to,
        )
        after = check_act(
            standing,
            Step(act.act_id, kind, to_officer=to),
            officer_roles()[officer],
            officer_id=officer,
            reporter=self._story.reporter,
            has_note=bool(note),
            has_photo=False,
        )
        return after, {
            "act_id": act.act_id,
            "case_id": case_id,
            "act_order": 0,
            "kind": kind.value,
            "officer_id": officer,
            "to_officer": to,
            "withdraws": "",
            "note": note,
            "done_at": iso(moment),
            "received_at": iso(moment),
            "standing": "accepted",
            "code": "",
            "record": encode_record(act),
            "counted_at": iso(moment),
            "minutes": 0,
            "condition": "",
        }


def _case_row(report: Report, source: str, standing: Standing, cells: Row) -> Row:
    row: Row = {
        **case_cells(report, source),
        **standing_cells(standing),
        "record": encode_record(report),
        **cells,
    }
    return {name: row[name] for name in CITY_CASE.column_names}


def city_case_rows(cases: list[Case]) -> Iterator[Row]:
    """The rows of table ``city_case``."""
    return (case.row for case in cases)


def case_act_rows(cases: list[Case]) -> Iterator[Row]:
    """The rows of table ``case_act``, numbered in the order in which central received them."""
    rows = sorted((act for case in cases for act in case.acts), key=lambda act: str(act["received_at"]))
    return ({**row, "act_order": order} for order, row in enumerate(rows, start=1))
