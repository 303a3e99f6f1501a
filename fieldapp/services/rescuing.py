"""Writing the rescue file for the page: what would be inside, then the file itself and its fingerprint.

Works beside the desk, with a connection of its own, so that it also works where no desk can be opened. Takes
as long as the photos take to be read: never on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.rescue.writing import RECORDS_AT_ONCE, SUFFIX, Rescued, Told, write_rescue
from sync.vault.opening import find_key


class Inside(msgspec.Struct, frozen=True):
    """What a rescue file written now would hold."""

    records: int
    drafts: int
    photos: int
    bytes: int

    @property
    def anything(self) -> bool:
        """Whether there is something to rescue."""
        return bool(self.records or self.drafts or self.photos)


class Written(msgspec.Struct, frozen=True):
    """A rescue file, and the SHA-256 by which it is known again."""

    rescued: Rescued
    sha256: str


class Rescuer:
    """``key`` gives the data key of whoever is signed in, or None: then this machine's session is asked."""

    def __init__(self, folder: DataFolder, key: Callable[[], bytes | None], clock: Clock) -> None:
        self._folder = folder
        self._key = key
        self._clock = clock

    def inside(self) -> Inside:
        """Count what has no receipt."""
        with self._store() as store:
            records = after = 0
            while page := store.outbox.unreceipted(after_seq=after, limit=RECORDS_AT_ONCE):
                records, after = records + len(page), page[-1].record.device_seq
            drafts = store.drafts.all_open()
            files = {offer.sha256: offer.bytes for offer in store.uploads.unreceipted()}
            for draft in drafts:
                for saved in store.drafts.photos(draft.draft_id):
                    files |= {file.sha256: file.bytes for file in saved.photo.files}
            return Inside(records, len(drafts), len(files), sum(files.values()))

    def write(self, place: Path, told: Told) -> Written:
        """Write the file into a folder under a name that is free there."""
        if not place.is_dir():
            raise NeedsPerson("folder_unwritable", folder=str(place))
        with self._store() as store:
            rescued = write_rescue(store, self._free_name(place, store), self._clock, told)
        return Written(rescued, sha256_file(Path(rescued.path)))

    def _free_name(self, place: Path, store: WorkStore) -> Path:
        device = store.meta.require_identity().device_id[-8:].upper()
        stem = f"fieldapp-{device}-{self._clock.now():%Y%m%d-%H%M}"
        names = (f"{stem}{SUFFIX}" if at == 1 else f"{stem}-{at}{SUFFIX}" for at in count(1))
        return next(path for path in map(place.joinpath, names) if not path.exists())

    @contextmanager
    def _store(self) -> Iterator[WorkStore]:
        store = WorkStore(self._folder, self._key() or find_key(self._folder).key)
        try:
            yield store
        finally:
            store.close()
