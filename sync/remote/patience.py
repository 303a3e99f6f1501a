"""Patience with endpoints that keep answering errors: after a few in a row, one request a minute and no more.

Stands between the engine and any remote. A call that would come too soon is not made: it ends in
the last error once more (``held``). Each endpoint has its own patience, so that an ill one holds up no other;
uploads have one for all and one for each file, so that one bad file does not count against the others. One
good answer makes all forgotten. That nobody answers (unreachable, timeout) is the back-off's business.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import FileAnswer, FileOffer
from sync.leash import GIVES_WAY
from sync.remote.base import CursorGone, Progress, Remote
from sync.remote.relay import Relay
from sync.sending import HELD_CODES

T = TypeVar("T")

EASY_ERRORS = 3
EASY_REFUSALS = 8
"""How many in a row are borne: a refused batch is halved until the one that is to blame stands alone."""
PAUSE_S = 60.0
FILES_MAX = 1000
_NO_ANSWER = frozenset(
    {"unreachable", "timeout", "interrupted", "token_renewed", "folder_broken"}
    | {"file_missing", "file_changed", "photo_unreadable", "photo_unknown", GIVES_WAY, *HELD_CODES}
)
"""Errors that are no answer: the link's, the tablet's own, what the person's rules stopped, and one file of
others that has not arrived there, which says nothing of the next."""
_OF_ONE_FILE = frozenset({"upload_superseded"})
"""Answers that say nothing of the next file: a newer connection sends this one."""


def pause_after(errors: int, error: FieldError, chance: Callable[[], float]) -> float:
    """Seconds without a request after so many errors in a row, the last of them given. Pure.

    Between one and one and a half minutes, so that tablets do not come back together; a server's own wish is
    a floor.
    """
    wished = (error.after_s or 0.0) if isinstance(error, RetryLater) else 0.0
    easy = EASY_REFUSALS if isinstance(error, InputRefused) else EASY_ERRORS
    return wished if errors < easy else max(wished, PAUSE_S * (1 + chance() / 2))


class Endpoint:
    """How one endpoint has answered lately. Not for several threads at once."""

    def __init__(self, timer: Callable[[], float], chance: Callable[[], float]) -> None:
        self._timer = timer
        self._chance = chance
        self._errors = 0
        self._until = 0.0
        self._last: FieldError | None = None
        self.is_pausing = False
        """Whether it is asked once in a while only."""

    @property
    def trouble(self) -> FieldError | None:
        """The last error while it is too soon to ask again; else None, and this one call may be made."""
        now = self._timer()
        if self._last is None:
            return None
        if now < self._until:
            return self._last
        if self.is_pausing:
            self._until = now + PAUSE_S  # until this call has ended, no other is made
        return None

    def ended(self, error: FieldError | None) -> None:
        """A call ended well, or in this error."""
        if error is None:
            self._errors, self._until, self._last, self.is_pausing = 0, 0.0, None, False
            return
        self._errors += 1
        self._last = error
        pause_s = pause_after(self._errors, error, self._chance)
        self._until, self.is_pausing = self._timer() + pause_s, pause_s > 0

    def note(self, error: FieldError | None) -> None:
        """A call ended well, in an error, or without an answer, which says nothing of the endpoint."""
        if error is None or _is_answer(error):
            self.ended(error)
        else:
            self._until = min(self._until, self._timer())

    def now(self) -> None:
        """A person wants it tried at once."""
        self._until = 0.0


class Patient(Relay):
    """A remote that is not asked again and again for what it keeps answering errors to."""

    def __init__(self, inner: Remote, timer: Callable[[], float], chance: Callable[[], float]) -> None:
        super().__init__(inner)
        self._timer = timer
        self._chance = chance
        self._lock = threading.Lock()
        self._endpoints: dict[str, Endpoint] = {}
        self._failing: dict[str, Endpoint] = {}
        self.answers = 0
        """How often central has answered well so far."""

    def now(self) -> None:
        """A person wants everything tried at once."""
        with self._lock:
            for endpoint in (*self._endpoints.values(), *self._failing.values()):
                endpoint.now()

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a file. It counts against all uploads only with its first error in a row."""
        with self._lock:
            own = self._failing.get(file.sha256)
            if own is not None and (trouble := own.trouble) is not None:
                raise held(trouble, whole=False)
        try:
            with self._watched("upload", counts=own is None) as told:
                self._inner.upload(file, answer, source, progress)
                told()
        except FieldError as error:
            with self._lock:
                if _is_answer(error):
                    self._note_failing(file.sha256).ended(error)
                elif own is not None:  # it was not asked for, or cut off: its turn is still to come
                    own.note(error)
            raise
        with self._lock:
            self._failing.pop(file.sha256, None)

    def _ask(self, name: str, call: Callable[[], T]) -> T:
        with self._watched(name) as told:
            answer = call()
            told()
        return answer

    def _stream(self, name: str, call: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        with self._watched(name) as told:
            for piece in call():
                told()
                yield piece

    @contextmanager
    def _watched(self, name: str, *, counts: bool = True) -> Iterator[Callable[[], None]]:
        """One call of an endpoint; what is given is to be called when it has answered well."""
        with self._lock:
            endpoint = self._endpoints.setdefault(name, Endpoint(self._timer, self._chance))
            trouble = endpoint.trouble
        if trouble is not None:
            raise held(trouble, whole=True)

        def told() -> None:
            with self._lock:
                self.answers += 1
                endpoint.ended(None)

        try:
            yield told
        except FieldError as error:
            with self._lock:
                its_own = not counts or error.code in _OF_ONE_FILE
                if not its_own or endpoint.is_pausing or not _is_answer(error):
                    endpoint.note(error)
            raise

    def _note_failing(self, sha256: str) -> Endpoint:
        while len(self._failing) >= FILES_MAX and sha256 not in self._failing:
            self._failing.pop(next(iter(self._failing)))
        return self._failing.setdefault(sha256, Endpoint(self._timer, self._chance))


def _is_answer(error: FieldError) -> bool:
    return error.code not in _NO_ANSWER and "held" not in error.facts


def held(error: FieldError, *, whole: bool) -> FieldError:
    """The last error once more, with the fact ``held``: nothing was asked, of "all" or for this one "file".

    What was a refusal must not pass for one of the next item.
    """
    facts: dict[str, Any] = {**error.facts, "held": "all" if whole else "file"}
    if isinstance(error, NeedsPerson):
        return NeedsPerson(error.code, **facts)
    if isinstance(error, CursorGone):
        return RetryLater("server_changing", **facts)
    if isinstance(error, InputRefused):
        return RetryLater("server_refuses", **facts)
    return RetryLater(error.code, **facts)
