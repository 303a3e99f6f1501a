"""A file system of a few megabytes, mounted for a test, that can be filled to the byte's page and emptied."""

from __future__ import annotations

import gc
import os
import subprocess
from contextlib import suppress
from pathlib import Path


class SmallDisk:
    """A tmpfs at ``folder``; use as a context. ``mountable`` says whether this machine lets us."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self._size = f"size={megabytes}m,mode=0700"
        self._filler = folder / "filler"

    def __enter__(self) -> SmallDisk:
        self.folder.mkdir(parents=True)
        _run("mount", "-t", "tmpfs", "-o", self._size, "tmpfs", str(self.folder))
        return self

    def __exit__(self, *_: object) -> None:
        _run("umount", "-l", str(self.folder))

    @property
    def free(self) -> int:
        """Free bytes."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def leave(self, free: int) -> None:
        """Fill it until no more than so many bytes are free."""
        self.empty()
        with self._filler.open("wb") as file:
            for spare in range(0, 1 << 20, 4096):  # others write meanwhile
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), 0, max(1, self.free - free - spare))
                    return

    def empty(self) -> None:
        """Give the space back."""
        self._filler.unlink(missing_ok=True)

    def read_only(self, *, on: bool) -> None:
        """Refuse every write, or take them again. Files open for writing forbid it: it then says so."""
        gc.collect()  # what was let go of may hold files open until it is collected
        _run("mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def mountable(folder: Path) -> bool:
    """Whether a file system can be mounted here, which takes root."""
    try:
        with SmallDisk(folder / "trial", 1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
