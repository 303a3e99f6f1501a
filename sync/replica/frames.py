"""Frames: encrypted pieces of text in a file, each found, checked and read by itself.

    mark (4) · length (4) · nonce (12) · AES-256-GCM of the text

Where a frame lies is bound into it, so that none can be moved or taken from another file. After damage the
next whole frame is found by its mark.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK = b"\xfaJ\r\n"
_HEAD = struct.Struct(">4sI12s")
_TAG = 16
TEXT_MAX = 64 << 20


class Found(msgspec.Struct, frozen=True):
    """A frame that was read: its text, and where the next one would begin."""

    text: bytes
    end: int


class Frames:
    """Makes and reads the frames of one purpose (``journal``, ``sidecar``) under the data key."""

    def __init__(self, key: bytes, purpose: str) -> None:
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=f"fieldapp-{purpose}".encode()).derive(key)
        self._box = AESGCM(derived)

    def make(self, text: bytes, place: str, offset: int) -> bytes:
        """A frame that is good at this offset of the file named ``place``."""
        nonce = secrets.token_bytes(12)
        sealed = self._box.encrypt(nonce, text, _where(place, offset))
        return _HEAD.pack(_MARK, len(sealed), nonce) + sealed

    def read(self, data: bytes, place: str, offset: int) -> Found | None:
        """The frame at an offset of a file's bytes, or None where there is no whole one."""
        head = data[offset : offset + _HEAD.size]
        if len(head) < _HEAD.size:
            return None
        mark, length, nonce = _HEAD.unpack(head)
        end = offset + _HEAD.size + length
        if mark != _MARK or not _TAG <= length <= TEXT_MAX or end > len(data):
            return None
        try:
            sealed = data[offset + _HEAD.size : end]
            return Found(self._box.decrypt(nonce, sealed, _where(place, offset)), end)
        except InvalidTag:
            return None

    def scan(self, data: bytes, place: str, offset: int = 0) -> Iterator[Found]:
        """Every whole frame from an offset on; what lies broken between them is passed over."""
        while offset < len(data):
            found = self.read(data, place, offset)
            if found is not None:
                yield found
                offset = found.end
                continue
            offset = data.find(_MARK, offset + 1)
            if offset < 0:
                return


def _where(place: str, offset: int) -> bytes:
    return f"{place}\n{offset}".encode()
