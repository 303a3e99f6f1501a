"""A draft that two sides write: both changes stay, what loses can be taken back, what stands is filed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from image_makers import jpeg
from use_case_desk import INSIDE, ToldClock, close_desk, make_desk

from fieldapp.capture import report as report_module
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import (
    COMMAND,
    DraftBody,
    begin_draft,
    discard_untouched,
    keep_draft,
    list_drafts,
    open_draft,
    start_draft,
)
from fieldapp.capture.overview import is_blank
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.two_versions import lay_away, other_versions, take_other
from fieldapp.capture.undo import undo
from sync.contract.records import NOWHERE, Place, PlaceSource, RecordType, Report
from sync.contract.wire import decode_record

DRAFT = "01900000-0000-7000-8000-00000000d001"
CLOCK = ToldClock()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("two") / "tablet", clock=CLOCK)
    yield made
    close_desk(made)


@pytest.fixture
def desk(shared: Desk) -> Iterator[Desk]:
    yield shared
    with shared.work.act():
        for opened in list_drafts(shared):
            shared.work.drafts.delete(opened.draft.draft_id)


def keep(desk: Desk, body: DraftBody, seen: DraftBody, draft_id: str = DRAFT) -> DraftBody:
    return keep_draft(desk, draft_id, desk.officer.officer_id, body, seen).body


def somebody_else(desk: Desk, body: DraftBody) -> None:
    """The draft as another side leaves it, an hour ago."""
    CLOCK.move(-3600)
    keep_draft(desk, DRAFT, desk.officer.officer_id, msgspec.structs.replace(body, by=COMMAND))
    CLOCK.move(3600)


def test_what_each_side_alone_changed_is_kept_of_both(desk: Desk) -> None:
    seen = DraftBody(class_code="03-11", note="渣土")
    somebody_else(desk, msgspec.structs.replace(seen, address="宝安大道"))

    kept = keep(desk, msgspec.structs.replace(seen, note="渣土撒漏"), seen)

    assert (kept.class_code, kept.note, kept.address, kept.aside) == ("03-11", "渣土撒漏", "宝安大道", ())
    assert open_draft(desk, DRAFT).body == kept


def test_field_that_both_changed_keeps_the_forms_and_puts_the_other_aside_whole(desk: Desk) -> None:
    somebody_else(desk, DraftBody(note="路口有渣土，三车道"))

    kept = keep(desk, DraftBody(note="渣土撒漏"), DraftBody(note="渣土"))

    assert kept.note == "渣土撒漏"
    [lost] = other_versions(kept)
    assert (lost.field, lost.value, lost.by) == (
        "note",
        '"\\u8def\\u53e3\\u6709\\u6e23\\u571f\\uff0c\\u4e09\\u8f66\\u9053"',
        COMMAND,
    )
    assert (desk.clock.now() - lost.at).total_seconds() == 3600
    assert open_draft(desk, DRAFT).body.aside == (lost,)


def test_keeping_on_keeps_what_was_put_aside(desk: Desk) -> None:
    seen, mine = DraftBody(note="a"), DraftBody(note="ab")
    somebody_else(desk, DraftBody(note="x"))
    first = keep(desk, mine, seen)

    later = keep(desk, DraftBody(note="abc"), mine)

    assert later == msgspec.structs.replace(first, note="abc")


def test_other_version_is_taken_and_taken_back(desk: Desk) -> None:
    pin = Place(PlaceSource.PIN, *INSIDE)
    somebody_else(desk, DraftBody(note="x", place=pin))
    kept = keep(desk, DraftBody(note="ab", place=Place(PlaceSource.PIN, 113.0, 22.0)), DraftBody())

    for lost in other_versions(kept):
        kept = take_other(kept, lost, desk.clock.now())
    assert (kept.note, kept.place) == ("x", pin)

    for lost in other_versions(kept):
        kept = take_other(kept, lost, desk.clock.now())
    assert (kept.note, kept.place) == ("ab", Place(PlaceSource.PIN, 113.0, 22.0))
    assert [one.field for one in kept.aside] == ["note", "place"] or [one.field for one in kept.aside] == [
        "place",
        "note",
    ]


def test_taking_what_is_not_there_any_more_changes_nothing(desk: Desk) -> None:
    somebody_else(desk, DraftBody(note="x"))
    kept = keep(desk, DraftBody(note="ab"), DraftBody())
    [lost] = kept.aside
    taken = take_other(kept, lost, desk.clock.now())

    assert take_other(taken, lost, desk.clock.now()) == taken


def test_version_put_away_stays_and_comes_again(desk: Desk) -> None:
    somebody_else(desk, DraftBody(note="x"))
    kept = keep(desk, DraftBody(note="ab"), DraftBody())

    away = lay_away(kept, kept.aside[0])
    assert keep(desk, away, kept) == away
    assert [one.away for one in other_versions(open_draft(desk, DRAFT).body)] == [True]

    assert lay_away(away, away.aside[0], away=False) == kept


def test_draft_whose_words_are_all_put_aside_is_not_blank(desk: Desk) -> None:
    somebody_else(desk, DraftBody(note="x"))
    kept = keep(desk, DraftBody(), DraftBody(note="ab"))

    assert not is_blank(kept, 0)
    assert is_blank(DraftBody(), 0)


def test_what_was_put_aside_is_not_in_the_report_and_comes_back_with_an_undone_one(desk: Desk) -> None:
    somebody_else(desk, DraftBody(class_code="03-11", note="other words"))
    kept = keep(desk, DraftBody(class_code="03-11", note="own words"), DraftBody())
    take_photo(desk, DRAFT, jpeg(), NOWHERE)

    submit_report(desk, DRAFT)

    entry = desk.work.outbox.entry(DRAFT)
    assert entry is not None
    assert "other words" not in entry.record.body
    undo(desk, DRAFT)
    assert open_draft(desk, DRAFT).body.aside == kept.aside


def test_words_typed_by_somebody_else_while_pictures_are_made_are_in_the_report(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note="first"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    made = report_module.with_derivatives
    written = iter([DraftBody(class_code="03-11", note="first and more")])

    def slowly(at: Desk, *rest: object) -> object:
        photos = made(at, *rest)  # type: ignore[arg-type]
        for body in written:
            keep_draft(at, draft, at.officer.officer_id, body)
            take_photo(at, draft, jpeg(), NOWHERE)
        return photos

    monkeypatch.setattr(report_module, "with_derivatives", slowly)
    submit_report(desk, draft)

    entry = desk.work.outbox.entry(draft)
    assert entry is not None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    assert (report.note, len(report.photos)) == ("first and more", 2)


def test_words_typed_into_a_report_that_was_filed_meanwhile_go_into_a_supplement(desk: Desk) -> None:
    seen = DraftBody(class_code="03-11", note="first")
    draft = start_draft(desk, body=seen)
    take_photo(desk, draft, jpeg(), NOWHERE)
    submit_report(desk, draft)

    late = keep_draft(desk, draft, "G1001", msgspec.structs.replace(seen, note="first, and late words"), seen)

    assert late.draft.draft_id != draft
    assert (late.body.note, late.body.joins, late.photos) == ("first, and late words", draft, ())
    assert len(list_drafts(desk)) == 1


def test_form_that_changed_nothing_leaves_a_filed_report_alone(desk: Desk) -> None:
    seen = DraftBody(class_code="03-11", note="first")
    draft = start_draft(desk, body=seen)
    take_photo(desk, draft, jpeg(), NOWHERE)
    submit_report(desk, draft)

    assert keep_draft(desk, draft, "G1001", seen, seen).draft.state == "submitted"
    assert list_drafts(desk) == []


def test_photo_put_into_a_draft_does_not_count_as_another_version(desk: Desk) -> None:
    assert begin_draft(desk, DRAFT, "G1001", DraftBody(note="a"))
    assert not begin_draft(desk, DRAFT, "G1001", DraftBody(note="ab"))

    assert keep(desk, DraftBody(note="abc"), DraftBody(note="a")).aside == ()


def test_failed_command_throws_its_draft_away_unless_somebody_else_worked_on_it(desk: Desk) -> None:
    body = DraftBody(class_code="03-11", by=COMMAND)
    untouched, typed, shot = (start_draft(desk, body=body) for _ in range(3))
    mine = {take_photo(desk, one, jpeg(), NOWHERE).photo_id for one in (untouched, typed, shot)}
    keep_draft(desk, typed, "G1001", msgspec.structs.replace(body, note="n", by=""), body)
    take_photo(desk, shot, jpeg(), NOWHERE)

    assert [discard_untouched(desk, one, body, mine) for one in (untouched, typed, shot)] == [
        True,
        False,
        False,
    ]
    assert {opened.draft.draft_id for opened in list_drafts(desk)} == {typed, shot}
    assert not discard_untouched(desk, untouched, body, mine)
