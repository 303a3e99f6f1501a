"""Wrong PINs where the disk takes no new byte: counted in a file whose one block was allocated beforehand.

``keys.json`` is the place of the count. Only while that cannot be written does it stand here, so that a full
disk neither keeps an officer out nor gives anybody a guess for nothing. ``failed`` 0 says: forgiven since.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from sync.contract.errors import NeedsPerson
from sync.replica.files import durable_write
from sync.replica.in_place import write_over
from sync.vault.keyfile import KeyFile, Tries

BYTES = 4096
FORGIVEN = Tries(0, "", 0)


class SpareTries:
    """Read and written whole, in place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        """Allocate the block where there is none yet and there is room."""
        if not self._path.exists():
            with suppress(NeedsPerson):
                durable_write(self._path, _padded({}))

    def read(self) -> dict[str, Tries]:
        """What stands here; nothing where it was never needed."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Tries])
        except (OSError, msgspec.DecodeError):
            return {}

    def keep(self, tries: dict[str, Tries]) -> bool:
        """Write over what stands here; False where that cannot be."""
        data = _padded(tries)
        return len(data) == BYTES and write_over(self._path, data)


def with_spare(keys: KeyFile, spare: dict[str, Tries]) -> KeyFile:
    """The keys with the tries as they really are: forgiven, or the higher count of both places."""
    tries = {officer: kept for officer, kept in keys.tries.items() if spare.get(officer) != FORGIVEN}
    for officer, counted in spare.items():
        if counted.failed and counted.failed >= (tries[officer].failed if officer in tries else 0):
            tries[officer] = counted
    return msgspec.structs.replace(keys, tries=tries)


def difference(before: KeyFile, after: KeyFile) -> dict[str, Tries]:
    """What has to stand here for ``before`` to count as ``after``."""
    return dict.fromkeys(before.tries.keys() - after.tries.keys(), FORGIVEN) | after.tries


def _padded(tries: dict[str, Tries]) -> bytes:
    return msgspec.json.encode(tries).ljust(BYTES)
