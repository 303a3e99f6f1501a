"""The story of a shift, act by act, as an officer would live it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.demo.case_loop.command import Command
from fieldapp.demo.case_loop.main_way import MainWay
from fieldapp.demo.case_loop.officer import OfficerAtWork
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.entrance import Entrance
from fieldapp.demo.shift.evidence import CutProof, ShiftResult
from fieldapp.demo.shift.hands import Hands, NotSeen
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.shell import Shell
from sync.contract.records import RecordType, Report
from sync.contract.wire import decode_record
from sync.control import ControlClient
from sync.replica.folder import DataFolder

OFFICER, PIN = "G1001", "246810"
TRUCK = "粤BWK516"
OTHER_CLASS = "01-36"
SYNC_S = 120.0
SLOW_BYTES_PER_S = 400_000.0
TASK_PICTURES = frozenset({"task", "handle-form", "task-done"})


class Progress(msgspec.Struct, frozen=True):
    """What the daemon told of one file."""

    record_id: str
    sha256: str
    sent: float
    total: float


class Story:
    """Plays the acts in order and keeps what is to be proved."""

    def __init__(
        self,
        shell: Shell,
        hands: Hands,
        album: Album,
        central: DemoCentral,
        link: LinkThread,
        photos: list[Path],
        result: ShiftResult,
        folder: DataFolder,
        say: Callable[[str], None],
    ) -> None:
        self._shell = shell
        self._hands = hands
        self._album = album
        self._central = central
        self._link = link
        self._photos = photos
        self._result = result
        self._folder = folder
        self._entrance = Entrance(shell, hands, album, central, link)
        self._say = say
        self.reports: list[Report] = []
        self._saved: list[str] = []
        self._progress: list[Progress] = []
        shell.pages.capture.saved.connect(self._saved.append)
        shell.link.progressed.connect(lambda *news: self._progress.append(Progress(*news)))

    async def tell(self) -> None:
        """All acts in order."""
        acts: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("enrol", self._entrance.enrol),
            ("sign_in", self._sign_in),
            ("fill", self._entrance.fill),
            ("look_up", self._look_up),
            ("reports_imported", self._import_reports),
            ("report_captured_and_cut", self._capture_and_cut),
            ("offline", self._live_offline),
            ("link_back", self._link_back),
            ("task", self._task),
            ("last_look", self._last_look),
        ]
        for name, act in acts:
            self._say(f"— {name}")
            began = time.monotonic()
            await act()
            self._result.durations[name] = round(time.monotonic() - began, 2)

    async def _sign_in(self) -> None:
        await self._entrance.sign_in(OFFICER, PIN)

    async def _look_up(self) -> None:
        hands = self._hands
        await hands.click("rail.item.lookup")
        await hands.settle()
        await self._album.take("lookup-empty")
        await hands.click("lookup.field.input")
        await hands.type(TRUCK)
        await hands.find("lookup.verdict")
        await self._album.take("lookup")

    async def _import_reports(self) -> None:
        """Two reports with imported photos; all that were given."""
        half = max(1, len(self._photos) // 2)
        await self._album_of("capture")
        for class_code, photos in (("03-11", self._photos[:half]), (OTHER_CLASS, self._photos[half:])):
            await self._new_report()
            await self._import(photos)
            await self._fill_form(class_code, f"路面积水,已设警示标志。共 {len(photos)} 张照片。")
            if class_code == "03-11":
                await self._album.take("capture-filled")
            await self._submit()
        await self._all_sent()

    async def _capture_and_cut(self) -> None:
        """A report with a photo taken here; the link goes while its original is on its way."""
        hands = self._hands
        await hands.click("rail.item.capture")
        await self._new_report()
        await hands.click("camera.shutter")
        await hands.wait("the photo saved", lambda: hands.seen("photos.0") is not None)
        await self._fill_form("03-11", "工地出口,车厢未盖严。𠮷字与表情 🚛 原样保留。")
        capture: Any = self._shell.pages.capture
        taken = capture.photos.photos()[0].photo
        most_of_it = sum(file.bytes for file in taken.files) - taken.original.bytes // 10
        self._link.limit(SLOW_BYTES_PER_S, crawl_after=most_of_it)  # never all, however late the cut comes
        self._progress.clear()
        await self._submit()
        original = self.reports[-1].photos[0].original
        await hands.wait("the photo half sent", lambda: self._middle(original.sha256) is not None, SYNC_S)
        cut_at = self._middle(original.sha256)
        self._link.cut()
        sent = 0 if cut_at is None else round(cut_at.sent)
        self._say(f"the link is cut: central had told of {sent:,} of {original.bytes:,} bytes")
        self._result.cut = CutProof(original.sha256, sent, 0, original.bytes)
        with ControlClient(self._folder) as daemon:
            pid = int(daemon.ask("hello")["pid"])
        os.kill(pid, signal.SIGKILL)
        self._result.daemon_killed_pid = pid
        self._say(f"the daemon (process {pid}) is killed")

    async def _live_offline(self) -> None:
        """What the person sees without a network, and a look-up that works all the same."""
        hands = self._hands
        await hands.wait("the banner", lambda: bool(self._shell.link_view.property("bannerShown")), SYNC_S)
        await hands.click("rail.item.outbox")
        await hands.wait("a state of the link", lambda: self._link_status() == "offline", SYNC_S)
        await self._album.take("outbox-offline")
        await hands.click("rail.item.lookup")
        await hands.find("lookup.verdict")

    async def _link_back(self) -> None:
        """The link returns; everything goes by itself, the photo from where it was."""
        hands = self._hands
        self._link.limit(0)
        self._link.mend()
        self._say("the link is back")
        await self._all_sent()
        sha256 = self._result.cut.sha256
        photos = self._central.ask("case", self.reports[-1].report_id)["photos"]
        resumed_at = max(int(photo["resumed_at"]) for photo in photos if photo["sha256"] == sha256)
        self._result.cut = msgspec.structs.replace(self._result.cut, resumed_at=resumed_at)
        self._say(f"central says that the photo went on from byte {resumed_at:,}")
        await hands.click("rail.item.outbox")
        await hands.settle(0.5)
        await self._album.take("outbox")

    async def _task(self) -> None:
        """Command has the first report checked, opened and dispatched; it is worked, verified and closed."""
        await self._album_of("tasks")
        command = Command(self._central, self._say)
        album, self._album.wanted = self._album, TASK_PICTURES
        officer = OfficerAtWork(self._shell, self._hands, album, self._result.loop)
        main = MainWay(self.reports[0].report_id, self._entrance, officer, command, self._link, self._say)
        for act in (main.checked, main.dispatched, main.handled_offline, main.next_officer):
            await act()
        await main.verified_and_closed()
        album.wanted = None
        self._result.loop.sightings = command.sightings
        self._result.loop.cases = command.proofs()
        self._result.tasks_done += all(case.good for case in self._result.loop.cases)

    async def _last_look(self) -> None:
        for page in ("map", "settings"):
            await self._album_of(page)
        await self._hands.click("settings.lock")
        await self._hands.find("lock.pin")
        await self._album.take("lock")

    async def _album_of(self, page: str) -> None:
        await self._hands.click(f"rail.item.{page}")
        await self._hands.settle(0.6)
        await self._album.take(page)

    async def _new_report(self) -> None:
        await self._hands.click("rail.item.capture")
        await self._hands.find("class")

    async def _import(self, photos: list[Path]) -> None:
        """Pick files in the app's own sheet; walking to the folder is the one thing not clicked."""
        hands = self._hands
        await hands.click("camera.import")
        await hands.find("importSheet.up")
        capture: Any = self._shell.pages.capture
        capture.picker.enter(str(photos[0].parent))
        for photo in photos:
            await hands.click(f"importSheet.item.{photo.name}")
        await hands.click("importSheet.accept")
        last = f"photos.{len(photos) - 1}"
        await hands.wait("the photos saved", lambda: hands.seen(last) is not None, SYNC_S)

    async def _fill_form(self, class_code: str, note: str) -> None:
        hands = self._hands
        await hands.click("class")
        await hands.click("classSheet.search.input")
        await hands.type(class_code)
        await hands.click(f"classSheet.found.{class_code}")
        await hands.click("note.input")
        await hands.type(note)

    async def _submit(self) -> None:
        """Submit and read back what was saved, from the tablet's own store."""
        before = len(self._saved)
        await self._hands.click("submit")
        await self._hands.wait("the report saved", lambda: len(self._saved) > before)
        record_id = self._saved[-1]
        read: list[Report] = []

        def job(desk: Desk) -> Report:
            entry = desk.work.outbox.entry(record_id)
            if entry is None:
                raise NotSeen(f"record {record_id} in the store")
            record = decode_record(RecordType.REPORT, entry.record.body)
            assert isinstance(record, Report)
            return record

        self._shell.reader.submit(job, read.append)
        await self._hands.wait("the report in the store", lambda: read)
        self.reports += read

    async def _all_sent(self) -> None:
        """Wait until the tablet's own store has a receipt for every record and every file."""
        left: list[tuple[int, int]] = [(1, 1)]

        def job(desk: Desk) -> tuple[int, int]:
            return desk.work.outbox.pending()[0], desk.work.uploads.pending().bytes

        def sent() -> bool:
            if left[-1] == (0, 0):
                return True
            self._shell.reader.submit(job, left.append)
            return False

        await self._hands.wait("everything sent", sent, SYNC_S)

    def _link_status(self) -> str:
        return self._shell.link.state.status

    def _middle(self, sha256: str) -> Progress | None:
        return next((p for p in self._news_of(sha256) if 0 < p.sent < p.total), None)

    def _news_of(self, sha256: str) -> list[Progress]:
        return [news for news in self._progress if news.sha256 == sha256]
