"""Cuts within recoveries: what a cut or a kill left is opened again, that is recorded, and cut in its turn.

A cut loses what was not synced. A kill loses nothing yet: what the dead process had not synced is seen by its
successor, who may build on it, and only then the power goes.
"""

from __future__ import annotations

import pickle
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from fieldapp.capture.drafts import draft_text, list_drafts
from sync.contract.wire import decode_record
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from tests.fault.memory import memory_folder
from tests.fault.power.cutting import VARIANTS, Cut, LaidOut
from tests.fault.power.disk import Data, Disk, Names, Tree
from tests.fault.power.examine import close, entries, findings, open_after_cut
from tests.fault.power.promises import Promises, Word, done, words
from tests.fault.power.recording import Kind, Op, read_log, record, stop_recording
from tests.fault.power.stage import KEY, OFFICER
from tests.fault.power.workers import load

WIDTHS = (4, 3, 2)
"""How many places of a recovery are cut, at each depth; its end is always one."""
KILL_WIDTH = 3


def recover_aloud(root: Path) -> None:
    """Sit down after a cut or a kill, say everything the app now shows, and let the daemon empty the log."""
    desk = open_after_cut(root, KEY, OFFICER)
    for entry in entries(desk):
        taken = decode_record(entry.record.record_type, entry.record.body)
        done("submit", draft=entry.record.record_id, photos=tuple(p.original.sha256 for p in taken.photos))
    for opened in list_drafts(desk):
        draft = opened.draft.draft_id
        done("type", draft=draft, text=draft_text(opened.body))
        for one in opened.photos:
            done("shoot", draft=draft, photos=(one.photo.original.sha256,))
    close(desk)
    daemon = WorkStore(DataFolder(root), KEY, checkpoints=True)
    daemon.checkpoint()
    daemon.close()


class Dive:
    """All the cuts below one cut."""

    def __init__(
        self, place: Path, seed: int, widths: tuple[int, ...] = WIDTHS, *, worst: bool = False
    ) -> None:
        """``worst``: a cut loses all that it can, instead of anything."""
        self._place = place
        self._widths = widths
        self._variants = VARIANTS[:1] if worst else VARIANTS
        self._chance = random.Random(seed)
        self.runs = [0] * len(widths)
        self.wrong: list[str] = []

    def below(self, disk: Disk, said: list[Word], path: str, depth: int = 0, *, killed: bool) -> None:
        """Recover from what lies on ``disk`` now, and cut that recovery."""
        root = self._place / f"depth{depth}"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(mode=0o700)
        if killed:
            disk.now().put_down(root)
            disk.moved(root)
        else:
            self._cut(disk).put_down(root)
            disk = Disk.of(root)
        log = self._place / f"log{depth}"
        log.unlink(missing_ok=True)
        record(root, log)
        try:
            recover_aloud(root)
        finally:
            stop_recording()
        ops = list(read_log(log)) if log.exists() else []
        before = pickle.dumps(disk)
        width = min(self._widths[depth], len(ops) + 1)
        for at in sorted({*self._chance.sample(range(len(ops) + 1), width - 1), len(ops)}):
            after: Disk = pickle.loads(before)
            after.play(ops[:at])
            heard = said + words(ops[:at])
            here = f"{path} → {'kill' if killed else 'cut'}, recovery cut after {at} of {len(ops)}"
            self._look(after, heard, here)
            self.runs[depth] += 1
            if depth + 1 < len(self._widths):
                self.below(after, heard, here, depth + 1, killed=self._chance.random() < 0.5)

    def _look(self, disk: Disk, said: list[Word], here: str) -> None:
        with LaidOut(self._cut(disk), self._place) as root:
            found = findings(root, KEY, OFFICER, Promises.of(said))
        if found:
            self.wrong.append(f"{here}: {'; '.join(found[:4])}")

    def _cut(self, disk: Disk) -> Tree:
        return disk.cut(*self._chance.choice(self._variants), self._chance)


def dive(path: Path, cuts: Sequence[Cut]) -> tuple[list[int], list[str]]:
    """A worker's job: cuts and kills at some places of a recording, and all below them."""
    recording = load(path)
    place = memory_folder("power-")
    runs, wrong = [0] * len(WIDTHS), []
    try:
        for number, cut in enumerate(cuts):
            disk = recording.disk()
            disk.play(recording.ops[: cut.at])
            below = Dive(place, cut.seed)
            below.below(disk, words(recording.ops[: cut.at]), str(cut), killed=number % 2 == 1)
            runs = [a + b for a, b in zip(runs, below.runs, strict=True)]
            wrong += below.wrong
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return runs, wrong


def kill_then_cut(path: Path, at: Sequence[int], seed: int) -> tuple[int, list[str]]:
    """A worker's job: killed at some places, opened again, and cut while that goes on and right after."""
    recording = load(path)
    place = memory_folder("power-")
    runs, wrong = 0, []
    try:
        for where in at:
            disk = recording.disk()
            disk.play(recording.ops[:where])
            one = Dive(place, seed + where, (KILL_WIDTH,), worst=True)
            one.below(disk, words(recording.ops[:where]), f"after call {where}", killed=True)
            runs, wrong = runs + one.runs[0], wrong + one.wrong
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return runs, wrong


def places(ops: Sequence[Op], wanted: int, seed: int) -> list[Cut]:
    """Where to dive: spread over the recording, every other time right before a sync."""
    chance = random.Random(seed)
    syncs = [at for at, op in enumerate(ops) if op.kind is Kind.SYNC]
    spread = [(number + chance.random()) / wanted for number in range(wanted)]
    at = [
        syncs[int(where * len(syncs))] if number % 2 else round(where * len(ops))
        for number, where in enumerate(spread)
    ]
    return [Cut(place, Data.TORN, Names.SOME, chance.randrange(1 << 30)) for place in at]
