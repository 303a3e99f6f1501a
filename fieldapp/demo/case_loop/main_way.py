"""The main way of a case: checked, opened, dispatched, worked offline, verified by another, closed."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.demo.case_loop.command import Command
from fieldapp.demo.case_loop.officer import OfficerAtWork
from fieldapp.demo.shift.entrance import Entrance
from fieldapp.demo.shift.link_thread import LinkThread

FIRST, FIRST_PIN = "G1001", "246810"
SECOND, SECOND_PIN = "G1002", "715842"


class MainWay:
    """One reported case; ``FIRST`` is signed in when it begins, ``SECOND`` when it ends."""

    def __init__(
        self,
        case_id: str,
        entrance: Entrance,
        officer: OfficerAtWork,
        command: Command,
        link: LinkThread,
        say: Callable[[str], None],
    ) -> None:
        self._case = case_id
        self._entrance = entrance
        self._at = officer
        self._hands = officer.hands
        self._command = command
        self._link = link
        self._say = say

    async def checked(self) -> None:
        """核实: command wants the report looked at on site before it is opened."""
        at, case = self._at, self._case
        await at.tasks("open")
        await at.album.take("inbox")
        await at.tasks("duty")
        await self._command.seen(
            self._hands, "a report to be checked", lambda: at.listed(case), "ask-check", case
        )
        await at.album.take("inbox-duty")
        await at.open(case, "checking")
        await at.with_form("confirm", "confirmed", photos=("scene",), note="情况属实。", picture="confirm")
        await at.all_sent()

    async def dispatched(self) -> None:
        """Opened and dispatched by command; the task appears by itself."""
        at, case = self._at, self._case
        await at.tasks("open")
        await self._command.does("open", case)
        await self._command.seen(
            self._hands, "a new task in the list", lambda: at.listed(case), "dispatch", case, "--to", FIRST
        )
        await at.album.take("appeared")
        await at.open(case, "task")
        await at.at_once("accept", "accepted", "accepted")

    async def handled_offline(self) -> None:
        """Arrived, handled and fed back without a network; sent when it returns."""
        at = self._at
        self._link.cut()
        self._say("the link is cut")
        await at.at_once("arrive", "arrived", "arrived-offline")
        await at.with_form(
            "handle", "handled", photos=("before", "after"), note="已清理完毕。", picture="handle"
        )
        await at.with_form("feed_back", "fed_back", picture="feed-back")
        self._link.mend()
        self._say("the link is back")
        await at.all_sent()
        await at.album.take("task-done")

    async def next_officer(self) -> None:
        """The tablet is handed over."""
        await self._entrance.sign_out()
        await self._entrance.sign_in(SECOND, SECOND_PIN)
        await self._entrance.fill()

    async def verified_and_closed(self) -> None:
        """核查 by somebody else than who handled it; then closed by command."""
        at, case = self._at, self._case
        await at.tasks("duty")
        await at.open(case, "to-verify")
        await at.with_form("verify", "verified", photos=("scene",), picture="verify")
        await at.all_sent()
        await self._command.seen(
            self._hands, "the case closed", lambda: at.state() == "closed", "close", case
        )
        await at.album.take("closed")
        kinds = ["confirm", "open", "dispatch", "accept", "arrive", "handle", "feed_back", "verify", "close"]
        self._command.expect(case, "closed", "ask_check", *kinds)
