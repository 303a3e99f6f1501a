"""Command at the other end: ``fieldapp-central`` in a process of its own, while the window draws on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from fieldapp.demo.case_loop.evidence import CaseProof, Sighting
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.hands import Hands

SEEN_S = 60.0


class Cast(msgspec.Struct, frozen=True):
    """The demo city's cases that the story is about; ``place`` is where the main one lies."""

    main: str
    returned: str
    delayed: str
    denied: str
    clashing: str
    own: str
    place: tuple[float, float]


class Command:
    """Decides, and keeps how soon each decision was seen."""

    def __init__(self, central: DemoCentral, say: Callable[[str], None]) -> None:
        self._central = central
        self._say = say
        self.sightings: list[Sighting] = []
        self._wanted: dict[str, tuple[str, list[str]]] = {}

    def cast(self) -> Cast:
        """Pick the cases from what the city was seeded with."""
        cases = self._central.ask("cases", "--limit", "100")["cases"]

        def first(state: str, assignee: str, number: int = 0) -> str:
            fits = [c for c in cases if c["state"] == state and (c["assignee"] or "") == assignee]
            return str(fits[number]["case_id"])

        main = next(str(c["case_id"]) for c in cases if c["state"] == "reported" and c["reporter"] == "G1004")
        told = self._central.ask("case", main)["case"]
        return Cast(
            main=main,
            returned=first("dispatched", "G1001", 1),
            delayed=first("dispatched", "G1001", 0),
            denied=first("checking", ""),
            clashing=first("opened", ""),
            own=next(
                str(c["case_id"]) for c in cases if c["state"] == "reported" and c["reporter"] == "G1001"
            ),
            place=(float(told["lon"]), float(told["lat"])),
        )

    async def does(self, *arguments: str) -> dict[str, Any]:
        """One command."""
        self._say("fieldapp-central " + " ".join(arguments))
        return await asyncio.to_thread(self._central.ask, *arguments)

    async def seen(self, hands: Hands, what: str, holds: Callable[[], object], *arguments: str) -> None:
        """One command, and the time until what it changes can be seen."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        answered: list[float] = []

        async def decide() -> None:
            await self.does(*arguments)
            answered.append(loop.time() - began)

        deciding = asyncio.ensure_future(decide())
        await hands.wait(what, holds, SEEN_S)
        seen_s = loop.time() - began
        await deciding
        one = Sighting(arguments[0], what, round(answered[0], 3), round(seen_s, 3))
        self._say(
            f"seen: {what}, {one.seen_s:.2f} s after the call, {one.after_answer_s:.2f} s after the answer"
        )
        self.sightings.append(one)

    def expect(self, case_id: str, state: str, *acts: str) -> None:
        """What a case shall be in the end: its state, and acts that its history holds."""
        self._wanted[case_id] = (state, list(acts))

    def proofs(self) -> list[CaseProof]:
        """What central says of the cases."""
        return [self._proof(case_id, *wanted) for case_id, wanted in self._wanted.items()]

    def _proof(self, case_id: str, wanted: str, acts: list[str]) -> CaseProof:
        told = self._central.ask("case", case_id)
        there = [str(act["kind"]) for act in told["acts"] if act["standing"] == "accepted"]
        missing = [kind for kind in set(acts) if there.count(kind) < acts.count(kind)]
        return CaseProof(case_id, str(told["case"]["state"]), wanted, there, missing)
