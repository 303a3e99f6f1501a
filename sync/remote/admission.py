"""Being let in: enrolment, an officer's first sign-in, a fresh token. None of them needs a token.

``pinned_authority`` comes first of all: it finds, in what the server presents, the authority whose
fingerprint stands in the typed code, before anything is sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sync.contract.enrolment import EnrolCode, authority_fingerprint
from sync.contract.errors import NeedsPerson
from sync.contract.wire import (
    API,
    EnrolAnswer,
    EnrolRequest,
    SignInAnswer,
    SignInRequest,
    TokenAnswer,
    TokenRequest,
)
from sync.remote.address import ServerAddress
from sync.remote.answers import JSON, decode
from sync.remote.tls import presented_chain
from sync.remote.transport import CONNECT_S, Transport

ANSWER_MAX = 1 << 20
T = TypeVar("T")


class Health(msgspec.Struct, frozen=True):
    """What a server says of itself to anybody who can verify it."""

    ok: bool
    epoch: str
    server_time: datetime


def pinned_authority(address: ServerAddress, code: EnrolCode, *, timeout_s: float = CONNECT_S) -> bytes:
    """The authority (PEM) that the code was made for; ``server_identity`` when the server has another."""
    for der in presented_chain(address, timeout_s):
        if authority_fingerprint(der) == code.fingerprint:
            return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
    raise NeedsPerson("server_identity", server=address.text)


def fingerprint_of(pem: bytes) -> str:
    """The fingerprint of an authority that is pinned already."""
    return authority_fingerprint(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))


def ask_enrol(transport: Transport, request: EnrolRequest) -> EnrolAnswer:
    """Trade the one-time secret for an identity."""
    return _post(transport, "/enrol", request, EnrolAnswer)


def ask_sign_in(transport: Transport, request: SignInRequest) -> SignInAnswer:
    """Let central check an officer's PIN; it gives back the device's escrow key."""
    return _post(transport, "/sign-in", request, SignInAnswer)


def ask_health(transport: Transport) -> Health:
    """Whether central is there, what time it has, and whether it is the server it was."""
    return decode(transport.ask("GET", f"{API}/health", limit=ANSWER_MAX), Health)


def ask_token(transport: Transport, request: TokenRequest) -> str:
    """A fresh token."""
    return _post(transport, "/token", request, TokenAnswer).token


def _post(transport: Transport, path: str, request: msgspec.Struct, shape: type[T]) -> T:
    answer = transport.ask(
        "POST",
        API + path,
        headers={"Content-Type": JSON},
        body=msgspec.json.encode(request),
        limit=ANSWER_MAX,
    )
    return decode(answer, shape)
