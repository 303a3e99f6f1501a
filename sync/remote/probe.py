"""A cheap look at a server: does its port answer? Nothing is sent."""

from __future__ import annotations

import socket

from sync.remote.address import ServerAddress

LOOK_S = 1.0


def is_reachable(address: ServerAddress, timeout_s: float = LOOK_S) -> bool:
    """Whether a connection can be made."""
    try:
        socket.create_connection((address.host, address.port), timeout_s).close()
    except OSError:
        return False
    return True
