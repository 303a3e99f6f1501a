"""Everything an officer filed, found by any part of it, paged, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import put_act, put_case
from image_makers import jpeg
from use_case_desk import INSIDE, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.my_reports import MyReport, my_reports
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import undo
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Place, PlaceSource
from sync.replica.outbox import ItemState

HERE = Place(PlaceSource.GNSS, *INSIDE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    close_desk(made)


def mine(desk: Desk, at: str = "2026-11-20T00:00:00Z", **columns: str) -> str:
    return put_case(desk, reporter="G1001", reported_at=at, **columns)


def found(desk: Desk, part: str = "") -> list[str]:
    return [one.case_id for one in my_reports(desk, part).reports]


def waiting(desk: Desk, note: str = "井盖松动") -> str:
    draft = start_draft(desk, body=DraftBody(class_code="03-11", note=note, place=HERE))
    take_photo(desk, draft, jpeg(), HERE)
    return submit_report(desk, draft).record_id


def test_only_ones_own_are_listed_the_newest_first_and_waiting_ones_before_all(desk: Desk) -> None:
    older = mine(desk, "2026-11-18T00:00:00Z")
    newer = mine(desk, "2026-11-19T00:00:00Z")
    put_case(desk, reporter="G1002")
    here = waiting(desk)
    assert found(desk) == [here, newer, older]


@pytest.mark.parametrize("part", ["撒漏", "湖东", "粤B12", "not sealed", "03-11", "  撒漏  "])
def test_part_of_note_place_plate_or_class_finds_it(desk: Desk, part: str) -> None:
    wanted = mine(desk, note="渣土撒漏", address="湖东路口", plate="粤B12345", class_code="03-11")
    mine(desk, note="路灯不亮", address="西乡", plate="", class_code="01-02")
    if part == "not sealed":
        names = desk.reference.case_class("03-11")
        assert names is not None
        part = str(names["name_en"])[-6:]
    assert found(desk, part) == [wanted]


@pytest.mark.parametrize("part", ["撒漏 湖东", "湖东　粤b12", "ｂ１２３４", "０３－１１ 渣土", "粤Ｂ12345"])
@pytest.mark.parametrize("here", [False, True], ids=["told", "waiting"])
def test_words_apart_and_full_width_letters_find_it(desk: Desk, part: str, here: bool) -> None:
    if here:
        body = DraftBody(
            class_code="03-11", note="渣土撒漏", address="湖东路口", plate="粤B12345", place=HERE
        )
        draft = start_draft(desk, body=body)
        take_photo(desk, draft, jpeg(), HERE)
        wanted = submit_report(desk, draft).record_id
    else:
        wanted = mine(desk, note="渣土撒漏", address="湖东路口", plate="粤B12345", class_code="03-11")
    mine(desk, note="渣土撒漏", address="西乡", plate="粤B54321", class_code="01-02")
    assert found(desk, part) == [wanted]


def test_every_word_has_to_be_found(desk: Desk) -> None:
    mine(desk, note="渣土撒漏", address="湖东路口")
    assert found(desk, "撒漏 西乡") == []


def test_short_number_finds_it_as_it_is_written(desk: Desk) -> None:
    wanted = mine(desk)
    mine(desk)
    here = waiting(desk)
    assert found(desk, short_id(wanted)) == [wanted]
    assert found(desk, short_id(here)) == [here]
    assert found(desk, wanted) == [wanted]


@pytest.mark.parametrize("part", ["%", "_", "!", "'; DROP TABLE city_case; --", "😀", "没有这样的词"])
def test_signs_of_the_search_itself_are_only_text(desk: Desk, part: str) -> None:
    mine(desk, note="渣土撒漏")
    assert found(desk, part) == []
    assert found(desk, "") != []


def test_pages_follow_one_another_without_gap_or_repeat_though_times_are_equal(desk: Desk) -> None:
    all_of_them = {mine(desk) for _ in range(7)}
    seen: list[str] = []
    page = my_reports(desk, limit=3)
    seen += [one.case_id for one in page.reports]
    while page.after is not None:
        page = my_reports(desk, after=page.after, limit=3)
        seen += [one.case_id for one in page.reports]
    assert len(seen) == 7
    assert set(seen) == all_of_them


def only(desk: Desk) -> MyReport:
    (one,) = my_reports(desk).reports
    return one


def test_what_became_of_it_is_the_last_act_that_was_accepted(desk: Desk) -> None:
    case_id = mine(desk, state="void")
    put_act(desk, case_id, ActKind.VOID, "C4001", order=7, note="重复上报")
    put_act(desk, case_id, ActKind.ACCEPT, "G1002", order=8, standing="refused", code="act_not_allowed")
    one = only(desk)
    assert (one.state, one.last_kind, one.last_note) == ("void", "void", "重复上报")
    assert one.last_at is not None


def test_waiting_report_says_so_and_one_taken_back_is_gone(desk: Desk) -> None:
    here = waiting(desk)
    one = only(desk)
    assert (one.case_id, one.state, one.sending) == (here, "", ItemState.WAITING)
    undo(desk, here)
    assert found(desk) == []


def test_report_told_back_is_listed_once(desk: Desk) -> None:
    here = waiting(desk)
    case_id = mine(desk)
    with desk.work.act():
        desk.work.city._db.execute("UPDATE city_case SET case_id = ? WHERE case_id = ?", [here, case_id])
    assert found(desk) == [here]
