"""What NetworkManager says of the tablet's connection, over D-Bus: metered or not, Wi-Fi, cable or mobile.

A thread of its own asks once and then sleeps until NetworkManager tells of a change, comes or goes. Without a
bus or a NetworkManager nothing is known, and it is looked for again now and then.
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, Properties
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from sync.sending import LinkKind, Network

NAME = "org.freedesktop.NetworkManager"
_MANAGER = DBusAddress("/org/freedesktop/NetworkManager", bus_name=NAME, interface=NAME)
ASK_S = 3.0
_TROUBLE = (OSError, RuntimeError, ValueError, KeyError, IndexError)
"""No bus; an address that is no socket; nonsense on the line."""
LOOK_AGAIN_S = 60.0

_KINDS = {
    "802-11-wireless": LinkKind.WIFI,
    "802-3-ethernet": LinkKind.CABLE,
    "gsm": LinkKind.MOBILE,
    "cdma": LinkKind.MOBILE,
    "wimax": LinkKind.MOBILE,
    "bluetooth": LinkKind.MOBILE,
}
_UNTOLD = frozenset(
    {"vpn", "wireguard", "tun", "bridge", "bond", "team", "vlan", "dummy", "generic", "loopback"}
)
"""Connections that lie on top of others: they tell nothing of what is below."""
_METERED = {1: True, 3: True, 2: False, 4: False}
"""NMMetered: yes and guessed yes, no and guessed no; anything else is not known."""


def network_of(properties: dict[str, Any]) -> Network:
    """What these properties of NetworkManager mean. Pure; whatever is not understood is not known."""
    kind_name, metered = properties.get("PrimaryConnectionType"), properties.get("Metered")
    kind = LinkKind.UNKNOWN
    if isinstance(kind_name, str) and kind_name and kind_name not in _UNTOLD:
        kind = _KINDS.get(kind_name, LinkKind.OTHER)
    elif properties.get("PrimaryConnection") == "/":
        kind = LinkKind.NONE
    return Network(kind, _METERED.get(metered) if isinstance(metered, int) else None)


def network_now(bus: str = "SYSTEM") -> Network:
    """The connection at this moment, asked once."""
    with suppress(*_TROUBLE), open_dbus_connection(bus) as connection:
        return _ask(connection)
    return Network()


def _ask(connection: DBusConnection) -> Network:
    question = Properties(_MANAGER).get_all()
    question.header.flags |= MessageFlag.no_auto_start  # who has no NetworkManager running wants none
    reply = connection.send_and_get_reply(question, timeout=ASK_S)
    if reply.header.message_type is not MessageType.method_return:
        return Network()
    if reply.header.fields.get(HeaderFields.signature) != "a{sv}":
        return Network()
    return network_of({name: value for name, (_, value) in reply.body[0].items()})


class NetworkWatch:
    """Knows the connection from ``start`` to ``stop``; ``changed`` is called on its own thread."""

    def __init__(
        self, changed: Callable[[], None], *, bus: str = "SYSTEM", look_again_s: float = LOOK_AGAIN_S
    ) -> None:
        self._changed = changed
        self._bus = bus
        self._look_again_s = look_again_s
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self.network = Network()

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching, at once."""
        self._stopping.set()
        with self._lock:
            if self._connection is not None:
                with suppress(OSError):
                    self._connection.sock.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(ASK_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(*_TROUBLE), open_dbus_connection(self._bus) as connection:
                self._listen(connection)
            with self._lock:
                self._connection = None
            self._tell(Network())
            self._stopping.wait(self._look_again_s)

    def _listen(self, connection: DBusConnection) -> None:
        with self._lock:
            self._connection = connection
            if self._stopping.is_set():
                return
        changes = MatchRule(
            type="signal",
            interface="org.freedesktop.DBus.Properties",
            member="PropertiesChanged",
            path=_MANAGER.object_path,
        )
        comings = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        comings.add_arg_condition(0, NAME)
        heard: deque[Message] = deque(maxlen=8)
        with connection.filter(changes, queue=heard), connection.filter(comings, queue=heard):
            for rule in (changes, comings):
                connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=ASK_S)
            while not self._stopping.is_set():
                heard.clear()
                self._tell(_ask(connection))
                connection.recv_until_filtered(heard)

    def _tell(self, network: Network) -> None:
        if network != self.network and not self._stopping.is_set():
            self.network = network
            self._changed()
