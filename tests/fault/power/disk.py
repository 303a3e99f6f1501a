"""A disk as a power cut may leave it: what was synced stays, of the rest anything may be lost or torn.

The model is weaker than any file system in use, so that what survives it survives those:

    data of a file   durable once the file was synced; before that each sector shows, on its own, any of the
                     contents it has had since; the size may have changed without the data (zeros)
    names            made, moved and removed names are durable once their folder was synced; before that each
                     change is there or not, on its own (a move within or between folders is never half)
    a failed sync    takes what it should have made durable out of any later sync's reach
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path

from tests.fault.power.recording import Kind, Op

SECTOR = 512


class Data(Enum):
    """What becomes of data that was not synced."""

    LOST = "lost"
    KEPT = "kept"
    ZEROS = "zeros"
    TORN = "torn"


class Names(Enum):
    """What becomes of names that were not synced."""

    LOST = "lost"
    KEPT = "kept"
    SOME = "some"


class FileNode:
    """A file's durable bytes and what was written since; ``size`` alone stands for a truncation."""

    __slots__ = ("base", "pending", "seen")

    def __init__(self, base: bytes = b"") -> None:
        self.base = base
        self.pending: list[tuple[int, bytes | None]] = []
        self.seen: bytes | None = None
        """What memory shows once a failed sync has made that something else than the disk will ever hold."""

    def sync(self) -> None:
        """All that was written since the last try is durable."""
        if self.pending:
            self.base = _applied(self.base, self.pending)
            self.pending = []

    def sync_failed(self) -> None:
        """The system calls the pages clean although they are on no disk."""
        self.seen = self.now()
        self.pending = []

    def write(self, at: int, data: bytes | None) -> None:
        """Bytes written at a place; None for a new size alone."""
        self.pending.append((at, data))
        if self.seen is not None:
            self.seen = _applied(self.seen, [(at, data)])

    def now(self) -> bytes:
        """The bytes as a process sees them while the power is on."""
        return _applied(self.base, self.pending) if self.seen is None else self.seen

    def left(self, data: Data, chance: random.Random) -> bytes:
        """The bytes as a cut leaves them."""
        if not self.pending or data is Data.LOST:
            return self.base
        if data is Data.KEPT:
            return _applied(self.base, self.pending)
        if data is Data.ZEROS:
            size = len(_applied(self.base, self.pending))
            return self.base[:size].ljust(size, b"\0")
        return _torn(self.base, self.pending, chance)


