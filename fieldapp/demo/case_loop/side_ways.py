"""The side ways: declined, given back, taken back, returned, delayed, suspended, reassigned, not so."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.demo.case_loop.command import Cast, Command
from fieldapp.demo.case_loop.main_way import FIRST, SECOND
from fieldapp.demo.case_loop.officer import OfficerAtWork
from fieldapp.demo.shift.link_thread import LinkThread

LINK_S = 120.0


class SideWays:
    """Each on a case of its own."""

    def __init__(
        self,
        cast: Cast,
        officer: OfficerAtWork,
        command: Command,
        link: LinkThread,
        say: Callable[[str], None],
    ) -> None:
        self._cast = cast
        self._at = officer
        self._hands = officer.hands
        self._command = command
        self._link = link
        self._say = say

    async def declined_and_returned(self) -> None:
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

    async def delayed_and_suspended(self) -> None:
        """More time is asked for and granted; a suspension too, and it is taken up again."""
        at, case, hands = self._at, self._cast.delayed, self._hands
        await at.tasks("all")
        await at.open(case)
        await at.at_once("accept", "accepted")
        await at.with_reason("ask_delay", "accepted", "ask-delay")
        await at.all_sent()
        await self._command.seen(hands, "the delay granted", lambda: at.told("delayed"), "grant-delay", case)
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
            hands,
            "a leader's eye on it",
            lambda: at.told("supervised"),
            *("supervise", case, "--note", "请今天办结"),
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

    async def given_to_another(self) -> None:
        """Accepted without a network while command gave it to another: refused, with the reason."""
        at, case, hands = self._at, self._cast.clashing, self._hands
        await at.tasks("open")
        await self._command.seen(
            hands, "another new task", lambda: at.listed(case), "dispatch", case, "--to", FIRST
        )
        await at.open(case)
        self._link.cut()
        self._say("the link is cut")
        await self._command.does("dispatch", case, "--to", SECOND)
        await at.at_once("accept", "accepted", "accepted-offline")
        self._link.mend()
        self._say("the link is back")
        await hands.wait("the reason of the refusal", lambda: hands.seen("tasks.refusedBanner"), LINK_S)
        await hands.wait("the task reassigned", lambda: at.state() == "reassigned")
        await at.album.take("given-to-another")
        self._command.expect(case, "dispatched", "dispatch", "dispatch")

    async def handled_on_the_spot(self) -> None:
        """自处理: what was reported is put right by its reporter, from the page of his reports."""
        at, case = self._at, self._cast.own
        await self._hands.click("rail.item.reports")
        await self._hands.click(f"reports.row.{case}")
        await self._hands.find("reports.case")
        await at.album.take("own-report")
        await self._hands.click("reports.case")
        await at.shows(case)
        await at.with_form("self_handle", "fed_back", photos=("before", "after"), picture="self-handle")
        await at.all_sent()

    async def learned(self) -> None:
        """复盘: whoever had to do with a closed case writes down what was learned."""
        await self._at.with_reason("learn", "closed", "learn", note="夜间加派一组即可避免。")
        await self._at.all_sent()
        self._command.expect(self._cast.main, "closed", "verify", "close", "learn")

    async def not_done(self) -> None:
        """核查不通过: another finds that what was handled on the spot is not done; it is a report again."""
        at, case = self._at, self._cast.own
        await at.tasks("duty")
        await at.open(case)
        await at.with_form("reject", "reported", photos=("scene",), picture="reject")
        await at.all_sent()
        self._command.expect(case, "reported", "self_handle", "reject")

    async def not_so(self) -> None:
        """核实不属实: there is nothing to be seen on site."""
        at, case = self._at, self._cast.denied
        await at.tasks("duty")
        await at.open(case, "to-deny")
        await at.with_form("deny", "reported", photos=("scene",), picture="deny")
        await at.all_sent()
        self._command.expect(case, "reported", "ask_check", "deny")
