"""A server's address as people type it: https only, host with an optional port."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import msgspec

from sync.contract.errors import InputRefused

HTTPS_PORT = 443


class ServerAddress(msgspec.Struct, frozen=True):
    """Where central listens."""

    host: str
    port: int

    @property
    def text(self) -> str:
        """The address in one form: ``https://host[:port]``, the port left out when it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}" if self.port == HTTPS_PORT else f"https://{host}:{self.port}"

    @property
    def is_ip(self) -> bool:
        """Whether the host is a number, not a name."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True


def parse_address(text: str) -> ServerAddress:
    """The address; ``server_address_invalid`` for anything that is not an https address of a host alone."""
    typed = text.strip().rstrip("/")
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        raise InputRefused("server_address_invalid", value=text[:80]) from None
    more = parts.path or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme != "https" or not host or more or port == 0 or any(c.isspace() for c in host):
        raise InputRefused("server_address_invalid", value=text[:80])
    return ServerAddress(host, port or HTTPS_PORT)
