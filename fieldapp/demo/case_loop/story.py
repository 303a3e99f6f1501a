"""The story of a case: checked, opened, dispatched, worked without a network, verified by another, closed.

Around it the side ways: declined and given back, returned, taken back, more time, a suspension, a report that
is not so, and a case that was given to another while its officer was without a network.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fieldapp.demo.case_loop.command import Cast, Command
from fieldapp.demo.case_loop.evidence import LoopResult
from fieldapp.demo.case_loop.officer import OfficerAtWork
from fieldapp.demo.shift.entrance import Entrance
from fieldapp.demo.shift.link_thread import LinkThread

FIRST, FIRST_PIN = "G1001", "246810"
SECOND, SECOND_PIN = "G1002", "715842"
LINK_S = 120.0


class CaseLoop:
    """Plays the acts in order."""

    def __init__(
        self,
        entrance: Entrance,
        officer: OfficerAtWork,
        command: Command,
        link: LinkThread,
        cast: Cast,
        result: LoopResult,
        say: Callable[[str], None],
    ) -> None:
        self._entrance = entrance
        self._at = officer
        self._hands = officer.hands
        self._command = command
        self._link = link
        self._cast = cast
        self._result = result
        self._say = say

    async def tell(self) -> None:
        """All acts in order."""
        side_ways = [
            ("declined_and_returned", self._declined_and_returned),
            ("delayed_and_suspended", self._delayed_and_suspended),
            ("given_to_another", self._given_to_another),
        ]
        acts: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("way_in", self._way_in),
            ("checked", self._checked),
            ("dispatched", self._dispatched),
            ("handled_offline", self._handled_offline),
            *([] if self._result.short else side_ways),
            ("next_officer", self._next_officer),
            ("verified_and_closed", self._verified_and_closed),
            *([] if self._result.short else [("not_so", self._not_so)]),
        ]
        for name, act in acts:
            self._say(f"— {name}")
            began = time.monotonic()
            await act()
            self._result.durations[name] = round(time.monotonic() - began, 2)

    async def _way_in(self) -> None:
        await self._entrance.enrol()
        await self._entrance.sign_in(FIRST, FIRST_PIN)
        await self._entrance.fill()

    async def _checked(self) -> None:
        """核实: the report is looked at on site before it is opened."""
        at, main = self._at, self._cast.main
        await at.tasks("open")
        await at.album.take("inbox")
        await at.tasks("duty")
        await at.album.take("inbox-duty")
        await at.open(main, "checking")
        await at.with_form("confirm", "confirmed", photos=("scene",), note="情况属实。", picture="confirm")
        await at.all_sent()

    async def _dispatched(self) -> None:
        """Opened and dispatched by command; the task appears by itself."""
        at, main = self._at, self._cast.main
        await at.tasks("open")
        await self._command.does("open", main)
        await self._command.seen(
            self._hands, "a new task in the list", lambda: at.listed(main), "dispatch", main, "--to", FIRST
        )
        await at.album.take("appeared")
        await at.open(main, "dispatched")
        await at.at_once("accept", "accepted", "accepted")

    async def _handled_offline(self) -> None:
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
        await at.album.take("fed-back-sent")

    async def _declined_and_returned(self) -> None:
        """Declined, given back by command, accepted, taken back, accepted, returned, and that is granted."""
        at, case, hands = self._at, self._cast.returned, self._hands
        await at.tasks("all")
        await at.open(case)
        await at.with_reason("decline", "returned", "declined")
        await at.all_sent()
        await self._command.seen(
            hands,
            "the task given back",
            lambda: at.state() == "dispatched",
            *("refuse-return", case, "--note", "属于您的网格"),
        )
        await at.album.take("given-back")
        await at.at_once("accept", "accepted")
        await at.take_back("dispatched", "taken-back")
        await at.at_once("accept", "accepted")
        await at.at_once("arrive", "arrived", "arrived-far")
        await at.with_reason("return", "returned", "returned")
        await at.all_sent()
        await self._command.does("accept-return", case)
        self._command.expect(
            case, "returned", "decline", "refuse_return", "accept", "arrive", "return", "accept_return"
        )

    async def _delayed_and_suspended(self) -> None:
        """More time is asked for and granted; a suspension too, and it is taken up again."""
        at, case, hands = self._at, self._cast.delayed, self._hands
        await at.tasks("all")
        await at.open(case)
        await at.at_once("accept", "accepted")
        await at.with_reason("ask_delay", "accepted", "ask-delay")
        await at.all_sent()
        await self._command.seen(hands, "the delay granted", self._delayed, "grant-delay", case)
        await at.album.take("delay-granted")
        await at.with_reason("ask_suspend", "accepted", "ask-suspend")
        await at.all_sent()
        await self._command.seen(
            hands,
            "the task suspended",
            lambda: at.state() == "suspended",
            *("suspend", case, "--note", "涉及行政复议"),
        )
        await at.album.take("suspended")
        await self._command.seen(
            hands, "the task taken up again", lambda: at.state() == "accepted", "resume", case
        )
        await self._command.seen(
            hands, "a leader's eye on it", self._supervised, *("supervise", case, "--note", "请今天办结")
        )
        await at.album.take("supervised")
        self._command.expect(
            case,
            "accepted",
            "accept",
            "ask_delay",
            "grant_delay",
            "ask_suspend",
            "suspend",
            "resume",
            "supervise",
        )

    async def _given_to_another(self) -> None:
        """Accepted without a network while command gave it to another: refused, with the reason."""
        at, case, hands = self._at, self._cast.clashing, self._hands
        await at.tasks("open")
        await self._command.seen(
            hands, "another new task", lambda: at.listed(case), "dispatch", case, "--to", FIRST
        )
        await at.open(case)
        self._link.cut()
        await self._command.does("dispatch", case, "--to", SECOND)
        await at.at_once("accept", "accepted", "accepted-offline")
        self._link.mend()
        await hands.wait("the reason of the refusal", lambda: hands.seen("tasks.refusedBanner"), LINK_S)
        await hands.wait("the task reassigned", lambda: at.state() == "reassigned")
        await at.album.take("given-to-another")
        self._command.expect(case, "dispatched", "dispatch", "dispatch")

    async def _next_officer(self) -> None:
        await self._entrance.sign_out()
        await self._entrance.sign_in(SECOND, SECOND_PIN)
        await self._entrance.fill()

    async def _verified_and_closed(self) -> None:
        """核查 by somebody else than who handled it; then closed by command."""
        at, main = self._at, self._cast.main
        await at.tasks("duty")
        await at.open(main, "to-verify")
        await at.with_form("verify", "verified", photos=("scene",), picture="verify")
        await at.all_sent()
        await self._command.seen(
            self._hands, "the case closed", lambda: at.state() == "closed", "close", main
        )
        await at.album.take("closed")
        kinds = ["confirm", "open", "dispatch", "accept", "arrive", "handle", "feed_back", "verify", "close"]
        self._command.expect(main, "closed", *kinds)

    async def _not_so(self) -> None:
        """核实不属实: command asks for a check, and there is nothing to be seen on site."""
        at, case = self._at, self._cast.denied
        await at.tasks("duty")
        await self._command.seen(
            self._hands, "a report to be checked", lambda: at.listed(case), "ask-check", case
        )
        await at.open(case, "to-deny")
        await at.with_form("deny", "reported", photos=("scene",), picture="deny")
        await at.all_sent()
        self._command.expect(case, "reported", "ask_check", "deny")

    def _delayed(self) -> bool:
        return self._at.told("delayed")

    def _supervised(self) -> bool:
        return self._at.told("supervised")
