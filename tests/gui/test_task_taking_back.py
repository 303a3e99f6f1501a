"""Taking back what one did last on a case, on its own page, long after the ten seconds of the message."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from field_app import Tablet, put_case
from kit_stage import stage
from pytestqt.qtbot import QtBot
from task_stage import TaskTablet, demo_cases, task_tablet
from test_tasks_page import Page

from sync.contract.lifecycle import ActKind


@pytest.fixture
def at(qtbot: QtBot, tablet: Tablet) -> Iterator[TaskTablet]:
    with task_tablet(qtbot, tablet) as made:
        made.sit_down()
        yield made


def test_own_act_that_central_has_is_taken_back_by_two_clicks(qtbot: QtBot, tablet: Tablet) -> None:
    with task_tablet(qtbot, tablet) as at, stage() as made:
        page, case_id = Page(made, at), demo_cases(at.desk)["04-09-01"]
        at.sit_down()
        page.open(case_id)
        assert not page.shown("tasks.takeBack")
        accepted = at.act("accept")
        at.start_sending()
        at.accept_at_central(accepted, "accepted")
        at.wait(lambda: at.tasks.sheet.waiting == 0)

        page.click("tasks.takeBack")
        at.wait(lambda: page.shown("tasks.takeBack.question.accept"))
        page.stage.click("tasks.takeBack.question.accept")
        at.wait(lambda: at.tasks.sheet.caseState == "dispatched")

        assert [act.kind for act in at.acts_of(case_id)] == [ActKind.ACCEPT, ActKind.WITHDRAW]
        assert at.acts_of(case_id)[-1].withdraws == accepted
        at.wait(lambda: at.tasks.sheet.takeBackId == "")


def test_only_the_last_of_ones_own_acts_may_be_taken_back(at: TaskTablet) -> None:
    case_id = demo_cases(at.desk)["04-09-01"]
    at.open(case_id)
    assert at.tasks.sheet.takeBackId == ""
    at.act("accept")
    arrived = at.act("arrive")

    assert (at.tasks.sheet.takeBackId, at.tasks.sheet.takeBackKind) == (arrived, "arrive")
    at.tasks.undo(arrived)
    at.wait(lambda: at.tasks.sheet.takeBackKind == "accept")


def test_act_that_central_refused_or_that_others_built_on_is_not_offered_to_be_taken_back(
    at: TaskTablet,
) -> None:
    refused, built_on = put_case(at.desk), put_case(at.desk)
    at.open(refused)
    act = at.act("accept")
    at.refuse_at_central(act, "act_not_assigned")
    at.wait(lambda: at.tasks.sheet.refused == 1)
    assert at.tasks.sheet.takeBackId == ""

    at.open(built_on)
    at.accept_at_central(at.act("accept"), "accepted")
    at.wait(lambda: at.tasks.sheet.waiting == 0 and at.tasks.sheet.takeBackKind == "accept")
    at.list_act(built_on, ActKind.SUSPEND, "D5001", act_id="01900000-0000-7000-8000-00000000beef")
    at.change_case(built_on, state="suspended", last_act="01900000-0000-7000-8000-00000000beef")
    at.wait(lambda: at.tasks.sheet.caseState == "suspended")
    assert at.tasks.sheet.takeBackId == ""
