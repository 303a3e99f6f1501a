"""The check at the start of a shift: how each thing is judged, said in both languages, kept once a shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from use_case_desk import ToldClock, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.shift_check import (
    SHIFT,
    Outside,
    ShiftFacts,
    is_due,
    judge_shift,
    keep_check,
    look_at_tablet,
)
from sync.contract.records import ClockState, Place, PlaceSource, RecordType, ShiftCheck
from sync.contract.shift import Fitness, check_findings, worst
from sync.contract.wire import OfficerCard, decode_record
from sync.messages import sentence
from sync.sending import Battery

HOUR = timedelta(hours=1)
WELL = ShiftFacts(
    outside=Outside("good", 5.0, link="online"),
    battery=Battery(present=True, percent=90, on_mains=False),
    photos=900,
    clock=ClockState.TRUSTED,
    offset_s=0,
    camera=True,
    pending=0,
    needs_you=0,
    oldest=None,
    data_age=HOUR,
)
CASES: list[tuple[str, dict[str, Any], str, Fitness]] = [
    ("battery", {"battery": Battery()}, "mains", Fitness.OK),
    ("battery", {"battery": Battery(present=True, percent=None)}, "unknown", Fitness.UNKNOWN),
    ("battery", {"battery": Battery(present=True, percent=49, on_mains=False)}, "low", Fitness.WARN),
    ("battery", {"battery": Battery(present=True, percent=19, on_mains=False)}, "empty", Fitness.FAIL),
    ("battery", {"battery": Battery(present=True, percent=19, on_mains=True)}, "ok", Fitness.OK),
    ("space", {"photos": 199}, "low", Fitness.WARN),
    ("space", {"photos": 49}, "few", Fitness.FAIL),
    ("clock", {"clock": ClockState.UNVERIFIED}, "unverified", Fitness.WARN),
    ("clock", {"clock": ClockState.DOUBTFUL, "offset_s": 3600}, "wrong", Fitness.FAIL),
    ("position", {"outside": Outside("poor", 80.0, link="online")}, "poor", Fitness.WARN),
    ("position", {"outside": Outside("stale", 8.0, link="online")}, "missing", Fitness.WARN),
    ("position", {"outside": Outside("missing", None, "gpsd_no_device", "online")}, "none", Fitness.FAIL),
    ("camera", {"camera": None}, "unknown", Fitness.UNKNOWN),
    ("camera", {"camera": False}, "denied", Fitness.FAIL),
    ("pending", {"pending": 3, "oldest": HOUR}, "ok", Fitness.OK),
    ("pending", {"pending": 3, "oldest": 30 * HOUR}, "old", Fitness.WARN),
    ("pending", {"needs_you": 2}, "needs_you", Fitness.WARN),
    ("link", {"outside": Outside("good", 5.0, link="offline")}, "offline", Fitness.WARN),
    ("link", {"outside": Outside("good", 5.0, link="locked")}, "offline", Fitness.WARN),
    ("link", {"outside": Outside("good", 5.0, link="paused")}, "paused", Fitness.WARN),
    ("link", {"outside": Outside("good", 5.0, link="starting")}, "unknown", Fitness.UNKNOWN),
    ("link", {"outside": Outside("good", 5.0, link="needs_you")}, "needs_you", Fitness.FAIL),
    ("data", {"data_age": HOUR / 2}, "fresh", Fitness.OK),
    ("data", {"data_age": 25 * HOUR}, "old", Fitness.WARN),
    ("data", {"data_age": 73 * HOUR}, "too_old", Fitness.FAIL),
    ("data", {"data_age": None}, "missing", Fitness.FAIL),
]


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet", clock=clock)
    yield made
    close_desk(made)


def test_tablet_that_is_well_is_ok_in_everything() -> None:
    findings = judge_shift(WELL)
    assert [one.name for one in findings] == [
        "battery", "space", "clock", "position", "camera", "pending", "link", "data",
    ]  # fmt: skip
    assert {one.fitness for one in findings} == {Fitness.OK}
    assert worst(findings) is Fitness.OK


@pytest.mark.parametrize(("name", "changed", "word", "fitness"), CASES, ids=lambda one: str(one)[:24])
def test_what_is_not_well_is_said_with_what_to_do_in_both_languages(
    name: str, changed: dict[str, Any], word: str, fitness: Fitness
) -> None:
    findings = judge_shift(msgspec.structs.replace(WELL, **changed))
    (one,) = [finding for finding in findings if finding.name == name]
    assert (one.code, one.fitness) == (f"shift_{name}_{word}", fitness)
    others = {finding.fitness for finding in findings if finding.name != name}
    assert others == {Fitness.OK}
    check_findings(findings)
    for language in ("zh", "en"):
        codes = [one.code, *([f"{one.code}_advice"] if fitness is not Fitness.OK else [])]
        told = [sentence(code, one.facts, language) for code in codes]
        assert all(told)
        assert not any("{" in text or "shift_" in text for text in told)


def test_real_tablet_is_looked_at_and_the_check_is_kept_once_a_shift(desk: Desk, clock: ToldClock) -> None:
    assert is_due(desk)
    here = Place(PlaceSource.GNSS, 113.905, 22.605, 5.0)
    findings = look_at_tablet(desk, Outside("good", 5.0, link="offline", place=here))
    check_findings(findings)
    assert {one.name: one.fitness for one in findings}["data"] is Fitness.OK
    check_id = keep_check(desk, findings, here, skipped=True)
    entry = desk.work.outbox.entry(check_id)
    assert entry is not None
    record = decode_record(RecordType.SHIFT_CHECK, entry.record.body)
    assert isinstance(record, ShiftCheck)
    assert (record.findings, record.place, record.skipped) == (findings, here, True)
    assert (desk.work.outbox.pending()[0], desk.work.outbox.quietly_pending()) == (0, 1)
    assert not is_due(desk)
    clock.move(SHIFT.total_seconds())
    assert is_due(desk)


def test_every_officer_of_a_shared_tablet_checks_for_themselves(desk: Desk) -> None:
    keep_check(desk, judge_shift(WELL))
    other = msgspec.structs.replace(desk, officer=OfficerCard("G1002", "王", "grid_worker", ""))
    assert not is_due(desk)
    assert is_due(other)
