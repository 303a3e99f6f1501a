"""A database made anew: what it held and what the journal tells of a draft are both there afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from sync.merge_fields import PutAside
from sync.replica.drafts import Draft
from sync.replica.folder import DataFolder
from sync.replica.recovery import rebuild
from sync.replica.work import WorkStore

KEY = bytes(range(32))
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
DRAFT = "01900000-0000-7000-8000-00000000d001"


class Tablet:
    """A store that is typed into and made anew."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)
        self.work = WorkStore(self.folder, KEY)
        self.at = NOON

    def keep(self, state: str = "open", kind: str = "report", **body: object) -> None:
        self.at += timedelta(seconds=1)
        with self.work.act():
            record_id = "" if state == "open" else DRAFT
            text = json.dumps(body)
            self.work.drafts.save(Draft(DRAFT, "G1001", kind, "", text, self.at, record_id, state))

    def lose_end_of_journal(self) -> None:
        """The last transaction's frame cannot be read any more."""
        segment = max(self.folder.journal.iterdir())
        segment.write_bytes(segment.read_bytes()[:-1])

    def make_anew(self) -> Draft:
        self.work.close()
        self.folder.suspect.touch()
        assert rebuild(self.folder, KEY, self.at) is not None
        self.work = WorkStore(self.folder, KEY)
        draft = self.work.drafts.get(DRAFT)
        assert draft is not None
        return draft


@pytest.fixture
def tablet(tmp_path: Path) -> Iterator[Tablet]:
    made = Tablet(tmp_path / "tablet")
    yield made
    made.work.close()


def aside(draft: Draft) -> list[tuple[str, object, str]]:
    """Field, value and writer of what was put aside."""
    found = msgspec.convert(json.loads(draft.body).get("aside", []), list[PutAside])
    return [(one.field, json.loads(one.value), one.by) for one in found]


def test_words_that_only_the_damaged_database_held_are_not_given_up_for_an_older_journal(
    tablet: Tablet,
) -> None:
    tablet.keep(note="渣土")
    tablet.keep(note="渣土撒漏", plate="粤B12345")
    tablet.lose_end_of_journal()

    draft = tablet.make_anew()

    assert json.loads(draft.body) == {"note": "渣土撒漏", "plate": "粤B12345"}


def test_field_that_both_may_have_changed_is_kept_of_both(tablet: Tablet) -> None:
    for note in ("渣土", "渣土撒漏", "渣土撒漏，已拍照"):
        tablet.keep(note=note)
    tablet.lose_end_of_journal()

    draft = tablet.make_anew()

    assert json.loads(draft.body)["note"] == "渣土撒漏，已拍照"
    assert aside(draft) == [("note", "渣土撒漏", "rebuilt")]


def test_version_written_by_a_clock_that_was_set_back_is_kept_beside_the_other(tablet: Tablet) -> None:
    tablet.keep(note="渣土")
    tablet.at -= timedelta(days=1)
    tablet.keep(note="渣土撒漏", address="宝安大道")
    tablet.lose_end_of_journal()

    draft = tablet.make_anew()

    assert json.loads(draft.body)["address"] == "宝安大道"
    assert json.loads(draft.body)["note"] == "渣土"
    assert aside(draft) == [("note", "渣土撒漏", "rebuilt")]


def test_report_that_was_filed_is_no_open_draft_again(tablet: Tablet) -> None:
    tablet.keep(note="渣土")
    tablet.keep(state="submitted", note="渣土")
    tablet.lose_end_of_journal()

    assert tablet.make_anew().state == "submitted"


def test_version_that_the_journal_knows_to_be_older_is_no_other_version(tablet: Tablet) -> None:
    tablet.keep(note="渣土")
    tablet.keep(note="渣土撒漏")

    assert json.loads(tablet.make_anew().body) == {"note": "渣土撒漏"}


def test_sheet_that_is_signed_as_a_whole_has_no_versions_of_fields(tablet: Tablet) -> None:
    for note in ("a", "ab", "abc"):
        tablet.keep(kind="visit", note=note)
    tablet.lose_end_of_journal()

    assert json.loads(tablet.make_anew().body) == {"note": "abc"}
