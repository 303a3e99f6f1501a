"""A daemon in a thread for tests, over the memory central, with long polls that wait as real ones do."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from sync.contract.errors import FieldError, RetryLater
from sync.contract.tables import Stream
from sync.contract.wire import ChangesPage, FileAnswer, FileOffer, PushItem, PushReply
from sync.control import ControlClient, Message
from sync.daemon import Daemon
from sync.link import Link
from sync.notices import Notice
from sync.remote.base import Begins, Progress, Remote, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.sending import Battery, Network
from sync.surroundings import NothingKnown
from sync.vault import Vault
from sync.vault.keyfile import DeviceRef
from tests.contract.tablet import CITY_ROWS, DEVICE, KEY, SetClock, Tablet, full_row

__all__ = ["DEVICE", "KEY", "Bench", "Tablet"]


class HeldRemote(MemoryRemote):
    """A memory remote whose long polls are held until ``release`` or ``close``, and that can be cut off."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.central, DEVICE)
        self._bench = bench
        self._closed = False

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        told = self._bench.told  # before the look, so that nothing told after it is slept through
        self._bench.require_link()
        page = super().changes(stream, cursor, seen=seen)
        while wait_s and not page.changes and not self._closed:
            with self._bench.news:
                while self._bench.told == told and not self._closed:
                    self._bench.news.wait()
                told = self._bench.told
            self._bench.require_link()
            page = super().changes(stream, cursor, seen=seen)
        if self._closed:
            raise RetryLater("interrupted")
        return page

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        self._bench.require_link()
        return super().push(items, begins)

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        self._bench.require_link()
        return super().offer(files)

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        def slowly(sent: int) -> None:
            progress(sent)
            self._bench.pause.wait(self._bench.slow_s)

        super().upload(file, answer, source, slowly)

    def close(self) -> None:
        with self._bench.news:
            self._closed = True
            self._bench.news.notify_all()


class BenchAround(NothingKnown):
    """A connection and a battery as the bench says."""

    def __init__(self) -> None:
        self.link = Network()
        self.cell = Battery()
        self.changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def network(self) -> Network:
        return self.link

    def battery(self) -> Battery:
        return self.cell


class BenchLink(Link):
    """A link whose port is there when the bench says so."""

    bench: Bench

    def is_reachable(self) -> bool:
        return self.bench.link_up


class Bench:
    """``with Bench(tmp_path) as bench: bench.client()…``."""

    def __init__(
        self, root: Path, *, enrolled: bool = True, found_key: bytes | None = None, chance: float = 0.0
    ) -> None:
        self.folder = DataFolder(root)
        self.clock = SetClock()
        self.central = MemoryCentral()
        self.news = threading.Condition()
        self.told = 0
        self.link_up = True
        self.slow_s = 0.0
        self.pause = threading.Event()
        self.fault: Callable[[], None] = lambda: None
        self.open_error: FieldError | None = None
        for table, row in CITY_ROWS:
            self.central.put_row(table, full_row(table, **row))
        if enrolled:
            Vault(self.folder).create(DeviceRef("https://c", DEVICE), bytes(32))
            Tablet(root, epoch=self.central.epoch).close()
        self.around = BenchAround()
        self.notices: queue.SimpleQueue[Notice] = queue.SimpleQueue()
        self.daemon = Daemon(
            self.folder,
            self.clock,
            find_key=lambda: found_key,
            open_link=self._open,
            around=self.around,
            tell_person=self.notices.put,
            chance=lambda: chance,
        )
        self._ready = threading.Event()
        self.thread = threading.Thread(target=self.daemon.run, args=(self._ready.set,))

    def _open(self, folder: DataFolder, key: bytes, clock: object, listener: object) -> Link:
        def remote(_identity: Identity, _folder: DataFolder, _on_token: Callable[[str], None]) -> Remote:
            return HeldRemote(self)

        if self.open_error is not None:
            raise self.open_error
        link = BenchLink(folder, key, self.clock, listener, open_remote=remote)  # type: ignore[arg-type]
        link.bench = self
        return link

    def require_link(self) -> None:
        self.fault()
        if not self.link_up:
            raise RetryLater("unreachable")

    def tell_central(self) -> None:
        """Something was committed at central: waiting polls look again."""
        with self.news:
            self.told += 1
            self.news.notify_all()

    def cut(self) -> None:
        self.link_up = False
        self.tell_central()

    def client(self) -> ControlClient:
        return ControlClient(self.folder, answer_s=60)

    def unlock(self) -> None:
        with self.client() as client:
            client.ask("unlock", key=KEY)

    def __enter__(self) -> Bench:
        self.thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(FieldError):
            self.daemon.stop()
        self.tell_central()
        self.thread.join(60)
        assert not self.thread.is_alive(), "the daemon did not stop"


def wait_for(client: ControlClient, wanted: Callable[[Message], bool]) -> Message:
    """The first event that is wanted."""
    for event in client.events(wait_s=60):
        if wanted(event):
            return event
    raise AssertionError("the daemon hung up")


def state_is(link: str) -> Callable[[Message], bool]:
    """A state event at rest with this link."""
    return lambda event: event["event"] == "state" and event["link"] == link and not event["busy"]
