"""The vault of one data folder: make the data key, wrap it, open it again.

A try of a PIN is counted durably before the PIN is looked at, so that pulling the plug buys no free guess.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable

import msgspec

from sync.clock import Clock, SystemClock
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_officer_id
from sync.lockfile import held
from sync.replica.folder import DataFolder
from sync.replica.reserve import with_reserve
from sync.vault.keyfile import VERSION, DeviceRef, EscrowSlot, KeyFile, PinSlot, change_keys, read_keys
from sync.vault.keyring_store import KeyringStore, NoKeyring
from sync.vault.spare_tries import FORGIVEN, SpareTries, difference, with_spare
from sync.vault.tries import begun_in_this_boot, one_more, still_to_wait
from sync.vault.wrapping import (
    KEY_BYTES,
    RandomBytes,
    check_pin,
    key_from_pin,
    measured_cost,
    unwrap,
    wrap,
)


class Vault:
    """Keys of one data folder. ``keyring`` is the system's, where there is a real one."""

    def __init__(
        self,
        folder: DataFolder,
        clock: Clock | None = None,
        *,
        keyring: KeyringStore | None = None,
        random_bytes: RandomBytes = secrets.token_bytes,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._folder = folder
        self._path = folder.keys
        self._spare = SpareTries(folder.keys.with_name("tries.spare"))
        self._clock = clock or SystemClock()
        self.keyring: KeyringStore = keyring or NoKeyring()
        self._random_bytes = random_bytes
        self._timer = timer

    def device(self) -> DeviceRef | None:
        """Which device this is, or None before enrolment."""
        keys = read_keys(self._path)
        return None if keys is None else keys.device

    def officers(self) -> tuple[str, ...]:
        """Officers who can sign in here without a network."""
        keys = read_keys(self._path)
        return () if keys is None else tuple(s.officer_id for s in keys.slots if isinstance(s, PinSlot))

    def create(self, device: DeviceRef, escrow: bytes) -> bytes:
        """A new data key, wrapped under the escrow key. Only for a folder that holds no work yet."""
        key = self._random_bytes(KEY_BYTES)
        slot = self._escrow_slot(key, device, escrow)
        change_keys(self._path, lambda _: KeyFile(VERSION, device, (slot,)))
        return key

    def admit_again(self, key: bytes, device: DeviceRef, escrow: bytes) -> None:
        """The device was enrolled anew at the same central: new device and escrow, same data key and PINs."""
        slot = self._escrow_slot(key, device, escrow)

        def change(keys: KeyFile | None) -> KeyFile:
            pins = tuple(s for s in _existing(keys).slots if isinstance(s, PinSlot))
            return msgspec.structs.replace(_existing(keys), device=device, slots=(slot, *pins))

        change_keys(self._path, change)

    def add_pin_slot(self, key: bytes, officer_id: str, pin: str) -> None:
        """Let an officer open the store with this PIN; replaces an earlier one and forgives wrong tries."""
        officer = check_officer_id(officer_id)
        salt = self._random_bytes(16)
        cost = measured_cost(self._timer)
        under = key_from_pin(check_pin(pin), salt, cost)
        slot = PinSlot(officer, salt.hex(), cost, wrap(key, under, _pin_purpose(officer), self._random_bytes))

        def change(keys: KeyFile | None) -> KeyFile:
            others = tuple(
                s for s in _existing(keys).slots if not (isinstance(s, PinSlot) and s.officer_id == officer)
            )
            return _forgiven(msgspec.structs.replace(_existing(keys), slots=(*others, slot)), officer)

        change_keys(self._path, change)
        self._spare.prepare()
        if officer in (spare := self._spare.read()):
            self._spare.keep({other: tries for other, tries in spare.items() if other != officer})

    def open_with_pin(self, officer_id: str, pin: str) -> bytes:
        """The data key. ``pin_wrong``; after five wrong tries ``pin_wait`` with the seconds left.

        Where the officer has no PIN on this tablet there is nothing to guess, and nothing is counted.
        """
        officer = check_officer_id(officer_id)
        check_pin(pin)
        slot = _existing(read_keys(self._path)).pin_slot(officer)
        if slot is None:
            raise NeedsPerson("sign_in_needs_network")
        self._count_try(officer)
        under = key_from_pin(pin, bytes.fromhex(slot.salt), slot.cost)
        key = unwrap(slot.wrapped, under, _pin_purpose(officer))
        if key is None:
            raise InputRefused("pin_wrong")
        self._change(lambda keys: _forgiven(_existing(keys), officer))
        return key

    def open_with_escrow(self, escrow: bytes) -> bytes:
        """The data key, from the key that central gave back."""
        slot = _existing(read_keys(self._path)).escrow_slot()
        key = None if slot is None else unwrap(slot.wrapped, escrow, _escrow_purpose(slot.device_id))
        if key is None:
            raise NeedsPerson("escrow_wrong")
        return key

    def _count_try(self, officer: str) -> None:
        refused: list[float] = []

        def change(keys: KeyFile | None) -> KeyFile:
            found = _existing(keys)
            tries = found.tries.get(officer)
            left = still_to_wait(tries, self._clock)
            if left <= 0 or tries is None:
                after = one_more(tries, self._clock)
            else:
                refused.append(left)
                after = (
                    tries if tries.boot_id == self._clock.boot_id else begun_in_this_boot(tries, self._clock)
                )
            return msgspec.structs.replace(found, tries={**found.tries, officer: after})

        self._change(change)
        if refused:
            raise InputRefused("pin_wait", seconds=math.ceil(refused[0]))

    def _change(self, change: Callable[[KeyFile | None], KeyFile]) -> None:
        """A full disk must not keep an officer from work that is here: the space set aside serves for it, and
        where that is used up the count goes into the spare block. No kill in between ever lowers it."""
        spare = self._spare.read()

        def whole(keys: KeyFile | None) -> KeyFile:
            return change(with_spare(_existing(keys), spare))

        if FORGIVEN in spare.values():
            self._spare.keep({officer: tries for officer, tries in spare.items() if tries != FORGIVEN})
        try:
            with_reserve(self._folder, lambda: change_keys(self._path, whole))
        except NeedsPerson as error:
            if error.code != "disk_full" or not self._changed_in_spare(whole):
                raise
        else:
            if spare:
                self._spare.keep({})
            self._spare.prepare()

    def _changed_in_spare(self, change: Callable[[KeyFile | None], KeyFile]) -> bool:
        with held(self._path.with_suffix(".lock")):
            before = _existing(read_keys(self._path))
            return self._spare.keep(difference(before, change(before)))

    def _escrow_slot(self, key: bytes, device: DeviceRef, escrow: bytes) -> EscrowSlot:
        purpose = _escrow_purpose(device.device_id)
        return EscrowSlot(device.device_id, wrap(key, escrow, purpose, self._random_bytes))


def _existing(keys: KeyFile | None) -> KeyFile:
    if keys is None:
        raise NeedsPerson("not_enrolled")
    return keys


def _forgiven(keys: KeyFile, officer: str) -> KeyFile:
    return msgspec.structs.replace(keys, tries={k: v for k, v in keys.tries.items() if k != officer})


def _pin_purpose(officer_id: str) -> str:
    return f"fieldapp-pin:{officer_id}"


def _escrow_purpose(device_id: str) -> str:
    return f"fieldapp-escrow:{device_id}"
