"""Answers that are not central's, or not whole, or that never come: nothing counts that is not a receipt."""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sync.contract.records import Lane
from sync.replica.outbox import ItemState
from tests.fault.altering_proxy import AlteringProxy, Put, Reply, Request, Treat, faithfully
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround

pytestmark = [  # connections of our own proxy that are broken on purpose, some in their handshake
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.expects_log("Task was destroyed but it is pending", "Task exception was never retrieved"),
]
LANES = (Lane.ORIGINAL, Lane.THUMBNAIL)
PAGE = b"<html><head><title>Free Wi-Fi</title></head><body>Please sign in</body></html>"
REDIRECTS = (
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        yield ground


@contextmanager
def proxied(ground: ProcessGround) -> Iterator[AlteringProxy]:
    """A proxy that ends TLS between the link and central."""
    host, port = ground.link.target or ("", 0)
    with AlteringProxy(f"https://{host}:{port}", ground.central_folder) as proxy:
        ground.link.to(proxy.url)
        ground.link.cut_all()
        yield proxy


def a_page(kind: str, status: str = "200 OK", *more: str, body: bytes = PAGE) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, *more]).encode() + b"\r\n\r\n" + body


def instead(answer: bytes, *, ask_central: bool = False) -> Treat:
    """This answer to whatever is asked; with ``ask_central`` only after central has done it."""

    async def treat(_request: Request, put: Put) -> bytes | None:
        if ask_central:
            await put()
        return answer

    return treat


def altered(change: Callable[[Reply], bytes | None]) -> Treat:
    """Central's own answer, changed on its way."""

    async def treat(_request: Request, put: Put) -> bytes | None:
        return change(await put())

    return treat


def another_hash(reply: Reply) -> bytes:
    """Every hash in the answer is another one."""
    swapped = reply.body.replace(b'sha256":"', b'sha256":"00')
    return reply.with_body(bytes(swapped))


def another_id(reply: Reply) -> bytes:
    """Every id in the answer is another one."""
    return reply.with_body(reply.body.replace(b'"id":"01', b'"id":"02').replace(b'"id":"', b'"id":"f'))


