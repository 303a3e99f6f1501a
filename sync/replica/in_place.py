"""Writing over a file where the disk takes no new byte: within the blocks that the file has already.

For small files whose loss costs little: a power cut in the middle may leave neither the old nor the new.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_over(path: Path, data: bytes) -> bool:
    """Durably write ``data`` over the file that lies there; False where it has no room of its own for it."""
    try:
        descriptor = os.open(path, os.O_WRONLY)
    except OSError:
        return False
    try:
        blocks = getattr(os.fstat(descriptor), "st_blocks", 0)
        if blocks * 512 < len(data):
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