class FolderNode:
    """A folder's durable names; changes not synced yet lie in the disk's one list."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: dict[str, int] = {}


class Change:
    """One change of names: what each (folder, name) points at afterwards; None for gone."""

    __slots__ = ("sets",)

    def __init__(self, *sets: tuple[int, str, int | None]) -> None:
        self.sets: tuple[tuple[int, str, int | None], ...] = sets


class Tree(dict[str, bytes | None]):
    """Paths below the root with their bytes; None for a folder."""

    def put_down(self, root: Path) -> None:
        """Make it real."""
        for path, data in self.items():
            target = root / path
            if data is None:
                target.mkdir(mode=0o700, parents=True, exist_ok=True)
            else:
                target.write_bytes(data)


class Disk:
    """All files below one root, played forward call by call."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._nodes: dict[int, FileNode | FolderNode] = {0: FolderNode()}
        self._live: dict[str, int] = {"": 0}
        self._inodes: dict[int, int] = {}
        self._changes: list[Change] = []

    @classmethod
    def of(cls, root: Path) -> Disk:
        """A folder as it lies there now, all of it durable."""
        disk = cls(str(root))
        disk._inodes[root.stat().st_ino] = 0
        for path in sorted(root.rglob("*")):
            name = str(path.relative_to(root))
            if path.is_dir():
                disk._add(name, FolderNode(), path.stat().st_ino)
            elif path.is_file() and not name.endswith("-shm"):
                disk._add(name, FileNode(path.read_bytes()), path.stat().st_ino)
        disk._settle()
        return disk

    def moved(self, root: Path) -> None:
        """The same disk under another root, where ``now`` was put down: the power was never off."""
        self._root = str(root)
        self._inodes = {(root / path).stat().st_ino: key for path, key in self._live.items()}

    def play(self, ops: Iterable[Op]) -> None:
        """Let recorded calls happen."""
        for op in ops:
            self._one(op)

    def _one(self, op: Op) -> None:
        if op.kind is Kind.MARK:
            return
        name = self._name(op.one)
        match op.kind:
            case Kind.CREATE:
                self._add(name, FileNode(), op.inode)
            case Kind.MKDIR:
                self._add(name, FolderNode(), op.inode)
            case Kind.WRITE:
                self._file(op).write(op.at, op.data)
            case Kind.TRUNCATE:
                self._file(op).write(op.at, None)
            case Kind.SYNC:
                self._sync(op)
            case Kind.RENAME:
                self._rename(name, self._name(op.two))
            case Kind.LINK:
                self._set(self._name(op.two), self._live[name])
            case Kind.UNLINK | Kind.RMDIR:
                if self._live.pop(name, None) is not None:  # a socket's name is none of a file
                    self._changes.append(Change((*self._place(name), None)))
            case Kind.FOREIGN:
                raise AssertionError(f"this cannot be played: {op.two} on {op.one}")

    def _sync(self, op: Op) -> None:
        key = self._inodes[op.inode]
        node = self._nodes[key]
        if isinstance(node, FileNode):
            node.sync_failed() if op.error else node.sync()
        elif not op.error:
            self._settle(key)

    def _settle(self, folder: int | None = None) -> None:
        """Make the changes of a folder's names durable, or all; older ones of those names are overtaken."""
        names = {key: node.names for key, node in self._folders()}
        left: list[Change] = []
        settled: set[tuple[int, str]] = set()
        for change in self._changes:
            if folder is None or any(place == folder for place, _, _ in change.sets):
                self._apply(change, names)
                settled.update((place, name) for place, name, _ in change.sets)
            else:
                left.append(change)
        for change in left:
            change.sets = tuple(one for one in change.sets if one[:2] not in settled)
        self._changes = [change for change in left if change.sets]

    def _folders(self) -> Iterator[tuple[int, FolderNode]]:
        return ((key, node) for key, node in self._nodes.items() if isinstance(node, FolderNode))

    @staticmethod
    def _apply(change: Change, names: dict[int, dict[str, int]]) -> None:
        for folder, name, node in change.sets:
            if node is None:
                names[folder].pop(name, None)
            else:
                names[folder][name] = node

    def _rename(self, old: str, new: str) -> None:
        node = self._live.pop(old)
        moved = [path for path in self._live if path.startswith(old + "/")]
        for path in moved:
            self._live[new + path[len(old) :]] = self._live.pop(path)
        self._live[new] = node
        self._changes.append(Change((*self._place(old), None), (*self._place(new), node)))

    def _add(self, name: str, node: FileNode | FolderNode, inode: int) -> None:
        key = len(self._nodes)
        self._nodes[key] = node
        self._inodes[inode] = key
        self._set(name, key)

    def _set(self, name: str, key: int) -> None:
        self._live[name] = key
        self._changes.append(Change((*self._place(name), key)))

    def _place(self, name: str) -> tuple[int, str]:
        folder, _, last = name.rpartition("/")
        return self._live[folder], last

    def _name(self, path: str) -> str:
        return path[len(self._root) :].lstrip("/")

    def _file(self, op: Op) -> FileNode:
        node = self._nodes[self._inodes[op.inode]]
        assert isinstance(node, FileNode)
        return node

    def now(self) -> Tree:
        """The tree as a process sees it while the power is on."""
        tree = Tree()
        for path in sorted(self._live):
            node = self._nodes[self._live[path]]
            if path:
                tree[path] = node.now() if isinstance(node, FileNode) else None
        return tree

    def pending(self) -> bool:
        """Whether a cut now could lose anything."""
        return bool(self._changes) or any(
            isinstance(node, FileNode) and node.pending for node in self._nodes.values()
        )

    def cut(self, data: Data, names: Names, chance: random.Random) -> Tree:
        """The tree as a power cut at this moment leaves it."""
        after = {key: dict(node.names) for key, node in self._folders()}
        for change in self._changes:
            if names is Names.KEPT or (names is Names.SOME and chance.random() < 0.5):
                self._apply(change, after)
        tree = Tree()
        self._walk(0, "", after, data, chance, tree)
        return tree

    def _walk(
        self,
        folder: int,
        above: str,
        names: dict[int, dict[str, int]],
        data: Data,
        chance: random.Random,
        tree: Tree,
    ) -> None:
        for name, key in sorted(names[folder].items()):
            node = self._nodes[key]
            if isinstance(node, FileNode):
                tree[above + name] = node.left(data, chance)
            else:
                tree[above + name] = None
                self._walk(key, f"{above}{name}/", names, data, chance, tree)


def _applied(base: bytes, writes: list[tuple[int, bytes | None]]) -> bytes:
    if not writes:
        return base
    whole = bytearray(base)
    for at, data in writes:
        if data is None:
            del whole[at:]
            whole.extend(bytes(at - len(whole)))
            continue
        if at > len(whole):
            whole.extend(bytes(at - len(whole)))
        whole[at : at + len(data)] = data
    return bytes(whole)


def _torn(base: bytes, writes: list[tuple[int, bytes | None]], chance: random.Random) -> bytes:
    """Each sector in any of the states it went through; a truncation keeps all that came before it whole."""
    if any(data is None for _, data in writes):
        whole = writes[: chance.randrange(len(writes) + 1)]
        return _applied(base, whole)
    touched: dict[int, int] = {}
    for at, data in writes:
        for sector in range(at // SECTOR, (at + len(data or b"") - 1) // SECTOR + 1):
            touched[sector] = touched.get(sector, 0) + 1
    keep_most = chance.random()
    shown = {
        sector: times if chance.random() < keep_most else chance.randrange(times + 1)
        for sector, times in touched.items()
    }
    whole = bytearray(base)
    so_far: dict[int, int] = {}
    size = len(base)
    sizes = [size]
    for at, data in writes:
        data = data or b""
        size = max(size, at + len(data))
        sizes.append(size)
        whole.extend(bytes(max(0, size - len(whole))))
        for sector in range(at // SECTOR, (at + len(data) - 1) // SECTOR + 1):
            so_far[sector] = so_far.get(sector, 0) + 1
            if so_far[sector] <= shown[sector]:
                start, end = max(at, sector * SECTOR), min(at + len(data), (sector + 1) * SECTOR)
                whole[start:end] = data[start - at : end - at]
    return bytes(whole[: chance.choice(sizes)]) if chance.random() < 0.3 else bytes(whole)
