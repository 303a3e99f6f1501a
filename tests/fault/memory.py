"""Fresh folders in memory, for suites that do not try the disk: a great many files come and go in them.

Where there is no file system in memory, or too little room in it (containers often have 64 MB), a folder on
the disk serves too: it is slower, and nothing else is different.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 600_000_000
"""What three runs of tests need beside each other at most, and the reserve of a tablet."""


def memory_folder(prefix: str) -> Path:
    """A fresh folder, in memory where there is enough room; whoever asked for it removes it."""
    return Path(os.path.realpath(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if _is_roomy() else None)))


def _is_roomy() -> bool:
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return False
    return shutil.disk_usage(MEMORY).free >= ENOUGH
