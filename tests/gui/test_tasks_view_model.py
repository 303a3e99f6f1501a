"""The tasks view model over real stores: what is listed, how acts go, what comes back from central."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from field_app import Tablet, put_case, put_rows
from pytestqt.qtbot import QtBot
from task_stage import TaskTablet, demo_cases, make_jpeg, task_tablet

from fieldapp.capture.drafts import DraftBody, draft_text
from fieldapp.viewmodels.task_list import NAMES
from fieldapp.viewmodels.two_versions import VersionRow
from sync.contract.lifecycle import ActKind
from sync.contract.records import PhotoRole
from sync.contract.wire import Change
from sync.replica.outbox import ItemState


@pytest.fixture
def at(qtbot: QtBot, tablet: Tablet) -> Iterator[TaskTablet]:
    with task_tablet(qtbot, tablet) as made:
        yield made


def listed(at: TaskTablet) -> list[dict[str, object]]:
    items = at.tasks.items
    return [
        {bytes(name).decode(): items.data(items.index(row), int(role)) for role, name in NAMES.items()}
        for row in range(items.rowCount())
    ]


def hours_from_now(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def test_officer_sees_the_cases_dispatched_to_him_due_first(at: TaskTablet) -> None:
    at.sit_down()

    cases = demo_cases(at.desk)
    assert set(cases) == {"04-09-01", "01-36"}
    dues = [at.desk.work.city.case(str(row["caseId"]))["due_at"] for row in listed(at)]
    assert dues == sorted(dues)
    assert (at.tasks.newCount, at.tasks.openCount, at.tasks.doneCount) == (2, 2, 0)


def test_names_follow_the_language(at: TaskTablet) -> None:
    at.sit_down()
    chinese = {row["title"] for row in listed(at)}

    at.events.languageChanged.emit("en")

    english = {row["title"] for row in listed(at)}
    assert not chinese & english
    assert all(str(title).isascii() for title in english)


def test_task_that_arrives_is_listed_by_itself_and_spoken_of(at: TaskTablet) -> None:
    at.sit_down()
    inserted: list[int] = []
    at.tasks.items.rowsInserted.connect(lambda _parent, first, _last: inserted.append(first))
    resets: list[bool] = []
    at.tasks.items.modelReset.connect(lambda: resets.append(True))

    case_id = put_case(at.desk, due_at=hours_from_now(1))
    at.events.tablesChanged.emit(frozenset({"city_case"}))
    at.wait(lambda: at.tasks.newCount == 3)

    assert len(inserted) == 1
    assert not resets
    assert at.heard("dispatched")[0][0] == case_id
    assert "渣土车" in at.heard("dispatched")[0][1]


@pytest.mark.parametrize(
    ("started_h", "due_h", "level"), [(-1, 9, "green"), (-9, 1, "yellow"), (-9, -1, "red")]
)
def test_light_goes_by_the_share_of_time_that_is_gone(
    at: TaskTablet, started_h: float, due_h: float, level: str
) -> None:
    case_id = put_case(at.desk, due_at=hours_from_now(due_h))
    at.list_act(case_id, ActKind.DISPATCH, "D5001", received_at=hours_from_now(started_h))
    at.sit_down()

    row = next(row for row in listed(at) if row["caseId"] == case_id)
    assert row["dueLevel"] == level
    assert (float(str(row["dueMinutes"])) < 0) is (level == "red")


def test_distance_is_told_once_there_is_a_position(at: TaskTablet) -> None:
    case_id = put_case(at.desk, lon=113.9, lat=22.57, due_at="2020-01-01T00:00:00+00:00")
    at.sit_down()
    assert listed(at)[0]["distance"] == -1.0

    at.stand_at(113.91, 22.57)

    assert listed(at)[0]["caseId"] == case_id
    assert float(str(listed(at)[0]["distance"])) == pytest.approx(1028, abs=3)


def test_accepting_shows_at_once_and_waits_for_the_network(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)

    record_id = at.act("accept")

    assert at.tasks.sheet.caseState == "accepted"
    assert at.tasks.sheet.nextAct == "arrive"
    assert at.tasks.sheet.steps == ["pending", "todo", "todo", "todo"]
    assert at.tasks.newCount == 1
    assert [entry.state for entry in at.outbox_of(case_id)] == [ItemState.WAITING]
    assert next(row for row in listed(at) if row["caseId"] == case_id)["status"] == "waiting"
    assert "已接单" in at.heard("acted")[0][1]
    assert at.heard("acted")[0][0] == record_id


def test_row_shows_what_the_open_task_shows(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    row = at.desk.work.city.case(case_id)
    assert row is not None
    put_rows(at.desk, "city_case", row | {"state": "arrived"})  # pulled; the word of it is still on its way

    at.open(case_id)

    states = {str(row["caseId"]): row["caseState"] for row in listed(at)}
    assert at.tasks.sheet.caseState == states[case_id] == "arrived"
    assert at.tasks.newCount == 1


def test_double_tap_does_one_act(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)

    at.tasks.act("accept")
    at.tasks.act("accept")
    at.wait(lambda: at.heard("acted"))
    at.tasks.act("arrive")  # the second tap of an eager finger lands on the next act's button
    at.wait(lambda: not at.tasks.settling)

    assert [act.kind for act in at.acts_of(case_id)] == [ActKind.ACCEPT]
    assert not at.heard("failed")


def test_whole_life_offline_leaves_four_acts_in_order(at: TaskTablet, tmp_path: Path) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["04-09-01"]
    at.stand_at_case(case_id)
    at.open(case_id)
    at.act("accept")
    at.act("arrive")
    at.prepare("handle", "已劝离两台车")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "before")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "b.jpg", (10, 90, 10)))], "after")
    at.wait(lambda: at.tasks.draft.photoCount == 2)
    at.send()
    at.prepare("feed_back", "已处置完毕")
    at.send()

    acts = at.acts_of(case_id)
    assert [act.kind.value for act in acts] == ["accept", "arrive", "handle", "feed_back"]
    assert [act.stamp.device_seq for act in acts] == sorted(act.stamp.device_seq for act in acts)
    assert acts[1].place.lon is not None
    assert [photo.role for photo in acts[2].photos] == [PhotoRole.BEFORE, PhotoRole.AFTER]
    assert acts[2].note == "已劝离两台车"
    assert acts[3].note == "已处置完毕"
    handled = at.tasks.history.rows()[1]
    assert (handled.kind, handled.photo_count, handled.before_count) == ("handle", 2, 1)
    assert at.tasks.sheet.steps == ["pending"] * 4
    assert at.tasks.sheet.nextAct == ""
    assert (at.tasks.openCount, at.tasks.doneCount) == (1, 1)
    assert not at.heard("failed")


def test_handling_without_a_photo_is_refused_and_keeps_the_note(at: TaskTablet) -> None:
    at.sit_down()
    at.open(demo_cases(at.desk)["01-36"])
    at.act("accept")
    at.act("arrive")
    at.prepare("handle", "已清理")
    at.wait(lambda: not at.tasks.settling)

    at.tasks.submitDraft()
    at.wait(lambda: at.heard("failed"))

    assert at.heard("failed")[0][0] == "act_needs_photo"
    assert at.tasks.draft.note == "已清理"
    assert at.tasks.draft.missing == "both"


def test_note_that_somebody_else_wrote_too_is_listed_beside_ones_own(at: TaskTablet) -> None:
    at.sit_down()
    at.open(demo_cases(at.desk)["01-36"])
    at.prepare("decline", "不是")
    at.tasks.flush()
    draft = at.tasks.draft
    at.wait(lambda: len(at.desk.work.drafts.open_drafts("G1001")) == 1)
    stored = at.desk.work.drafts.open_drafts("G1001")[0]
    with at.desk.work.act():
        text = draft_text(DraftBody(note="属于市政"))
        at.desk.work.drafts.save(msgspec.structs.replace(stored, body=text))

    draft.edit("不是本单位的")
    draft.flush()
    at.wait(lambda: len(draft.versions.items.rows()) == 1)

    [row] = draft.versions.items.rows()
    assert isinstance(row, VersionRow)
    assert (row.standing, row.other) == ("不是本单位的", "属于市政")
    draft.versions.take(row.key)
    assert draft.note == "属于市政"


def test_note_comes_back_after_a_kill(at: TaskTablet, qtbot: QtBot, tablet: Tablet, tmp_path: Path) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    at.act("accept")
    at.act("arrive")
    at.prepare("handle", "门前杂物已搬走，")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "b.jpg"))], "after")
    at.wait(lambda: at.tasks.draft.photoCount == 1)
    at.wait(lambda: any(d.kind == "handle" for d in at.desk.work.drafts.open_drafts("G1001")))
    at.tasks.draft.edit("门前杂物已搬走，地面已清扫")
    stored = lambda: [d.body for d in at.desk.work.drafts.open_drafts("G1001")]  # noqa: E731
    at.wait(lambda: "\\u6e05\\u626b" in stored()[0])  # 清扫, kept by itself

    with task_tablet(qtbot, tablet) as again:
        again.sit_down()
        again.open(case_id)
        again.tasks.act("handle")
        again.wait(lambda: again.tasks.draft.kind == "handle")

        assert again.tasks.draft.note == "门前杂物已搬走，地面已清扫"
        assert (again.tasks.draft.before.count, again.tasks.draft.after.count) == (0, 1)
        assert again.tasks.draft.missing == "before"


def test_empty_form_leaves_no_draft_behind(at: TaskTablet) -> None:
    at.sit_down()
    at.open(demo_cases(at.desk)["01-36"])
    at.act("accept")
    at.prepare("return", "原")
    at.tasks.draft.flush()
    at.wait(lambda: at.desk.work.drafts.open_drafts("G1001"))
    at.tasks.draft.edit("")

    at.tasks.draft.close()

    at.wait(lambda: not at.desk.work.drafts.open_drafts("G1001"))
    assert at.tasks.draft.kind == ""


def test_undo_before_sending_removes_the_act(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")

    at.tasks.undo(record_id)
    at.wait(lambda: at.heard("undone"))

    assert at.heard("undone") == [(record_id, "removed")]
    assert at.tasks.sheet.caseState == "dispatched"
    assert at.outbox_of(case_id) == []
    assert at.tasks.newCount == 2


def test_undo_of_handling_brings_the_form_back_whole(at: TaskTablet, tmp_path: Path) -> None:
    at.sit_down()
    at.open(demo_cases(at.desk)["01-36"])
    at.act("accept")
    at.act("arrive")
    at.prepare("handle", "已清理")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "b.jpg"))], "after")
    at.wait(lambda: at.tasks.draft.photoCount == 1)
    record_id = at.send()
    assert at.tasks.draft.kind == ""

    at.tasks.undo(record_id)
    at.wait(lambda: at.tasks.draft.kind == "handle")

    assert at.tasks.draft.note == "已清理"
    assert at.tasks.draft.photoCount == 1
    assert at.tasks.sheet.caseState == "arrived"


def test_undo_after_sending_takes_the_act_back_at_once(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")
    at.start_sending()
    at.accept_at_central(record_id, "accepted")
    at.wait(lambda: at.tasks.sheet.steps[0] == "done")

    at.tasks.undo(record_id)
    at.wait(lambda: at.heard("undone"))

    assert at.heard("undone") == [(record_id, "withdrawn")]
    assert at.tasks.sheet.caseState == "dispatched"
    kinds = [act.kind.value for act in at.acts_of(case_id)]
    assert kinds == ["accept", "withdraw"]


def test_what_central_refuses_comes_back_with_its_reason(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")
    at.start_sending()
    at.events.recordsChanged.emit(frozenset({record_id}))
    at.wait(
        lambda: next(row for row in at.tasks.history.rows() if row.act_id == record_id).status == "waiting"
    )

    at.refuse_at_central(record_id, "act_not_allowed")
    at.wait(lambda: at.tasks.sheet.refused == 1)

    assert at.tasks.sheet.caseState == "dispatched"
    assert at.tasks.sheet.nextAct == "accept"
    assert next(row for row in listed(at) if row["caseId"] == case_id)["status"] == "needs_you"
    history = at.tasks.history.rows()
    refused = next(row for row in history if row.act_id == record_id)
    assert refused.refused
    assert refused.reason == "案件当前状态不能进行此操作。"
    assert sum(row.act_id == record_id for row in history) == 1


def test_case_given_to_another_while_working_says_so_and_keeps_the_work(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    at.act("accept")
    at.prepare("return", "需要专业队伍")
    at.tasks.draft.flush()

    at.list_act(case_id, ActKind.DISPATCH, "D5001", to_officer="G1002")
    at.change_case(case_id, assignee="G1002")
    at.wait(lambda: at.tasks.sheet.caseState == "reassigned")

    row = next(row for row in listed(at) if row["caseId"] == case_id)
    assert row["caseState"] == "reassigned"
    assert row["isOpen"] is True
    assert at.tasks.sheet.nextAct == ""
    assert at.tasks.sheet.assignee == "G1002" or at.tasks.sheet.assignee
    assert at.tasks.draft.note == "需要专业队伍"
    at.wait(lambda: not at.tasks.settling)
    at.tasks.submitDraft()
    at.wait(lambda: at.heard("failed"))
    assert at.heard("failed")[0][0] in {"act_not_assigned", "act_not_allowed"}
    assert at.tasks.draft.note == "需要专业队伍"


@pytest.mark.parametrize(
    ("left", "words"), [(True, "已改派给他人，不再由您处置："), (False, "不再由您处置：")]
)
def test_accepted_task_that_is_given_to_another_is_said_and_stays_to_be_seen(
    at: TaskTablet, left: bool, words: str
) -> None:
    at.sit_down()
    at.tasks.choose("all")
    case_id = put_case(at.desk, state="accepted", due_at=hours_from_now(1))
    at.list_act(case_id, ActKind.DISPATCH, "D5001", to_officer="G1001")
    at.change_case(case_id)
    at.wait(lambda: any(row["caseId"] == case_id for row in listed(at)))
    open_before = at.tasks.openCount

    if left:
        at.change_case(case_id, state="dispatched", assignee="G1002")
    else:
        change = Change(1, "city_case", case_id, None)
        with at.desk.work.act():
            at.desk.work.city.apply([change])
        at.events.tablesChanged.emit(frozenset({"city_case"}))
    at.wait(lambda: at.heard("takenAway"))

    told, said = at.heard("takenAway")[0]
    assert told == case_id
    assert said.startswith(words)
    assert at.tasks.openCount == open_before - 1
    rows = [(row["caseState"], row["isOpen"]) for row in listed(at) if row["caseId"] == case_id]
    assert rows == ([("reassigned", False)] if left else [])


def test_lost_answer_does_not_count_an_act_twice(at: TaskTablet) -> None:
    at.sit_down()
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")
    at.start_sending()
    at.list_act(case_id, ActKind.ACCEPT, "G1001", act_id=record_id)
    at.change_case(case_id, state="accepted", last_act=record_id)
    at.wait(lambda: at.tasks.history.count == 5)

    assert [row.act_id for row in at.tasks.history.rows()].count(record_id) == 1
    assert at.tasks.sheet.nextAct == "arrive"


@pytest.mark.parametrize("reason", ["道路封闭，在附近", ""])
def test_far_arrival_asks_for_the_reason_and_is_not_blocked(at: TaskTablet, reason: str) -> None:
    case_id = put_case(at.desk, "accepted", lon=113.9, lat=22.57)
    at.sit_down()
    at.stand_at(113.95, 22.57)
    at.open(case_id)
    assert at.tasks.sheet.far

    at.prepare("arrive", reason)
    at.send()

    (act,) = at.acts_of(case_id)
    assert (act.place.lon, act.note) == (113.95, reason)


def test_broken_photo_is_refused_plainly_and_the_others_are_kept(at: TaskTablet, tmp_path: Path) -> None:
    case_id = put_case(at.desk, "arrived")
    at.sit_down()
    at.open(case_id)
    at.prepare("handle", "")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a photo")

    at.tasks.draft.importPhotos([str(broken), str(make_jpeg(tmp_path / "ok.jpg"))], "after")
    at.wait(lambda: at.tasks.draft.photoCount == 1 and at.heard("failed"))

    assert at.heard("failed") == [("photo_not_image", "该文件不是可识别的照片。")]


def test_removed_photo_is_gone(at: TaskTablet, tmp_path: Path) -> None:
    case_id = put_case(at.desk, "arrived")
    at.sit_down()
    at.open(case_id)
    at.prepare("handle", "")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "ok.jpg"))], "before")
    at.wait(lambda: at.tasks.draft.photoCount == 1)
    (photo,) = at.tasks.draft.before.photos()

    at.tasks.draft.removePhoto(photo.photo_id)

    at.wait(lambda: not at.desk.work.drafts.photos(photo.owner_id))
    assert at.tasks.draft.photoCount == 0


def test_act_draft_opens_from_elsewhere(at: TaskTablet) -> None:
    case_id = put_case(at.desk, "handled")
    at.sit_down()
    at.open(case_id)
    at.prepare("feed_back", "办好了")
    at.tasks.draft.flush()
    at.wait(lambda: at.desk.work.drafts.open_drafts("G1001"))
    (draft,) = at.desk.work.drafts.open_drafts("G1001")
    at.tasks.open("")
    at.wait(lambda: not at.tasks.sheet.caseId)

    at.tasks.openDraft(draft.draft_id)
    at.wait(lambda: at.tasks.draft.kind == "feed_back" and at.tasks.sheet.caseId == case_id)

    assert at.tasks.draft.note == "办好了"


def test_note_that_cannot_be_kept_stays_in_the_field_with_its_reason(at: TaskTablet) -> None:
    case_id = put_case(at.desk, "handled")
    at.sit_down()
    at.open(case_id)
    at.prepare("feed_back", "a\x00b")
    at.wait(lambda: not at.tasks.settling)

    at.tasks.submitDraft()
    at.wait(lambda: at.tasks.draft.noteError)

    assert at.tasks.draft.note == "a\x00b"
    assert at.outbox_of(case_id) == []


def test_officer_who_leaves_leaves_nothing_on_the_page(at: TaskTablet) -> None:
    at.sit_down()
    at.open(demo_cases(at.desk)["01-36"])

    at.events.closed.emit()

    assert at.tasks.items.count == 0
    assert at.tasks.sheet.caseId == ""
    assert at.tasks.history.count == 0
    assert not at.tasks.loaded


def test_filters_show_open_done_or_all(at: TaskTablet) -> None:
    done = put_case(at.desk, "closed")
    at.sit_down()

    at.tasks.choose("done")
    assert [row["caseId"] for row in listed(at)] == [done]
    at.tasks.choose("all")
    assert listed(at)[-1]["caseId"] == done
    assert at.tasks.items.count == 3 + at.tasks.dutyCount
