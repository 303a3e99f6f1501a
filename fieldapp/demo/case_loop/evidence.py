"""What a case loop proves: how soon a decision of command was seen, and where each case stands at central."""

from __future__ import annotations

import msgspec

LIMIT_S = 2.0


class Sighting(msgspec.Struct, frozen=True):
    """A command, and when what it changed was seen in the window.

    ``command_s``: from the call to its answer. ``seen_s``: from the call until it was seen. A command commits
    before it answers: the true wait lies between ``after_answer_s`` and ``seen_s``.
    """

    command: str
    seen: str
    command_s: float
    seen_s: float

    @property
    def after_answer_s(self) -> float:
        """Seconds between the answer and the sight; 0 where it was seen before."""
        return max(0.0, self.seen_s - self.command_s)


class CaseProof(msgspec.Struct, frozen=True):
    """A case's state and acts at central, and what the story says they are."""

    case_id: str
    state: str
    wanted: str
    acts: list[str]
    missing: list[str]

    @property
    def good(self) -> bool:
        """Where it should be, with every act that was done."""
        return self.state == self.wanted and not self.missing


class LoopResult(msgspec.Struct):
    """``OUT/case-loop.json``."""

    commit: str = ""
    ok: bool = False
    short: bool = False
    acts_clicked: list[str] = []
    sightings: list[Sighting] = []
    cases: list[CaseProof] = []
    offers_checked: int = 0
    durations: dict[str, float] = {}
    problems: list[str] = []
    shots: int = 0

    def lines(self) -> list[str]:
        """The proof in words, a line each."""
        seen = [
            f"`{one.command}` → {one.seen}: {one.seen_s:.2f} s after the call,"
            f" {one.after_answer_s:.2f} s after the answer"
            f" ({'met' if one.after_answer_s <= LIMIT_S else 'NOT MET'}, limit {LIMIT_S:g} s)"
            for one in self.sightings
        ]
        cases = [
            f"case {one.case_id[-8:]}: {one.state} ({', '.join(one.acts)})"
            + ("" if one.good else f" NOT as it should be: {one.wanted}, missing {one.missing}")
            for one in self.cases
        ]
        counted = (
            f"{len(self.acts_clicked)} acts clicked of {len(set(self.acts_clicked))} kinds;"
            f" {self.offers_checked} times what was offered was compared with the life cycle"
        )
        return [*seen, *cases, counted]
