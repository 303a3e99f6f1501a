"""Which rescue file can be written: of what has not gone where the store opens, else of all as it lies.

Nobody may be signed in, or nobody ever was; the folder may take no writing any more, the store be damaged or
of a newer version. What then lies here is not read but taken along, for central to open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.rescue.locked import write_locked_rescue
from sync.rescue.writing import Rescued, Told, silent, write_rescue


@contextmanager
def store_if_it_opens(folder: DataFolder, key: Callable[[], bytes]) -> Iterator[WorkStore | None]:
    """The work store, or None where the key is not at hand or the store does not open."""
    store = _opened(folder, key)
    try:
        yield store
    finally:
        if store is not None:
            store.close()


def _opened(folder: DataFolder, key: Callable[[], bytes]) -> WorkStore | None:
    try:
        return WorkStore(folder, key())
    except NeedsPerson as error:
        if error.code == "not_enrolled":
            raise
        return None


def write_what_can_be(
    folder: DataFolder, store: WorkStore | None, target: Path, clock: Clock, told: Told = silent
) -> Rescued:
    """The file, from the store or without it."""
    if store is None:
        return write_locked_rescue(folder, target, clock, told)
    return write_rescue(store, target, clock, told)
