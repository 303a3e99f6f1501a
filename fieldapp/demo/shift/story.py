"""The story of a shift, act by act, as an officer would live it."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.evidence import ShiftResult
from fieldapp.demo.shift.hands import Hands
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.shell import Shell
from sync.contract.records import Report

OFFICER, PIN = "G1001", "246810"
TRUCK = "粤BWK516"
FILL_S = 180.0
SLOW_BYTES_PER_S = 400_000.0


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
        say: Callable[[str], None],
    ) -> None:
        self._shell = shell
        self._hands = hands
        self._album = album
        self._central = central
        self._link = link
        self._photos = photos
        self._result = result
        self._say = say
        self.reports: list[Report] = []

    async def tell(self) -> None:
        """All acts in order."""
        acts: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("enrol", self._enrol),
            ("sign_in", self._sign_in),
            ("fill", self._fill),
            ("look_up", self._look_up),
        ]
        for name, act in acts:
            self._say(f"— {name}")
            began = time.monotonic()
            await act()
            self._result.durations[name] = round(time.monotonic() - began, 2)

    def _stage(self) -> str:
        return str(self._shell.session.property("stage"))

    async def _enrol(self) -> None:
        hands = self._hands
        await hands.find("enrol.server")
        await self._album.take("enrol")
        await hands.click("enrol.server.input")
        await hands.type(self._link.url)
        await hands.click("enrol.code.input")
        await hands.type(self._central.enrol_code())
        await hands.click("enrol.submit")
        await hands.find("signIn.officer")

    async def _sign_in(self) -> None:
        hands = self._hands
        await self._album.take("sign-in")
        await hands.click("signIn.officer.input")
        await hands.type(OFFICER)
        for digit in PIN:
            await hands.click(f"signIn.pin.key.{digit}")
        await hands.click("signIn.pin.submit")
        await hands.wait("signed in", lambda: self._stage() in ("fill", "open"))

    async def _fill(self) -> None:
        await self._hands.wait("the first fill", lambda: self._stage() == "open", FILL_S)
        await self._hands.find("workplace")

    async def _look_up(self) -> None:
        hands = self._hands
        await hands.click("rail.item.lookup")
        await hands.click("lookup.field.input")
        await hands.type(TRUCK)
        await hands.find("lookup.verdict")
        await self._album.take("lookup")
