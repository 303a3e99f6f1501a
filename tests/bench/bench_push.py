"""1,000 reports and 200 photos of 300 KB, from the outbox to receipts, against plain HTTP of the same bytes.

Ours: freeze, push, judge at central, keep receipts; or offer, hash, send by tus, fsync, ask again, keep
receipts. The reference posts the very same bytes over the same TLS: batches as we cut them, photos one a
request, one after the other and on as many connections as we use, to a bare handler that fsyncs each body or
only reads it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from sync.contract.wire import PushItem, PushReply, PushRequest
from sync.listener import Silence
from sync.pushing import Pusher
from sync.remote.base import Begins, unheeded
from sync.replica.outbox import ItemState
from sync.sending import EVERYTHING
from sync.uploading import CONNECTIONS, Uploader
from tests.bench.shift_bench import SyncBench, sync_bench, system_clock

REPORTS = 1000
PHOTOS = 200
PHOTO_BYTES = 300_000
SPEED_LEAST = 0.6
NOTE = "渣土车未密闭运输，沿途撒漏。" * 4

Figure = dict[str, Any]


class _Keeping:
    """Passes pushes on and keeps the bytes of their bodies."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.bodies: list[bytes] = []

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        self.bodies.append(msgspec.json.encode(PushRequest(items)))
        return self._inner.push(items, begins)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def run() -> list[Figure]:
    """Both pushes, each against both kinds of plain HTTP."""
    with sync_bench() as bench:
        return _reports(bench) + _photos(bench)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _reports(bench: SyncBench) -> list[Figure]:
    tablet = bench.tablet
    _warm_up(bench)
    reports = [tablet.report(note=NOTE) for _ in range(REPORTS)]
    remote = _Keeping(bench.remote)
    pusher = Pusher(tablet.work, remote, system_clock(), Silence())
    pusher.begin()
    ours = _timed(lambda: pusher.push_all(lambda: None, lambda: EVERYTHING))
    assert {tablet.state(report.report_id) for report in reports} == {ItemState.SENT}
    return _against(bench, f"push of {REPORTS:,} reports", ours, [remote.bodies])


def _photos(bench: SyncBench) -> list[Figure]:
    photos = [random.Random(7 + number).randbytes(PHOTO_BYTES) for number in range(PHOTOS)]
    ours = _photos_sent(bench, photos)
    shares = [photos[n::CONNECTIONS] for n in range(CONNECTIONS)]
    name = f"push of {PHOTOS} photos of {PHOTO_BYTES // 1000} KB"
    one = _against(bench, f"{name}, one after the other,", ours, [photos])
    several = _against(bench, f"{name}, {CONNECTIONS} at once,", ours, shares)
    for words, figures in (("one after the other", one), (f"{CONNECTIONS} at once", several)):
        speed = figures[0]["reference"] / ours
        told = "met" if speed >= SPEED_LEAST else "not met"
        print(f"  limit: at least {SPEED_LEAST} x plain HTTP that fsyncs, {words}: {speed:.2f} x, {told}")
    return one + several


def photos_sent(bench: SyncBench) -> float:
    """How long the photos take from the outbox to their receipts, once both ends are warm."""
    _warm_up(bench)
    return _photos_sent(bench, [random.Random(9 + n).randbytes(PHOTO_BYTES) for n in range(PHOTOS)])


def _photos_sent(bench: SyncBench, photos: list[bytes]) -> float:
    tablet = bench.tablet
    reports = [tablet.report(*photos[n : n + 4]) for n in range(0, PHOTOS, 4)]
    pusher = Pusher(tablet.work, bench.remote, system_clock(), Silence())
    pusher.begin()
    pusher.push_all(lambda: None, lambda: EVERYTHING)
    uploader = Uploader(tablet.work, bench.remote, system_clock(), Silence())
    uploader.begin()

    def send() -> None:
        while uploader.send_some(lambda: EVERYTHING, lambda _flight: False) is not None:
            pass

    ours = _timed(send)
    assert {state for r in reports for state in tablet.file_states(r.report_id)} == {ItemState.SENT}
    return ours


def _against(bench: SyncBench, name: str, ours: float, shares: list[list[bytes]]) -> list[Figure]:
    figures = []
    for path, words in (("/fsync", "plain HTTP that fsyncs"), ("/read", "plain HTTP that only reads")):
        reference = _plain(bench, path, shares)
        figures.append(
            {
                "name": f"{name} against {words}",
                "unit": "s",
                "ours": ours,
                "reference": reference,
                "ratio": ours / reference,
            }
        )
    return figures


def _plain(bench: SyncBench, path: str, shares: list[list[bytes]]) -> float:
    sessions = [bench.session() for _ in shares]
    for session in sessions:
        session.get(bench.plain_url).raise_for_status()

    def post(number: int) -> None:
        for body in shares[number]:
            sessions[number].post(bench.plain_url + path, data=body).raise_for_status()

    with ThreadPoolExecutor(len(shares)) as pool:
        seconds = _timed(lambda: list(pool.map(post, range(len(shares)))))
    for session in sessions:
        session.close()
    return seconds


def _warm_up(bench: SyncBench) -> None:
    """One report and one photo ahead, so that neither side pays for its first connection."""
    bench.tablet.report(b"warm")
    bench.tablet.engine(bench.remote).round()
