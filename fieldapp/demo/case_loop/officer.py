"""An officer at the tasks page: every act by clicks, and each time a look at what is offered."""

from __future__ import annotations

from typing import Any

from PySide6.QtQuick import QQuickItem

from fieldapp.capture.desk import Desk
from fieldapp.demo.case_loop.evidence import LoopResult
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.hands import Hands, NotSeen
from fieldapp.shell import Shell
from sync.contract.lifecycle import LIFE_CYCLE, ActKind, CaseState, Role

SENT_S = 120.0
FORMS = frozenset({"handle", "feed_back", "self_handle", "confirm", "deny", "verify", "reject", "supplement"})
"""Acts with a page of their own; the others are asked for in a dialog."""


class OfficerAtWork:
    """Clicks in the window as the officer who is signed in."""

    def __init__(self, shell: Shell, hands: Hands, album: Album, result: LoopResult) -> None:
        self.shell = shell
        self.hands = hands
        self.album = album
        self._result = result

    async def tasks(self, which: str = "open") -> None:
        """The tasks page with a filter of one's choice."""
        await self.hands.click("rail.item.tasks")
        pages: Any = self.shell.pages
        filters = ["open", "duty", "done", "all"] if pages.tasks.duties else ["open", "done", "all"]
        await self.hands.click(f"tasks.filter.{filters.index(which)}")

    def listed(self, case_id: str) -> QQuickItem | None:
        """The case's row, where it is seen."""
        return self.hands.seen(f"tasks.row.{case_id}")

    async def open(self, case_id: str, picture: str = "") -> None:
        """Open a task."""
        await self.hands.click(f"tasks.row.{case_id}")
        await self.shows(case_id)
        await self._look(picture)

    async def shows(self, case_id: str) -> None:
        """Wait until a task is shown."""
        await self.hands.wait("the task opened", lambda: self._sheet().property("caseId") == case_id)

    async def at_once(self, kind: str, state: str, picture: str = "") -> None:
        """An act that needs no form; where the place is far, its reason is asked for and left empty."""
        far = kind == "arrive" and bool(self._sheet().property("far"))
        await self._begin(kind, primary=True)
        if far:
            await self.hands.find("tasks.reason.accept")
            await self._look("arrive-far" if picture else "")
            await self.hands.click("tasks.reason.note.0")
            await self.hands.click("tasks.reason.accept")
        await self.became(state)
        await self._look(picture)

    async def with_form(
        self, kind: str, state: str, *, photos: tuple[str, ...] = (), note: str = "", picture: str = ""
    ) -> None:
        """An act with a page of its own: photos by the camera, a note typed or a ready phrase."""
        hands = self.hands
        await self._begin(kind, primary=kind in ("handle", "feed_back", "confirm", "verify"))
        await hands.find("tasks.form.back")
        for side in photos:
            await hands.click(f"tasks.add.{side}")
            await hands.click("camera.shutter")
            await hands.find("tasks.camera.count")
            await self._look(f"{picture}-camera" if picture and side == "before" else "")
            await hands.click("tasks.camera.done")
            await hands.find(f"tasks.photo.{side}.0")
        if note:
            await hands.click("tasks.note.input")
            await hands.type(note)
        else:
            await hands.click("tasks.note.0")
        await self._look(f"{picture}-form" if picture else "")
        if {"before", "after"} <= set(photos) and picture:
            await self._compare(picture)
        await hands.click("tasks.submit")
        await self.became(state)
        await self._look(picture)

    async def with_reason(self, kind: str, state: str, picture: str = "", note: str = "") -> None:
        """An act that is asked for in a dialog, with a note typed or the first of the ready phrases."""
        await self._begin(kind, primary=False)
        if note:
            await self.hands.click("tasks.reason.note.input")
            await self.hands.type(note)
        else:
            await self.hands.click("tasks.reason.note.0")
        await self._look(f"{picture}-asked" if picture else "")
        await self.hands.click("tasks.reason.accept")
        await self.became(state)
        await self.hands.wait("the dialog closed", lambda: self.hands.seen("tasks.reason.accept") is None)
        await self._look(picture)

    async def take_back(self, state: str, picture: str = "") -> None:
        """Undo what was just done."""
        await self.hands.click("toast.action")
        await self.became(state)
        self._result.acts_clicked.append("withdraw")
        await self._look(picture)

    async def became(self, state: str) -> None:
        """Wait until the open task stands so, and the page takes acts again."""
        tasks: Any = self.shell.pages.tasks
        await self.hands.wait(
            f"the task {state}",
            lambda: self._sheet().property("caseState") == state and not tasks.property("settling"),
        )

    def told(self, fact: str) -> bool:
        """Whether the open task is told to be so."""
        return bool(self._sheet().property(fact))

    def state(self) -> str:
        """Where the open task stands."""
        return str(self._sheet().property("caseState"))

    async def all_sent(self) -> None:
        """Wait until the tablet's own store waits for nothing."""
        left: list[tuple[int, int]] = [(1, 1)]

        def job(desk: Desk) -> tuple[int, int]:
            return desk.work.outbox.pending()[0], desk.work.uploads.pending().bytes

        def sent() -> bool:
            if left[-1] == (0, 0):
                return True
            self.shell.reader.submit(job, left.append)
            return False

        await self.hands.wait("everything sent", sent, SENT_S)

    async def _begin(self, kind: str, *, primary: bool) -> None:
        await self.hands.wait(f"{kind} to be offered", lambda: kind in self.offered())
        self._check_offers()
        await self.hands.click("tasks.primary" if primary else f"tasks.side.{kind}")
        self._result.acts_clicked.append(kind)

    def offered(self) -> list[str]:
        """What the open task offers: the large button and the quiet ones."""
        sheet = self._sheet()
        return [kind for kind in (sheet.property("nextAct"), *sheet.property("sideActs")) if kind]

    def _check_offers(self) -> None:
        """Nothing is offered that this role may not do where the case stands."""
        role = Role(str(self.shell.session.property("officerRole")))
        state = CaseState(self.state())
        for kind in self.offered():
            rule = LIFE_CYCLE[ActKind(kind)]
            if role not in rule.roles or state not in rule.sources:
                raise NotSeen(f"only what {role.value} may do while {state.value}, but {kind} was offered")
        self._result.offers_checked += 1

    async def _compare(self, picture: str) -> None:
        await self.hands.click("tasks.compare.open")
        await self.hands.find("tasks.compare.slider")
        await self._look(f"{picture}-compare")
        await self.hands.click("tasks.compare.accept")
        await self.hands.wait(
            "the comparison closed", lambda: self.hands.seen("tasks.compare.slider") is None
        )

    async def _look(self, picture: str) -> None:
        if picture:
            await self.album.take(picture)

    def _sheet(self) -> Any:
        tasks: Any = self.shell.pages.tasks
        return tasks.sheet
