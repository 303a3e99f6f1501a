"""Writing the rescue file for the page: what would be inside, then the file itself and its fingerprint.

Works beside the desk, with a connection of its own, and without any where nobody is signed in or the store
does not open: then all that lies here goes in as it is, and only central can tell what of it is new. Takes as
long as the photos take to be read: never on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder
from sync.rescue.choosing import store_if_it_opens, write_what_can_be
from sync.rescue.locked import measure_locked
from sync.rescue.writing import RECORDS_AT_ONCE, SUFFIX, Rescued, Told
from sync.vault.keyfile import read_keys
from sync.vault.opening import find_key


class Inside(msgspec.Struct, frozen=True):
    """What a rescue file written now would hold. ``locked``: all that lies here, unread, so that records and
    drafts cannot be counted."""

    records: int
    drafts: int
    photos: int
    bytes: int
    locked: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is something to rescue."""
        return self.locked or bool(self.records or self.drafts or self.photos)


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
        with store_if_it_opens(self._folder, self._data_key) as store:
            if store is None:
                self._device_id()  # there is nothing to be had of a tablet that never was one
                photos, length = measure_locked(self._folder)
                return Inside(0, 0, photos, length, locked=True)
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
        with store_if_it_opens(self._folder, self._data_key) as store:
            device = self._device_id() if store is None else store.meta.require_identity().device_id
            target = self._free_name(place, device)
            rescued = write_what_can_be(self._folder, store, target, self._clock, told)
        return Written(rescued, sha256_file(Path(rescued.path)))

    def _free_name(self, place: Path, device: str) -> Path:
        stem = f"fieldapp-{device[-8:].upper()}-{self._clock.now():%Y%m%d-%H%M}"
        names = (f"{stem}{SUFFIX}" if at == 1 else f"{stem}-{at}{SUFFIX}" for at in count(1))
        return next(path for path in map(place.joinpath, names) if not path.exists())

    def _data_key(self) -> bytes:
        return self._key() or find_key(self._folder).key

    def _device_id(self) -> str:
        keys = read_keys(self._folder.keys)
        if keys is None:
            raise NeedsPerson("not_enrolled")
        return keys.device.device_id
