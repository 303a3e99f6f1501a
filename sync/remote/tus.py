"""Sending one file by tus 1.0: creation with the first bytes, then the rest, resumed from where central is.

    no upload begun →  POST  (creation-with-upload: the first chunk goes along)
    begun before    →  HEAD  (central's offset is the truth) → PATCH …
    409             →  HEAD again, go on from there; 404 → begin anew, once

A chunk is as large as goes through in about a second, so that progress is what central really has and a slow
link is not held to a size it cannot carry.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, Protocol

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.wire import UPLOAD_CHUNK, FileAnswer, FileOffer
from sync.remote.answers import Answer, failure, problem_of, require_ok
from sync.remote.base import Progress
from sync.remote.transport import Body

VERSION = "1.0.0"
OFFSET_STREAM = "application/offset+octet-stream"
UPLOADS = "/v1/uploads"
CHUNK_MIN = UPLOAD_CHUNK // 4
CHUNK_MAX = 16 * UPLOAD_CHUNK
CHUNK_SECONDS = 1.0
PIECE = 1 << 14
PIECE_FAST = 1 << 16
_MISMATCHES = 5


class Ask(Protocol):
    """One authorised request; the body is made afresh should it have to be sent again."""

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: Callable[[], Body] | None = None
    ) -> Answer: ...


class Slice:
    """A part of a file as a request body: read in small pieces, so that each write gets its own time-out."""

    def __init__(self, source: BinaryIO, start: int, length: int, piece: int = PIECE) -> None:
        source.seek(start)
        self._source = source
        self._left = length
        self._piece = piece

    def __len__(self) -> int:
        return self._left

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes of the part. A file that ends too soon breaks the request off."""
        data = self._source.read(self._left if size < 0 else min(size, self._left))
        if not data and self._left and size:
            raise NeedsPerson("file_changed")
        self._left -= len(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(self._piece):
            yield piece


class Pace:
    """How large a chunk the link carries in about a second; shared by all uploads of a remote.

    Threads may overwrite each other's finding: each is a fair one.
    """

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._most = CHUNK_MAX
        self.chunk = UPLOAD_CHUNK

    def timed(self, length: int, send: Callable[[], Answer]) -> Answer:
        """Send a chunk and learn from how long it took. A short one says nothing against a large one."""
        began = self._timer()
        try:
            answer = send()
        except RetryLater:
            self.chunk = min(self.chunk, UPLOAD_CHUNK)  # it may have become a slow link: begin small
            raise
        carried = int(length / max(self._timer() - began, 0.001) * CHUNK_SECONDS)
        if carried < self.chunk or length >= self.chunk:
            least = min(UPLOAD_CHUNK, self._most)
            self.chunk = max(least, min(carried, 2 * self.chunk, self._most))
        return answer

    @property
    def piece(self) -> int:
        """How much of a chunk is written at once: more on a link that was found fast."""
        return PIECE_FAST if self.chunk > UPLOAD_CHUNK else PIECE

    def is_too_large(self, length: int, answer: Answer) -> bool:
        """Whether something on the way takes no body of this length, and a smaller one is to be tried.

        Central takes any chunk; a proxy before it may have a limit of its own, which nobody tells us.
        """
        if answer.status != 413 or problem_of(answer) is not None or length <= CHUNK_MIN:
            return False
        self._most = min(self._most, max(CHUNK_MIN, length // 2))
        self.chunk = min(self.chunk, self._most)
        return True


class TusUpload:
    """One file on its way."""

    def __init__(self, ask: Ask, file: FileOffer, source: BinaryIO, progress: Progress, pace: Pace) -> None:
        self._ask = ask
        self._file = file
        self._source = source
        self._progress = progress
        self._pace = pace

    def send(self, answer: FileAnswer) -> None:
        """Send what central does not have; returns when it has everything and has verified it."""
        location = answer.upload if answer.upload.startswith(f"{UPLOADS}/") else ""
        offset = self._held(location) if location else None
        if offset is None:
            location, offset = self._create()
        mismatches = 0
        while offset < self._file.bytes:
            self._progress(offset)
            after = self._patch(location, offset)
            if after is None:
                mismatches += 1
                if mismatches > _MISMATCHES:
                    raise RetryLater("upload_superseded")
                after = self._held(location)
            if after is None:
                raise RetryLater("upload_unknown")
            offset = after
        self._progress(offset)

    def _create(self) -> tuple[str, int]:
        metadata = {"sha256": self._file.sha256, "filetype": self._file.media_type}
        pairs = (f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())
        headers = {
            "Tus-Resumable": VERSION,
            "Upload-Length": str(self._file.bytes),
            "Upload-Metadata": ",".join(pairs),
            "Content-Type": OFFSET_STREAM,
        }
        while True:
            length = min(self._pace.chunk, self._file.bytes)
            body = self._body(0, length)
            answer = self._pace.timed(length, partial(self._ask, "POST", UPLOADS, headers, body))
            if not self._pace.is_too_large(length, answer):
                break
        require_ok(answer, allowed=(201,))
        location = answer.headers.get("location", "")
        if not location.startswith(f"{UPLOADS}/"):
            raise RetryLater("not_ours", reason="location")
        return location, self._offset_in(answer, at_most=length)

    def _held(self, location: str) -> int | None:
        """Central's offset, or None when it no longer knows this upload."""
        answer = self._ask("HEAD", location, {"Tus-Resumable": VERSION})
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise failure(answer)
        return self._offset_in(answer, at_most=self._file.bytes)

    def _patch(self, location: str, offset: int) -> int | None:
        """The offset after one more chunk, or None when central stands elsewhere."""
        length = min(self._pace.chunk, self._file.bytes - offset)
        headers = {"Tus-Resumable": VERSION, "Upload-Offset": str(offset), "Content-Type": OFFSET_STREAM}
        answer = self._pace.timed(
            length, lambda: self._ask("PATCH", location, headers, self._body(offset, length))
        )
        if self._pace.is_too_large(length, answer):
            return offset
        if answer.status == 409:
            problem = problem_of(answer)
            if problem is not None and problem.code == "offset_mismatch":
                return None
        require_ok(answer, allowed=(204,))
        return self._offset_in(answer, at_most=offset + length)

    def _body(self, start: int, length: int) -> Callable[[], Body]:
        return lambda: Slice(self._source, start, length, self._pace.piece)

    def _offset_in(self, answer: Answer, *, at_most: int) -> int:
        text = answer.headers.get("upload-offset", "")
        if "tus-resumable" not in answer.headers or not (text.isascii() and text.isdecimal()):
            raise RetryLater("not_ours", reason="offset")
        offset = int(text[:18])
        if offset > at_most:
            raise RetryLater("not_ours", reason="offset")
        return offset
