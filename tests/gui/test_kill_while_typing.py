"""The window's process is killed at any instant, while somebody types and takes photos (fault 3).

What the store was given is back, on a machine of its own that is what was typed a second before; every photo
told as saved is whole, and what the kill left lying about is swept or adopted into a draft that says so.
"""

from __future__ import annotations

import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from field_app import Tablet, make_tablet
from PySide6.QtGui import QColor, QImage
from typing_app import typed_text

from fieldapp.capture.drafts import list_drafts
from fieldapp.capture.overview import sit_down
from fieldapp.capture.recovery import recover
from sync.replica.files import PART_SUFFIX, sha256_file
from tests.fault.ledger_plugin import Teller

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
KILLS, KILLS_LONG = 3, 200
SECOND = 1.0
LOADED = 3.0
"""What a second may come to beside other tests: held to in the long form, told in the everyday run."""


class Heard(NamedTuple):
    """Something the window said, and when it was heard."""

    at: float
    words: list[str]


class Window:
    """The process, and what it said."""

    def __init__(self, tablet: Tablet, frames: Path, seed: int) -> None:
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process that writes to it
        command = [sys.executable, str(HERE / "typing_app.py"), str(tablet.root), tablet.key.hex()]
        self.process = subprocess.Popen(
            [*command, str(frames), str(seed)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT), str(HERE)))},
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            text=True,
        )
        self.heard: list[Heard] = []
        self.ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self.heard.append(Heard(time.monotonic(), line.split()))
                self.ready.set()
        self.ready.set()

    def kill_after(self, wait_s: float) -> float:
        """Kill it outright so long after it was ready; when that was."""
        self.ready.wait()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(wait_s)
            self.complaints.seek(0)
            pytest.fail(f"it ended by itself: {self.complaints.read().decode()[-3000:]}")
        self.process.kill()
        at = time.monotonic()
        self.process.wait()
        self._listener.join()
        self.complaints.close()
        return at

    def typed_before(self, moment: float) -> int:
        """How many characters it had told of by then."""
        told = [int(words[1]) for at, words in self.heard if words[0] == "typed" and at <= moment]
        return max(told, default=0)

    def kept(self) -> int:
        """How many characters it told of as kept."""
        return max((int(words[1]) for _, words in self.heard if words[0] == "kept"), default=0)

    def photos(self) -> set[str]:
        """Photos told as saved."""
        return {words[1] for _, words in self.heard if words[0] == "photo"}


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    folder = tmp_path / "frames"
    folder.mkdir()
    for at, colour in enumerate(("#446688", "#884466")):
        image = QImage(1280, 960, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        image.save(str(folder / f"{at}.jpg"))
    return folder


class Back(NamedTuple):
    """What one life of the window left."""

    characters: int
    late: bool
    """Something older than a second was not there; on a machine of its own it is."""


def kill_once(root: Path, frames: Path, seed: int, held_to: float) -> Back:
    """One life of the window, and what came back of it."""
    tablet = make_tablet(root)
    window = Window(tablet, frames, seed)
    killed_at = window.kill_after(random.Random(seed).uniform(0.05, 3.0))
    old_enough = window.typed_before(killed_at - held_to)
    a_second_old = window.typed_before(killed_at - SECOND)
    desk = tablet.desk()
    try:
        recover(desk, part_age_s=0)
        seated = sit_down(desk)
        drafts = [draft for draft in list_drafts(desk) if not draft.body.recovered]
        note = drafts[0].body.note if drafts else ""
        kept = {saved.photo_id for draft in drafts for saved in draft.photos}
        assert len(drafts) <= 1
        assert typed_text(len(note)) == note, "what came back is what was typed, from its beginning"
        assert len(note) >= window.kept(), "the store had more than came back"
        assert len(note) >= old_enough, f"{old_enough} characters were old enough, {len(note)} came back"
        assert window.photos() <= kept, "a photo told as saved is missing"
        for saved in (saved for draft in list_drafts(desk) for saved in draft.photos):
            original = saved.photo.original
            path = desk.folder.file(original.sha256, original.media_type)
            assert sha256_file(path) == original.sha256
        assert not list(desk.folder.root.glob(f"**/.*{PART_SUFFIX}")), (
            "something unfinished is left lying about"
        )
        assert not seated.recovered.missing
        assert not seated.recovered.damaged
        named = desk.work.drafts.named_files()
        assert all(path.stem in named for path in desk.folder.files.glob("??/*.jpg"))
        assert desk.work.integrity() == []
    finally:
        desk.work.close()
        desk.reference.close()
    return Back(len(note), len(note) < a_second_old)


@pytest.mark.faults(3)
@pytest.mark.timeout(7200)
def test_kill_at_any_instant_gives_back_what_was_typed_and_photographed(
    tmp_path: Path, frames: Path, long_form: bool, seed_count: int | None, tally: Teller
) -> None:
    kills = seed_count or (KILLS_LONG if long_form else KILLS)
    held_to = LOADED if long_form else math.inf
    back: list[Back] = []
    for seed in range(kills):
        try:
            back.append(kill_once(tmp_path / str(seed), frames, seed, held_to))
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise
        shutil.rmtree(tmp_path / str(seed))
    tally(
        runs=kills,
        seeds=f"0..{kills - 1}",
        note=f"{sum(one.characters for one in back)} characters came back, none was lost that had been kept; "
        f"one older than {SECOND:.0f} s was at {sum(one.late for one in back)} of {kills} kills",
    )
