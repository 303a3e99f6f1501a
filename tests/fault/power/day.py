"""A morning's work in a process of its own, to be recorded: photos, typing, reports, acts, undo, sync rounds.

    python -m tests.fault.power.day FOLDER PHOTOS CASE [report]

The key comes from the session of the folder's officer; the daemon is a process of its own too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fieldapp.capture.act import submit_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import (
    DraftBody,
    discard_draft,
    draft_text,
    keep_draft,
    open_draft,
    remove_photo,
    start_draft,
)
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import import_photo, take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import undo
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Place, PlaceSource
from sync.control import ControlClient
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from tests.fault.power.plants import plant
from tests.fault.power.promises import doing, done
from tests.fault.power.stage import KEY, OFFICER

CLASS = "03-11"
PATIENCE_S = 120.0
HERE = Place(PlaceSource.GNSS, 113.9051, 22.6051, 4.0)


class Day:
    """An officer with a desk and a pile of pictures."""

    def __init__(self, desk: Desk, pictures: list[Path]) -> None:
        self.desk = desk
        self.pictures = pictures

    def type(self, draft: str, body: DraftBody) -> None:
        """Type into a draft."""
        doing("type", draft=draft, text=draft_text(body))
        keep_draft(self.desk, draft, self.desk.officer.officer_id, body)
        done("type", draft=draft, text=draft_text(body))

    def start(self, kind: str = "report", case: str = "") -> str:
        """Begin a draft."""
        draft = start_draft(self.desk, kind=kind, case_id=case)
        done("type", draft=draft, text=draft_text(DraftBody()))
        return draft

    def shoot(self, draft: str, *, imported: bool = False) -> str:
        """Take or import the next picture."""
        picture = self.pictures.pop(0)
        if imported:
            saved = import_photo(self.desk, draft, picture)
        else:
            saved = take_photo(self.desk, draft, picture.read_bytes(), HERE)
        sha256 = saved.photo.original.sha256
        done("shoot", draft=draft, photos=(sha256,))
        return sha256

    def submit(self, draft: str) -> None:
        """Submit a report."""
        doing("submit", draft=draft)
        saved = submit_report(self.desk, draft)
        done("submit", draft=draft, photos=tuple(p.original.sha256 for p in saved.photos))

    def report(self, photos: int, note: str) -> str:
        """A whole report."""
        draft = self.start()
        self.type(draft, DraftBody(class_code=CLASS, note=note))
        for number in range(photos):
            self.shoot(draft, imported=number % 2 == 1)
        self.type(draft, DraftBody(class_code=CLASS, note=note + "。", place=HERE))
        self.submit(draft)
        return draft

    def act(self, case: str, kind: ActKind, photos: int = 0) -> str:
        """An act on a case."""
        draft = self.start(kind.value, case)
        for _ in range(photos):
            self.shoot(draft)
        doing("submit", draft=draft)
        saved = submit_act(self.desk, case, kind, note="已到现场", place=NOWHERE, draft_id=draft)
        done("submit", draft=draft, photos=tuple(p.original.sha256 for p in saved.photos))
        return draft

    def undo(self, record: str) -> None:
        """Take a record back at once."""
        doing("undo", draft=record)
        undo(self.desk, record)
        done("undo", draft=record)

    def discard(self, draft: str) -> None:
        """Throw a draft away."""
        doing("discard", draft=draft)
        discard_draft(self.desk, draft)
        done("discard", draft=draft)

    def remove(self, draft: str, sha256: str) -> None:
        """Take a photo out of a draft."""
        saved = next(s for s in open_draft(self.desk, draft).photos if s.photo.original.sha256 == sha256)
        doing("remove", draft=draft, photos=(sha256,))
        remove_photo(self.desk, saved)
        done("remove", draft=draft, photos=(sha256,))

    def look(self, *records: str) -> None:
        """Say which records the outbox shows as sent."""
        for record in records:
            entry = self.desk.work.outbox.entry(record)
            files = self.desk.work.uploads.of_record(record)
            states = {entry.state if entry else None, *(file.state for file in files)}
            assert states == {ItemState.SENT}, (entry, files)
            done("send", draft=record)


def whole_day(day: Day, folder: DataFolder, case: str) -> None:
    """Everything, with a daemon beside it that sends and checkpoints."""
    first = day.report(5, "渣土车未密闭运输")
    left = day.start()
    day.type(left, DraftBody(note="还没写完"))
    day.shoot(left)
    thrown = day.start()
    day.shoot(thrown)
    day.remove(thrown, day.shoot(thrown, imported=True))
    day.discard(thrown)
    undone = day.report(1, "写错了")
    day.undo(undone)
    line = [sys.executable, "-m", "sync.cli", "run", "--data", str(folder.root)]
    environment = {**os.environ, "FIELDAPP_LANG": "en"}
    daemon = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        with _client(folder, daemon) as client:
            client.ask("unlock", key=KEY)
            client.round()
            day.look(first)
            acts = [day.act(case, ActKind.ACCEPT), day.act(case, ActKind.ARRIVE)]
            acts.append(day.act(case, ActKind.HANDLE, photos=2))
            client.round()
            day.look(*acts)
            client.ask("nudge")
            second = day.report(5, "边发边写")
            day.submit(undone)
            client.round()
            day.look(second, undone)
            client.ask("stop")
        daemon.wait(PATIENCE_S)
    finally:
        daemon.kill()
        daemon.communicate()
    day.report(2, "下班前")


def _client(folder: DataFolder, daemon: subprocess.Popen[str]) -> ControlClient:
    """A client of the daemon, as soon as that says that it is ready."""
    assert daemon.stderr is not None
    said = daemon.stderr.readline()
    assert said == "ready\n", f"the daemon did not come up: {said}"
    return ControlClient(folder, answer_s=PATIENCE_S)


def main(arguments: list[str]) -> None:
    """Play the day, or one report of it."""
    root, pictures, case, *only = arguments
    plant()
    folder = DataFolder(Path(root))
    desk = open_desk(folder, KEY, OFFICER)
    day = Day(desk, sorted(Path(pictures).iterdir()))
    if only:
        day.report(5, "渣土车未密闭运输")
    else:
        whole_day(day, folder, case)
    desk.work.close()
    desk.reference.close()


if __name__ == "__main__":
    main(sys.argv[1:])
