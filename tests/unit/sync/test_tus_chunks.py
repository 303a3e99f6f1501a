"""A proxy that takes no large bodies: chunks become small enough, and every photo arrives."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest

from sync.contract.errors import RetryLater
from sync.contract.records import Lane
from sync.contract.wire import UPLOAD_CHUNK, FileAnswer, FileOffer, OfferStatus
from sync.remote.answers import Answer
from sync.remote.transport import Body
from sync.remote.tus import CHUNK_MIN, PIECE, PIECE_FAST, Pace, Slice, TusUpload

SIZE = 20 * UPLOAD_CHUNK
DATA = bytes(range(256)) * (SIZE // 256)
FILE = FileOffer("a" * 64, SIZE, "image/jpeg", Lane.ORIGINAL, "r", 0)


class Proxied:
    """A tus server behind a proxy with a limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.got = b""
        self.refused = 0

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: Callable[[], Body] | None = None
    ) -> Answer:
        data = b"" if body is None else b"".join(body())
        if len(data) > self.limit:
            self.refused += 1
            return Answer(413, {"content-type": "text/html"}, b"<h1>413 Request Entity Too Large</h1>")
        self.got += data
        told = {"tus-resumable": "1.0.0", "upload-offset": str(len(self.got)), "location": "/v1/uploads/u"}
        return Answer({"POST": 201, "PATCH": 204, "HEAD": 200}[method], told)


def _send(proxied: Proxied, pace: Pace) -> None:
    answer = FileAnswer(FILE.sha256, OfferStatus.NEEDED)
    TusUpload(proxied.ask, FILE, io.BytesIO(DATA), lambda _: None, pace).send(answer)


@pytest.mark.faults(20, 22)
@pytest.mark.parametrize("limit", [1_000_000, UPLOAD_CHUNK, 100_000])
def test_chunks_shrink_until_they_pass_and_stay_so(limit: int, tally: Callable[..., None]) -> None:
    proxied, pace = Proxied(limit), Pace(lambda: 0.0)
    _send(proxied, pace)
    assert proxied.got == DATA
    assert 1 <= proxied.refused <= 6
    refused = proxied.refused
    proxied.got = b""
    _send(proxied, pace)
    assert (proxied.got == DATA, proxied.refused) == (True, refused)
    tally(runs=2, note=f"a proxy that takes {limit} bytes at a time")


def test_a_proxy_that_takes_nothing_is_not_asked_for_ever() -> None:
    proxied = Proxied(CHUNK_MIN - 1)
    with pytest.raises(RetryLater, match="not_ours"):
        _send(proxied, Pace(lambda: 0.0))
    assert proxied.refused <= 6


def test_a_fast_link_is_written_to_in_larger_pieces_and_a_broken_one_in_small_ones_again() -> None:
    pace = Pace(lambda: 0.0)
    before = pace.piece
    pace.timed(UPLOAD_CHUNK, lambda: Answer(204, {}))
    assert (before, pace.piece) == (PIECE, PIECE_FAST)

    def cut() -> Answer:
        raise RetryLater("timeout")

    with pytest.raises(RetryLater, match="timeout"):
        pace.timed(UPLOAD_CHUNK, cut)
    assert (pace.chunk, pace.piece) == (UPLOAD_CHUNK, PIECE)
    assert [len(piece) for piece in Slice(io.BytesIO(DATA), 5, 40_000, PIECE)] == [
        PIECE,
        PIECE,
        40_000 - 2 * PIECE,
    ]
