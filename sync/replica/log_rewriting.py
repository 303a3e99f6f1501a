"""Writing a database's log (its ``-wal``) anew, byte for byte, and syncing it.

When a sync fails, the system may call the pages clean although they are on no disk: they are read back as if
all were well, a later sync passes them over, and a power cut leaves a hole in the log, behind which nothing
counts. Only bytes that are written again reach the disk. The caller holds the database's write lock, so that
nobody adds to the log meanwhile; readers and the checkpoint only read it.
"""

from __future__ import annotations

import os
from pathlib import Path

from sync.replica.storage_errors import of_file

PIECE = 1 << 20


def log_of(database: Path) -> Path:
    """Where a database's log lies."""
    return database.with_name(f"{database.name}-wal")


def rewrite_log(log: Path) -> None:
    """Write every byte of the log again and sync it; ``disk_full`` or ``disk_failed`` as the storage says."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(log, os.O_RDWR)
    except FileNotFoundError:
        return
    except OSError as error:
        raise of_file(error, log) from error
    try:
        at = 0
        while piece := os.pread(descriptor, PIECE, at):
            done = 0
            while done < len(piece):
                done += os.pwrite(descriptor, piece[done:], at + done)
            at += len(piece)
        os.fsync(descriptor)
    except OSError as error:
        raise of_file(error, log) from error
    finally:
        os.close(descriptor)
