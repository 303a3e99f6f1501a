"""The command desk on a played day: chief, dispatcher and leader over central's endpoints."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from fieldapp.demo.city_day.alerting import raise_alert
from fieldapp.demo.city_day.ground import Ground
from fieldapp.demo.officers import DemoOfficer
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import ASKS, DECIDES, LIFE_CYCLE, ActKind, CaseState
from sync.contract.tables import Row
from sync.remote.desk import DeskRemote

A, S = ActKind, CaseState
OVER = {S.CLOSED.value, S.VOID.value, S.WITHDRAWN.value}
USUAL: dict[CaseState, tuple[tuple[int, ActKind], ...]] = {
    S.REPORTED: ((3, A.ASK_CHECK), (7, A.OPEN), (1, A.VOID)),
    S.CONFIRMED: ((9, A.OPEN), (1, A.VOID)),
    S.OPENED: ((20, A.DISPATCH), (1, A.VOID)),
    S.RETURNED: ((8, A.DISPATCH), (2, A.ACCEPT_RETURN), (3, A.REFUSE_RETURN)),
    S.SUSPENDED: ((1, A.RESUME),),
    S.VERIFIED: ((1, A.CLOSE),),
    S.CLOSED: ((1, A.LEARN),),
}
"""What the desk does with a case in each state where it is its turn."""
IN_WORK = ((6, A.SUPERVISE), (3, A.GRANT_DELAY), (2, A.SUSPEND), (6, A.DISPATCH), (8, A.MESSAGE))
"""What it does now and then while somebody has the case; a new dispatch takes it from him."""
BUSY = (S.DISPATCHED, S.ACCEPTED, S.ARRIVED, S.HANDLED)


class Office:
    """Everybody at the desk. ``handlers`` are the officers with tablets, to whom cases go."""

    def __init__(
        self, server: str, authority: Path, officers: list[DemoOfficer], handlers: list[str], seed: int
    ) -> None:
        self._desks = {o.role: DeskRemote(server, authority, o.number, o.pin) for o in officers}
        self._handlers = handlers
        self._chance = random.Random(f"office {seed}")
        self.counts: Counter[str] = Counter()

    @property
    def chief(self) -> DeskRemote:
        """The chief's desk."""
        return self._desks["duty chief"]

    def work(self, share: float) -> None:
        """Decide on a share of what waits, now and then on what is being worked on."""
        for row in self.chief.cases():
            state = CaseState(str(row["state"]))
            if state in BUSY and self._chance.random() < share * 0.12:
                self._decide(row, IN_WORK)
            elif state in BUSY and row["asked"] and self._chance.random() < share:
                self._answer(row)
            elif state in USUAL and self._chance.random() < share * (0.1 if state is S.CLOSED else 1.0):
                self._decide(row, USUAL[state])

    def alert(self, ground: Ground) -> None:
        """The supervision side saw something."""
        raise_alert(self.chief, self._chance, ground)
        self.counts["alerts raised"] += 1

    def rule(self) -> int:
        """Rule on the work that was refused; answers how many were left to rule on."""
        clashes = self._desks["dispatcher"].clashes()
        for clash in clashes:
            kind = A.UPHOLD if clash.work and self._chance.random() < 0.6 else A.SET_ASIDE
            if not self._do(clash.case_id, kind, about=clash.act_id) and kind is A.UPHOLD:
                self._do(clash.case_id, A.SET_ASIDE, about=clash.act_id)
        return len(clashes)

    def close(self) -> None:
        """Let go."""
        for desk in self._desks.values():
            desk.close()

    def _decide(self, row: Row, choices: tuple[tuple[int, ActKind], ...]) -> None:
        kinds = [kind for kind in choices if kind[1] not in DECIDES or DECIDES[kind[1]] in _asked(row)]
        if not kinds:
            return
        kind = self._chance.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]
        self._do(str(row["case_id"]), kind)

    def _answer(self, row: Row) -> None:
        fitting = [kind for kind, asked in DECIDES.items() if asked.value == row["asked"]]
        self._do(str(row["case_id"]), self._chance.choice(fitting))

    def _do(self, case_id: str, kind: ActKind, about: str = "") -> bool:
        to_officer = self._chance.choice(self._handlers) if kind is A.DISPATCH else ""
        try:
            self._desk_for(kind).act(case_id, kind, note="指挥席意见", to_officer=to_officer, about=about)
        except (InputRefused, NeedsPerson) as refusal:
            self.counts[f"refused at the desk ({refusal.code})"] += 1
            return False
        self.counts[f"desk {kind.value}"] += 1
        return True

    def _desk_for(self, kind: ActKind) -> DeskRemote:
        roles = {role.value for role in LIFE_CYCLE[kind].roles}
        if kind is A.SUPERVISE:
            return self._desks["leader"]
        return self._desks["dispatcher" if "dispatcher" in roles else "duty chief"]


def _asked(row: Row) -> set[ActKind]:
    """What may be decided at will (more time, a suspension), and what only where it was asked for."""
    at_will = {A.ASK_DELAY, A.ASK_SUSPEND}
    return at_will | {asked for asked in ASKS.values() if asked.value == row["asked"]}
