"""The tasks page offscreen, worked with clicks: the life of a task, undo, refusals, and nothing cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from field_app import Tablet, put_case
from kit_stage import Stage, items_under, stage
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot
from task_stage import TaskTablet, demo_cases, make_jpeg, show_page, task_tablet

from fieldapp.services.camera_open import open_camera
from sync.contract.lifecycle import ActKind
from sync.contract.records import Origin, PhotoRole


class Page:
    """The page, the tablet below it, and a finger."""

    def __init__(self, stage: Stage, at: TaskTablet) -> None:
        self.stage = stage
        self.at = at
        self.root = show_page(stage, at)

    def shown(self, name: str) -> bool:
        """Whether an item of that name can be seen."""
        found = [item for item in items_under(self.stage.window.contentItem()) if item.objectName() == name]
        return any(item.isVisible() and item.width() > 0 for item in found)

    def text(self, name: str) -> str:
        """The text of an item."""
        return str(self.stage.find(name).property("text"))

    def click(self, name: str) -> None:
        """Click an item once it is shown, enabled, and the last act has settled."""
        self.at.wait(lambda: not self.at.tasks.settling and self.shown(name))
        self.at.wait(lambda: self.stage.find(name).isEnabled())
        self.stage.click(name)

    def open(self, case_id: str) -> None:
        """Click a task in the list."""
        self.click(f"tasks.row.{case_id}")
        self.at.wait(lambda: self.at.tasks.sheet.caseId == case_id)

    def type_note(self, name: str, text: str) -> None:
        """Type into a field, and wait until the view model has it."""
        self.stage.find(name).forceActiveFocus()
        self.stage.type(text)
        self.at.wait(lambda: self.at.tasks.draft.note == text)


@pytest.fixture
def page(qtbot: QtBot, tablet: Tablet) -> Iterator[Page]:
    with task_tablet(qtbot, tablet, camera=open_camera("replay:street")) as at, stage() as made:
        page = Page(made, at)
        at.sit_down()
        yield page
        at.camera.stop()


def overflowing(root: QQuickItem) -> list[str]:
    """Texts that are wider than the place they have."""
    return [
        str(item.property("text"))
        for item in items_under(root)
        if item.metaObject().className().startswith("FaText_")
        and item.isVisible()
        and item.property("text")
        and (item.property("truncated") or item.property("contentWidth") > item.width() + 1)
    ]


def test_task_is_worked_from_the_list_to_the_feedback_by_clicks(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["04-09-01"]
    at.stand_at_case(case_id)
    page.open(case_id)
    page.click("tasks.primary")
    at.wait(lambda: at.tasks.sheet.caseState == "accepted")
    assert page.shown("tasks.hint")
    page.click("tasks.primary")
    at.wait(lambda: at.tasks.sheet.caseState == "arrived")
    page.click("tasks.primary")
    at.wait(lambda: page.shown("tasks.form"))
    for role in ("before", "after"):
        page.click(f"tasks.add.{role}")
        at.wait(lambda: at.camera.ready)
        count = at.tasks.draft.photoCount
        page.click("camera.shutter")
        at.wait(lambda count=count: at.tasks.draft.photoCount > count)
        page.click("tasks.camera.done")
    page.click("tasks.note.1")
    page.click("tasks.submit")
    at.wait(lambda: at.tasks.sheet.caseState == "handled")
    assert not page.shown("tasks.form")
    page.click("tasks.primary")
    at.wait(lambda: page.shown("tasks.form"))
    page.type_note("tasks.note.input", "done")
    page.click("tasks.submit")
    at.wait(lambda: at.tasks.sheet.caseState == "fed_back")

    acts = at.acts_of(case_id)
    assert [act.kind.value for act in acts] == ["accept", "arrive", "handle", "feed_back"]
    assert [(photo.role, photo.origin) for photo in acts[2].photos] == [
        (PhotoRole.BEFORE, Origin.CAPTURED),
        (PhotoRole.AFTER, Origin.CAPTURED),
    ]
    assert acts[2].note == "已劝离"
    assert acts[3].note == "done"
    assert not page.shown("tasks.primary")
    assert "等待现场核查" in page.text("tasks.rest")
    assert not at.heard("failed")


def test_double_click_on_the_large_button_does_one_act(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    page.open(case_id)
    page.stage.click("tasks.primary")
    page.stage.click("tasks.primary")
    at.wait(lambda: at.tasks.sheet.caseState == "accepted")
    page.stage.click("tasks.primary")
    at.wait(lambda: not at.tasks.settling)

    assert [act.kind for act in at.acts_of(case_id)] == [ActKind.ACCEPT]


def test_declining_asks_why_and_sends_the_reason(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    page.open(case_id)
    page.click("tasks.side.decline")
    at.wait(lambda: page.shown("tasks.reason.accept"))
    assert not page.stage.find("tasks.reason.accept").isEnabled()
    page.click("tasks.reason.note.0")
    page.click("tasks.reason.accept")
    at.wait(lambda: at.tasks.sheet.caseState == "returned")

    assert [(act.kind, act.note) for act in at.acts_of(case_id)] == [(ActKind.DECLINE, "不属本人职责")]
    at.wait(lambda: not page.shown("tasks.reason.accept"))


def test_escape_leaves_the_reason_as_a_draft(page: Page) -> None:
    at = page.at
    page.open(demo_cases(at.desk)["01-36"])
    page.click("tasks.side.decline")
    at.wait(lambda: page.shown("tasks.reason.accept"))
    page.type_note("tasks.reason.note.input", "not mine")
    page.stage.press(Qt.Key.Key_Escape)
    at.wait(lambda: at.tasks.draft.kind == "")
    at.wait(lambda: len(at.desk.work.drafts.open_drafts("G1001")) == 1)

    page.click("tasks.side.decline")
    at.wait(lambda: at.tasks.draft.note == "not mine")


def test_form_left_by_its_back_button_is_there_again(page: Page, tmp_path: Path) -> None:
    at = page.at
    case_id = put_case(at.desk, "arrived")
    at.events.tablesChanged.emit(frozenset({"city_case"}))
    page.open(case_id)
    page.click("tasks.primary")
    at.wait(lambda: page.shown("tasks.form"))
    assert not page.stage.find("tasks.submit").isEnabled()
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "before")
    at.wait(lambda: at.tasks.draft.missing == "after")
    assert page.stage.find("tasks.submit").isEnabled()
    page.click("tasks.form.back")
    at.wait(lambda: not page.shown("tasks.form"))

    page.click("tasks.primary")
    at.wait(lambda: at.tasks.draft.photoCount == 1)


def test_removing_a_photo_asks_first(page: Page, tmp_path: Path) -> None:
    at = page.at
    case_id = put_case(at.desk, "arrived")
    at.events.tablesChanged.emit(frozenset({"city_case"}))
    page.open(case_id)
    page.click("tasks.primary")
    at.wait(lambda: page.shown("tasks.form"))
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "after")
    at.wait(lambda: page.shown("tasks.photo.after.0.remove"))
    page.click("tasks.photo.after.0.remove")
    page.click("tasks.remove.after.reject")
    at.wait(lambda: not page.shown("tasks.remove.after.accept"))
    assert at.tasks.draft.photoCount == 1
    page.click("tasks.photo.after.0.remove")
    page.click("tasks.remove.after.accept")
    at.wait(lambda: at.tasks.draft.photoCount == 0)


def test_refusal_is_on_the_page_with_its_reason(page: Page) -> None:
    at = page.at
    page.open(demo_cases(at.desk)["01-36"])
    page.click("tasks.primary")
    at.wait(lambda: at.heard("acted"))
    at.start_sending()
    at.refuse_at_central(at.heard("acted")[0][0], "act_not_assigned")
    at.wait(lambda: page.shown("tasks.refusedBanner"))

    assert "此案件已派给他人" in page.text("tasks.refusedBanner")
    assert page.text("tasks.state") == "待接单"


def test_case_given_to_another_is_said_and_offers_nothing(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    page.open(case_id)
    page.click("tasks.primary")
    at.wait(lambda: at.tasks.sheet.caseState == "accepted")
    at.change_case(case_id, state="dispatched", assignee="G1002")
    at.wait(lambda: page.shown("tasks.reassignedBanner"))

    assert not page.shown("tasks.primary")
    assert page.shown(f"tasks.row.{case_id}")


def test_case_given_to_another_says_to_whom_and_when_and_is_put_away_and_brought_back(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    page.open(case_id)
    again = at.desk.new_id()
    at.list_act(case_id, ActKind.DISPATCH, "D5001", act_id=again, to_officer="G1002")
    at.change_case(case_id, state="dispatched", assignee="G1002")
    at.wait(lambda: page.shown("tasks.reassignedBanner.action"))
    assert "改派给李玥" in page.stage.find("tasks.reassignedBanner").property("title")
    assert at.tasks.sheet.sideActs == []
    kinds = {row.act_id: row.kind for row in at.tasks.history.rows()}
    assert kinds[again] == "redispatch"

    page.click("tasks.reassignedBanner.action")
    at.wait(lambda: at.heard("shelved") and at.tasks.items.line(case_id) is None)
    assert at.tasks.selected == ""
    at.tasks.bringBack(at.heard("shelved")[0][0])
    at.wait(lambda: at.tasks.items.line(case_id) is not None)
    at.tasks.choose("done")
    page.open(case_id)


def test_draft_of_an_act_that_can_be_done_no_more_is_thrown_away_after_a_question_and_the_case_put_away(
    page: Page,
) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    page.open(case_id)
    at.prepare("decline", "不属本人职责")
    at.tasks.draft.flush()
    at.wait(lambda: page.shown("tasks.reason.accept"))
    assert not page.shown("tasks.stuck")
    at.list_act(case_id, ActKind.DISPATCH, "D5001", to_officer="G1002")
    at.change_case(case_id, state="dispatched", assignee="G1002")
    at.wait(lambda: page.shown("tasks.stuck.action"))
    assert not page.stage.find("tasks.reason.accept").isEnabled()

    page.click("tasks.stuck.action")
    page.click("tasks.throwAway.reject")
    at.wait(lambda: not page.shown("tasks.throwAway.accept"))
    assert at.tasks.draft.note == "不属本人职责"
    page.click("tasks.stuck.action")
    page.click("tasks.throwAway.accept")
    at.wait(lambda: at.tasks.draft.kind == "" and not page.shown("tasks.reason.accept"))
    at.wait(lambda: at.desk.work.drafts.open_drafts("G1001") == [])
    page.click("tasks.reassignedBanner.action")
    at.wait(lambda: at.tasks.items.line(case_id) is None)


def test_work_of_a_former_owner_is_shown_until_the_desk_has_decided(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    handled = at.desk.new_id()
    clash = {"act_id": handled, "code": "act_not_assigned", "note": "已清理"}
    at.list_act(case_id, ActKind.HANDLE, "G1002", standing="refused", **clash)
    page.open(case_id)
    at.wait(lambda: page.shown("tasks.clashBanner"))
    assert at.tasks.sheet.clash in page.stage.find("tasks.clashBanner").property("title")

    at.list_act(case_id, ActKind.HANDLE, "G1002", standing="set_aside", **clash)
    at.list_act(case_id, ActKind.SET_ASIDE, "D5001", note="处置不彻底", to_officer="G1002")
    at.events.tablesChanged.emit(frozenset({"case_act"}))
    at.wait(lambda: not page.shown("tasks.clashBanner"))
    assert page.shown(f"tasks.history.{handled}")


def test_another_task_is_shown_from_its_top(page: Page) -> None:
    at, case_id = page.at, demo_cases(page.at.desk)["01-36"]
    for _ in range(9):
        at.list_act(case_id, ActKind.SUPPLEMENT, "G1002", note="又看到一处")
    page.open(case_id)
    scroll = page.stage.find("tasks.scroll")
    at.wait(lambda: scroll.property("contentHeight") > scroll.height() + 300)
    scroll.setProperty("contentY", 300)

    page.open(demo_cases(at.desk)["04-09-01"])

    assert scroll.property("contentY") == 0


@pytest.mark.parametrize(("state", "contrary"), [("checking", "deny"), ("fed_back", "reject")])
def test_who_looks_on_site_finds_both_answers_equally_large(page: Page, state: str, contrary: str) -> None:
    case_id = put_case(page.at.desk, state, assignee="", reporter="G1004")
    page.at.events.tablesChanged.emit(frozenset({"city_case"}))
    page.click("tasks.filter.1")
    page.open(case_id)
    yes, no = page.stage.find("tasks.primary"), page.stage.find(f"tasks.side.{contrary}")
    page.at.wait(
        lambda: no.isVisible() and abs(yes.width() - no.width()) <= 1 and yes.height() == no.height()
    )

    page.click(f"tasks.side.{contrary}")

    page.at.wait(lambda: page.at.tasks.draft.kind == contrary)


def test_empty_list_leads_to_what_is_to_be_checked(page: Page) -> None:
    at = page.at
    for case_id in demo_cases(at.desk).values():
        at.change_case(case_id, assignee="G1009")
    put_case(at.desk, "checking", assignee="", reporter="G1004")
    at.events.tablesChanged.emit(frozenset({"city_case"}))
    at.wait(lambda: at.tasks.openCount == 0 and at.tasks.dutyCount > 0)

    page.click("tasks.empty.action")

    at.wait(lambda: at.tasks.filter == "duty" and at.tasks.items.count > 0)


def test_map_is_asked_for_the_case(page: Page) -> None:
    case_id = demo_cases(page.at.desk)["01-36"]
    page.open(case_id)

    page.click("tasks.map")

    assert page.at.heard("showOnMap") == [(case_id,)]


def test_filter_without_tasks_says_so(page: Page) -> None:
    page.click("tasks.filter.2")
    page.at.wait(lambda: page.at.tasks.filter == "done")

    assert page.shown("tasks.empty")


def test_narrow_page_shows_one_pane_and_the_way_back(page: Page) -> None:
    page.stage.window.resize(760, 1100)
    page.root.setSize(page.stage.window.size())
    page.open(demo_cases(page.at.desk)["01-36"])
    page.at.wait(lambda: page.shown("tasks.detail.back"))
    assert not page.shown("tasks.list")

    page.click("tasks.detail.back")
    page.at.wait(lambda: page.shown("tasks.list"))


@pytest.mark.parametrize("theme", ["day", "sunlight", "night"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1184, 720), (1824, 1120)])
def test_nothing_is_cut_off(page: Page, theme: str, scale: float, size: tuple[int, int]) -> None:
    at = page.at
    put_case(at.desk, "accepted", supervised=1, address="新安街道海裕社区创业一路与宝民路交叉口东南侧人行道")
    at.events.tablesChanged.emit(frozenset({"city_case"}))
    page.stage.theme.setProperty("name", theme)
    page.stage.theme.setProperty("textScale", scale)
    page.stage.window.resize(*size)
    page.root.setSize(page.stage.window.size())
    page.stage.window.grabWindow()
    assert overflowing(page.root) == []
    at.open(demo_cases(at.desk)["01-36"])
    page.stage.window.grabWindow()
    assert overflowing(page.root) == []
    page.stage.theme.setProperty("textScale", 1.0)


def test_every_control_has_a_name_to_speak_and_is_large_enough(page: Page) -> None:
    page.open(demo_cases(page.at.desk)["01-36"])
    page.stage.window.grabWindow()
    controls = [
        item
        for item in items_under(page.root)
        if item.isVisible() and item.inherits("QQuickAbstractButton") and item.isEnabled()
    ]
    assert controls
    for item in controls:
        assert item.objectName(), item.property("text")
        assert item.property("text"), item.objectName()
        assert min(item.width(), item.height()) >= 48, item.objectName()
    assert page.stage.find("tasks.primary").height() >= 64
