"""A virtual disk under one machine: what was never synced may be gone after a power cut.

The files lie in a folder in memory; that folder is what the machine's page cache shows. ``Disk`` remembers
what has been made durable: the bytes of a file by ``fsync`` of it, the names in a folder by ``fsync`` of
that, a database by a commit under ``synchronous=FULL``. ``image`` makes the folder as it is after a cut.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from tests.fault.simulation.world import is_simulated

_KEPT_STATES = 4


class Cut(Enum):
    """How a machine ends: its processes are killed, or its power is cut and the unsynced may be lost."""

    KILL = "kill"
    POWER = "power"


class Died(BaseException):
    """A machine ended in the middle of something. Not an error: nothing of the product may catch it."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk)
        self.disk = disk


class Disk:
    """``step`` is called at every point where a cut may come; ``arm`` says after how many it does."""

    disks: dict[str, Disk] = {}  # noqa: RUF012 - the machines whose power is on, by their folder

    def __init__(self, root: Path, on_death: Callable[[Cut], None]) -> None:
        self.root = root
        self.alive = True
        self._on_death = on_death
        self._armed: tuple[int, Cut] | None = None
        self._contents: dict[int, bytes] = {}
        self._names: dict[str, dict[str, int]] = {}
        self._before: dict[str, list[tuple[bytes, bytes]]] = {}
        self._mounted = False
        self.mount()

    def mount(self) -> None:
        """Switch on: what lies in the folder now is durable."""
        for folder, folders, files in os.walk(self.root):
            names = {}
            for name in folders + files:
                names[name] = os.lstat(os.path.join(folder, name)).st_ino
            self._names[folder] = names
        for folder, names in self._names.items():
            for name, inode in names.items():
                path = os.path.join(folder, name)
                if path not in self._names and not _is_database(name):
                    self._contents[inode] = Path(path).read_bytes()
        Disk.disks[str(self.root)] = self

    def unmount(self) -> None:
        """Switch off."""
        Disk.disks.pop(str(self.root), None)

    def arm(self, steps: int, cut: Cut) -> None:
        """Cut after so many more steps."""
        self._armed = (steps, cut)

    def disarm(self) -> None:
        """No cut any more."""
        self._armed = None

    def step(self, _name: str = "") -> None:
        """A point at which a cut may come."""
        if not is_simulated():
            return
        if not self.alive:
            raise Died(self)
        if self._armed is None:
            return
        left, cut = self._armed
        if left > 0:
            self._armed = (left - 1, cut)
            return
        self.die(cut)
        raise Died(self)

    def die(self, cut: Cut) -> None:
        """The machine ends now. ``on_death`` takes the image before anything else can happen to the files."""
        if not self.alive:
            return
        self.alive = False
        self._armed = None
        self._on_death(cut)
        self.unmount()

    def synced_fd(self, descriptor: int) -> None:
        """``fsync`` of a file or folder."""
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if os.path.isdir(path):
            with os.scandir(path) as entries:
                self._names[path] = {entry.name: entry.inode() for entry in entries}
        else:
            self._contents[os.fstat(descriptor).st_ino] = Path(path).read_bytes()

    def always_had(self, folder: Path) -> None:
        """An empty folder that counts as having been there from the beginning."""
        folder.mkdir()
        self._names.setdefault(str(folder.parent), {})[folder.name] = folder.stat().st_ino
        self._names[str(folder)] = {}

    def before_unsynced(self, database: Path) -> None:
        """A commit comes that does not wait for the disk: what is there now is what is sure to stay."""
        states = self._before.setdefault(str(database), [])
        if len(states) < _KEPT_STATES:
            states.append(_read_database(database))

    def synced(self, database: Path) -> None:
        """A commit that waited for the disk, or a checkpoint: all commits before it stay too."""
        self._before.pop(str(database), None)

    def image(self, target: Path, cut: Cut, chance: random.Random, mtime: float) -> None:
        """What a machine that is started again finds."""
        if cut is Cut.KILL:
            shutil.copytree(self.root, target, ignore=_shared_memory)
        else:
            self._folder_after(str(self.root), target, chance)
        for folder, _, files in os.walk(target):
            for name in files:
                os.utime(os.path.join(folder, name), (mtime, mtime))

    def _folder_after(self, folder: str, target: Path, chance: random.Random) -> None:
        target.mkdir(mode=0o700)
        durable = self._names.get(folder, {})
        seen: dict[str, os.DirEntry[str]] = {}
        with os.scandir(folder) as entries:
            seen = {entry.name: entry for entry in entries if not entry.name.endswith(("-shm", "-wal"))}
        for name in sorted(durable.keys() | seen.keys(), key=_without_chance):
            if name.endswith(("-shm", "-wal")):
                continue
            entry, kept = seen.get(name), durable.get(name)
            as_seen = entry is not None and (kept == entry.inode() or chance.random() < 0.5)
            if as_seen and entry is not None:
                self._entry_after(entry, target / name, chance)
            elif kept is not None and kept in self._contents:
                (target / name).write_bytes(self._contents[kept])

    def _entry_after(self, entry: os.DirEntry[str], target: Path, chance: random.Random) -> None:
        if entry.is_dir():
            self._folder_after(entry.path, target, chance)
        elif _is_database(entry.name):
            states = self._before.get(entry.path, [])
            now = _read_database(Path(entry.path))
            data, log = chance.choice([*states, now]) if states else now
            target.write_bytes(data)
            if log:
                target.with_name(f"{target.name}-wal").write_bytes(log)
        else:
            now_bytes = Path(entry.path).read_bytes()
            kept = self._contents.get(entry.inode())
            if kept == now_bytes:
                target.write_bytes(now_bytes)
            else:
                target.write_bytes(_torn(now_bytes, kept or b"", chance))


def _torn(now: bytes, kept: bytes, chance: random.Random) -> bytes:
    """Bytes that were written and not synced: all, none, a part, or a part followed by noughts."""
    kind = chance.randrange(4)
    if kind == 0:
        return now
    if kind == 1:
        return kept
    at = chance.randrange(len(now) + 1)
    return now[:at] if kind == 2 else now[:at] + bytes(len(now) - at)


def _without_chance(name: str) -> str:
    """Names of unfinished files have a random part; the order of chance must not hang on it."""
    return name.rsplit(".", 2)[0] if name.endswith(".part") else name


def _is_database(name: str) -> bool:
    return name.endswith(".db")


def _read_database(path: Path) -> tuple[bytes, bytes]:
    log = path.with_name(f"{path.name}-wal")
    return path.read_bytes(), log.read_bytes() if log.exists() else b""


def _shared_memory(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith("-shm")]


@contextmanager
def virtual_fsync() -> Iterator[None]:
    """Let every ``os.fsync`` below a machine's folder be told to its disk."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        for root, disk in Disk.disks.items():
            if path.startswith(root):
                disk.step("fsync")
                disk.synced_fd(descriptor)
                disk.step("fsynced")
                return
        real(descriptor)

    os.fsync = fsync
    try:
        yield
    finally:
        os.fsync = real
