"""A remote over a bad link: any other remote, with faults that are drawn by chance or written as a script.

    FaultyRemote(inner, scripted(Fault(Kind.LOSE_REPLY)))        the first answer is lost, the rest is well
    FaultyRemote(inner, by_chance(random.Random(7), share=0.3))  three calls in ten go wrong, always the same

``faults`` is asked once per call, by the call's name, so that a fault can be aimed at one kind of call.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO, TypeVar

import msgspec

from sync.contract.errors import RetryLater
from sync.contract.wire import (
    FileAnswer,
    FileOffer,
    PushAnswer,
    PushItem,
    PushReply,
    Receipt,
)
from sync.remote.base import Begins, Progress, Remote, unheeded
from sync.remote.relay import Relay, RelayedFile

T = TypeVar("T")


class Kind(Enum):
    """What goes wrong with one call."""

    NONE = "none"
    DROP = "drop"
    """Nothing arrives."""
    LOSE_REPLY = "lose_reply"
    """It arrives and takes effect; the answer is lost."""
    DUPLICATE = "duplicate"
    """It arrives twice; the second answer is seen."""
    REORDER = "reorder"
    """The answers come in another order."""
    CUT = "cut"
    """An upload, frame or photo breaks off after ``at`` bytes of this call, a push somewhere on its way;
    other calls are dropped."""
    GARBAGE = "garbage"
    """Something answers that makes no sense."""


class Fault(msgspec.Struct, frozen=True):
    """One fault; ``at`` is the byte of a cut, counted from where this call began to send."""

    kind: Kind = Kind.NONE
    at: int = 0


Faults = Callable[[str], Fault]
WELL = Fault()


def scripted(*script: Fault, only: str = "") -> Faults:
    """One fault after the other, then none; ``only`` aims them at the calls of that name."""
    faults = iter(script)

    def draw(call: str) -> Fault:
        return next(faults, WELL) if only in ("", call) else WELL

    return draw


def by_chance(chance: random.Random, share: float, *, cut_within: int = 1 << 20) -> Faults:
    """A fault in this share of all calls, each kind as likely."""
    kinds = [kind for kind in Kind if kind is not Kind.NONE]

    def draw(_call: str) -> Fault:
        if chance.random() >= share:
            return WELL
        return Fault(chance.choice(kinds), chance.randrange(cut_within))

    return draw


class _CutFile(RelayedFile):
    """A file whose reading breaks off with the link after so many bytes."""

    def __init__(self, source: BinaryIO, left: int) -> None:
        super().__init__(source)
        self._left = left

    def read(self, size: int = -1) -> bytes:
        if self._left <= 0:
            raise RetryLater("unreachable", reason="cut")
        data = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


class FaultyRemote(Relay):
    """Passes calls on to ``inner``, with what ``faults`` says going wrong."""

    def __init__(self, inner: Remote, faults: Faults) -> None:
        super().__init__(inner)
        self._faults = faults

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        """Send records; garbage loses half of the answers and mixes up the receipts of the others."""
        fault, reply = self._call("push", lambda: self._inner.push(items, begins), begins)
        if fault.kind is Kind.REORDER:
            return PushReply(reply.answers[::-1], reply.server_time)
        if fault.kind is Kind.GARBAGE:
            return PushReply([_garbled(a) for a in reply.answers[::2]], reply.server_time)
        return reply

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Ask which files are needed; garbage loses half of the answers and mixes up the others' hashes."""
        fault, answers = self._call("offer", lambda: self._inner.offer(files))
        if fault.kind is Kind.REORDER:
            return answers[::-1]
        if fault.kind is Kind.GARBAGE:
            return [msgspec.structs.replace(a, sha256="0" * 64) for a in answers[::2]]
        return answers

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a file; a cut leaves the bytes before it at central."""
        fault = self._faults("upload")
        if fault.kind is Kind.DROP:
            raise RetryLater("unreachable")
        if fault.kind is Kind.GARBAGE:
            raise RetryLater("not_ours")
        if fault.kind is Kind.CUT:
            cut: BinaryIO = _CutFile(source, fault.at)  # type: ignore[assignment]
            self._inner.upload(file, answer, cut, progress)
            return
        self._inner.upload(file, answer, source, progress)
        if fault.kind is Kind.DUPLICATE:
            self._inner.upload(file, answer, source, progress)
        if fault.kind is Kind.LOSE_REPLY:
            raise RetryLater("timeout")

    def _call(self, name: str, call: Callable[[], T], begins: Begins = unheeded) -> tuple[Fault, T]:
        fault = self._faults(name)
        if fault.kind is Kind.CUT:
            begins()
        if fault.kind in (Kind.DROP, Kind.CUT):
            raise RetryLater("unreachable")
        answer = call()
        if fault.kind is Kind.DUPLICATE:
            answer = call()
        if fault.kind is Kind.LOSE_REPLY:
            raise RetryLater("timeout")
        return fault, answer

    def _ask(self, name: str, call: Callable[[], T]) -> T:
        fault, answer = self._call(name, call)
        if fault.kind is Kind.GARBAGE:
            raise RetryLater("not_ours")
        return answer

    def _stream(self, name: str, call: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        fault = self._faults(name)
        if fault.kind is Kind.DROP:
            raise RetryLater("unreachable")
        pieces = call()
        if fault.kind in (Kind.CUT, Kind.LOSE_REPLY):
            return _broken_off(pieces, fault.at)
        if fault.kind is Kind.GARBAGE:
            return (bytes(255 - byte for byte in piece) for piece in pieces)
        return pieces


def _broken_off(pieces: Iterator[bytes], left: int) -> Iterator[bytes]:
    for piece in pieces:
        if len(piece) > left:
            yield piece[:left]
            raise RetryLater("unreachable", reason="cut")
        left -= len(piece)
        yield piece


def _garbled(answer: PushAnswer) -> PushAnswer:
    receipt = answer.receipt
    if receipt is None:
        return answer
    wrong = Receipt(receipt.id, "f" * 64, receipt.sequence, receipt.received_at, receipt.epoch)
    return msgspec.structs.replace(answer, receipt=wrong)