FALSE_ANSWERS: dict[str, Treat] = {
    "sign-in page": instead(a_page("text/html")),
    "sign-in page after central did it": instead(a_page("text/html"), ask_central=True),
    "sign-in page that says it is JSON": instead(a_page("application/json")),
    "sign-in page as 201": instead(a_page("text/html", "201 Created")),
    "sign-in page as 204": instead(a_page("text/html", "204 No Content", body=b"")),
    "empty 200": instead(a_page("application/json", body=b"")),
    "an empty object": instead(a_page("application/json", body=b"{}")),
    "null": instead(a_page("application/json", body=b"null")),
    "no answers": instead(
        a_page("application/json", body=b'{"answers": [], "server_time": "2026-01-01T00:00:00Z"}')
    ),
    "proxy wants a password": instead(a_page("text/html", "407 Proxy Authentication Required")),
    "network wants a sign-in": instead(a_page("text/html", "511 Network Authentication Required")),
    "packed, and does not say so": altered(lambda reply: reply.with_body(gzip.compress(reply.body))),
    "packed, and cut": altered(
        lambda reply: reply.with_body(gzip.compress(reply.body)[:40], "content-encoding: gzip")
    ),
    "half an answer": altered(
        lambda reply: reply.with_body(reply.body[: len(reply.body) // 2], length=len(reply.body))
    ),
    "half an answer that says it is whole": altered(
        lambda reply: reply.with_body(reply.body[: len(reply.body) // 2])
    ),
    "another hash": altered(another_hash),
    "another id": altered(another_id),
    "shut without a word": altered(lambda _: None),
}


@pytest.mark.faults(20)
def test_false_answer_never_counts_and_everything_arrives_once_the_right_ones_come(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(20)
    ground.start_daemon()
    with proxied(ground) as proxy:
        for name, treat in FALSE_ANSWERS.items():
            saved = ground.report(chance.randbytes(3000), lanes=LANES)
            proxy.treat = treat
            codes = [ground.round(), ground.round()]
            assert ground.tablet.state(saved.report_id) is not ItemState.SENT, name
            assert all(codes), f"{name}: {codes}, though nothing good was said"
            assert ItemState.NEEDS_YOU not in ground.tablet.file_states(saved.report_id), name
            assert ground.tablet.state(saved.report_id) is not ItemState.NEEDS_YOU, name
            proxy.treat = faithfully
            ground.send_now()
            ground.sync_until_sent()
    found = ground.check()
    assert len(found["central"]["cases"]) == len(FALSE_ANSWERS)
    tally(runs=len(FALSE_ANSWERS), note="kinds of false answers, each to every request of two rounds")


@pytest.mark.faults(20)
def test_answer_packed_as_http_allows_is_read(ground: ProcessGround, tally: Teller) -> None:
    ground.start_daemon()
    with proxied(ground) as proxy:
        proxy.treat = altered(
            lambda reply: (
                reply.with_body(gzip.compress(reply.body), "content-encoding: gzip")
                if reply.body and b"content-encoding" not in reply.head.lower()
                else reply.data
            )
        )
        ground.report(b"photo" * 100)
        ground.sync_until_sent()
    ground.check()
    tally(runs=1, note="gzip by the rules is harmless")


@pytest.mark.faults(20)
def test_redirect_to_another_host_is_not_followed_and_no_credential_goes_there(
    ground: ProcessGround, tally: Teller
) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        stranger.setblocking(False)
        where = f"Location: https://localhost:{stranger.getsockname()[1]}/v1/push"
        ground.start_daemon()
        with proxied(ground) as proxy:
            for status in REDIRECTS:
                proxy.treat = instead(a_page("text/html", status, where))
                saved = ground.report(b"photo" * 100)
                assert ground.round() == "not_ours"
                assert ground.tablet.state(saved.report_id) is not ItemState.SENT
                proxy.treat = faithfully
                ground.send_now()
                ground.sync_until_sent()
        with pytest.raises(BlockingIOError):
            stranger.accept()
    ground.check()
    tally(runs=len(REDIRECTS), note="redirects to another host: nothing was sent there")


@pytest.mark.faults(18)
def test_each_reply_lost_in_its_turn_after_central_did_what_was_asked(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(18)
    ground.start_daemon()
    lost: Counter[str] = Counter()
    with proxied(ground) as proxy:
        ground.sync_until_sent()
        for turn in range(14):
            ground.report(chance.randbytes(600_000), b"small%d" % turn, lanes=LANES)
            began = len(proxy.seen)

            async def treat(request: Request, put: Put, due: int = began + turn) -> bytes | None:
                reply = await put()
                if request.number == due:
                    lost[request.endpoint] += 1
                    return None
                return reply.data

            proxy.treat = treat
            ground.sync_until_sent()
    found = ground.check()
    assert len(found["central"]["cases"]) == 14
    tally(runs=sum(lost.values()), note=f"replies lost: {dict(lost)}")


@pytest.mark.faults(18)
def test_every_request_doubled_delayed_and_overtaken_is_done_once(
    ground: ProcessGround, tally: Teller, long_form: bool
) -> None:
    chance = random.Random(19)
    ground.start_daemon()
    doubled: Counter[str] = Counter()

    late: list[Future[None]] = []

    async def forgotten(put: Put) -> None:
        """Arrives when nobody waits for it any more."""
        await asyncio.sleep(0.3)
        with suppress(OSError, asyncio.IncompleteReadError):
            await put()

    async def treat(request: Request, put: Put) -> bytes | None:
        """Some arrive twice (one after the other or at once), some late; some answers are lost besides."""
        drawn = chance.random()
        if "/changes" in request.path:
            return (await put()).data
        await asyncio.sleep(chance.random() * 0.05)
        if drawn < 0.3:
            doubled[request.endpoint] += 1
            first, second = await put(), await put()
            return chance.choice([first, second]).data
        if drawn < 0.6:
            doubled[request.endpoint] += 1
            both = await asyncio.gather(put(), put(), return_exceptions=True)
            good = [reply for reply in both if isinstance(reply, Reply)]
            return chance.choice(good).data if good else None
        if drawn < 0.7:
            late.append(asyncio.run_coroutine_threadsafe(forgotten(put), asyncio.get_running_loop()))
            return None
        return (await put()).data

    reports = 60 if long_form else 8
    with proxied(ground) as proxy:
        proxy.treat = treat
        for number in range(reports):
            ground.report(chance.randbytes(700_000 if number % 2 else 1000), b"n%d" % number, lanes=LANES)
        ground.sync_until_sent(60 * (1 + long_form * 5))
        proxy.treat = faithfully
        for one in late:
            one.result(60)
        ground.sync_until_sent()
    found = ground.check()
    assert len(found["central"]["cases"]) == reports
    tally(runs=sum(doubled.values()), seeds="19", note=f"requests that arrived twice: {dict(doubled)}")
