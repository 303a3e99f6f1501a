"""What the people with the tablets do: everything through the use cases that the window calls too.

Each turn draws a few things to do out of what the role does all day; what the tablet offers is asked first.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from fieldapp.capture.act import submit_act, view_case
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.messages import conversations, mark_read, send_message
from fieldapp.capture.photos import import_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import undo
from fieldapp.demo.city_day.alerting import answer_alert
from fieldapp.demo.city_day.ground import Ground, far_off, near
from fieldapp.demo.city_day.patrolling import walk
from fieldapp.demo.city_day.pictures import Pictures
from fieldapp.demo.city_day.tablet import DayTablet, attempt
from fieldapp.demo.city_day.visiting import make_visit
from sync.contract.lifecycle import LIFE_CYCLE, ActKind, CaseState, Role
from sync.contract.records import NOWHERE, PhotoRole, Place
from sync.contract.tables import Row

MAIN = (ActKind.ACCEPT, ActKind.ARRIVE, ActKind.HANDLE, ActKind.FEED_BACK)
SIDE = (ActKind.DECLINE, ActKind.RETURN, ActKind.ASK_DELAY, ActKind.ASK_SUSPEND)
CHECKS = (ActKind.CONFIRM, ActKind.DENY, ActKind.VERIFY, ActKind.REJECT)
AGREES = (ActKind.CONFIRM, ActKind.VERIFY)
PAIRED = (ActKind.HANDLE, ActKind.SELF_HANDLE)
TO_CHECK = (CaseState.CHECKING.value, CaseState.FED_BACK.value)
WORDS = (
    "现场已到位，情况属实。",
    "已清理完毕，请核查。",
    "需要机械，申请延时。",
    "不属于我单位职责。",
    "车厢未盖严，沿路撒漏。",
)
PATROL = "patrol"
Doing = Callable[[], None]


class Person:
    """The officer with one tablet, the ``place``-th of so many who look at cases on site."""

    def __init__(
        self, tablet: DayTablet, ground: Ground, pictures: Pictures, *, place: int, others: int
    ) -> None:
        self._tablet = tablet
        self._place, self._others = place, others
        self._chance = tablet.chance
        self._ground = ground
        self._pictures = pictures

    def turn(self, *, reports: int) -> None:
        """Make so many reports, and do a few other things."""
        for _ in range(reports):
            attempt(self._tablet, "report", self._report)
        role = self._tablet.desk.role
        doings: list[tuple[int, Doing]] = [(8, self._task), (1, self._talk), (1, self._take_back)]
        if role in (Role.GRID_WORKER, Role.INSPECTOR):
            doings += [(4, self._alerts), (8, self._check), (1, self._on_the_spot), (1, self._supplement)]
            doings.append((1, self._patrol))
        if role is Role.INSPECTOR:
            doings.append((1, self._visit))
        weights = [weight for weight, _ in doings]
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            self._chance.choices(doings, weights)[0][1]()

    def _report(self) -> None:
        desk, chance = self._tablet.desk, self._chance
        body = DraftBody(
            class_code=chance.choice(self._ground.classes),
            note=chance.choice(WORDS),
            place=self._ground.somewhere(chance),
            plate=chance.choice(("", "", "粤BWK516")),
        )
        draft_id = start_draft(desk, body=body)
        for _ in range(chance.choice((1, 1, 2))):
            import_photo(desk, draft_id, self._picture())
        submit_report(desk, draft_id)

    def _task(self) -> None:
        """The next step of a task of one's own, or asking for something."""
        mine = [row for row in self._tablet.desk.work.tasks.cases(self._tablet.officer.number)]
        self._one_of(mine, MAIN, SIDE)

    def _check(self) -> None:
        """Look at something on site: before it is opened, or after it was handled."""
        desk, me = self._tablet.desk, self._tablet.officer.number
        waiting = [row for row in desk.work.tasks.cases_in(TO_CHECK) if row["assignee"] != me]
        near = [row for row in waiting if self._is_near(str(row["case_id"]))]
        waiting = near if self._chance.random() < 0.95 else waiting
        self._one_of(waiting, AGREES, CHECKS)

    def _is_near(self, case_id: str) -> bool:
        """Whether this officer is one of the few who pass by there."""
        return random.Random(case_id).randrange(self._others) == self._place

    def _on_the_spot(self) -> None:
        """Handled by who reported it, before anybody opened it."""
        desk, me = self._tablet.desk, self._tablet.officer.number
        own = [r for r in desk.work.tasks.cases_in([CaseState.REPORTED.value]) if r["reporter"] == me]
        self._one_of(own, (ActKind.SELF_HANDLE,), ())

    def _one_of(self, rows: list[Row], usual: tuple[ActKind, ...], other: tuple[ActKind, ...]) -> None:
        if not rows:
            return
        row = self._chance.choice(rows)
        offered = view_case(self._tablet.desk, str(row["case_id"])).offered
        wanted = [kind for kind in offered if kind in usual]
        if not wanted or self._chance.random() < 0.12:
            wanted = [kind for kind in offered if kind in other] or wanted
        if wanted:
            self._act(row, self._chance.choice(wanted))

    def _act(self, row: Row, kind: ActKind) -> None:
        attempt(self._tablet, kind.value, lambda: self._submit(row, kind))

    def _submit(self, row: Row, kind: ActKind) -> None:
        desk, chance, case_id = self._tablet.desk, self._chance, str(row["case_id"])
        draft_id = ""
        if LIFE_CYCLE[kind].needs_photo or (kind is ActKind.VERIFY and chance.random() < 0.3):
            draft = begin_act(desk, case_id, kind)
            ensure_act(desk, draft)
            draft_id = draft.draft_id
            for role in self._roles(kind):
                import_photo(desk, draft_id, self._picture(), role=role)
        note = chance.choice(WORDS) if LIFE_CYCLE[kind].needs_note or chance.random() < 0.3 else ""
        minutes = chance.choice((60, 240, 480)) if kind is ActKind.ASK_DELAY else 0
        submit_act(
            desk, case_id, kind, note=note, place=self._here(row, kind), draft_id=draft_id, minutes=minutes
        )

    def _roles(self, kind: ActKind) -> tuple[PhotoRole, ...]:
        """Before and after; now and then one side was forgotten."""
        if kind not in PAIRED:
            return (PhotoRole.SCENE,)
        if self._chance.random() < 0.12:
            self._tablet.counts["photo pairs with one side missing"] += 1
            return (PhotoRole.AFTER,)
        return (PhotoRole.BEFORE, PhotoRole.AFTER)

    def _here(self, row: Row, kind: ActKind) -> Place:
        lon, lat = row["lon"], row["lat"]
        if not isinstance(lon, float) or not isinstance(lat, float) or self._chance.random() < 0.1:
            self._tablet.counts["acts without a position"] += 1
            return NOWHERE
        here = near(lon, lat, self._chance)
        if kind is ActKind.ARRIVE and self._chance.random() < 0.1:
            self._tablet.counts["positions 50 km off"] += 1
            return far_off(here)
        return here

    def _supplement(self) -> None:
        open_cases = self._tablet.desk.work.tasks.cases_in([CaseState.OPENED.value, CaseState.ACCEPTED.value])
        self._one_of(open_cases, (ActKind.SUPPLEMENT,), ())

    def _talk(self) -> None:
        """Read what command wrote, and say something on a case of one's own."""
        desk = self._tablet.desk
        unread = next((talk.case_id for talk in conversations(desk) if talk.unread), "")
        if unread:
            attempt(self._tablet, "read", lambda: mark_read(desk, unread))
            return
        mine = desk.work.tasks.cases(self._tablet.officer.number)
        if mine:
            case_id = str(self._chance.choice(mine)["case_id"])
            attempt(self._tablet, "message", lambda: send_message(desk, case_id, self._chance.choice(WORDS)))

    def _take_back(self) -> None:
        entries = self._tablet.desk.work.outbox.entries(limit=6)
        if entries and self._chance.random() < 0.4:
            record = self._chance.choice(entries).record
            attempt(self._tablet, "taken back", lambda: undo(self._tablet.desk, record.record_id))

    def _alerts(self) -> None:
        answer_alert(self._tablet, self._chance, self._ground)

    def _patrol(self) -> None:
        attempt(self._tablet, PATROL, lambda: walk(self._tablet.desk, self._chance, self._ground))

    def _visit(self) -> None:
        attempt(self._tablet, "visit", lambda: make_visit(self._tablet.desk, self._chance, self._ground))

    def _picture(self) -> Path:
        self._tablet.counts["photos"] += 1
        return self._pictures.new(self._chance)
