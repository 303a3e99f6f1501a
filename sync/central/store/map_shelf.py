"""The base map that central offers: one file named by its hash, its signed offer beside it.

The offer is what makes a file the one that is offered: it is written last and durably, and is taken away
first. The command line and the server may be two processes; they meet in the folder alone. A file is read
through when it comes and whenever ``look`` is asked; one that has rotted is offered no more.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from sync.central.files import move_in, sync_folder, write_durably
from sync.central.signing import SigningKey
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.map_offer import (
    MAP_BYTES_MAX,
    PIECE_BYTES,
    MapOffer,
    hashed,
    is_signed_offer,
    is_sound_offer,
    map_text,
)
from sync.contract.signatures import Purpose
from sync.replica.basemap import copy_base_map, facts_of
from sync.replica.files import plain_errors, remove_quietly

LOG = logging.getLogger(__name__)
OFFER_FILE = "offer.json"
SUFFIX = ".mbtiles"

_Stamp = tuple[int, int, int]


class MapShelf:
    """The folder of one city's base map."""

    def __init__(
        self, folder: Path, signing: SigningKey, now: Callable[[], datetime], reserve_bytes: int
    ) -> None:
        self._folder = folder
        self._signing = signing
        self._now = now
        self._reserve = reserve_bytes
        self._known: tuple[_Stamp, MapOffer | None] | None = None

    def put(self, source: Path, datum: str = "") -> MapOffer:
        """Offer this file from now on instead of any other; ``datum`` is for one that does not say it."""
        facts = facts_of(source, datum)
        with plain_errors(self._folder):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
        if facts.bytes > MAP_BYTES_MAX:
            raise InputRefused("base_map_too_large", gigabytes=MAP_BYTES_MAX >> 30)
        if free < facts.bytes + self._reserve:
            raise NeedsPerson("disk_full", free_mb=free // 1_000_000)
        fresh = self._folder / f"new-{os.getpid()}"
        try:
            with plain_errors(fresh):
                copy_base_map(source, fresh, facts.datum)
                found = hashed(_pieces(fresh))
                offer = MapOffer(
                    found.sha256,
                    found.bytes,
                    PIECE_BYTES,
                    found.pieces,
                    facts.name,
                    facts.datum.value,
                    facts.format,
                    facts.min_zoom,
                    facts.max_zoom,
                    self._now(),
                    facts.attribution,
                )
                signature = self._signing.sign(Purpose.BASE_MAP, map_text(offer)).hex()
                offer = msgspec.structs.replace(offer, signature=signature)
                self._place(fresh, offer)
        finally:
            remove_quietly(fresh)
        return offer

    def current(self) -> MapOffer | None:
        """What is offered, None for nothing; what another key signed is nothing, too."""
        path = self._folder / OFFER_FILE
        try:
            stamp = _stamp_of(path)
            if self._known is None or self._known[0] != stamp:
                self._known = stamp, self._read(path)
            offer = self._known[1]
            if offer is None or self._file(offer.sha256).stat().st_size != offer.bytes:
                return None
        except FileNotFoundError:
            return None
        return offer

    def find(self, sha256: str) -> tuple[MapOffer, Path] | None:
        """The file that is offered, by its hash."""
        offer = self.current()
        return (offer, self._file(sha256)) if offer is not None and offer.sha256 == sha256 else None

    def remove(self) -> bool:
        """Offer none any more; whether there was one."""
        was = self.current() is not None
        with plain_errors(self._folder):
            (self._folder / OFFER_FILE).unlink(missing_ok=True)
            if self._folder.is_dir():
                sync_folder(self._folder)
        self._sweep(but="")
        return was

    def look(self) -> list[str]:
        """Read the file through; one that is damaged is offered no more and named here."""
        offer = self.current()
        if offer is None:
            return []
        path = self._file(offer.sha256)
        try:
            sound = hashed(_pieces(path)).sha256 == offer.sha256
        except FileNotFoundError:  # another was put in its place meanwhile
            return []
        if sound or self.current() != offer:
            return []
        LOG.warning("base map %s is damaged: it is not what was signed", path.name)
        self.remove()
        return [path.name]

    def _place(self, fresh: Path, offer: MapOffer) -> None:
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        os.chmod(fresh, 0o644)
        move_in(fresh, self._file(offer.sha256))
        write_durably(self._folder / OFFER_FILE, msgspec.json.encode(offer), mode=0o644)
        self._sweep(but=offer.sha256)

    def _sweep(self, *, but: str) -> None:
        for path in self._folder.glob(f"*{SUFFIX}"):
            if path.name != f"{but}{SUFFIX}":
                remove_quietly(path)

    def _file(self, sha256: str) -> Path:
        return self._folder / f"{sha256}{SUFFIX}"

    def _read(self, path: Path) -> MapOffer | None:
        try:
            offer = msgspec.json.decode(path.read_bytes(), type=MapOffer)
        except msgspec.DecodeError as error:
            LOG.warning("the base map's offer is damaged: %s", error)
            return None
        good = is_sound_offer(offer) and is_signed_offer(self._signing.public_hex, offer)
        return offer if good else None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _stamp_of(path: Path) -> _Stamp:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size
