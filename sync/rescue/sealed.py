"""A sealed stream: written to a public key, in pieces, so that neither end ever holds more than one of them.

    "FAR1\\n" · first 8 bytes of SHA-256(central's public key) · one-time X25519 public key · pieces

The key of the pieces comes from the X25519 exchange by HKDF-SHA256, bound to both public keys. Each piece is
AES-256-GCM under a nonce of its number and of whether it is the last one: none can be left out, moved or
taken from another file, and an end that is missing is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.contract.errors import InputRefused

MAGIC = b"FAR1\n"
PIECE = 1 << 16
_TAG = 16
_KEY_ID = 8
_PUBLIC = 32
_PURPOSE = b"fieldapp-rescue-1"


class Sealer:
    """Seals what is put into it. ``finish`` makes it whole: without it a reader refuses all."""

    def __init__(self, public_key: bytes, put: Callable[[bytes], None]) -> None:
        once = X25519PrivateKey.generate()
        mine = once.public_key().public_bytes_raw()
        shared = once.exchange(X25519PublicKey.from_public_bytes(public_key))
        self._pieces = AESGCM(_piece_key(shared, mine, public_key))
        self._put = put
        self._number = 0
        self._pending = bytearray()
        put(MAGIC + key_id(public_key) + mine)

    def write(self, data: bytes) -> None:
        """Put more into it."""
        self._pending += data
        while len(self._pending) > PIECE:
            self._seal(bytes(self._pending[:PIECE]), last=False)
            del self._pending[:PIECE]

    def finish(self) -> None:
        """Write the last piece."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._put(self._pieces.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


def unseal(source: BinaryIO, private: X25519PrivateKey) -> Iterator[bytes]:
    """The pieces. ``rescue_not_one``, ``rescue_foreign`` (another central's), ``rescue_damaged``."""
    public_key = private.public_key().public_bytes_raw()
    head = source.read(len(MAGIC) + _KEY_ID + _PUBLIC)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + _KEY_ID + _PUBLIC:
        raise InputRefused("rescue_not_one")
    named, theirs = head[len(MAGIC) : len(MAGIC) + _KEY_ID], head[-_PUBLIC:]
    if named != key_id(public_key):
        raise InputRefused("rescue_foreign")
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:
        raise InputRefused("rescue_damaged") from None
    pieces = AESGCM(_piece_key(shared, theirs, public_key))
    number = 0
    here = source.read(PIECE + _TAG)
    while True:
        ahead = source.read(PIECE + _TAG)
        try:
            yield pieces.decrypt(_nonce(number, last=not ahead), here, None)
        except (InvalidTag, ValueError):
            raise InputRefused("rescue_damaged") from None
        if not ahead:
            return
        here, number = ahead, number + 1


def key_id(public_key: bytes) -> bytes:
    """By which a central knows that a file is for it."""
    return hashlib.sha256(public_key).digest()[:_KEY_ID]


def _piece_key(shared: bytes, once: bytes, public_key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=once + public_key, info=_PURPOSE).derive(shared)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
