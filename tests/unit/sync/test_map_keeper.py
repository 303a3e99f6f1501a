"""The city's base map through the daemon: offered, fetched on wish, behind all that is to be sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from daemon_bench import KEY, Bench, HeldRemote, state_is, wait_for

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.map_offer import MapOffer
from sync.control import ControlClient, Message
from sync.replica.basemap import base_map_facts, facts_of
from sync.replica.folder import DataFolder
from sync.replica.map_note import MapNote
from sync.replica.map_part import PREFIX
from sync.sending import LinkKind, Network
from tests.contract.base_map_maker import PNG, make_base_map

Event = Callable[[Message], bool]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A map of several pieces."""
    tiles = [(9, n, n, PNG + bytes([n % 251]) * 2_000) for n in range(200)]
    return make_base_map(tmp_path_factory.mktemp("map") / "a.mbtiles", tiles=tiles).read_bytes()


def is_map(state: str, code: str | None = None) -> Event:
    return lambda event: (
        event["event"] == "base_map" and event["state"] == state and code in (None, event["code"])
    )


def opened(client: ControlClient) -> None:
    client.ask("subscribe")
    client.ask("unlock", key=KEY)


def offered(client: ControlClient) -> None:
    opened(client)
    wait_for(client, is_map("ready"))


def parts(folder: DataFolder) -> list[Path]:
    return list(folder.root.glob(f"{PREFIX}*"))


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Stream:
    return Stream(monkeypatch)


