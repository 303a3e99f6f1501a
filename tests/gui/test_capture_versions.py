"""The form and somebody else write one draft: both changes stay, and nothing typed in between is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec
import pytest
from capture_ground import Ground, idle, make_ground, sit_down
from PIL import Image
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import COMMAND, DraftBody, keep_draft, list_drafts, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.two_versions import VersionRow
from sync.contract.records import NOWHERE


@pytest.fixture
def ground(qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]) -> Iterator[Ground]:
    made = make_ground(workers)
    sit_down(qtbot, made)
    yield made
    made.close()


def typed(qtbot: QtBot, ground: Ground, note: str) -> None:
    ground.capture.form.setNote(note)
    ground.capture.flush()
    idle(qtbot, ground)


def somebody_else(desk: Desk, ground: Ground, **changes: object) -> None:
    """Another process writes the draft in hand."""
    draft_id = ground.capture.draftId
    body = msgspec.structs.replace(open_draft(desk, draft_id).body, by=COMMAND, **changes)
    keep_draft(desk, draft_id, "G1001", body)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(out, "JPEG")
    return out.getvalue()


def rows(ground: Ground) -> list[tuple[str, str, str, str]]:
    items = [row for row in ground.capture.versions.items.rows() if isinstance(row, VersionRow)]
    return [(row.field, row.standing, row.other, row.by) for row in items]


def test_field_that_somebody_else_filled_in_is_shown_in_the_form(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    typed(qtbot, ground, "渣土")
    somebody_else(desk, ground, address="宝安大道")
    typed(qtbot, ground, "渣土撒漏")

    assert (ground.capture.form.note, ground.capture.form.address) == ("渣土撒漏", "宝安大道")
    assert (rows(ground), ground.capture.shelf.notice) == ([], "merged")
    typed(qtbot, ground, "渣土撒漏。")
    assert [(o.body.note, o.body.address) for o in list_drafts(desk)] == [("渣土撒漏。", "宝安大道")]


def test_clash_is_listed_taken_taken_back_and_put_away(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    typed(qtbot, ground, "a")
    somebody_else(desk, ground, note="x", class_code="03-11")
    typed(qtbot, ground, "ab")
    assert rows(ground) == [("note", "ab", "x", COMMAND)]

    versions = ground.capture.versions
    versions.take(versions.items.rows()[0].key)
    assert ground.capture.form.note == "x"
    assert rows(ground) == [("note", "x", "ab", "")]
    versions.take(versions.items.rows()[0].key)
    assert rows(ground) == [("note", "ab", "x", "")]

    versions.layAway(versions.items.rows()[0].key)
    assert (rows(ground), versions.away) == ([], 1)
    ground.capture.flush()
    idle(qtbot, ground)
    assert [one.away for o in list_drafts(desk) for one in o.body.aside] == [True]
    versions.showAgain()
    assert rows(ground) == [("note", "ab", "x", "")]


def test_typing_while_the_other_side_is_taken_in_is_kept(qtbot: QtBot, ground: Ground, desk: Desk) -> None:
    typed(qtbot, ground, "a")
    somebody_else(desk, ground, note="x", plate="粤B12345")
    ground.capture.form.setNote("ab")
    ground.capture.flush()
    ground.capture.form.setNote("abc")
    ground.capture.form.setPlate("粤B")
    idle(qtbot, ground)
    ground.capture.flush()
    idle(qtbot, ground)

    assert (ground.capture.form.note, ground.capture.form.plate) == ("abc", "粤B")
    assert rows(ground) == [("note", "abc", "x", COMMAND), ("plate", "粤B", "粤B12345", "")]
    assert [o.body.note for o in list_drafts(desk)] == ["abc"]


def test_words_typed_between_asking_for_a_draft_and_its_coming_stay_in_their_own(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    typed(qtbot, ground, "first")
    first = ground.capture.draftId
    ground.capture.startNew()
    typed(qtbot, ground, "second")
    second = ground.capture.draftId

    ground.capture.resume(first)
    ground.capture.form.setNote("second, and on")
    qtbot.waitUntil(lambda: ground.capture.draftId == first)
    idle(qtbot, ground)

    assert ground.capture.form.note == "first"
    notes = {o.draft.draft_id: o.body.note for o in list_drafts(desk)}
    assert notes == {first: "first", second: "second, and on"}


def test_photo_that_somebody_else_put_in_is_shown_and_one_taken_out_stays_out(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    for _ in range(2):
        ground.source.feed()
        with qtbot.waitSignal(ground.capture.photoSaved):
            ground.capture.shutter()
    first, second = (saved.photo_id for saved in ground.capture.photos.photos())
    typed(qtbot, ground, "a")
    ground.capture.removePhoto(first)
    third = take_photo(desk, ground.capture.draftId, jpeg(), NOWHERE).photo_id
    somebody_else(desk, ground, note="x")
    ground.capture.form.setNote("ab")
    qtbot.waitUntil(lambda: bool(rows(ground)), timeout=60_000)

    assert [saved.photo_id for saved in ground.capture.photos.photos()] == [second, third]


def test_words_typed_into_a_draft_that_was_filed_elsewhere_go_on_as_a_supplement(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    ground.capture.classes.choose("03-11")
    typed(qtbot, ground, "first")
    filed = ground.capture.draftId
    take_photo(desk, filed, jpeg(), NOWHERE)
    submit_report(desk, filed)
    typed(qtbot, ground, "first, and late words")

    assert ground.capture.draftId != filed
    assert (ground.capture.form.joins, ground.capture.form.note) == (filed, "first, and late words")
    assert (ground.capture.shelf.notice, rows(ground)) == ("moved", [])
    typed(qtbot, ground, "and on")
    assert [(o.draft.draft_id, o.body.note) for o in list_drafts(desk)] == [
        (ground.capture.draftId, "and on")
    ]


def test_draft_written_by_a_command_is_the_windows_once_it_is_typed_in(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    draft_id = start_draft(desk, body=DraftBody(class_code="03-11", by=COMMAND))
    ground.capture.resume(draft_id)
    qtbot.waitUntil(lambda: ground.capture.draftId == draft_id, timeout=60_000)
    typed(qtbot, ground, "n")

    assert [(o.body.note, o.body.by) for o in list_drafts(desk)] == [("n", "")]
    assert ground.capture.shelf.notice == ""


def test_other_version_is_there_again_for_whoever_signs_in_anew(
    qtbot: QtBot, ground: Ground, desk: Desk
) -> None:
    typed(qtbot, ground, "a")
    somebody_else(desk, ground, note="x")
    typed(qtbot, ground, "ab")
    ground.events.closed.emit()
    assert rows(ground) == []

    sit_down(qtbot, ground)

    qtbot.waitUntil(lambda: rows(ground) == [("note", "ab", "x", COMMAND)])
    assert ground.capture.shelf.notice == "resumed"
