"""Cutting a recording: at which call, what is lost, and what is found when the tablet is opened again.

Runs in worker processes under the shim, each with a folder of its own in memory. A cut is named by four
values (``Cut``), so that a failing one can be played again alone.
"""

from __future__ import annotations

import pickle
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.fault.power.disk import Data, Disk, Names, Tree
from tests.fault.power.promises import Promises, words
from tests.fault.power.recording import Kind, Op, read_log

VARIANTS: tuple[tuple[Data, Names], ...] = (
    (Data.LOST, Names.LOST),
    (Data.LOST, Names.KEPT),
    (Data.KEPT, Names.LOST),
    (Data.KEPT, Names.KEPT),
    (Data.ZEROS, Names.KEPT),
    (Data.TORN, Names.SOME),
)
"""All corners; the last is drawn anew by its seed, as often as wanted."""


class Cut(NamedTuple):
    """The power goes after ``at`` calls; ``data`` and ``names`` say what becomes of what was not synced."""

    at: int
    data: Data
    names: Names
    seed: int

    def __str__(self) -> str:
        return f"after call {self.at}: data {self.data.value}, names {self.names.value}, seed {self.seed}"


class Recording(NamedTuple):
    """A folder's disk as it was before (pickled), and what a process did to it."""

    before: bytes
    ops: tuple[Op, ...]

    @classmethod
    def of(cls, before: Disk, log: Path) -> Recording:
        """What was written down since."""
        return cls(pickle.dumps(before), tuple(read_log(log)))

    def disk(self) -> Disk:
        """The disk before the first call."""
        disk: Disk = pickle.loads(self.before)
        return disk


def plan(calls: int, wanted: int | None, seed: int) -> list[Cut]:
    """Cuts in the order of their calls: each boundary once at least, the rest spread evenly and at random.

    Without ``wanted``: every boundary in every corner, and torn ten times.
    """
    chance = random.Random(seed)
    if wanted is None:
        corners = [Cut(at, *variant, 0) for at in range(calls + 1) for variant in VARIANTS[:-1]]
        torn = [Cut(at, *VARIANTS[-1], s) for at in range(calls + 1) for s in range(10)]
        return sorted(corners + torn, key=lambda cut: cut.at)
    cuts: set[Cut] = set()
    while len(cuts) < wanted:
        for at in range(calls + 1):
            data, names = chance.choice(VARIANTS)
            cuts.add(Cut(at, data, names, chance.randrange(1 << 30) if data is Data.TORN else 0))
    kept = sorted(cuts, key=lambda cut: (cut.at, cut.seed))
    if len(kept) > wanted > calls:  # every boundary stays; what is too much goes at random
        first = {cut.at: cut for cut in kept}
        more = [cut for cut in kept if first[cut.at] is not cut]
        kept = [*first.values(), *chance.sample(more, wanted - len(first))]
    elif len(kept) > wanted:
        kept = [kept[number * len(kept) // wanted] for number in range(wanted)]
    return sorted(kept, key=lambda cut: (cut.at, cut.seed))


def chunks(cuts: Sequence[Cut], size: int) -> Iterator[list[Cut]]:
    """Neighbouring cuts together, so that a worker plays the calls forward once for all of them."""
    edges = [*range(0, len(cuts), size), len(cuts)]
    yield from (list(cuts[start:end]) for start, end in pairwise(edges) if start < end)


Look = Callable[[Path, Promises], list[str]]


def tried(
    recording: Recording, cuts: Sequence[Cut], place: Path, look: Look
) -> Iterator[tuple[Cut, list[str]]]:
    """What is found after each of some cuts, in the order of their calls."""
    disk = recording.disk()
    played = 0
    for cut in cuts:
        disk.play(recording.ops[played : cut.at])
        played = cut.at
        promises = Promises.of(words(recording.ops[: cut.at]))
        tree = disk.cut(cut.data, cut.names, random.Random(cut.seed))
        with LaidOut(tree, place) as root:
            yield cut, look(root, promises)


class LaidOut:
    """A tree made real below a place, and removed again."""

    def __init__(self, tree: Tree, place: Path) -> None:
        self._tree = tree
        self._root = place / "cut"

    def __enter__(self) -> Path:
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(mode=0o700, parents=True)
        self._tree.put_down(self._root)
        return self._root

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._root, ignore_errors=True)


def whole(recording: Recording) -> tuple[Tree, list[str]]:
    """The tree at the end by the recording alone, and what in the recording cannot be played."""
    strange = [f"{op.two} {op.one}" for op in recording.ops if op.kind is Kind.FOREIGN]
    if strange:
        return Tree(), strange
    disk = recording.disk()
    disk.play(recording.ops)
    return disk.now(), []


def lying(root: Path) -> Tree:
    """The tree as it really lies there, but for what SQLite makes anew and what is no file."""
    tree = Tree()
    for path in sorted(root.rglob("*")):
        if path.is_dir():
            tree[str(path.relative_to(root))] = None
        elif path.is_file() and not path.name.endswith("-shm"):
            tree[str(path.relative_to(root))] = path.read_bytes()
    return tree
