"""The n-th call fails, once or from then on: what was acknowledged stays, the failure is said, work goes on.

Each trial runs in a child of a worker, on a copy of a tablet that holds a saved report. A trial whose syncs
fail is recorded as well and its power cut at the end: bytes that a failed sync gave up are then on no disk.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import pickle
import random
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fieldapp import cli
from fieldapp.capture.drafts import DraftBody, keep_draft, start_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import import_photo, take_photo
from fieldapp.capture.report import submit_report
from sync.clock import SystemClock
from sync.contract.errors import FieldError
from sync.contract.tables import Stream
from sync.engine import Engine
from sync.listener import Silence
from sync.messages import sentence
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.outbox import ItemState
from sync.replica.reference import ReferenceStore
from sync.replica.storage_errors import of_anything
from sync.replica.work import WorkStore
from sync.vault import session
from tests.contract.tablet import CITY_ROWS
from tests.fault.memory import memory_folder
from tests.fault.power.disk import Data, Disk, Names
from tests.fault.power.examine import close, findings
from tests.fault.power.promises import Promises, Word
from tests.fault.power.recording import (
    Call,
    calls_seen,
    count_calls,
    fail,
    heal,
    read_log,
    record,
    stop_recording,
    watch,
)
from tests.fault.power.stage import KEY, OFFICER

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)
CALLS = (Call.WRITE, Call.FSYNC, Call.RENAME, Call.OPEN)
CLASS = "03-11"


class Trial(NamedTuple):
    """The n-th call of a kind answers an error."""

    flow: str
    call: Call
    number: int
    error: int
    from_then_on: bool

    def __str__(self) -> str:
        how = "from then on" if self.from_then_on else "once"
        return f"{self.flow}: {self.call.name} {self.number} fails with {errno.errorcode[self.error]} {how}"


class Stage(NamedTuple):
    """Where trials start from."""

    tablet: Path
    pictures: tuple[Path, ...]
    earlier: tuple[Word, ...]


class Attempt:
    """What a trial has seen so far."""

    def __init__(self, root: Path, stage: Stage) -> None:
        self.root = root
        self.pictures = stage.pictures
        self.said: list[Word] = list(stage.earlier)
        self.wrong: list[str] = []
        self.refused: list[str] = []

    def tried(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused, but only in the product's own words."""
        try:
            act()
        except FieldError as error:
            plain: FieldError | None = error
        except (DatabaseError, OSError) as error:
            plain = of_anything(error, self.root)
            if plain is None:
                self.wrong.append(f"no plain error: {error!r}")
                return False
        else:
            return True
        assert plain is not None
        self.refused.append(plain.code)
        for language in ("zh", "en"):
            if not sentence(plain.code, {"code": plain.code, **plain.facts}, language).strip():
                self.wrong.append(f"no sentence for {plain.code}")
        return False


class AtTheDesk:
    """The app: the desk stays open from before the fault until after it."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._desk = open_desk(DataFolder(attempt.root), KEY, OFFICER)
        self._draft = ""
        self._taken: list[str] = []

    def act(self) -> None:
        """A report with two photos; where it was left off, when it was refused before."""
        desk, said = self._desk, self._attempt.said
        if not self._draft:
            self._draft = start_draft(desk)
        draft = self._draft
        keep_draft(desk, draft, desk.officer.officer_id, DraftBody(class_code=CLASS, note="写一半"))
        for number, picture in enumerate(self._attempt.pictures[len(self._taken) :], len(self._taken)):
            if number % 2:
                saved = import_photo(desk, draft, picture)
            else:
                saved = take_photo(desk, draft, picture.read_bytes(), DraftBody().place)
            self._taken.append(saved.photo.original.sha256)
            said.append(Word("shoot", True, draft=draft, photos=(self._taken[-1],)))
        said.append(Word("submit", False, draft=draft))
        submit_report(desk, draft)
        said.append(Word("submit", True, draft=draft, photos=tuple(self._taken)))

    def end(self) -> None:
        """Close."""
        close(self._desk)


class ByCommand:
    """``fieldapp report``: everything is opened and closed under the fault."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._folder = DataFolder(attempt.root)
        assert session.remember(self._folder, KEY, OFFICER), "the kernel keeps no keys here"

    def act(self) -> None:
        """One run of the command; exit 0 acknowledges, anything else must say why in one sentence."""
        attempt = self._attempt
        out, err = io.StringIO(), io.StringIO()
        arguments = ["report", "--data", str(attempt.root), "--class", CLASS, "--json"]
        for picture in attempt.pictures:
            arguments += ["--photo", str(picture)]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(arguments)
        answer = (out.getvalue() + err.getvalue()).strip()
        if "Traceback" in answer or answer.count("\n"):
            attempt.wrong.append(f"not one sentence: {answer[-400:]}")
        said = json.loads(answer or "{}")
        if code == 0:
            photos = tuple(photo["sha256"] for photo in said["photos"])
            attempt.said.append(Word("submit", True, draft=said["report_id"], photos=photos))
            return
        told = said.get("error", said)
        if code not in (3, 4, 5) or not told.get("message"):
            attempt.wrong.append(f"exit {code} with {answer!r}")
        raise FieldError(str(told.get("code")))

    def end(self) -> None:
        """Sign out."""
        session.forget(self._folder)


