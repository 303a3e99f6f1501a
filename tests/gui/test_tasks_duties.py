"""What waits for a role: cases to be checked on site, with photos and a note, offline too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from field_app import Tablet, put_case
from kit_stage import stage
from pytestqt.qtbot import QtBot
from task_stage import TaskTablet, make_jpeg, task_tablet
from test_tasks_page import Page

from fieldapp.viewmodels.task_list import TaskRole
from sync.contract.lifecycle import ActKind
from sync.contract.records import PhotoRole


@pytest.fixture
def at(qtbot: QtBot, tablet: Tablet) -> Iterator[TaskTablet]:
    with task_tablet(qtbot, tablet) as made:
        yield made


def listed(at: TaskTablet) -> set[str]:
    model = at.tasks.items
    return {str(model.data(model.index(row), TaskRole.CASE_ID)) for row in range(model.rowCount())}


@pytest.mark.parametrize(
    ("state", "kind", "after"),
    [
        ("fed_back", "verify", "verified"),
        ("fed_back", "reject", "dispatched"),
        ("checking", "confirm", "confirmed"),
        ("checking", "deny", "reported"),
    ],
)
def test_case_to_be_looked_at_is_listed_and_decided_on_site(
    at: TaskTablet, tmp_path: Path, state: str, kind: str, after: str
) -> None:
    case_id = put_case(at.desk, state, assignee="U3001" if state == "fed_back" else "")
    at.sit_down()
    at.stand_at_case(case_id)
    at.tasks.choose("duty")
    assert case_id in listed(at)
    at.open(case_id)

    at.prepare(kind, "现场看过")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "scene")
    at.wait(lambda: at.tasks.draft.photoCount == 1)
    at.send()

    (act,) = at.acts_of(case_id)
    assert (act.kind.value, act.note, [p.role for p in act.photos]) == (kind, "现场看过", [PhotoRole.SCENE])
    assert act.place.lon is not None
    assert at.tasks.sheet.caseState == after
    assert case_id not in listed(at)


def test_nobody_is_asked_to_verify_what_he_handled_himself(at: TaskTablet) -> None:
    mine = put_case(at.desk, "fed_back")
    at.sit_down()
    at.tasks.choose("duty")
    at.open(mine)

    assert mine not in listed(at)
    assert at.tasks.sheet.nextAct == ""
    assert "reject" not in at.tasks.sheet.sideActs


def test_own_report_can_be_handled_on_the_spot_and_that_of_others_not(at: TaskTablet) -> None:
    own, others = (
        put_case(at.desk, "reported", assignee="", reporter="G1001"),
        put_case(at.desk, "reported", assignee="", reporter="G1002"),
    )
    at.sit_down()
    at.open(own)
    assert "self_handle" in at.tasks.sheet.sideActs

    at.open(others)
    assert "self_handle" not in at.tasks.sheet.sideActs
    assert "supplement" in at.tasks.sheet.sideActs


def test_what_was_learned_is_written_when_a_case_is_closed(at: TaskTablet) -> None:
    closed = put_case(at.desk, "closed")
    at.sit_down()
    at.open(closed)

    at.prepare("learn", "夜间加派一组即可避免")
    at.send()

    (act,) = at.acts_of(closed)
    assert (act.kind.value, act.note) == ("learn", "夜间加派一组即可避免")


def test_delay_is_asked_for_by_so_many_hours(at: TaskTablet) -> None:
    case_id = put_case(at.desk, "accepted")
    at.sit_down()
    at.open(case_id)

    told: list[int] = []
    at.tasks.draft.minutesChanged.connect(lambda: told.append(at.tasks.draft.minutes))
    at.prepare("ask_delay", "等待配合单位")
    assert told[-1:] == [480]
    at.tasks.draft.askMinutes(960)
    at.send()

    (act,) = at.acts_of(case_id)
    assert (act.kind.value, act.minutes) == ("ask_delay", 960)


def test_unit_has_nothing_to_check(qtbot: QtBot, tablet: Tablet) -> None:
    with task_tablet(qtbot, tablet, officer="U3001") as at:
        put_case(at.desk, "fed_back", assignee="U3002")
        at.sit_down()

        assert (at.tasks.duties, at.tasks.dutyCount) == ("", 0)


def test_who_checks_from_afar_is_told_so_and_not_held_up(qtbot: QtBot, tablet: Tablet) -> None:
    with task_tablet(qtbot, tablet) as at, stage() as made:
        page = Page(made, at)
        case_id = put_case(at.desk, "fed_back", assignee="U3001", lon=113.9, lat=22.57)
        at.sit_down()
        at.stand_at(113.92, 22.57)
        at.tasks.choose("duty")
        page.open(case_id)
        page.click("tasks.primary")
        at.wait(lambda: page.shown("tasks.form.far"))
        assert "2.1 公里" in str(page.stage.find("tasks.form.far").property("title"))

        at.stand_at(113.9, 22.57)
        at.wait(lambda: not page.shown("tasks.form.far"))
        at.stand_at(113.92, 22.57)
        at.wait(lambda: page.shown("tasks.form.far"))
        page.click("tasks.submit")
        at.wait(lambda: at.tasks.sheet.caseState == "verified")
        assert at.acts_of(case_id)[0].place.lon == 113.92


def test_before_and_after_are_compared_by_buttons_alone(qtbot: QtBot, tablet: Tablet, tmp_path: Path) -> None:
    with task_tablet(qtbot, tablet) as at, stage() as made:
        page = Page(made, at)
        case_id = put_case(at.desk, "arrived")
        at.sit_down()
        page.open(case_id)
        page.click("tasks.primary")
        at.wait(lambda: page.shown("tasks.form"))
        assert not page.shown("tasks.compare.open")
        at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "before")
        at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "b.jpg", (9, 99, 9)))], "after")
        at.wait(lambda: at.tasks.draft.photoCount == 2 and page.shown("tasks.compare.open"))

        page.click("tasks.compare.open")
        at.wait(lambda: page.shown("tasks.compare.slider"))
        slider = page.stage.find("tasks.compare.slider")
        assert slider.property("value") == 0.5

        page.click("tasks.compare.sides.0")  # before: its side of the picture fills it
        at.wait(lambda: slider.property("value") == 1.0)
        page.click("tasks.compare.accept")
        at.wait(lambda: not page.shown("tasks.compare.slider"))

        page.click("tasks.submit")
        at.wait(lambda: at.tasks.sheet.caseState == "handled")
        history = f"tasks.history.{at.acts_of(case_id)[0].act_id}.compare"
        page.stage.find(history).clicked.emit()
        at.wait(lambda: page.shown("tasks.history.compare.slider"))


def test_case_suspended_for_another_is_suspended_to_the_dispatcher_and_not_taken_from_him(
    qtbot: QtBot, tablet: Tablet
) -> None:
    with task_tablet(qtbot, tablet, officer="D5001") as at:
        case_id = put_case(at.desk, "suspended", assignee="U3001")
        at.sit_down()
        at.open(case_id)

        assert (at.tasks.sheet.caseState, at.tasks.sheet.duty) == ("suspended", True)


def test_case_of_another_that_was_only_opened_to_be_read_was_never_taken_away(at: TaskTablet) -> None:
    others, formerly_mine = put_case(at.desk, assignee="G1002"), put_case(at.desk, assignee="G1002")
    at.list_act(formerly_mine, ActKind.DISPATCH, "D5001", to_officer="G1001")
    at.sit_down()

    at.open(others)
    assert at.tasks.sheet.caseState == "dispatched"
    at.open(formerly_mine)
    assert at.tasks.sheet.caseState == "reassigned"
