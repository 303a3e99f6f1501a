"""The remote contract kept by the shipped fake, plainly and over a bad link with retries."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.contract.errors import RetryLater
from sync.contract.ids import new_id
from sync.contract.tables import Row, Stream
from sync.remote.base import Remote
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from tests.contract.central_server import CLASSES, OFFICERS, class_row
from tests.contract.remote_contract import RemoteContract
from tests.contract.remote_side import Side


class MemorySide:
    """A device of a central in memory."""

    foreign_cursor = "other.1.1.1.m0"

    def __init__(self, wrap: Callable[[Remote], Remote] = lambda remote: remote) -> None:
        self.device_id = new_id()
        self.central = MemoryCentral()
        self.remote = wrap(MemoryRemote(self.central, self.device_id))
        for officer_id, role in OFFICERS.items():
            self.put("officer", {"officer_id": officer_id, "name": officer_id, "role": role, "active": 1})
        self.put("case_class", *(class_row(code) for code in CLASSES))

    def put(self, table: str, *rows: Row) -> None:
        for row in rows:
            self.central.put_row(table, row)

    def delete(self, table: str, *keys: str) -> None:
        for key in keys:
            self.central.delete_row(table, key)

    def forget_tombstones(self, stream: Stream) -> None:
        self.central.forget_tombstones(stream)

    def offer_map(self, file: Path) -> None:
        self.central.map.put(file.read_bytes())

    def withdraw_map(self) -> None:
        self.central.map.remove()

    def look_ups(self, plate: str) -> list[tuple[str, str]]:
        return [(one.lookup_id, one.answer) for one in self.central.lookups() if one.plate == plate]


class Patient:
    """Asks again as long as the link is to blame, like an engine in small."""

    def __init__(self, inner: Remote) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._inner, name)

        def ask(*args: Any, **kwargs: Any) -> Any:
            for _ in range(5):
                try:
                    return call(*args, **kwargs)
                except RetryLater as error:
                    if error.code != "timeout":
                        raise
                    last = error
            raise last

        return ask


def every_other(kind: Kind) -> Callable[[str], Fault]:
    """A fault in every first call of two."""
    turns = itertools.cycle((Fault(kind), Fault()))
    return lambda _call: next(turns)


class TestMemory(RemoteContract):
    """The fake itself."""

    @pytest.fixture
    def side(self) -> Side:
        return MemorySide()


class TestFaultyWithoutFaults(RemoteContract):
    """The wrapper adds nothing of its own."""

    @pytest.fixture
    def side(self) -> Side:
        return MemorySide(lambda inner: FaultyRemote(inner, scripted()))


class TestLostRepliesAndRetries(RemoteContract):
    """Every answer is lost once and the question asked again: nothing counts twice.

    Where the contract speaks of the very first answer, a lost one makes it the second.
    """

    @pytest.fixture
    def side(self) -> Side:
        lossy = every_other(Kind.LOSE_REPLY)
        return MemorySide(
            lambda inner: Patient(
                FaultyRemote(inner, lambda call: lossy(call) if call in ("push", "offer") else Fault())
            )
        )


class TestDuplicatedQuestions(RemoteContract):
    """Every push and offer arrives twice."""

    @pytest.fixture
    def side(self) -> Side:
        return MemorySide(
            lambda inner: FaultyRemote(
                inner, lambda call: Fault(Kind.DUPLICATE if call in ("push", "offer") else Kind.NONE)
            )
        )
