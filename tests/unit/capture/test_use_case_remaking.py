"""Pictures beside an original that a cleaner took away come back, and only as they were."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from image_makers import jpeg
from use_case_desk import INSIDE, close_desk, files_below, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.remaking import remake_derivatives
from fieldapp.capture.report import submit_report
from sync.contract.records import NOWHERE, Place, PlaceSource
from sync.replica.outbox import ItemState
from tests.fault.ledger_plugin import Teller


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def report(desk: Desk, photo_place: Place) -> str:
    draft_id = start_draft(desk)
    place = Place(source=PlaceSource.GNSS, lon=INSIDE[0], lat=INSIDE[1], accuracy_m=5.0)
    keep_draft(
        desk, draft_id, desk.officer.officer_id, DraftBody(class_code="03-11", note="渣土撒漏", place=place)
    )
    take_photo(desk, draft_id, jpeg(), photo_place)
    return submit_report(desk, draft_id).record_id


@pytest.mark.faults(13)
@pytest.mark.parametrize(
    "photo_place", [NOWHERE, Place(source=PlaceSource.GNSS, lon=INSIDE[0], lat=INSIDE[1], accuracy_m=9.0)]
)
def test_cleared_derivatives_are_made_again_byte_for_byte_and_go_on_their_way(
    desk: Desk, photo_place: Place, tally: Teller
) -> None:
    record_id = report(desk, photo_place)
    before = files_below(desk.folder.derived)
    assert before
    shutil.rmtree(desk.folder.derived)
    with desk.work.act():
        for upload in desk.work.uploads.of_record(record_id):
            if upload.file.lane.value != "original":
                desk.work.uploads.mark_needs_you(upload.file, "file_missing")

    assert remake_derivatives(desk) == len(before)

    assert files_below(desk.folder.derived) == before
    assert {upload.state for upload in desk.work.uploads.of_record(record_id)} == {ItemState.WAITING}
    assert remake_derivatives(desk) == 0
    tally(runs=1, note="thumbnails and stamped pictures made again")


def test_without_the_original_nothing_is_made(desk: Desk) -> None:
    report(desk, NOWHERE)
    shutil.rmtree(desk.folder.derived)
    shutil.rmtree(desk.folder.files)
    assert remake_derivatives(desk) == 0
    assert files_below(desk.folder.root / "derived") == []