class Stream:
    """The bytes as they come, under the test's hand: ``before(call, bytes so far)`` each chunk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.starts: list[int] = []
        self.before: Callable[[int, int], None] = lambda _call, _at: None
        self.change: Callable[[bytes], bytes] = lambda chunk: chunk
        theirs = HeldRemote.base_map_bytes

        def ours(remote: HeldRemote, offer: MapOffer, start: int) -> Iterator[bytes]:
            self.starts.append(start)
            call, at = len(self.starts), start
            for whole in theirs(remote, offer, start):
                for cut in range(0, len(whole), 20_000):
                    self.before(call, at)
                    chunk = whole[cut : cut + 20_000]
                    yield self.change(chunk)
                    at += len(chunk)

        monkeypatch.setattr(HeldRemote, "base_map_bytes", ours)


def test_map_that_is_offered_is_told_and_comes_when_it_is_wished(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        offer = bench.central.map.put(data, "城")
        opened(client)
        ready = wait_for(client, is_map("ready"))
        assert (ready["name"], ready["bytes"], ready["done"]) == ("城", len(data), 0)
        assert not bench.folder.base_map.exists()
        client.ask("base_map", do="fetch")
        here = wait_for(client, is_map("here"))
        assert here["sha256"] == offer.sha256
        assert bench.folder.base_map.read_bytes() == data
        assert parts(bench.folder) == []
        assert client.ask("status")["base_map"]["state"] == "here"


def test_map_taken_from_a_stick_that_is_the_one_offered_is_here_already(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.folder.base_map.write_bytes(data)
        bench.central.map.put(data)
        opened(client)
        wait_for(client, is_map("here"))
        bench.central.map.put(data + b" ")
        assert client.ask("base_map", do="ask")["base_map"]["state"] == "ready"


def test_link_that_is_cut_on_the_way_costs_nothing_of_what_has_come(
    tmp_path: Path, data: bytes, stream: Stream
) -> None:
    def cut(call: int, at: int) -> None:
        if call < 3 and at >= 150_000 * call:
            raise RetryLater("unreachable")

    stream.before = cut
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("here"))
    assert stream.starts == [0, 160_000, 300_000]
    assert bench.folder.base_map.read_bytes() == data


def test_wish_and_what_has_come_outlive_the_daemon(tmp_path: Path, data: bytes, stream: Stream) -> None:
    ended = threading.Event()

    def end(call: int, at: int) -> None:
        if call == 1 and at >= 200_000:
            ended.set()
            raise RetryLater("interrupted")

    stream.before = end
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        bench.fault = lambda: (_ for _ in ()).throw(RetryLater("unreachable")) if ended.is_set() else None
        client.ask("base_map", do="fetch")
        assert ended.wait(60)
        wait_for(client, is_map("waiting"))
    with Bench(tmp_path, enrolled=False) as bench, bench.client() as client:
        bench.central.map.put(data)
        assert client.ask("status")["base_map"]["done"] == 200_000
        opened(client)
        wait_for(client, is_map("here"))
    assert stream.starts == [0, 200_000]


def test_nothing_of_a_map_moves_while_a_round_runs_and_it_goes_on_after_it(
    tmp_path: Path, data: bytes, stream: Stream
) -> None:
    in_round, release = threading.Event(), threading.Event()
    seen: list[int] = []

    def begin_round(call: int, at: int) -> None:
        if call == 1 and at == 100_000:
            bench.fault = hold
            client_b.ask("nudge")
            assert in_round.wait(60)
        if in_round.is_set() and not release.is_set():
            seen.append(at)

    def hold() -> None:
        if threading.current_thread().name == "watcher":  # whose poll may only just begin
            return
        in_round.set()
        release.wait(60)

    stream.before = begin_round
    with Bench(tmp_path) as bench, bench.client() as client, bench.client() as client_b:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        assert in_round.wait(60)
        wait_for(client, lambda event: event["event"] == "state" and bool(event["busy"]))
        assert client_b.ask("base_map")["base_map"]["done"] <= 120_000
        assert len(seen) <= 1  # the chunk that was under way when the round began
        bench.fault = lambda: None
        release.set()
        wait_for(client, is_map("here"))


def test_metered_link_is_waited_out_unless_it_is_asked_for_all_the_same(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.around.link = Network(LinkKind.MOBILE, None)
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("waiting", "map_waits_unmetered"))
        client.ask("base_map", do="fetch", any_link=True)
        wait_for(client, is_map("here"))


def test_link_that_becomes_unmetered_lets_a_wished_map_come(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.around.link = Network(LinkKind.MOBILE, metered=True)
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("waiting", "map_waits_unmetered"))
        bench.around.link = Network(LinkKind.WIFI, metered=False)
        bench.around.changed()
        wait_for(client, is_map("here"))


def test_pieces_that_are_altered_are_never_kept_and_are_not_asked_for_for_ever(
    tmp_path: Path, data: bytes, stream: Stream
) -> None:
    stream.change = lambda chunk: bytes(len(chunk))
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        for _ in range(2):
            wait_for(client, is_map("waiting", "base_map_altered"))
            client.ask("nudge")
        wait_for(client, is_map("failed", "base_map_altered"))
        assert stream.starts == [0, 0, 0]
        assert parts(bench.folder) == []
        stream.change = lambda chunk: chunk
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("here"))


def test_no_room_is_said_and_what_was_begun_gives_its_own_back(
    tmp_path: Path, data: bytes, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [1 << 40]
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _folder: left[0])

    def fill_up(_call: int, at: int) -> None:
        if at >= 140_000:
            left[0] = 64_000_000 + 1_000

    stream.before = fill_up
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("failed", "map_no_room"))
        assert parts(bench.folder) == []
        assert base_map_facts(bench.folder) is None


def test_map_another_key_signed_is_not_offered(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        offer = bench.central.map.put(data)
        forged = msgspec.structs.replace(offer, name="another")
        bench.central.map._held = forged, data
        opened(client)
        wait_for(client, is_map("none", "base_map_forged"))
        with pytest.raises(RetryLater) as caught:
            client.ask("base_map", do="fetch")
        assert caught.value.code == "base_map_none"


def test_what_is_signed_and_yet_no_map_is_refused_and_the_old_one_stays(tmp_path: Path, data: bytes) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.folder.base_map.write_bytes(data)
        bench.central.map.put(b"signed, and no map at all" * 10_000)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("failed", "base_map_unreadable"))
        assert parts(bench.folder) == []
        assert bench.folder.base_map.read_bytes() == data


def test_map_that_is_replaced_on_the_way_comes_in_its_new_form(
    tmp_path: Path, data: bytes, stream: Stream
) -> None:
    newer = make_base_map(tmp_path / "b.mbtiles", {"name": "newer"}).read_bytes()

    def replace(call: int, at: int) -> None:
        if call == 1 and at >= 100_000:
            bench.central.map.put(newer)
            raise RetryLater("base_map_replaced")

    stream.before = replace
    with Bench(tmp_path / "tablet") as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        wait_for(client, is_map("here"))
        assert facts_of(bench.folder.base_map).name == "newer"


def test_wish_is_taken_back_and_nothing_of_it_stays(tmp_path: Path, data: bytes, stream: Stream) -> None:
    half, given_up = threading.Event(), threading.Event()

    def wait(_call: int, at: int) -> None:
        if at >= 200_000:
            half.set()
            assert given_up.wait(60)

    stream.before = wait
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.map.put(data)
        offered(client)
        client.ask("base_map", do="fetch")
        assert half.wait(60)
        client.ask("base_map", do="give_up")
        given_up.set()
        wait_for(client, is_map("ready"))
        assert parts(bench.folder) == []


def test_locked_daemon_asks_nobody(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        with pytest.raises(NeedsPerson):
            client.ask("base_map", do="ask")
        assert client.ask("base_map", do="look")["base_map"]["state"] == "none"


def test_central_too_old_to_offer_any_is_borne_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_remote: HeldRemote) -> None:
        raise RetryLater("server_refuses")

    monkeypatch.setattr(HeldRemote, "base_map", unknown)
    with Bench(tmp_path) as bench, bench.client() as client:
        opened(client)
        wait_for(client, state_is("online"))
        with pytest.raises(RetryLater):
            client.ask("base_map", do="ask")
        assert client.ask("base_map")["base_map"] == {**client.ask("status")["base_map"]}
        assert client.ask("base_map")["base_map"]["state"] == "none"


def test_kill_between_the_swap_and_its_note_fetches_nothing_twice(
    tmp_path: Path, data: bytes, stream: Stream
) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        offer = bench.central.map.put(data)
        bench.folder.base_map.write_bytes(data)
        bench.folder.map_note.write_bytes(msgspec.json.encode(MapNote(offer, wanted=True)))
    with Bench(tmp_path, enrolled=False) as bench, bench.client() as client:
        bench.central.map.put(data)
        opened(client)
        wait_for(client, is_map("here"))
        bench.central.map.put(data + b" ")
        client.ask("base_map", do="ask")
        client.ask("nudge")
        wait_for(client, state_is("online"))
        assert client.ask("base_map")["base_map"]["state"] == "ready"  # the wish was for the other one
    assert stream.starts == []
