"""What a recorded process told the person, and what of it must be there after a cut.

A process says before and after each act what it is about; those words lie between its calls in the log.
``Promises`` collects the words up to a cut: what was answered must hold, what was only begun may or may not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from tests.fault.power.recording import Kind, Op, mark


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """One word: ``doing`` before an act began, ``done`` when its use case had returned."""

    what: str
    done: bool
    draft: str = ""
    record: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()
    size: int = 0


def doing(what: str, **of: object) -> None:
    """Say that an act begins."""
    mark(msgspec.json.encode(Word(what, False, **of)))  # type: ignore[arg-type]


def done(what: str, **of: object) -> None:
    """Say that the person was told it is done."""
    mark(msgspec.json.encode(Word(what, True, **of)))  # type: ignore[arg-type]


def words(ops: Iterable[Op]) -> list[Word]:
    """The words among recorded calls."""
    return [msgspec.json.decode(op.data, type=Word) for op in ops if op.kind is Kind.MARK]


class Promise:
    """What was said about one draft and the record it may have become."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.photos: list[str] = []
        self.leaving: set[str] = set()
        self.kept = False
        self.going = self.gone = False
        self.submitting = self.saved = False
        self.undoing = self.undone = False
        self.sent = False

    def hear(self, word: Word) -> None:
        """Take one word in."""
        match word.what, word.done:
            case "type", False:
                self.texts.add(word.text)
            case "type", True:
                self.texts, self.kept = {word.text}, True
            case "shoot", True:
                self.photos.append(word.photos[0])
            case "remove", _:
                self.leaving.update(word.photos)
            case "discard", finished:
                self.going, self.gone = True, finished
            case "submit", False:
                self.submitting = True
            case "submit", True:
                self.submitting = self.saved = True
                self.photos = list(word.photos) or self.photos
                self.undoing = self.undone = False
                self.texts = set()
            case "undo", finished:
                self.undoing, self.undone = True, finished
                if finished:
                    self.submitting = self.saved = False
            case "send", True:
                self.sent = True


class Promises(dict[str, Promise]):
    """By draft, which is also the record's id."""

    @classmethod
    def of(cls, said: Iterable[Word]) -> Promises:
        """All that was said until now."""
        promises = cls()
        for word in said:
            promises.setdefault(word.draft, Promise()).hear(word)
        return promises

    @property
    def saved(self) -> int:
        """How many records a person was told are saved."""
        return sum(promise.saved for promise in self.values())


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
