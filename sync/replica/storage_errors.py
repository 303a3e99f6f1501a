"""What storage and database answer, as errors that a person understands; None where it is our own mistake."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from sync.contract.errors import FieldError, NeedsPerson, RetryLater

NO_ROOM_BYTES = 256_000
"""With less than this free, SQLite cannot even make the index of its log, and calls that an I/O error."""

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NOT_THERE = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ENOENT, errno.EEXIST, errno.ENAMETOOLONG})


def of_file(error: OSError, path: Path) -> FieldError:
    """A failed write to a place of ours: ``disk_full``, ``folder_unwritable`` or ``disk_failed``."""
    if error.errno in _DISK_FULL:
        return NeedsPerson("disk_full", path=str(path))
    if error.errno in _NOT_ALLOWED | _NOT_THERE:
        return NeedsPerson("folder_unwritable", path=str(path), reason=errno_name(error))
    return NeedsPerson("disk_failed", path=str(path), reason=errno_name(error))


def of_database(error: driver.DatabaseError, path: Path) -> FieldError | None:
    """What a failure of a database means, by SQLite's own words."""
    text = str(error)
    if "is full" in text:
        return NeedsPerson("disk_full", path=str(path))
    if "locked" in text:
        return RetryLater("store_busy", file=path.name)
    if "not a database" in text:
        return NeedsPerson("store_key_wrong", file=path.name)
    if "malformed" in text:
        return NeedsPerson("folder_broken", file=path.name)
    if ("disk I/O error" in text or "unable to open" in text) and _is_full(path.parent):
        return NeedsPerson("disk_full", path=str(path))
    if "readonly" in text or "unable to open" in text:
        return NeedsPerson("folder_unwritable", path=str(path), reason=text)
    if "disk I/O error" in text:
        return NeedsPerson("disk_failed", path=str(path), reason=text)
    return None


def of_anything(error: Exception, folder: Path) -> FieldError | None:
    """For whoever ends a command or a thread: storage that struck where nobody looked for it."""
    if isinstance(error, driver.DatabaseError):
        return of_database(error, folder / "work.db")
    if isinstance(error, OSError) and error.errno in _DISK_FULL | _NOT_ALLOWED | {errno.EIO}:
        return of_file(error, Path(error.filename) if isinstance(error.filename, str) else folder)
    return None


def errno_name(error: OSError) -> str:
    """ENOSPC and the like."""
    return errno.errorcode.get(error.errno or 0, "EIO")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < NO_ROOM_BYTES
    except OSError:
        return False
