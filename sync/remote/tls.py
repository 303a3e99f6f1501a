"""Who a server is: the certificates it presents, and what a failed check of them means.

``presented_chain`` is the one look at a server whose authority is not pinned yet: a TLS handshake and nothing
else, no byte of ours follows it. Everything after that goes through ``transport`` with the authority pinned.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import closing

from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.remote.address import ServerAddress

_PIECE = 16_384
_HANDSHAKE_MAX = 1 << 20
_NOT_YET_VALID = 9
_EXPIRED = 10
_SPOKE_NO_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"}
)


def presented_chain(address: ServerAddress, timeout_s: float) -> list[bytes]:
    """The certificates (DER) a server presents; ``unreachable``, or ``server_identity`` when it has none."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    connection = SSL.Connection(context, None)
    if not address.is_ip:
        connection.set_tlsext_host_name(address.host.encode("idna"))
    connection.set_connect_state()
    try:
        with closing(socket.create_connection((address.host, address.port), timeout_s)) as plain:
            _shake_hands(connection, plain)
    except OSError as error:
        raise RetryLater("unreachable", server=address.text) from error
    except SSL.Error as error:
        raise NeedsPerson("server_identity", server=address.text) from error
    chain = connection.get_peer_cert_chain(as_cryptography=True) or []
    return [certificate.public_bytes(Encoding.DER) for certificate in chain]


def _shake_hands(connection: SSL.Connection, plain: socket.socket) -> None:
    received = 0
    while True:
        try:
            connection.do_handshake()
        except SSL.WantReadError:
            plain.sendall(connection.bio_read(_HANDSHAKE_MAX))
            data = plain.recv(_PIECE)
            received += len(data)
            if not data or received > _HANDSHAKE_MAX:
                raise ConnectionResetError from None
            connection.bio_write(data)
        else:
            return


def tls_failure(error: ssl.SSLError, server: str) -> FieldError:
    """What a failed TLS connection to a pinned server means.

    A certificate that is not valid yet, or no longer, mostly means that this tablet's clock is wrong. Another
    certificate is another server. A connection that broke is the network's doing.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
            return NeedsPerson("clock_wrong", server=server)
        return NeedsPerson("server_identity", server=server)
    if error.reason in _SPOKE_NO_TLS:
        return RetryLater("not_ours", server=server)
    return RetryLater("unreachable", server=server)
