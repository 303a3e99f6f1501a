"""A process that captures while libfiu lets its calls fail by chance: what was said to be saved is there.

    fiu-run -x python -m tests.fault.fiu_capture FOLDER SEED ACTS   → one JSON line

libfiu is given its faults here and not by ``fiu-run -c``, so that Python itself can start, and so that a seed
draws the same faults each time. Afterwards the faults end, the store is opened again and looked through.
"""

from __future__ import annotations

import ctypes
import errno
import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, start_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.recovery import recover
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE
from sync.contract.wire import decode_record, sha256_hex
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.replica.storage_errors import of_anything
from tests.contract.tablet import CITY_ROWS, CLASS, DEVICE, KEY, OFFICER, Tablet, full_row

POINTS = (
    ("posix/io/rw/write/reduce", 0),
    ("posix/io/rw/write", errno.ENOSPC),
    ("posix/io/rw/pwrite/reduce", 0),
    ("posix/io/rw/pwrite", errno.EIO),
    ("posix/io/rw/pwrite", errno.ENOSPC),
    ("posix/io/rw/read/reduce", 0),
    ("posix/io/rw/read", errno.EIO),
    ("posix/io/rw/pread", errno.EIO),
    ("posix/io/rw/ftruncate", errno.EIO),
    ("posix/io/sync/*", errno.EIO),
    ("posix/io/oc/open", errno.EMFILE),
    ("posix/io/dir/rename", errno.EIO),
    ("posix/io/dir/unlink", errno.EIO),
)
"""What fails, and with which error; ``reduce`` is a call that carries less than it was asked to."""


class Fiu:
    """libfiu, as ``fiu-run`` has loaded it into this process."""

    def __init__(self, seed: int) -> None:
        self._lib = ctypes.CDLL("libfiu.so.0")
        self._lib.fiu_enable_random.argtypes = (
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_float,
        )
        self._lib.fiu_disable.argtypes = (ctypes.c_char_p,)
        self._lib.fiu_set_prng_seed(seed)

    @contextmanager
    def failing(self, point: str, error: int, share: float) -> Iterator[None]:
        """This share of the calls at a point fails."""
        if self._lib.fiu_enable_random(point.encode(), 1, error, 0, share):
            raise RuntimeError(f"libfiu knows no {point}")
        try:
            yield
        finally:
            self._lib.fiu_disable(point.encode())


def capture(desk: Desk, number: int) -> tuple[str, str]:
    """A report with a photo; its id and its photo's hash."""
    photo = b"photo %d " % number * 200
    draft = start_draft(desk)
    take_photo(desk, draft, photo, NOWHERE)
    body = DraftBody(class_code=CLASS, note=f"渣土 {number}", place=NOWHERE)
    keep_draft(desk, draft, desk.officer.officer_id, body)
    submit_report(desk, draft)
    return draft, sha256_hex(photo)


def look_through(folder: DataFolder, saved: dict[str, str], gone: set[str]) -> list[str]:
    """What is not as it was said, with the store opened anew."""
    desk = open_desk(folder, KEY, OFFICER)
    wrong = list(desk.work.integrity())
    found = recover(desk)
    wrong += [f"{one.photo_id}: a photo without its file" for one in found.missing]
    for record, sha256 in saved.items():
        entry = desk.work.outbox.entry(record)
        if entry is None:
            wrong.append(f"{record}: said to be saved, and gone")
            continue
        photos = decode_record(entry.record.record_type, entry.record.body).photos
        path = folder.file(sha256, photos[0].original.media_type)
        if [photo.original.sha256 for photo in photos] != [sha256]:
            wrong.append(f"{record}: another photo than was taken")
        elif sha256_hex(path.read_bytes()) != sha256:
            wrong.append(f"{record}: its photo is not what was taken")
    wrong += [f"{one}: taken back, and there" for one in gone if desk.work.outbox.entry(one) is not None]
    desk.work.close()
    desk.reference.close()
    return wrong


def told_as(desk: Desk, error: Exception) -> str:
    """The code a person is told, as the window's worker and the command line find it; damage is mended."""
    plain = error if isinstance(error, FieldError) else of_anything(error, desk.folder.root)
    if plain is None:
        raise error
    if plain.code == "folder_broken":
        with suppress(FieldError):
            desk.work.mend()
    return plain.code


def main() -> None:
    """Capture under faults, then look through."""
    root, seed, acts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, full_row(table, **row))
    with Tablet(root) as tablet:
        tablet.engine(MemoryRemote(central, DEVICE)).round()
    chance, fiu, told = random.Random(seed), Fiu(seed), Counter[str]()
    saved: dict[str, str] = {}
    gone: set[str] = set()
    folder = DataFolder(root)
    desk = open_desk(folder, KEY, OFFICER)
    saved.update([capture(desk, acts)])  # what is imported at first use is there before anything fails
    for number in range(acts):
        point, error = chance.choice(POINTS)
        try:
            with fiu.failing(point, error, chance.choice((0.02, 0.1, 0.3))):
                record, sha256 = capture(desk, number)
                saved[record] = sha256
                told["saved"] += 1
                if chance.random() < 0.2 and undo(desk, record) is Undone.REMOVED:
                    gone.add(record)
                    del saved[record]
        except (FieldError, DatabaseError, OSError) as error:
            told[told_as(desk, error)] += 1
    desk.work.close()
    desk.reference.close()
    assert threading.active_count() == 1
    print(json.dumps({"told": told, "wrong": look_through(folder, saved, gone), "saved": len(saved)}))


if __name__ == "__main__":
    main()
