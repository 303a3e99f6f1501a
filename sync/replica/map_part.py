"""A base map on its way in: bytes appended to a file beside the one in force, judged piece by piece.

    bytes → part file → each piece: hash as signed? on the disk → the next      the whole → checked → renamed

What is there after a kill, a cut or a power cut is what the next attempt goes on from: whole pieces are
hashed again, a piece that is not what was signed goes, and the bytes of an unfinished one stay.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.map_offer import MapOffer, is_signed_offer, is_sound_offer
from sync.replica.basemap import BaseMapFacts, adopt_base_map, facts_of
from sync.replica.files import CHUNK, plain_errors, remove_quietly
from sync.replica.folder import DataFolder

PREFIX = ".basemap-"


def require_trusted(offer: MapOffer, signing_key: str) -> None:
    """Only what central signed and what can be: ``snapshot_key_missing``, ``base_map_forged``."""
    if not signing_key:
        raise NeedsPerson("snapshot_key_missing")
    if not is_signed_offer(signing_key, offer) or not is_sound_offer(offer):
        raise NeedsPerson("base_map_forged")


def part_path(folder: DataFolder, offer: MapOffer) -> Path:
    """Where what has come of an offer's file lies."""
    return folder.root / f"{PREFIX}{offer.sha256[:16]}"


def part_bytes(folder: DataFolder, offer: MapOffer) -> int:
    """How much of it lies there, judged or not."""
    try:
        return min(offer.bytes, part_path(folder, offer).stat().st_size)
    except OSError:
        return 0


def remove_parts(folder: DataFolder, but: Path | None = None) -> None:
    """Let go of what was begun: of all, or of all but one."""
    for path in folder.root.glob(f"{PREFIX}*"):
        if path != but:
            remove_quietly(path)


class MapPart:
    """What has come of one offer's file. ``have`` bytes need not be fetched again."""

    def __init__(self, folder: DataFolder, offer: MapOffer) -> None:
        self._folder = folder
        self._offer = offer
        self._path = part_path(folder, offer)
        remove_parts(folder, but=self._path)
        self.have = 0
        self._digest = hashlib.sha256()
        with plain_errors(self._path):
            self._find_what_is_there()

    @property
    def is_whole(self) -> bool:
        """Whether every piece is here."""
        return self.have == self._offer.bytes

    def take(self, chunks: Iterable[bytes]) -> Iterator[int]:
        """Append what comes; gives ``have`` after each chunk, where one may stop.

        ``base_map_altered`` for a piece that is not what was signed: it goes. ``disk_full`` before the rest
        would eat into the reserve.
        """
        with plain_errors(self._path), self._open() as file:
            file.seek(self.have)
            for chunk in chunks:
                view = memoryview(chunk)
                while view:
                    view = view[self._append(file, view) :]
                yield self.have

    def finish(self) -> BaseMapFacts:
        """Put the whole in force: ``base_map_…`` where it is none that can be shown, which the part survives
        as little as its being taken."""
        facts = facts_of(self._path)
        if facts.datum.value != self._offer.datum:
            raise InputRefused("base_map_datum_other", datum=facts.datum.value, given=self._offer.datum)
        adopt_base_map(self._folder, self._path)
        return facts

    def _append(self, file: BinaryIO, view: memoryview) -> int:
        """Bytes of one piece; how many that were."""
        number, within = divmod(self.have, self._offer.piece_bytes)
        if number >= len(self._offer.pieces):
            raise RetryLater("not_ours", reason="length")
        if not within:
            self._folder.require_room(self._offer.bytes - self.have)
            self._digest = hashlib.sha256()
        wanted = self._offer.length_of(number)
        written = file.write(view[: wanted - within])
        self._digest.update(view[:written])
        self.have += written
        if within + written == wanted:
            self._judge(file, number)
        return written

    def _judge(self, file: BinaryIO, number: int) -> None:
        if self._digest.hexdigest() == self._offer.pieces[number]:
            os.fdatasync(file.fileno())  # a little at a time: a photo's fsync must not wait for all of it
            return
        self.have = number * self._offer.piece_bytes
        file.truncate(self.have)
        raise RetryLater("base_map_altered", piece=number)

    def _open(self) -> BinaryIO:
        """Unbuffered: what came before a kill is there after it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "rb+", buffering=0)

    def _find_what_is_there(self) -> None:
        if not self._path.exists():
            return
        with self._path.open("rb+") as file:
            for number, promised in enumerate(self._offer.pieces):
                self._digest, read = _hashed(file, self._offer.length_of(number))
                whole = read == self._offer.length_of(number)
                if whole and self._digest.hexdigest() != promised:
                    break
                self.have += read
                if not whole:
                    break
            file.truncate(self.have)


def _hashed(file: BinaryIO, length: int) -> tuple[hashlib._Hash, int]:
    digest, left = hashlib.sha256(), length
    while left and (data := file.read(min(left, CHUNK))):
        digest.update(data)
        left -= len(data)
    return digest, length - left
