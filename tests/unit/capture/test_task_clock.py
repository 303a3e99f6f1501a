"""A task's time limit on the tablet: central's clock, and what own acts do to it before central knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from case_makers import put_act, put_case
from image_makers import jpeg
from use_case_desk import INSIDE, close_desk, make_desk

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.task_sheet import read_task
from fieldapp.capture.tasks import list_tasks
from fieldapp.capture.timing import desk_timing
from fieldapp.services.due import due_state
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import Place, PlaceSource
from sync.contract.sla import Stage
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change
from sync.replica.meta import CursorAt

CLOCK = '{"stage":"handle","condition":"03-11/1","limit_s":14400,"since":"2026-11-20T01:00:00Z"}'
HERE = Place(PlaceSource.GNSS, *INSIDE, accuracy_m=4.0)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def teach(desk: Desk, days: dict[str, str]) -> None:
    condition: Row = dict.fromkeys(TABLES["opening_condition"].column_names, 0)
    condition |= {"condition_id": "03-11/1", "class_code": "03-11", "number": 1, "yellow_percent": 80}
    condition |= {"handle_min": 240, "verify_min": 60, "name_zh": "条件", "name_en": "condition"}
    rows: list[tuple[str, Row]] = [("day_kind", {"day": d, "kind": k, "name": ""}) for d, k in days.items()]
    rows += [("work_hours", {"kind": "working", "windows": "00:00-24:00"}), ("opening_condition", condition)]
    changes = [Change(n, table, str(row[TABLES[table].key]), row) for n, (table, row) in enumerate(rows)]
    desk.reference.apply(changes, CursorAt("c", "e", NOON))


def light(desk: Desk, at: datetime) -> tuple[str, float]:
    (line,) = list_tasks(desk)
    return due_state(line, at, desk_timing(desk).worktime)


def test_light_and_minutes_follow_the_clock_that_central_told(desk: Desk) -> None:
    teach(desk, {f"2026-11-{day}": "working" for day in (19, 20, 21)})
    put_case(desk, clock=CLOCK)

    assert light(desk, datetime(2026, 11, 20, 1, 0, tzinfo=UTC)) == ("green", 240.0)
    assert light(desk, datetime(2026, 11, 20, 4, 30, tzinfo=UTC)) == ("yellow", 30.0)
    assert light(desk, datetime(2026, 11, 20, 5, 30, tzinfo=UTC)) == ("red", -30.0)


def test_day_missing_from_the_calendar_is_said_and_not_guessed(desk: Desk) -> None:
    teach(desk, {"2026-11-19": "working", "2026-11-21": "working"})
    put_case(desk, clock=CLOCK)

    assert light(desk, NOON) == ("unknown", 0.0)


def test_suspended_task_shows_what_is_left_and_stands_still(desk: Desk) -> None:
    stopped = '{"stage":"handle","limit_s":14400,"used_s":3600}'
    put_case(desk, "suspended", clock=stopped, due_at="", before_suspension="accepted")

    assert light(desk, NOON) == light(desk, NOON + timedelta(days=30)) == ("stopped", 180.0)


def test_own_act_that_ends_the_stage_begins_the_next_clock_before_central_knows(desk: Desk) -> None:
    teach(desk, {f"2026-11-{day}": "working" for day in (19, 20, 21)})
    case_id = put_case(desk, "handled", clock=CLOCK)
    for order, kind in enumerate((ActKind.ACCEPT, ActKind.ARRIVE, ActKind.HANDLE), start=3):
        put_act(desk, case_id, kind, "G1001", order=order)
    assert list_tasks(desk)[0].clock.stage is Stage.HANDLE

    submit_act(desk, case_id, ActKind.FEED_BACK, note="done")

    (line,) = list_tasks(desk)
    assert (line.clock.stage, line.clock.limit_s) == (Stage.VERIFY, 3600)
    assert line.due_at is not None


def test_change_of_the_calendar_is_seen_at_once(desk: Desk) -> None:
    teach(desk, {"2026-11-19": "working", "2026-11-21": "working"})
    put_case(desk, clock=CLOCK)
    assert light(desk, NOON)[0] == "unknown"

    teach(desk, {"2026-11-20": "working"})

    assert light(desk, NOON) == ("green", 60.0)


def test_own_report_is_handled_on_the_spot_before_central_has_heard_of_it(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="沿途撒漏"))
    take_photo(desk, draft, jpeg(), HERE)
    case_id = submit_report(desk, draft).record_id
    assert ActKind.SELF_HANDLE in read_task(desk, case_id).side

    begun = begin_act(desk, case_id, ActKind.SELF_HANDLE)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, jpeg(), HERE)
    submit_act(desk, case_id, ActKind.SELF_HANDLE, note="已清理", draft_id=begun.draft_id)

    assert read_task(desk, case_id).line.state is CaseState.FED_BACK
