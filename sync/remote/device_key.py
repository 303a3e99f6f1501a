"""The device's own key: an Ed25519 pair made at enrolment, with which it asks for fresh tokens."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from sync.contract.wire import TokenRequest, token_text


class DeviceKey:
    """A private key of 32 bytes; lies only in the encrypted store, as hex."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def generate(cls) -> DeviceKey:
        """A new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_hex(cls, text: str) -> DeviceKey:
        """A key as it was kept."""
        return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))

    def private_hex(self) -> str:
        """The key as it is kept."""
        return self._key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()

    def public_hex(self) -> str:
        """The public half, which central is told."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, data: bytes) -> bytes:
        """The device's word for ``data``, which says itself what it is for."""
        return self._key.sign(data)

    def token_request(self, device_id: str) -> TokenRequest:
        """A signed wish for a token, good once."""
        nonce = secrets.token_urlsafe(24)
        signature = self._key.sign(token_text(device_id, nonce))
        return TokenRequest(device_id, nonce, signature.hex())