class InARound:
    """The daemon's round: push, upload, pull, checkpoint, against a central in memory."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        folder = DataFolder(attempt.root)
        self._work = WorkStore(folder, KEY, checkpoints=True)
        self._reference = ReferenceStore(folder)
        self._central = MemoryCentral()
        for table, row in CITY_ROWS:
            self._central.put_row(table, row if table != "officer" else {**row, "officer_id": OFFICER})
        device = self._work.meta.require_identity().device_id
        remote = MemoryRemote(self._central, device)
        page = remote.changes(Stream.WORK, "")
        at = CursorAt(page.cursor, page.epoch, SystemClock().now())
        with self._work.act():
            self._work.meta.move_cursor(Stream.WORK, at)
            self._work.meta.set_epoch(page.epoch)
        self._reference.apply(
            [], CursorAt(remote.changes(Stream.REFERENCE, "").cursor, page.epoch, at.moved_at)
        )
        self._engine = Engine(self._work, self._reference, remote, SystemClock(), Silence())

    def act(self) -> None:
        """A round, and the log emptied after it."""
        self._engine.round(deletes_agreed=True)
        self._work.checkpoint()
        for word in self._attempt.said[:]:
            if word.what == "submit" and word.done:
                entry = self._work.outbox.entry(word.draft)
                files = self._work.uploads.of_record(word.draft)
                if entry is None or {entry.state, *(one.state for one in files)} != {ItemState.SENT}:
                    self._attempt.wrong.append("a round ended well and left something behind")
                    return
                if word.draft not in self._central.bodies():
                    self._attempt.wrong.append("shown as sent, and central has it not")
                self._attempt.said.append(Word("send", True, draft=word.draft))

    def end(self) -> None:
        """Close."""
        self._work.close()
        self._reference.close()


FLOWS: dict[str, Callable[[Attempt], AtTheDesk | ByCommand | InARound]] = {
    "desk": AtTheDesk,
    "command": ByCommand,
    "round": InARound,
}


def one_trial(stage: Stage, trial: Trial, root: Path) -> tuple[bool, list[str]]:
    """Whether the fault struck, and what was wrong."""
    shutil.copytree(stage.tablet, root)
    attempt = Attempt(root, stage)
    flow = FLOWS[trial.flow](attempt)
    before, log = Disk.of(root), root.with_suffix(".log")
    record(root, log) if trial.call is Call.FSYNC else watch(root)
    fail(trial.call, trial.number, trial.error, from_then_on=trial.from_then_on)
    attempt.tried(flow.act)
    struck = calls_seen(trial.call) >= trial.number
    heal()
    for _ in range(3):  # a round may have to come again for what went astray
        if attempt.tried(flow.act):
            break
    else:
        attempt.wrong.append(f"does not work again after the fault: {attempt.refused[-1:]}")
    promises = Promises.of(attempt.said)
    if trial.call is Call.FSYNC:
        before.play(read_log(log))
        left = before.cut(Data.LOST, Names.LOST, random.Random(0))
    stop_recording()
    attempt.tried(flow.end)
    attempt.wrong += findings(root, KEY, OFFICER, promises)
    if trial.call is Call.FSYNC:
        cut = root.with_name("cut")
        cut.mkdir()
        left.put_down(cut)
        attempt.wrong += [f"power cut: {line}" for line in findings(cut, KEY, OFFICER, promises)]
    return struck, attempt.wrong


def how_many(stage: Stage, flow: str, root: Path) -> dict[Call, int]:
    """How many calls of each kind a flow makes when nothing fails."""
    shutil.copytree(stage.tablet, root)
    attempt = Attempt(root, stage)
    doing = FLOWS[flow](attempt)
    watch(root)
    count_calls()
    doing.act()
    counted = {call: calls_seen(call) for call in CALLS}
    stop_recording()
    doing.end()
    return counted


def in_child(job: Callable[..., object], *arguments: object) -> object:
    """The answer of a job done in a process of its own, which may end as it likes."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            try:
                answer: object = job(*arguments)
            except BaseException:  # noqa: BLE001 - whatever it is, the test must hear of it
                answer = traceback.format_exc()
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(data)


def count(stage: Stage, flow: str) -> dict[Call, int]:
    """A worker's job: how many calls there are to fail."""
    place = memory_folder("power-")
    try:
        found = in_child(how_many, stage, flow, place / "tablet")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    assert isinstance(found, dict), found
    return found


def try_all(stage: Stage, trials: list[Trial]) -> tuple[int, list[str]]:
    """A worker's job: how many of some trials struck, and what was wrong."""
    struck, wrong = 0, []
    for trial in trials:
        place = memory_folder("power-")
        try:
            answer = in_child(one_trial, stage, trial, place / "tablet")
        finally:
            shutil.rmtree(place, ignore_errors=True)
        if isinstance(answer, tuple):
            struck += answer[0]
            wrong += [f"{trial}: {line}" for line in answer[1][:3]]
        else:
            wrong.append(f"{trial}: {answer}")
    return struck, wrong
