"""The one-time enrolment code: what a person types once into a new tablet.

Form: 26 characters of Crockford base32 in groups, ``ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23``: 16 characters
(80 bits) of the SHA-256 of the central certificate authority's DER, 8 characters (40 bits) of one-time
secret, 2 check characters over the rest. I, L read as 1 and O as 0, as Crockford proposes.

The check is the rest, read as one number, modulo 1021: a prime, so every single wrong character and every
swap of two neighbours is told for certain, before anything is sent to a server that might be the wrong one.
"""

from __future__ import annotations

import hashlib
import unicodedata

import msgspec

from sync.contract.errors import InputRefused

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
FINGERPRINT_CHARS = 16
SECRET_CHARS = 8
CHECK_CHARS = 2
_CHECK_PRIME = 1021


class EnrolCode(msgspec.Struct, frozen=True):
    """A parsed code: the authority's fingerprint (80 bits) and the one-time secret, both base32."""

    fingerprint: str
    secret: str

    def text(self) -> str:
        """The code as shown to people, in groups of four."""
        whole = self.fingerprint + self.secret
        whole += _check(whole)
        return "-".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def _base32(data: bytes, chars: int) -> str:
    number = int.from_bytes(data, "big") >> (len(data) * 8 - chars * 5)
    return "".join(_ALPHABET[(number >> (5 * (chars - 1 - i))) & 31] for i in range(chars))


def _check(text: str) -> str:
    rest = 0
    for character in text:
        rest = (rest * 32 + _ALPHABET.index(character)) % _CHECK_PRIME
    return _ALPHABET[rest // 32] + _ALPHABET[rest % 32]


def authority_fingerprint(der: bytes) -> str:
    """The first 80 bits of the SHA-256 of the authority's certificate, in base32."""
    return _base32(hashlib.sha256(der).digest(), FINGERPRINT_CHARS)


def make_code(authority_der: bytes, secret_bytes: bytes) -> EnrolCode:
    """A code from the authority's certificate and at least 5 random bytes."""
    if len(secret_bytes) * 8 < SECRET_CHARS * 5:
        raise ValueError("a secret needs at least 5 bytes")
    return EnrolCode(authority_fingerprint(authority_der), _base32(secret_bytes, SECRET_CHARS))


def parse_code(text: str) -> EnrolCode:
    """Parse what a person typed; ``code_malformed`` when its length, letters or check are wrong."""
    half_width = unicodedata.normalize("NFKC", text).upper()
    normal = "".join(c for c in half_width if c not in "- \t\r\n·—–").translate(_READ_AS)
    body, check = normal[: FINGERPRINT_CHARS + SECRET_CHARS], normal[FINGERPRINT_CHARS + SECRET_CHARS :]
    wrong_length = len(normal) != FINGERPRINT_CHARS + SECRET_CHARS + CHECK_CHARS
    if wrong_length or any(c not in _ALPHABET for c in normal) or _check(body) != check:
        raise InputRefused("code_malformed")
    return EnrolCode(body[:FINGERPRINT_CHARS], body[FINGERPRINT_CHARS:])
