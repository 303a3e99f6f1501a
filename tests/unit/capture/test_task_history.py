"""The history of a case: both sides of a clash, what was taken back, and where own acts are on their way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import accept, put, put_act, put_case, refuse
from image_makers import jpeg
from use_case_desk import INSIDE, close_desk, make_desk

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.case_history import HistoryEntry
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.task_sheet import read_task
from fieldapp.capture.undo import undo
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, PhotoRole, Place, PlaceSource
from sync.replica.outbox import ItemState


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def history(desk: Desk, case_id: str) -> list[HistoryEntry]:
    return list(read_task(desk, case_id).history)


def test_history_begins_with_the_report_and_follows_central_s_order(desk: Desk) -> None:
    case_id = put_case(desk)
    submit_act(desk, case_id, ActKind.ACCEPT)

    entries = history(desk, case_id)

    assert [entry.kind for entry in entries] == ["report", "open", "dispatch", "accept"]
    assert [entry.state for entry in entries] == [None, None, None, ItemState.WAITING]
    assert entries[2].to_officer == "G1001"


def test_dispatch_that_took_the_case_from_another_is_called_so(desk: Desk) -> None:
    case_id = put_case(desk)
    put_act(desk, case_id, ActKind.ACCEPT, "G1001", order=3)
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", order=4, to_officer="U3001")
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", order=5, to_officer="U3001")
    kinds = [entry.kind for entry in history(desk, case_id)]
    assert kinds == ["report", "open", "dispatch", "accept", "redispatch", "dispatch"]


def test_report_that_central_lists_among_the_acts_is_shown_and_moves_nothing(desk: Desk) -> None:
    case_id = put_case(desk)
    put_act(desk, case_id, ActKind.REPORT, "G1002", order=3)
    put_act(desk, case_id, ActKind.ACCEPT, "G1001", order=4)
    kinds = [entry.kind for entry in history(desk, case_id)]
    assert kinds == ["report", "open", "dispatch", "report", "accept"]


def test_both_sides_of_a_clash_stay_visible(desk: Desk) -> None:
    case_id = put_case(desk)
    mine = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    other = put_act(desk, case_id, ActKind.ACCEPT, "G1009", order=5)
    refuse(desk, mine, "act_not_allowed")

    entries = {entry.act_id: entry for entry in history(desk, case_id)}

    assert (entries[other].refused, entries[other].officer) == (False, "G1009")
    assert entries[mine].refused
    assert entries[mine].code == "act_not_allowed"
    assert entries[mine].state is ItemState.NEEDS_YOU
    assert len(entries) == 5


def test_act_taken_back_stays_marked_and_its_withdrawal_is_not_shown_apart(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "accepted")
    undo(desk, record)

    entries = history(desk, case_id)

    assert [entry.kind for entry in entries][-1] == "accept"
    assert [entry.taken_back for entry in entries] == [False, False, False, True]


def test_refused_withdrawal_is_shown(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "accepted")
    undo(desk, record)
    withdrawal = desk.work.outbox.records_of_case(case_id)[-1].record.record_id
    refuse(desk, withdrawal, "withdraw_too_late")

    last = history(desk, case_id)[-1]

    assert (last.kind, last.refused, last.code) == ("withdraw", True, "withdraw_too_late")


def test_act_waits_until_its_photos_have_gone_too(desk: Desk) -> None:
    case_id = put_case(desk, "arrived")
    begun = begin_act(desk, case_id, ActKind.HANDLE)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, jpeg(), NOWHERE, role=PhotoRole.BEFORE)
    record = submit_act(desk, case_id, ActKind.HANDLE, draft_id=begun.draft_id).record_id
    accept(desk, record, "handled")

    sheet = read_task(desk, case_id)

    assert sheet.history[-1].state is ItemState.WAITING
    assert sheet.line.waiting == 3  # thumbnail, stamped picture, original


def test_arrival_tells_how_far_from_the_case_it_was(desk: Desk) -> None:
    case_id = put_case(desk, "accepted", lon=INSIDE[0], lat=INSIDE[1])
    submit_act(desk, case_id, ActKind.ARRIVE, place=Place(PlaceSource.GNSS, INSIDE[0] + 0.01, INSIDE[1]))

    assert history(desk, case_id)[-1].away_m == pytest.approx(1028, abs=3)


def test_photos_of_a_report_made_here_can_be_shown(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    submit_report(desk, draft)
    entry = desk.work.outbox.entry(draft)
    assert entry is not None
    here = put_case(desk, record=entry.record.body)

    (photo,) = read_task(desk, here).photos

    assert Path(photo.path).exists()


def test_photos_of_a_report_made_elsewhere_are_counted(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    saved = take_photo(desk, draft, jpeg(), NOWHERE)
    submit_report(desk, draft)
    entry = desk.work.outbox.entry(draft)
    assert entry is not None
    for file in (*desk.folder.files.rglob("*.jpg"), *desk.folder.derived.rglob("*.jpg")):
        file.unlink()

    sheet = read_task(desk, put_case(desk, record=entry.record.body))

    assert saved.photo.original.sha256
    assert [photo.path for photo in sheet.photos] == [""]


def test_steps_are_done_pending_or_to_do(desk: Desk) -> None:
    case_id = put_case(desk)
    accept(desk, submit_act(desk, case_id, ActKind.ACCEPT).record_id, "accepted")
    submit_act(desk, case_id, ActKind.ARRIVE)

    steps = read_task(desk, case_id).steps

    assert [(step.done, step.pending) for step in steps] == [
        (True, False),
        (True, True),
        (False, False),
        (False, False),
    ]


def test_steps_of_a_suspended_task_are_those_it_had(desk: Desk) -> None:
    case_id = put_case(desk, "suspended", before_suspension="arrived")

    assert [step.done for step in read_task(desk, case_id).steps] == [True, True, False, False]


def test_unreadable_act_of_a_newer_central_is_passed_over(desk: Desk) -> None:
    case_id = put_case(desk)
    act_id = put_act(desk, case_id, ActKind.SUPERVISE, "L6001", order=3)
    act = next(row for row in desk.work.city.acts(case_id) if row["act_id"] == act_id)
    put(desk, "case_act", act | {"kind": "audit", "record": '{"x": 1}'})

    entries = history(desk, case_id)

    assert entries[-1].kind == "audit"
    assert entries[-1].photos == ()
