"""The base map that central offers its tablets: what it is, and the hash of every piece of its file. Pure.

The file is named by its SHA-256 and fetched by ranges of bytes from wherever it broke off. It is judged piece
by piece; central's signature over all of this vouches for every hash in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from sync.contract.signatures import Purpose, is_signed

PIECE_BYTES = 4 << 20
"""What is fetched again where a piece came out wrong."""
MAP_BYTES_MAX = 16 << 30


class MapOffer(msgspec.Struct, frozen=True):
    """One base map. ``pieces`` are SHA-256 of ``piece_bytes`` each, the last one's of what is left."""

    sha256: str
    bytes: int
    piece_bytes: int
    pieces: list[str]
    name: str
    datum: str
    format: str
    min_zoom: int
    max_zoom: int
    put_at: datetime
    attribution: str = ""
    signature: str = ""

    def length_of(self, piece: int) -> int:
        """The bytes of one piece."""
        return min(self.piece_bytes, self.bytes - piece * self.piece_bytes)


class MapAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What central offers just now, if anything."""

    offer: MapOffer | None = None


class Hashed(msgspec.Struct, frozen=True):
    """The hashes of a file."""

    sha256: str
    bytes: int
    pieces: list[str]


def hashed(pieces: Iterable[bytes]) -> Hashed:
    """The hash of the whole and of each piece as it comes."""
    whole, each, count = hashlib.sha256(), [], 0
    for piece in pieces:
        whole.update(piece)
        each.append(hashlib.sha256(piece).hexdigest())
        count += len(piece)
    return Hashed(whole.hexdigest(), count, each)


def map_text(offer: MapOffer) -> bytes:
    """The bytes that central signs: all but the signature, members in alphabetical order."""
    return msgspec.json.encode(msgspec.structs.replace(offer, signature=""), order="sorted")


def is_signed_offer(public_key: str, offer: MapOffer) -> bool:
    """Whether an offer is signed by this key (64 hex)."""
    try:
        signature = bytes.fromhex(offer.signature)
    except ValueError:
        return False
    return is_signed(public_key, Purpose.BASE_MAP, map_text(offer), signature)


def is_sound_offer(offer: MapOffer) -> bool:
    """Whether its pieces make up the file, and neither is unreasonably large."""
    if not 0 < offer.bytes <= MAP_BYTES_MAX or not 0 < offer.piece_bytes <= 4 * PIECE_BYTES:
        return False
    return len(offer.pieces) == -(-offer.bytes // offer.piece_bytes) and _is_hash(offer.sha256)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")
