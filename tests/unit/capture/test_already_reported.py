"""Whether what is about to be reported is an open case already, and giving that case the photos instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import put_case
from image_makers import jpeg
from PIL import Image
from use_case_desk import CELL, INSIDE, close_desk, make_desk

from fieldapp.capture.act import view_case
from fieldapp.capture.already_reported import Reported, add_to_case, already_reported
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Act, Place, PlaceSource, RecordType
from sync.contract.wire import decode_record

HERE = Place(PlaceSource.GNSS, *INSIDE, accuracy_m=5.0)
LOOK = "f0f0f0f00f0f0f0f"
ALIKE = "f0f0f0f00f0f0f0e"
METRE = 1 / 111_320
SCENE = Image.frombytes("L", (6, 6), bytes(n * 97 % 256 for n in range(36))).resize((320, 240)).convert("RGB")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    close_desk(made)


def near(desk: Desk, metres: float = 10, **columns: object) -> str:
    at = {"lon": INSIDE[0], "lat": INSIDE[1] + metres * METRE, "state": "reported"}
    return put_case(desk, **at | columns)  # type: ignore[arg-type]


def asked(desk: Desk, looks: tuple[str, ...] = (), place: Place = HERE, **body: str) -> list[str]:
    wanted = DraftBody(**{"class_code": "03-11", **body})  # type: ignore[arg-type]
    found: tuple[Reported, ...] = already_reported(desk, wanted, place, CELL, looks)
    return [one.case_id for one in found]


def test_open_case_of_the_class_close_by_is_found_the_nearest_first(desk: Desk) -> None:
    far, close = near(desk, 70), near(desk, 5)
    near(desk, 400)
    assert asked(desk) == [close, far]


def test_closed_void_and_withdrawn_cases_are_not_offered(desk: Desk) -> None:
    for state in ("closed", "void", "withdrawn"):
        near(desk, state=state)
    assert asked(desk) == []


def test_case_of_another_class_is_found_by_its_alike_picture(desk: Desk) -> None:
    near(desk, class_code="01-02", looks="")
    alike = near(desk, class_code="01-02", looks=f"0123456789abcdef {ALIKE}")
    assert asked(desk, (LOOK,)) == [alike]


def test_another_trucks_case_is_never_the_same_thing(desk: Desk) -> None:
    near(desk, plate="粤B11111")
    own = near(desk, plate="粤B22222")
    assert asked(desk, plate="粤b22222") == [own]


def test_without_a_position_the_cases_of_the_cell_are_asked(desk: Desk) -> None:
    here = near(desk, grid_cell=CELL)
    near(desk, grid_cell="440306001001999")
    assert asked(desk, place=NOWHERE) == [here]


def test_case_without_a_position_in_the_same_cell_is_found(desk: Desk) -> None:
    here = near(desk, lon=None, lat=None, grid_cell=CELL)
    assert asked(desk) == [here]


def test_unreadable_rows_of_another_version_are_borne(desk: Desk) -> None:
    odd = near(desk, looks="nonsense", reported_at="yesterday", note=None, plate=None)
    assert asked(desk, (LOOK,)) == [odd]


def report_here(desk: Desk) -> str:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="渣土撒漏", place=HERE))
    take_photo(desk, draft, jpeg(SCENE), HERE)
    return submit_report(desk, draft).record_id


def draft_here(desk: Desk, **body: str) -> str:
    draft = start_draft(desk)
    take_photo(desk, draft, jpeg(SCENE), HERE)
    keep_draft(desk, draft, desk.officer.officer_id, DraftBody(class_code="03-11", **body))  # type: ignore[arg-type]
    return draft


def test_report_that_still_waits_on_this_tablet_is_found_and_can_be_added_to(desk: Desk) -> None:
    first = report_here(desk)
    found = already_reported(desk, DraftBody(class_code="03-11"), HERE, CELL, ())
    assert [(one.case_id, one.own) for one in found] == [(first, True)]

    added = add_to_case(desk, draft_here(desk, note="又撒了一处"), first)

    assert [entry.record.case_id for entry in desk.work.outbox.entries()] == [first, first]
    assert added.record_id in view_case(desk, first).pending


def test_report_that_was_taken_back_is_not_offered(desk: Desk) -> None:
    undo(desk, report_here(desk))
    assert asked(desk) == []


def test_photos_and_all_that_was_typed_go_to_the_case_as_one_supplement(desk: Desk) -> None:
    case_id = near(desk)
    saved = add_to_case(desk, draft_here(desk, note="又撒了", plate="粤B12345", address="湖东路口"), case_id)

    entry = desk.work.outbox.entry(saved.record_id)
    assert entry is not None
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    assert (act.kind, act.case_id, act.note) == (ActKind.SUPPLEMENT, case_id, "又撒了\n粤B12345\n湖东路口")
    assert act.place.lon == INSIDE[0]
    assert len(act.photos) == 1
    assert len(act.photos[0].look) == 16


def test_undone_supplement_is_the_draft_of_a_report_again_with_all_it_had(desk: Desk) -> None:
    draft = draft_here(desk, note="又撒了", plate="粤B12345", address="湖东路口")
    before = open_draft(desk, draft)
    saved = add_to_case(desk, draft, near(desk))

    assert undo(desk, saved.record_id) is Undone.REMOVED
    after = open_draft(desk, draft)
    assert (after.body, after.draft.kind, after.draft.state) == (before.body, "report", "open")
    assert [one.photo_id for one in after.photos] == [one.photo_id for one in before.photos]


def test_asked_twice_a_supplement_is_made_once(desk: Desk) -> None:
    draft, case_id = draft_here(desk), near(desk)
    add_to_case(desk, draft, case_id)
    add_to_case(desk, draft, case_id)
    assert len(desk.work.outbox.entries()) == 1


def test_nothing_to_add_is_refused_and_the_draft_stays(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    with pytest.raises(InputRefused, match="supplement_empty"):
        add_to_case(desk, draft, near(desk))
    assert open_draft(desk, draft).draft.state == "open"
