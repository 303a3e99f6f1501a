"""Defects planted on purpose in a recorded process (POWER_PLANT), to prove that the cuts would find them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import sync.replica.files as files
import sync.replica.journal as journal
import sync.replica.recovery as recovery

NAME = "POWER_PLANT"


def _swap(module: ModuleType, name: str, other: object) -> None:
    assert hasattr(module, name), f"{module.__name__} has no {name} any more: plant the defect elsewhere"
    setattr(module, name, other)


class NoSync:
    """``os`` without ``fsync`` of files."""

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    @staticmethod
    def fsync(descriptor: int) -> None:
        """Folders only."""
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            os.fsync(descriptor)


def _folder_not_synced() -> None:
    """A photo's name may be lost although its row is there."""
    _swap(files, "sync_folder", lambda folder: None)


def _file_not_synced() -> None:
    """A photo's bytes may be lost although its name and row are there."""
    _swap(files, "os", NoSync())


def _commit_not_synced() -> None:
    """``synchronous=NORMAL`` and a journal that waits for nothing: what was answered may be lost."""
    real = recovery.open_database
    _swap(recovery, "open_database", lambda path, **how: real(path, **{**how, "full_sync": False}))
    _swap(journal, "os", NoSync())


def _written_in_place() -> None:
    """No move: a cut on the way leaves half a photo under the name of a whole one."""

    def in_place(path: Path, fill: Callable[[files.Put], None]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb", buffering=0) as file:
            fill(file.write)  # type: ignore[arg-type]
            os.fsync(file.fileno())
        files.sync_folder(path.parent)

    _swap(files, "durable_fill", in_place)


PLANTS: dict[str, Callable[[], None]] = {
    "folder_not_synced": _folder_not_synced,
    "file_not_synced": _file_not_synced,
    "commit_not_synced": _commit_not_synced,
    "written_in_place": _written_in_place,
}


def plant() -> None:
    """Plant what the environment names, if anything."""
    name = os.environ.get(NAME)
    if name:
        PLANTS[name]()
