"""The product's stores, as they are, on a virtual disk: each commit is told to it, and may be cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.central.files import sync_folder
from sync.central.settings import Settings
from sync.central.store.objects import Objects
from sync.central.store.store import Store
from sync.central.world import World as CentralWorld
from sync.contract.wire import Change
from sync.replica.database import Database
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from tests.fault.simulation.disk import Disk

PLENTY = 10_000_000_000
FULL = 2
"""The ``synchronous`` level under which a commit waits for the disk."""


class Folder(DataFolder):
    """A data folder with as much room as is told."""

    room = PLENTY

    def free_bytes(self) -> int:
        return self.room


class Work(WorkStore):
    """The work store on a virtual disk."""

    def __init__(self, folder: DataFolder, key: bytes, disk: Disk, *, checkpoints: bool = False) -> None:
        self._disk = disk
        self._waits: bool | None = None
        """Whether commits wait for the disk, as the store itself says; None to ask anew."""
        super().__init__(folder, key, checkpoints=checkpoints)

    @contextmanager
    def act(self) -> Iterator[None]:
        self._disk.step("act")
        if self._waits is None:
            self._waits = self.synchronous() >= FULL
        waits = self._waits
        if not waits:
            self._disk.before_unsynced(self.folder.work_db)
        with super().act():
            yield
            self._disk.step("commit")
        if waits:
            self._disk.synced(self.folder.work_db)
        self._disk.step("committed")

    @contextmanager
    def noting(self) -> Iterator[None]:
        self._disk.step("note")
        self._disk.before_unsynced(self.folder.work_db)
        with super().noting():
            yield
            self._disk.step("commit")
        self._waits = None
        self._disk.step("noted")

    def checkpoint(self) -> None:
        self._disk.step("checkpoint")
        super().checkpoint()
        self._disk.synced(self.folder.work_db)


class Reference(ReferenceStore):
    """The reference store on a virtual disk: none of its commits waits for the disk."""

    def __init__(self, folder: DataFolder, disk: Disk) -> None:
        self._disk = disk
        super().__init__(folder)

    @property
    def _file(self) -> Path:
        return self._folder.reference / self.name

    def apply(self, changes: list[Change], at: CursorAt) -> int:
        self._disk.step("reference")
        self._disk.before_unsynced(self._file)
        written = super().apply(changes, at)
        self._disk.step("referenced")
        return written

    def withdraw(self, permits: Iterable[tuple[str, str, str]]) -> int:
        self._disk.before_unsynced(self._file)
        return super().withdraw(permits)


class SparseObjects(Objects):
    """Central's files, without those of their 256 folders that hold nothing: they would cost time."""

    def __init__(self, store: Store, world: CentralWorld, settings: Settings, disk: Disk) -> None:
        self._disk = disk
        super().__init__(store, world, settings)

    def _make_folders(self) -> None:
        self.folder.mkdir(exist_ok=True)
        sync_folder(self.folder)

    def adopt(
        self,
        unready: Path,
        sha256: str,
        media_type: str,
        *,
        end_upload: Callable[[Database], object] = lambda _: None,
    ) -> None:
        folder = self.path_of(sha256).parent
        if not folder.exists():
            self._disk.always_had(folder)
        super().adopt(unready, sha256, media_type, end_upload=end_upload)


class CentralStore(Store):
    """Central's store on a virtual disk."""

    def __init__(self, settings: Settings, world: CentralWorld, disk: Disk) -> None:
        self._disk = disk
        self._file = settings.database
        super().__init__(settings, world)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Database]:
        self._disk.step("write")
        if not durable:
            self._disk.before_unsynced(self._file)
        with super().writing(durable=durable) as db:
            yield db
            self._disk.step("commit")
        if durable:
            self._disk.synced(self._file)
        self._disk.step("written")
