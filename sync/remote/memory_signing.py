"""The signing key of the central in memory: known to all, so that any tablet of a test can pin it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract.signatures import Purpose, signed_bytes

_PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNING_KEY = _PRIVATE.public_key().public_bytes_raw().hex()
"""What a tablet pins that belongs to a central in memory."""


def sign_base_map(text: bytes) -> bytes:
    """The signature over a base map's offer."""
    return _PRIVATE.sign(signed_bytes(Purpose.BASE_MAP, text))


def sign_snapshot(text: bytes) -> bytes:
    """The signature over a snapshot's manifest."""
    return _PRIVATE.sign(signed_bytes(Purpose.SNAPSHOT, text))
