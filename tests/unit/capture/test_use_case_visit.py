"""Visits at the tablet: kept as they are typed, signed, saved once with paper and hash."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.signature import draw_signature
from fieldapp.capture.overview import report_drafts
from fieldapp.capture.photos import take_photo
from fieldapp.capture.undo import Undone, undo
from fieldapp.capture.visit import Paper, items_now, own_visits, questions_of, submit_visit
from fieldapp.capture.visit_draft import (
    DraftAnswer,
    assign_photo,
    begin_visit,
    drop_photo,
    keep_visit,
    open_visit,
    show_credential,
    sign_visit,
)
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import Role
from sync.contract.records import NOWHERE, PhotoRole, RecordType, Visit
from sync.contract.visit import Signer, sheet_hash
from sync.contract.visit_judging import check_visit
from sync.contract.wire import decode_record, sha256_hex
from tests.contract.visit_maker import ITEM
from tests.unit.capture.image_makers import jpeg
from tests.unit.capture.use_case_desk import close_desk, make_desk
from tests.unit.capture.visit_desk import STROKES, filled, ready_visit, squad_desk


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    close_desk(desk)


@pytest.fixture
def desk(plain: Desk) -> Desk:
    return squad_desk(plain)


def paper_of(paper: Paper) -> bytes:
    return b"%PDF " + msgspec.json.encode(paper.sheet)


def record(desk: Desk, visit_id: str) -> Visit:
    entry = desk.work.outbox.entry(visit_id)
    assert entry is not None
    found = decode_record(RecordType.VISIT, entry.record.body)
    assert isinstance(found, Visit)
    return found


def test_grid_worker_is_not_offered_a_visit(plain: Desk) -> None:
    with pytest.raises(NeedsPerson, match="visit_role"):
        begin_visit(plain)


def test_what_was_filled_in_is_there_again_and_no_report(desk: Desk) -> None:
    opened = begin_visit(desk)
    keep_visit(desk, opened.draft.draft_id, filled(note="半句话"))
    again = begin_visit(desk)
    assert again.draft.draft_id == opened.draft.draft_id
    assert (again.body.note, again.body.answers[0].finding) == ("半句话", "not_met")
    assert report_drafts(desk) == []


def photographed(desk: Desk, draft_id: str, colour: str, question: int | None = None) -> str:
    saved = take_photo(desk, draft_id, jpeg(Image.new("RGB", (64, 48), colour)), NOWHERE)
    if question is not None:
        assign_photo(desk, draft_id, saved.photo_id, question)
    return saved.photo_id


def test_photo_belongs_to_the_question_it_was_taken_for_and_the_sheet_says_so(desk: Desk) -> None:
    opened = begin_visit(desk)
    draft_id = opened.draft.draft_id
    keep_visit(desk, draft_id, filled())
    photographed(desk, draft_id, "red", 0)
    photographed(desk, draft_id, "green", 0)
    photographed(desk, draft_id, "blue")
    ready_visit(desk)
    visit = record(desk, submit_visit(desk, draft_id, paper_of).visit_id)
    scenes = {photo.slot for photo in visit.photos if photo.role is PhotoRole.SCENE}
    first, second = visit.sheet.answers
    assert len(scenes) == 3
    assert (len(first.slots), second.slots) == (2, ())
    assert set(first.slots) < scenes
    check_visit(visit, Role.INSPECTOR, {"item_code": ITEM}, {"role": "inspector"})


def test_photo_that_comes_or_goes_takes_the_signatures_away(desk: Desk) -> None:
    draft_id = ready_visit(desk).draft.draft_id
    photo = photographed(desk, draft_id, "red", 1)
    assert open_visit(desk, draft_id).body.signed == {}
    sign_visit(desk, draft_id, Signer.PARTY, STROKES)
    gone = drop_photo(desk, draft_id, photo)
    assert (gone.body.signed, gone.body.asked, gone.scenes) == ({}, {}, ())


def test_what_is_typed_meanwhile_loses_no_photo_its_question_and_another_item_does(desk: Desk) -> None:
    draft_id = begin_visit(desk).draft.draft_id
    keep_visit(desk, draft_id, filled())
    photo = photographed(desk, draft_id, "red", 1)
    assert keep_visit(desk, draft_id, filled(note="后来")).body.asked == {photo: 1}
    other = keep_visit(desk, draft_id, filled(item_code="JC-99"))
    assert (other.body.asked, len(other.scenes)) == ({}, 1)


def test_visit_is_saved_once_with_its_files_and_hashes(desk: Desk) -> None:
    opened = ready_visit(desk)
    saved = submit_visit(desk, opened.draft.draft_id, paper_of)
    assert submit_visit(desk, opened.draft.draft_id, paper_of) == saved
    visit = record(desk, saved.visit_id)
    assert visit.sheet_sha256 == sheet_hash(visit.sheet)
    roles = [photo.role for photo in visit.photos]
    assert roles == [PhotoRole.SIGNATURE] * 3 + [PhotoRole.SHEET]
    assert dict(visit.sheet.evidence) == {p.slot: p.original.sha256 for p in visit.photos[:3]}
    for photo in visit.photos:
        file = photo.original
        data = desk.folder.file(file.sha256, file.media_type).read_bytes()
        assert (sha256_hex(data), len(data)) == (file.sha256, file.bytes)
    assert Path(saved.paper).read_bytes().startswith(b"%PDF")
    assert [one.visit_id for one in own_visits(desk)] == [saved.visit_id]
    assert len(desk.work.uploads.of_record(saved.visit_id)) == 4
    assert visit.rating_code in saved.rating_link
    assert visit.sheet.answers[0].question == "出场车辆已密闭"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"item_code": ""}, "visit_item_missing"),
        ({"item_code": "JC-99", "answers": ()}, "visit_item_unknown"),
        ({"party_name": " "}, "visit_party_missing"),
        ({"second_id": ""}, "visit_second_missing"),
        ({"answers": (DraftAnswer("met"),)}, "visit_question_open"),
        ({"answers": (DraftAnswer("met"), DraftAnswer())}, "visit_question_open"),
        ({"result": ""}, "visit_result_missing"),
        ({"result": "passed"}, "visit_result_contradicts"),
        ({"demand": ""}, "visit_demand_missing"),
        ({"correct_by": "2026-02-30"}, "visit_deadline_odd"),
        ({"correct_by": "下周"}, "visit_deadline_odd"),
        ({"note": "\x00"}, "text_nul"),
        ({"present": "长" * 121}, "text_too_long"),
        ({"party_name": "长" * 501}, "text_too_long"),
    ],
)
def test_visit_that_would_not_hold_up_is_refused_and_the_draft_stays(
    desk: Desk, changed: dict[str, object], code: str
) -> None:
    opened = ready_visit(desk, **changed)
    with pytest.raises(InputRefused, match=code):
        submit_visit(desk, opened.draft.draft_id, paper_of)
    again = open_visit(desk, opened.draft.draft_id)
    assert (again.draft.state, again.body) == ("open", opened.body)
    assert desk.work.outbox.entry(opened.draft.draft_id) is None


def test_word_changed_after_signing_takes_the_signatures_away(desk: Desk) -> None:
    opened = ready_visit(desk)
    assert len(opened.body.signed) == 3
    same = keep_visit(desk, opened.draft.draft_id, opened.body)
    assert same.body.signed == opened.body.signed
    changed = keep_visit(desk, opened.draft.draft_id, msgspec.structs.replace(opened.body, note="改了一个字"))
    assert (changed.body.signed, changed.photos) == ({}, ())
    with pytest.raises(InputRefused, match="visit_signature_missing"):
        submit_visit(desk, opened.draft.draft_id, paper_of)


def test_party_that_refuses_is_written_down_with_its_reason(desk: Desk) -> None:
    opened = begin_visit(desk)
    draft_id = opened.draft.draft_id
    keep_visit(desk, draft_id, filled(refusal="负责人拒绝签字"))
    sign_visit(desk, draft_id, Signer.OFFICER, STROKES)
    sign_visit(desk, draft_id, Signer.SECOND, STROKES)
    visit = record(desk, submit_visit(desk, draft_id, paper_of).visit_id)
    assert visit.sheet.signatures[2].refusal == "负责人拒绝签字"
    assert visit.sheet.signatures[2].slot is None


def test_signature_given_again_replaces_the_first(desk: Desk) -> None:
    opened = ready_visit(desk)
    first = opened.signature(Signer.PARTY)
    again = sign_visit(desk, opened.draft.draft_id, Signer.PARTY, (((0.0, 0.0), (1.0, 1.0)),))
    assert first is not None
    assert again.signature(Signer.PARTY) != first
    assert len(again.photos) == 3


@pytest.mark.parametrize("strokes", [(), ((),), (((0.5, 0.5),),), (((0.5, 0.5), (0.51, 0.5)),)])
def test_touch_is_no_signature(strokes: tuple[tuple[tuple[float, float], ...], ...]) -> None:
    with pytest.raises(InputRefused, match="signature_empty"):
        draw_signature(strokes)


def test_same_strokes_make_the_same_picture_even_out_of_bounds() -> None:
    wild = (*STROKES, ((float("nan"), -3.0), (7.0, float("inf"))))
    assert draw_signature(wild) == draw_signature(wild)
    assert draw_signature(STROKES).startswith(b"\x89PNG")


def test_credential_shown_keeps_its_first_time_and_the_signatures(desk: Desk) -> None:
    opened = ready_visit(desk)
    shown = show_credential(desk, opened.draft.draft_id)
    assert shown.body.credential_at is not None
    assert show_credential(desk, opened.draft.draft_id).body == shown.body
    assert shown.body.signed == opened.body.signed


def test_undone_before_the_first_send_it_is_a_draft_again_and_afterwards_it_stays(desk: Desk) -> None:
    opened = ready_visit(desk)
    draft_id = opened.draft.draft_id
    submit_visit(desk, draft_id, paper_of)
    assert undo(desk, draft_id) is Undone.REMOVED
    assert open_visit(desk, draft_id).draft.state == "open"
    submit_visit(desk, draft_id, paper_of)
    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())
    with pytest.raises(InputRefused, match="visit_stays"):
        undo(desk, draft_id)


def test_items_of_a_kind_of_party_and_their_questions(desk: Desk) -> None:
    assert [row["item_code"] for row in items_now(desk, "site")] == ["JC-01"]
    assert items_now(desk, "company") == []
    assert questions_of(items_now(desk)[0], english=True) == ["Trucks leave sealed", "Bare soil is covered"]


def test_colleagues_of_the_squad_come_first(desk: Desk) -> None:
    found = desk.work.city.colleagues("S2001", ["inspector"])
    assert [row["officer_id"] for row in found] == ["S2002", "S2003"]


def test_signature_whose_file_is_gone_or_altered_is_asked_for_again_and_never_printed(desk: Desk) -> None:
    opened = ready_visit(desk)
    draft_id, first = opened.draft.draft_id, opened.signature(Signer.PARTY)
    assert first is not None
    file = desk.folder.file(first.photo.original.sha256, first.photo.original.media_type)
    whole = file.read_bytes()
    for harm in (lambda: file.write_bytes(whole[:-9] + b"x" * 9), file.unlink):
        harm()
        with pytest.raises(NeedsPerson, match="visit_signature_damaged"):
            submit_visit(desk, draft_id, paper_of)
        assert own_visits(desk) == []
    sign_visit(desk, draft_id, Signer.PARTY, STROKES)
    assert sha256_hex(file.read_bytes()) == first.photo.original.sha256  # drawn alike, it is the same picture
    assert len(record(desk, submit_visit(desk, draft_id, paper_of).visit_id).photos) == 4
