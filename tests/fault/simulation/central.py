"""The real central in the simulation: its ASGI application called in process, on a virtual disk.

It can be cut off at any step, started again, backed up, set back to a backup, and emptied. Receipts it gives
out are remembered, so that nobody can show one it never gave.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch
from urllib.parse import urlencode

import msgspec

from sync.central import composition
from sync.central.app import create_app
from sync.central.composition import Central
from sync.central.desk import Desk as CentralDesk
from sync.central.settings import Settings
from sync.central.world import World as CentralWorld
from sync.contract.errors import RetryLater
from sync.contract.wire import OfferReply, PushReply, Receipt
from sync.remote.answers import Answer
from tests.fault.simulation.city import Templates
from tests.fault.simulation.disk import Cut, Died, Disk
from tests.fault.simulation.stores import CentralStore, SparseObjects
from tests.fault.simulation.world import Ids, World

T = TypeVar("T")
_WAITING = ("/v1/uploads", "/v1/snapshot/", "/v1/photos/")
"""Paths whose answers need an event loop; the others never wait for anything here."""


class InlineCentral(Central):
    """Central without threads of its own; ``burden`` tells whether it has too much to do."""

    burden: Callable[[], bool] = staticmethod(lambda: False)

    @property
    def is_crowded(self) -> bool:
        return self.burden()

    async def work(self, call: Callable[..., T], *args: Any, **kwargs: Any) -> T:  # type: ignore[override]
        return call(*args, **kwargs)


class _Clock:
    boot_id = "central"

    def __init__(self, world: World) -> None:
        self._world = world
        self.offset_s = 0.0

    def now(self) -> Any:
        return self._world.wall(self.offset_s)

    def monotonic(self) -> float:
        return self._world.now


class SimCentral:
    """``handle`` answers one request; ``desk`` is for the office."""

    def __init__(self, world: World, templates: Templates, root: Path) -> None:
        self._world = world
        self._root = root
        self._template = templates.central
        self._chance = world.chance("central")
        self._cuts = world.chance("central disk")
        self._clock = _Clock(world)
        self._lives = 0
        self._loop = asyncio.new_event_loop()
        self._central: InlineCentral | None = None
        self._next_root: Path | None = None
        self._backup: tuple[Path, set[Receipt]] | None = None
        self.issued: set[Receipt] = set()
        """Every receipt ever given out."""
        self.standing: set[Receipt] = set()
        """Those given out in the course of events that still counts."""
        self.offsets = {0.0}
        """By how much its clock has ever been off."""
        self.was_set_back = False
        self.disk: Disk
        ids = Ids(self._chance, world)
        self._central_world = CentralWorld(now=self._clock.now, new_id=ids, random=self._chance.randbytes)
        first = self._new_root()
        shutil.copytree(self._template, first)
        self._start(first)

    def _new_root(self) -> Path:
        self._lives += 1
        return self._root / f"central-{self._lives}"

    def _start(self, root: Path) -> None:
        self.disk = Disk(root, self._on_death)
        disk = self.disk
        with (
            patch.object(composition, "Store", lambda s, w: CentralStore(s, w, disk)),
            patch.object(composition, "Objects", lambda s, w, t: SparseObjects(s, w, t, disk)),
        ):
            self._central = InlineCentral(Settings(data=root), self._central_world)
        for upkeep in (
            self._central.uploads.sweep,
            self._central.missing.look,
            self._central.missing.collect,
        ):
            upkeep()
        self._app = create_app(self._central)

    @property
    def is_up(self) -> bool:
        return self._central is not None

    @property
    def real(self) -> InlineCentral:
        """The product's central, which must be up."""
        assert self._central is not None
        return self._central

    @property
    def offset_s(self) -> float:
        """How far central's clock is off."""
        return self._clock.offset_s

    @offset_s.setter
    def offset_s(self, seconds: float) -> None:
        self._clock.offset_s = seconds
        self.offsets.add(seconds)

    def desk(self) -> CentralDesk:
        """Where the office acts."""
        return CentralDesk(self.real.store, self._central_world, self._clock)

    def _on_death(self, cut: Cut) -> None:
        self._next_root = self._new_root()
        self.disk.image(self._next_root, cut, self._cuts, self._clock.now().timestamp())
        self._world.note("central", f"died by {cut.value}")
        self._world.count(f"central {cut.value}")

    def die(self, cut: Cut) -> None:
        """End now, in the middle of nothing."""
        if self.is_up:
            self.disk.die(cut)
            self.bury()

    def bury(self) -> None:
        """Let go of what a dead central held open."""
        central, self._central = self._central, None
        if central is not None:
            central.close()
            shutil.rmtree(self.disk.root, ignore_errors=True)

    def start_again(self) -> None:
        """Start on what the disk has kept."""
        if self.is_up or self._next_root is None:
            return
        root, self._next_root = self._next_root, None
        self._start(root)
        self._world.note("central", "started")

    def stop(self) -> None:
        """Stop in good order."""
        if self._central is not None:
            self.disk.unmount()
            self._central.close()
            self._central = None

    def back_up(self) -> None:
        """Keep a copy of everything, as it is now."""
        if not self.is_up:
            return
        if self._backup is not None:
            shutil.rmtree(self._backup[0])
        target = self._root / "backup"
        shutil.copytree(self.disk.root, target, ignore=shutil.ignore_patterns("*-shm"))
        self._backup = (target, set(self.standing))
        self._world.note("central", "backed up")

    def restore(self) -> bool:
        """Set back to the backup, as an operator does who copies the folder back; False without one."""
        if self._backup is None or not self.is_up:
            return False
        self._replace(self._backup[0])
        self.standing = set(self._backup[1])
        self._world.note("central", "restored")
        return True

    def empty(self) -> bool:
        """Begin anew with the city alone; every tablet has to be let in again."""
        if not self.is_up:
            return False
        self._replace(self._template, ".db")
        self.standing = set()
        self._world.note("central", "emptied")
        return True

    def lose_files(self, chance: random.Random) -> int:
        """Some files go from central's disk while it is stopped, and it is started again."""
        if not self.is_up:
            return 0
        root = self.disk.root
        self.stop()
        files = sorted(path for path in (root / "objects").glob("??/*") if path.is_file())
        lost = [path for path in files if chance.random() < 0.5]
        for path in lost:
            path.unlink()
        gone = {path.parent.name + path.name for path in lost}
        self.standing = {receipt for receipt in self.standing if receipt.sha256 not in gone}
        self._start(root)
        self._world.note("central", f"lost {len(lost)} files")
        return len(lost)

    def _replace(self, source: Path, fresh: str = "") -> None:
        old = self.disk.root
        self.was_set_back = True
        self.stop()
        shutil.rmtree(old)
        root = self._new_root()
        shutil.copytree(source, root)
        self._start(root)
        if fresh:
            with self.real.store.writing() as db:
                for table in ("device", "token", "token_nonce"):
                    db.execute(f"DELETE FROM {table}")
                epoch = self._chance.randbytes(8).hex()
                db.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (epoch,))
            self._again()

    def _again(self) -> None:
        root = self.disk.root
        self.stop()
        self._start(root)

    def handle(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        *,
        broken_off: bool = False,
    ) -> Answer:
        """Answer a request. ``broken_off``: the asker's connection ends after these bytes of the body.

        ``unreachable`` where central is down, or goes down over it.
        """
        if not self.is_up:
            raise RetryLater("unreachable")
        call = self._call(method, path, query, headers, body, broken_off)
        try:
            answer = self._loop.run_until_complete(call) if path.startswith(_WAITING) else _at_once(call)
        except Died:
            self.bury()
            raise RetryLater("unreachable", reason="died") from None
        self._remember(path, answer)
        return answer

    async def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        broken_off: bool,
    ) -> Answer:
        lines = {**{name.lower(): value for name, value in headers.items()}, "host": "central.test"}
        if not broken_off:
            lines["content-length"] = str(len(body))
        coming: list[dict[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": broken_off},
            {"type": "http.disconnect"},
        ]
        said: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if len(coming) == 1 and not broken_off:
                await asyncio.Event().wait()  # the asker waits for the answer
            return coming.pop(0) if len(coming) > 1 else coming[0]

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(query).encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
            "client": ("10.0.0.1", 1),
            "server": ("central.test", 443),
        }
        await self._app(scope, receive, send)  # type: ignore[arg-type]
        head = next((message for message in said if message["type"] == "http.response.start"), None)
        if head is None:
            raise RetryLater("unreachable", reason="broken off")
        pieces = [m.get("body", b"") for m in said if m["type"] == "http.response.body"]
        return Answer(
            int(head["status"]),
            {name.decode().lower(): value.decode() for name, value in head["headers"]},
            b"".join(pieces),
        )

    def _remember(self, path: str, answer: Answer) -> None:
        if answer.status != 200:
            return
        receipts: list[Receipt | None] = []
        if path == "/v1/push":
            receipts = [a.receipt for a in msgspec.json.decode(answer.body, type=PushReply).answers]
        elif path == "/v1/photos/offer":
            receipts = [a.receipt for a in msgspec.json.decode(answer.body, type=OfferReply).answers]
        given = {receipt for receipt in receipts if receipt is not None}
        self.issued |= given
        self.standing |= given

    def close(self) -> None:
        """Let go of everything."""
        self.stop()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()


def _at_once(call: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a coroutine that never has to wait, without the cost of an event loop."""
    try:
        call.send(None)
    except StopIteration as done:
        answer: Answer = done.value
        return answer
    finally:
        call.close()
    raise AssertionError("it waits for something")


def draw_cut(chance: random.Random) -> Cut:
    """Power cuts more often than kills."""
    return Cut.POWER if chance.random() < 0.7 else Cut.KILL
