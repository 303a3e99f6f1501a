"""The way in: enrolling the tablet, signing an officer in, and the key that opens the work store."""

from __future__ import annotations

import socket
from typing import Protocol

import msgspec

from sync.clock import Clock, SystemClock
from sync.contract.wire import OfficerCard
from sync.enrol import enrol
from sync.replica.folder import DataFolder
from sync.signing_in import sign_in, sign_out
from sync.vault import Vault


class Admitted(msgspec.Struct, frozen=True):
    """An officer who may sit down, and the key that opens the work store for him."""

    key: bytes
    officer_id: str
    officer: OfficerCard | None = None
    """As central told it just now; None when signed in offline."""


class Gate(Protocol):
    """Everything here may take seconds and touch the network: call it off the GUI thread.

    Errors are ``FieldError``s: ``code_malformed`` and ``code_refused``, ``server_identity``,
    ``server_address_invalid``, ``unreachable`` and ``timeout`` from enrolling; ``pin_wrong``, ``pin_wait``,
    ``officer_unknown``, ``sign_in_needs_network`` from signing in.
    """

    def is_enrolled(self) -> bool:
        """Whether this folder belongs to a device that a central knows."""
        ...

    def officers(self) -> tuple[str, ...]:
        """Who can sign in here without a network, the last one first."""
        ...

    def enrol(self, server: str, code: str) -> Admitted:
        """Make this tablet a device of that central; the officer the code was issued to may be "" ."""
        ...

    def sign_in(self, officer_id: str, pin: str) -> Admitted:
        """Check the PIN, here where it is known here, else at central."""
        ...

    def sign_out(self) -> None:
        """Forget the session; what is pending stays."""
        ...


class VaultGate:
    """The real one: the vault of a data folder, and central where it must be asked."""

    def __init__(self, folder: DataFolder, clock: Clock | None = None) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()

    def is_enrolled(self) -> bool:
        """Whether keys and store are here."""
        return Vault(self._folder).device() is not None and self._folder.holds_work()

    def officers(self) -> tuple[str, ...]:
        """The newest PIN slot first."""
        return tuple(reversed(Vault(self._folder).officers()))

    def enrol(self, server: str, code: str) -> Admitted:
        """Enrol with this machine's name."""
        enrolled = enrol(self._folder, server, code, socket.gethostname(), self._clock)
        return Admitted(enrolled.key, enrolled.officer_id)

    def sign_in(self, officer_id: str, pin: str) -> Admitted:
        """Open the store for an officer."""
        signed_in = sign_in(self._folder, officer_id, pin)
        return Admitted(signed_in.key, signed_in.officer_id, signed_in.card)

    def sign_out(self) -> None:
        """Forget the kernel's session."""
        sign_out(self._folder)
