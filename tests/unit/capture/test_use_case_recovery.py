"""After a kill: what no row names is found again, swept or reported; what was saved is not touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from image_makers import exif, jpeg, position
from use_case_desk import INSIDE, close_desk, files_below, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import develop, plan_photo
from fieldapp.capture.drafts import DraftBody, keep_draft, list_drafts, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.recovery import Recovered, recover
from fieldapp.capture.report import submit_report
from sync.contract.records import NOWHERE, Origin
from sync.contract.wire import sha256_hex
from sync.replica.files import durable_write

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
ANY_AGE = float("-inf")

KILLED_AT_THE_ROW = """
import os, signal, sys
from pathlib import Path
from image_makers import jpeg
from use_case_desk import make_desk
from fieldapp.capture import photos
from fieldapp.capture.drafts import start_draft
from sync.contract.records import NOWHERE

desk = make_desk(Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2]))
draft = start_draft(desk)
real = {moment}
def killed(*arguments, **options):
    {before}
    os.kill(os.getpid(), signal.SIGKILL)
{moment} = killed
photos.take_photo(desk, draft, jpeg(), NOWHERE)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def killed_process(root: Path, moment: str, before: str = "pass") -> bytes:
    """Take a photo in a process of its own that is killed at a moment; answers the key of its store."""
    key = os.urandom(32)
    script = KILLED_AT_THE_ROW.format(moment=moment, before=before)
    done = subprocess.run(
        [sys.executable, "-c", script, str(root), key.hex()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT), str(HERE)))},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    return key


def test_nothing_to_recover_changes_nothing(desk: Desk) -> None:
    draft = start_draft(desk)
    take_photo(desk, draft, jpeg(), NOWHERE)

    assert recover(desk, part_age_s=ANY_AGE) == Recovered()
    assert [opened.draft.draft_id for opened in list_drafts(desk)] == [draft]


def test_kill_between_file_and_row_gives_a_recovered_draft_with_the_photo(tmp_path: Path) -> None:
    key = killed_process(tmp_path / "tablet", "photos.add_photo")
    desk = make_desk(tmp_path / "tablet", key=key)

    found = recover(desk)

    opened = open_draft(desk, found.draft_id)
    assert (found.photos, opened.body.recovered) == (1, True)
    assert opened.photos[0].photo.original.sha256 == sha256_hex(jpeg())
    assert opened.photos[0].photo.origin is Origin.IMPORTED
    assert recover(desk) == Recovered()
    close_desk(desk)


def test_kill_while_the_file_is_written_leaves_nothing_behind(tmp_path: Path) -> None:
    key = killed_process(tmp_path / "tablet", "Path.replace")
    desk = make_desk(tmp_path / "tablet", key=key)
    assert files_below(desk.folder.files) != []

    found = recover(desk, part_age_s=ANY_AGE)

    assert (found.swept, found.draft_id) == (1, "")
    assert files_below(desk.folder.files) == []
    close_desk(desk)


def test_kill_within_the_transaction_rolls_back_and_the_photo_returns_to_its_draft(tmp_path: Path) -> None:
    key = killed_process(
        tmp_path / "tablet", "desk.work.drafts.add_photo", before="real(*arguments, **options)"
    )
    desk = make_desk(tmp_path / "tablet", key=key)

    found = recover(desk)
    assert (found.photos, found.returned, found.draft_id) == (0, 1, "")
    [draft] = list_drafts(desk)
    assert [saved.photo.origin for saved in draft.photos] == [Origin.CAPTURED]
    assert recover(desk) == Recovered()
    close_desk(desk)


def test_adopted_photo_keeps_the_place_it_carries_itself(desk: Desk) -> None:
    data = jpeg(exif_block=exif(gps=position(*INSIDE)))
    durable_write(desk.folder.file(sha256_hex(data), "image/jpeg"), data)

    place = open_draft(desk, recover(desk).draft_id).photos[0].photo.place

    assert (round(place.lon or 0, 4), round(place.lat or 0, 4)) == INSIDE


def test_young_unfinished_file_is_left_to_whoever_writes_it(desk: Desk) -> None:
    part = desk.folder.files / "ab" / ".x.jpg.1234.part"
    part.parent.mkdir()
    part.write_bytes(b"half")
    now = desk.clock.now().timestamp()
    os.utime(part, (now, now))

    assert recover(desk).swept == 0
    assert part.exists()


def test_original_that_is_not_what_its_name_says_is_reported_and_left(desk: Desk) -> None:
    path = desk.folder.file("ab" * 32, "image/jpeg")
    durable_write(path, b"not that")

    found = recover(desk)

    assert (found.damaged, found.draft_id) == ((path,), "")
    assert path.exists()


def test_missing_original_of_an_open_draft_is_reported(desk: Desk) -> None:
    saved = take_photo(desk, start_draft(desk), jpeg(), NOWHERE)
    original = saved.photo.original
    desk.folder.file(original.sha256, original.media_type).unlink()

    assert recover(desk).missing == (saved,)


def test_files_of_a_submitted_report_are_not_adopted_again(desk: Desk) -> None:
    draft = start_draft(desk)
    take_photo(desk, draft, jpeg(), NOWHERE)
    keep_draft(desk, draft, desk.officer.officer_id, DraftBody(class_code="03-11"))
    submit_report(desk, draft)
    before = files_below(desk.folder.root)

    assert recover(desk, part_age_s=ANY_AGE) == Recovered()
    assert files_below(desk.folder.root) == before


def test_derivative_that_no_row_names_is_swept(desk: Desk) -> None:
    saved = take_photo(desk, start_draft(desk), jpeg(), NOWHERE)
    develop(plan_photo(desk, saved))
    assert files_below(desk.folder.derived) != []

    recover(desk, part_age_s=ANY_AGE)

    assert files_below(desk.folder.derived) == []
