"""Where a case stands on this tablet, whatever became of its own acts on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import NOW, accept, act_of, put, put_act, put_case, refuse
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.act import submit_act, view_case
from fieldapp.capture.act_drafts import begin_act, drop_if_empty, ensure_act, find_act_draft, keep_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import NOWHERE, PhotoRole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def state(desk: Desk, case_id: str) -> CaseState:
    return view_case(desk, case_id).standing.state


def test_own_act_counts_before_central_knows_it(desk: Desk) -> None:
    case_id = put_case(desk)

    submit_act(desk, case_id, ActKind.ACCEPT)

    assert state(desk, case_id) is CaseState.ACCEPTED
    assert ActKind.ARRIVE in view_case(desk, case_id).offered


def test_act_that_could_not_be_sent_still_counts(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, NOW)
        desk.work.outbox.put_back([record], "unreachable", {})

    assert state(desk, case_id) is CaseState.ACCEPTED


def test_act_that_central_refused_counts_for_nothing(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id

    refuse(desk, record, "act_not_allowed")

    assert state(desk, case_id) is CaseState.DISPATCHED
    assert view_case(desk, case_id).pending == ()


def test_refused_act_that_is_offered_again_counts_for_nothing_until_it_is_taken(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    refuse(desk, record, "act_not_allowed")
    with desk.work.act():
        desk.work.outbox.try_again(record)

    assert state(desk, case_id) is CaseState.DISPATCHED


def test_acts_after_a_refused_one_wait_without_effect(desk: Desk) -> None:
    case_id = put_case(desk)
    first = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    second = submit_act(desk, case_id, ActKind.ARRIVE).record_id

    refuse(desk, first, "act_not_allowed")

    assert state(desk, case_id) is CaseState.DISPATCHED
    assert view_case(desk, case_id).pending == (second,)


def test_act_whose_answer_was_lost_counts_once(desk: Desk) -> None:
    case_id = put_case(desk)
    accepted = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    put_act(desk, case_id, ActKind.ACCEPT, "G1001", order=9, act_id=accepted)
    row = desk.work.city.case(case_id)
    assert row is not None
    put(desk, "city_case", row | {"state": "accepted", "last_act": accepted})

    view = view_case(desk, case_id)
    assert view.standing.state is CaseState.ACCEPTED
    assert view.pending == ()


def test_taking_back_an_act_that_central_has_shows_at_once(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "accepted")

    assert undo(desk, record) is Undone.WITHDRAWN

    assert state(desk, case_id) is CaseState.DISPATCHED


def test_taking_back_leaves_central_s_standing_where_its_acts_do_not_explain_it(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "accepted")
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", order=8, to_officer="G1009")

    undo(desk, record)

    assert state(desk, case_id) is CaseState.ACCEPTED


def test_taking_back_an_act_that_something_was_built_on_waits_for_central(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "arrived")
    row = desk.work.city.case(case_id)
    assert row is not None
    put(desk, "city_case", row | {"last_act": "someone-else"})

    undo(desk, record)

    assert state(desk, case_id) is CaseState.ARRIVED


def test_refused_act_has_nothing_to_be_taken_back(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    refuse(desk, record, "act_not_allowed")

    assert undo(desk, record) is Undone.ALREADY
    assert len(desk.work.outbox.records_of_case(case_id)) == 1


def test_draft_is_submitted_once_however_often_it_is_asked(desk: Desk) -> None:
    case_id = put_case(desk, "arrived")
    begun = begin_act(desk, case_id, ActKind.HANDLE)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, jpeg(), NOWHERE, role=PhotoRole.AFTER)

    first = submit_act(desk, case_id, ActKind.HANDLE, draft_id=begun.draft_id)
    second = submit_act(desk, case_id, ActKind.HANDLE, draft_id=begun.draft_id)

    assert first.record_id == second.record_id == begun.draft_id
    assert len(desk.work.outbox.records_of_case(case_id)) == 1


def test_handling_without_a_photo_is_refused_and_writes_nothing(desk: Desk) -> None:
    case_id = put_case(desk, "arrived")

    with pytest.raises(NeedsPerson) as refused:
        submit_act(desk, case_id, ActKind.HANDLE, note="done")

    assert refused.value.code == "act_needs_photo"
    assert desk.work.outbox.records_of_case(case_id) == []


def test_act_says_what_of_the_case_its_officer_had_seen(desk: Desk) -> None:
    case_id = put_case(desk)

    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id

    assert act_of(desk, record).seen_seq == 2


def test_case_that_is_not_here_is_said_so(desk: Desk) -> None:
    with pytest.raises(InputRefused) as refused:
        view_case(desk, "01900000-0000-7000-8000-00000000ffff")

    assert refused.value.code == "case_unknown"


def test_act_draft_is_found_again_by_case_and_kind(desk: Desk) -> None:
    case_id = put_case(desk, "arrived")
    begun = begin_act(desk, case_id, ActKind.HANDLE)
    keep_act(desk, begun, "half a sen")

    again = begin_act(desk, case_id, ActKind.HANDLE)

    assert (again.draft_id, again.note) == (begun.draft_id, "half a sen")
    assert begin_act(desk, case_id, ActKind.RETURN).draft_id != begun.draft_id


def test_looking_at_an_empty_form_keeps_nothing(desk: Desk) -> None:
    case_id = put_case(desk, "arrived")

    begun = begin_act(desk, case_id, ActKind.HANDLE)

    assert find_act_draft(desk, begun.draft_id) is None
    assert not drop_if_empty(desk, begun.draft_id)
    keep_act(desk, begun, "  ")
    assert drop_if_empty(desk, begun.draft_id)


def test_note_of_an_act_that_somebody_else_wrote_too_is_kept_of_both_and_filed_as_it_stands(
    desk: Desk,
) -> None:
    case_id = put_case(desk, "handled")
    begun = begin_act(desk, case_id, ActKind.FEED_BACK)
    keep_act(desk, begun, "other words")

    kept = keep_act(desk, begun, "own words", seen=begun.body)

    assert kept is not None
    assert [one.value for one in kept.body.aside] == ['"other words"']
    again = find_act_draft(desk, begun.draft_id)
    assert again is not None
    assert (again.note, again.aside) == ("own words", kept.body.aside)
    keep_act(desk, begun, "")
    assert not drop_if_empty(desk, begun.draft_id)
    keep_act(desk, begun, "own words")
    submit_act(desk, case_id, ActKind.FEED_BACK, draft_id=begun.draft_id)
    entry = desk.work.outbox.entry(begun.draft_id)
    assert entry is not None
    assert "own words" in entry.record.body
    assert "other words" not in entry.record.body


def test_draft_submitted_meanwhile_is_left_as_it_is(desk: Desk) -> None:
    case_id = put_case(desk, "handled")
    begun = begin_act(desk, case_id, ActKind.FEED_BACK)
    keep_act(desk, begun, "done")
    submit_act(desk, case_id, ActKind.FEED_BACK, draft_id=begun.draft_id)

    keep_act(desk, begun, "done, late keystroke")

    draft = desk.work.drafts.get(begun.draft_id)
    assert draft is not None
    assert draft.state == "submitted"
    assert "late" not in draft.body


def test_withdrawal_cannot_be_taken_back_whether_it_has_left_or_not(desk: Desk) -> None:
    case_id = put_case(desk)
    record = submit_act(desk, case_id, ActKind.ACCEPT).record_id
    accept(desk, record, "accepted")
    undo(desk, record)
    withdrawal = desk.work.outbox.records_of_case(case_id)[-1].record.record_id

    with pytest.raises(InputRefused, match="withdraw_stays"):
        undo(desk, withdrawal)

    assert [entry.record.record_id for entry in desk.work.outbox.records_of_case(case_id)] == [
        record,
        withdrawal,
    ]
    assert state(desk, case_id) is CaseState.DISPATCHED
