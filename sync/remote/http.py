"""Central over HTTP: ``Remote`` with a bearer token over a pinned, verified connection.

Every answer is checked to be ours before it counts (``answers``), files go by tus (``tus``), network trouble
gets its name in ``transport``. A token that has run out is renewed once by the device's own signature; the
new one is told to ``on_token``, from whatever thread it happened in.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.map_offer import MapAnswer, MapOffer, is_sound_offer
from sync.contract.tables import Stream
from sync.contract.wire import (
    API,
    PAGE_LIMIT,
    WAIT_MAX_S,
    ChangesPage,
    FileAnswer,
    FileOffer,
    Frame,
    OfferReply,
    OfferRequest,
    PushItem,
    PushReply,
    PushRequest,
    SnapshotManifest,
    Urgent,
)
from sync.remote.address import parse_address
from sync.remote.admission import ask_token
from sync.remote.answers import JSON, RENEWABLE, Answer, decode, problem_of, require_ok
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.device_key import DeviceKey
from sync.remote.patience import Endpoint, held
from sync.remote.transport import PIECE, Body, Transport
from sync.remote.tus import Pace, TusUpload
from sync.replica.meta import Identity

T = TypeVar("T")
_AS_IT_IS = {"Accept-Encoding": "identity"}


def _silent(_: str) -> None:
    """Nobody keeps the token."""


class HttpRemote:
    """One central, seen from one enrolled device; may be used by several threads at once."""

    def __init__(
        self,
        identity: Identity,
        authority: Path,
        *,
        on_token: Callable[[str], None] = _silent,
        transport: Transport | None = None,
        timer: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._device_id = identity.device_id
        self._key = DeviceKey.from_hex(identity.private_key)
        self._token = identity.token
        self._on_token = on_token
        self._transport = transport or Transport(parse_address(identity.server), authority)
        self._pace = Pace(timer)
        self._renewing = threading.Lock()
        self._admission = Endpoint(timer, chance)

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        """Send records; every answer must name an operation that was asked about."""
        reply = self._post("/push", PushRequest(items), PushReply, begins)
        _require_ours({answer.op_id for answer in reply.answers} <= {item.op_id for item in items})
        _require_ours(all(a.receipt is None or a.receipt.epoch for a in reply.answers))
        return reply

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Ask which files central needs."""
        reply = self._post("/photos/offer", OfferRequest(files), OfferReply)
        _require_ours({answer.sha256 for answer in reply.answers} <= {file.sha256 for file in files})
        _require_ours(all(a.receipt is None or a.receipt.epoch for a in reply.answers))
        return reply.answers

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        """Send a needed file from where central has it."""

        def ask(
            method: str, path: str, headers: Mapping[str, str], body: Callable[[], Body] | None = None
        ) -> Answer:
            return self._authorised(
                lambda token: self._transport.ask(
                    method,
                    path,
                    headers={**headers, **token},
                    body=None if body is None else body(),
                )
            )

        TusUpload(ask, file, source, progress, self._pace).send(answer)

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        """A page of a stream, held by central while there is none."""
        wait = min(max(wait_s, 0.0), WAIT_MAX_S)
        query = {"stream": stream.value, "cursor": cursor, "limit": str(PAGE_LIMIT)}
        if wait:
            query["wait"] = f"{wait:g}"
        if seen:
            query["seen"] = seen
        page = self._get("/changes", ChangesPage, query=query, wait_s=wait)
        _require_ours(bool(page.epoch) and bool(page.cursor))
        return page

    def urgent(self, epoch: str, after: int) -> Urgent:
        """What must not wait."""
        return self._get("/urgent", Urgent, query={"epoch": epoch, "after": str(after)})

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        """The newest snapshot's manifest."""
        query = {"at_least": str(at_least)} if at_least else {}
        manifest = self._get("/snapshot", SnapshotManifest, query=query)
        _require_ours(bool(manifest.epoch) and "/" not in manifest.name)
        return manifest

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        """The bytes of one frame."""
        return self._range(f"/snapshot/{manifest.name}", frame.start, frame.length)

    def photo(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file; what does not hash to its name ends in ``not_ours``."""
        digest = hashlib.sha256()
        with self._transport.open(
            "GET", f"{API}/photos/{sha256}", headers={**_AS_IT_IS, **self._bearer()}
        ) as (head, pieces):
            self._require_stream(head, pieces, 200)
            for piece in pieces:
                digest.update(piece)
                yield piece
        _require_ours(digest.hexdigest() == sha256)

    def base_map(self) -> MapOffer | None:
        """What the city offers."""
        offer = self._get("/base-map", MapAnswer).offer
        _require_ours(offer is None or is_sound_offer(offer))
        return offer

    def base_map_bytes(self, offer: MapOffer, start: int) -> Iterator[bytes]:
        """The file from a byte on."""
        return self._range(f"/base-map/{offer.sha256}", start, offer.bytes - start)

    def close(self) -> None:
        """Break off what is under way; nothing can be asked afterwards."""
        self._transport.close()

    def _range(self, path: str, start: int, length: int) -> Iterator[bytes]:
        """A part of a file: exactly the range that was asked for."""
        last = start + length - 1
        headers = {**_AS_IT_IS, "Range": f"bytes={start}-{last}"}
        given = 0
        with self._transport.open("GET", API + path, headers={**headers, **self._bearer()}) as (head, pieces):
            self._require_stream(head, pieces, 206)
            _require_ours(head.headers.get("content-range", "").startswith(f"bytes {start}-{last}/"))
            for piece in pieces:
                given += len(piece)
                _require_ours(given <= length)
                yield piece
        _require_ours(given == length)

    def _get(
        self, path: str, shape: type[T], *, query: Mapping[str, str] | None = None, wait_s: float = 0.0
    ) -> T:
        answer = self._authorised(
            lambda token: self._transport.ask("GET", API + path, headers=token, query=query, wait_s=wait_s)
        )
        return decode(answer, shape)

    def _post(self, path: str, body: msgspec.Struct, shape: type[T], begins: Begins = unheeded) -> T:
        data = msgspec.json.encode(body)
        answer = self._authorised(
            lambda token: self._transport.ask(
                "POST", API + path, headers={"Content-Type": JSON, **token}, body=data, begins=begins
            )
        )
        return decode(answer, shape)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _authorised(self, ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """Ask with the token; where it has run out, renew it and ask once more."""
        used = self._token
        answer = ask(self._bearer())
        if not _token_ran_out(answer):
            return answer
        self._renew(used)
        return ask(self._bearer())

    def _renew(self, used: str) -> None:
        with self._renewing:
            if self._token != used:  # another thread was quicker
                return
            if (trouble := self._admission.trouble) is not None:
                raise held(trouble, whole=True)
            try:
                token = ask_token(self._transport, self._key.token_request(self._device_id))
            except FieldError as error:
                refusal: FieldError = error
                if isinstance(error, NeedsPerson):
                    code = "device_refused" if error.code == "device_refused" else "token_expired"
                    refusal = NeedsPerson(code)
                elif isinstance(
                    error, InputRefused
                ):  # of the wish itself: what is being sent is not to blame
                    refusal = RetryLater("not_ours", reason=error.code)
                self._admission.note(refusal)
                raise refusal from error
            self._admission.note(None)
            self._token = token
        self._on_token(token)

    def _require_stream(self, head: Answer, pieces: Iterator[bytes], status: int) -> None:
        """A stream's head must be good; a bad one is read for its reason. A new token serves the next try."""
        if head.status == status:
            return
        body = b"".join(piece for piece, _ in zip(pieces, range(8), strict=False))[:PIECE]
        answer = Answer(head.status, head.headers, body)
        if _token_ran_out(answer):
            self._renew(self._token)
            raise RetryLater("token_renewed", after_s=0)
        require_ok(answer, allowed=(status,))


def _token_ran_out(answer: Answer) -> bool:
    if answer.status != 401:
        return False
    problem = problem_of(answer)
    return problem is None or problem.code in RENEWABLE


def _require_ours(good: bool) -> None:
    if not good:
        raise RetryLater("not_ours", reason="content")
