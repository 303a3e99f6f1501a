"""The verdict on the look-up page: heard, logged once, judged again as things change, frozen for a report."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from field_app import Tablet, put_case, put_rows, start_workers
from pytestqt.qtbot import QtBot
from test_lookup_page import LateClock, Stage, fill, site_of

from fieldapp.capture.drafts import DraftBody
from fieldapp.services.feedback import Feedback
from sync.contract.records import LookUp, Place, PlaceSource, RecordType
from sync.contract.wire import decode_record
from sync.resources import resource
from tests.unit.verdict.verdict_makers import entry

GOOD, REVOKED = "粤X5D68A", "粤X5068A"
FAR = Place(PlaceSource.GNSS, 113.0, 23.4, accuracy_m=5.0)


@pytest.fixture
def clock() -> LateClock:
    return LateClock()


@pytest.fixture
def stage(qtbot: QtBot, tablet: Tablet, clock: LateClock) -> Iterator[Stage]:
    fill(tablet)
    workers = start_workers(qtbot, lambda: tablet.desk(clock=clock))
    made = Stage(qtbot, *workers)
    made.position.tell(site_of(tablet))
    yield made
    made.close()
    for worker in workers:
        worker.stop()


def log_of(tablet: Tablet) -> list[LookUp]:
    """Every look-up in the outbox, in order."""
    desk = tablet.desk()
    items = desk.work.outbox.freeze_batch(100, desk.clock.now())
    desk.work.close()
    desk.reference.close()
    records = [decode_record(item.record_type, item.body) for item in items]
    assert {item.record_type for item in items} <= {RecordType.LOOKUP}
    return [record for record in records if isinstance(record, LookUp)]


def look(stage: Stage, plate: str) -> None:
    stage.lookup.edit(plate)
    stage.lookup.submit()
    stage.until("truck")


def answer(stage: Stage, wanted: str) -> None:
    stage.qtbot.waitUntil(lambda: stage.lookup.verdict.answer == wanted, timeout=60_000)


def test_look_up_is_heard_once_and_logged_with_place_and_reasons(stage: Stage, tablet: Tablet) -> None:
    look(stage, REVOKED)
    stage.events.tablesChanged.emit(frozenset({"permit"}))
    stage.until("truck")

    assert stage.heard == ["not_allowed"]
    stage.qtbot.waitUntil(lambda: len(log_of(tablet)) == 1, timeout=60_000)
    logged = log_of(tablet)[0]
    assert (logged.plate, logged.answer, logged.officer_id) == (REVOKED, "not_allowed", "G1001")
    assert logged.place.accuracy_m == 5.0
    assert "verdict_permit_revoked" in logged.reasons
    assert logged.ages["permit"] is not None


def test_same_truck_opened_again_later_is_logged_again(stage: Stage, tablet: Tablet) -> None:
    look(stage, GOOD)
    stage.lookup.clear()
    look(stage, GOOD)

    assert stage.heard == ["allowed", "allowed"]
    stage.qtbot.waitUntil(lambda: len(log_of(tablet)) == 2, timeout=60_000)


def test_load_set_by_steps_turns_the_verdict_and_is_heard(stage: Stage) -> None:
    look(stage, GOOD)
    stage.click("lookup.measures.open")
    stage.click("lookup.load.more")
    assert stage.said("lookup.load.value", "text") == "15 吨"
    stage.lookup.conditions.put("load", 30.0)
    for _ in range(3):
        stage.click("lookup.load.more")
    answer(stage, "not_allowed")

    assert stage.said("lookup.load.value", "text") == "33 吨"
    assert (stage.heard[0], stage.heard[-1]) == ("allowed", "not_allowed")
    assert stage.lookup.verdict.reasons.reasons()[0].code == "verdict_load_over"
    stage.click("lookup.load.clear")
    answer(stage, "allowed")


def test_load_of_one_truck_is_not_taken_for_the_next(stage: Stage) -> None:
    look(stage, GOOD)
    stage.lookup.conditions.put("load", 90.0)
    answer(stage, "not_allowed")
    stage.lookup.choose("truck", "粤XTEN22")
    stage.until("truck")

    assert not stage.lookup.conditions.measured


def test_without_a_position_it_has_to_be_checked(stage: Stage) -> None:
    stage.position.tell(None)
    look(stage, GOOD)

    assert stage.said("lookup.verdict.word", "text") == "需要核查"
    assert stage.said("lookup.verdict.place", "text") == "没有定位"


def test_tablet_that_moved_away_is_judged_again(stage: Stage) -> None:
    look(stage, GOOD)
    stage.position.tell(FAR)
    stage.qtbot.waitUntil(lambda: stage.lookup.verdict.answer != "allowed", timeout=60_000)

    assert len(stage.heard) == 2


def test_violation_takes_class_plate_place_words_and_the_facts_as_they_stood(stage: Stage) -> None:
    found: list[Any] = []
    stage.lookup.recordViolation.connect(found.append)
    look(stage, REVOKED)
    stage.click("lookup.violation")

    body = found[0]
    assert isinstance(body, DraftBody)
    assert (body.plate, body.class_code) == (REVOKED, "03-10")
    assert body.place.lon is not None
    assert "擅自倾倒" in body.note
    facts = msgspec.json.decode(body.facts)
    assert (facts["answer"], facts["plate"]) == ("not_allowed", REVOKED)
    assert facts["rows"]["permit"]["T-2"]["status"] == "revoked"
    assert facts["ages"]["permit"] >= 0


def test_cases_of_the_truck_are_listed(stage: Stage, tablet: Tablet) -> None:
    desk = tablet.desk()
    case_id = put_case(desk, plate=REVOKED)
    desk.work.close()
    desk.reference.close()
    look(stage, REVOKED)

    assert stage.lookup.verdict.cases.rowCount() == 1
    assert stage.lookup.verdict.cases.rows()[0].case_id == case_id  # type: ignore[attr-defined]


def test_other_language_says_reasons_anew(stage: Stage) -> None:
    look(stage, REVOKED)
    before = stage.lookup.verdict.why
    stage.events.languageChanged.emit("en")

    assert stage.lookup.verdict.why.isascii() or "擅自倾倒" in stage.lookup.verdict.why
    assert stage.lookup.verdict.why != before


def test_each_answer_has_a_sound_of_its_own_and_what_is_unknown_sounds_like_a_question() -> None:
    played: list[str] = []
    shaken: list[int] = []
    feedback = Feedback(player=played.append, vibrate=shaken.append)
    for said in ("allowed", "not_allowed", "check", "unknown"):
        feedback.verdict(said)

    assert played == ["allowed", "not_allowed", "check", "check"]
    assert max(shaken) == shaken[1]
    sounds = {resource("sounds", f"{name}.wav").read_bytes() for name in (*played, "saved", "failed")}
    assert len(sounds) == 5


def test_driver_who_is_on_the_blacklist_is_said_and_kept_in_the_frozen_facts(
    stage: Stage, tablet: Tablet
) -> None:
    put_rows(tablet.desk(), "blacklist", entry(entry_id="X9", kind="driver", subject="某·司机"))
    look(stage, GOOD)
    stage.click("lookup.measures.open")
    assert stage.sees("lookup.driver")
    stage.lookup.conditions.setDriver("某司机")
    answer(stage, "check")

    assert stage.lookup.verdict.reasons.reasons()[0].code == "verdict_blacklist_driver"
    found = stage.lookup.verdict.violation()
    assert found is not None
    assert msgspec.json.decode(found.facts)["driver"] == "某司机"
    stage.lookup.choose("truck", "粤XTEN22")
    stage.until("truck")
    assert stage.lookup.conditions.driver == ""


def test_pin_on_the_map_takes_the_place_of_a_missing_position_for_this_truck_alone(
    stage: Stage, tablet: Tablet
) -> None:
    here = site_of(tablet)
    stage.position.tell(None)
    look(stage, GOOD)
    answer(stage, "check")
    wanted: list[tuple[float, float, bool]] = []
    stage.lookup.conditions.pinWanted.connect(lambda *at: wanted.append(at))
    stage.click("lookup.pinHere")
    assert wanted == [(0.0, 0.0, False)]
    assert here.lon is not None
    assert here.lat is not None
    stage.lookup.conditions.pinAt(here.lon, here.lat)
    answer(stage, "allowed")

    assert stage.said("lookup.verdict.place", "text") == "图上选的位置"
    stage.qtbot.waitUntil(lambda: log_of(tablet)[-1].place.source is PlaceSource.PIN, timeout=60_000)
    stage.lookup.choose("truck", "粤XTEN22")
    stage.until("truck")
    assert not stage.lookup.conditions.pinned
