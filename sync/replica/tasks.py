"""An officer's tasks read in few queries, however many there are: cases, dispatch times, own unjudged acts.

Case bodies and act bodies of others are left where they lie: a list of thousands must not decrypt them.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.contract.tables import CITY_CASE, Row
from sync.replica.cases_near import (
    CaseNear,
    classes_around,
    open_cases_in,
    open_cases_of_cell,
)
from sync.replica.database import Database
from sync.replica.handlers import ANYWHERE, Ground, handlers_of, more_cases_than
from sync.replica.outbox import Facts, ItemState
from sync.replica.own_cases import LastAct, OwnCase, Term, last_acts, own_cases
from sync.replica.talk import Said, masking_records, newest_messages, readers, taken_back, talk_of

TASK_COLUMNS = tuple(name for name in CITY_CASE.column_names if name != "record")
_CASE = ", ".join(TASK_COLUMNS)


class UnsettledAct(msgspec.Struct, frozen=True):
    """An act made on this device that central has not judged yet, or has refused, or whose answer got lost.

    ``judged``: central lists it among the case's acts, so that its effect is in the case's row already.
    """

    act_id: str
    case_id: str
    officer_id: str
    body: str
    withdrawn_by: str
    state: ItemState
    code: str
    facts: Facts
    judged: bool


class GivenAway(msgspec.Struct, frozen=True):
    """To whom a case was given, when central took that, and the act's order at central."""

    to_officer: str
    at: str
    order: int


_ACT = (
    "r.record_id, r.case_id, r.officer_id, r.body, r.withdrawn_by, o.state, o.code, o.facts, "
    "a.act_id IS NOT NULL"
)
_UNSETTLED = (
    f"SELECT {_ACT} FROM record r JOIN outbox o ON o.op_id = r.record_id "
    "LEFT JOIN case_act a ON a.act_id = r.record_id "
    "WHERE r.record_type = 'act' AND (o.state <> 'sent' OR a.act_id IS NULL)"
)


class TaskRows:
    """Reads only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def cases(self, officer_id: str) -> list[Row]:
        """Cases dispatched to an officer, without the reports' bodies."""
        rows = self._db.execute(f"SELECT {_CASE} FROM city_case WHERE assignee = ?", [officer_id])
        return [dict(zip(TASK_COLUMNS, row, strict=True)) for row in rows.fetchall()]

    def cases_in(self, states: Iterable[str]) -> list[Row]:
        """Cases that stand in one of these states, whoever they are dispatched to."""
        wanted = list(states)
        marks = ", ".join("?" * len(wanted))
        rows = self._db.execute(f"SELECT {_CASE} FROM city_case WHERE state IN ({marks})", wanted)
        return [dict(zip(TASK_COLUMNS, row, strict=True)) for row in rows.fetchall()]

    def case(self, case_id: str) -> Row | None:
        """One case, whoever it is dispatched to, without the report's body."""
        row = self._db.execute(f"SELECT {_CASE} FROM city_case WHERE case_id = ?", [case_id]).fetchone()
        return None if row is None else dict(zip(TASK_COLUMNS, row, strict=True))

    def open_cases_in(
        self, west: float, south: float, east: float, north: float, limit: int
    ) -> list[CaseNear]:
        """Open cases in a box of degrees, the newest first."""
        return open_cases_in(self._db, west, south, east, north, limit)

    def open_cases_of_cell(self, grid_cell: str, limit: int) -> list[CaseNear]:
        """Open cases of a grid cell, the newest first."""
        return open_cases_of_cell(self._db, grid_cell, limit)

    def classes_around(self, community: str) -> dict[str, int]:
        """How many cases of each class a community has had."""
        return classes_around(self._db, community)

    def handlers_of(self, class_code: str, ground: Ground = ANYWHERE) -> dict[str, int]:
        """How many cases of a class, or of one within it, each officer was given there."""
        return handlers_of(self._db, class_code, ground)

    def more_cases_than(self, area: str, limit: int) -> bool:
        """Whether more cases than so many lie in cells whose code begins with ``area``."""
        return more_cases_than(self._db, area, limit)

    def own_cases(
        self,
        officer_id: str,
        terms: Iterable[Term],
        *,
        after: tuple[str, str] | None = None,
        limit: int,
    ) -> list[OwnCase]:
        """Cases an officer reported, newest first, by words of what is in them."""
        return own_cases(self._db, officer_id, terms, after=after, limit=limit)

    def last_acts(self, case_ids: Iterable[str]) -> dict[str, LastAct]:
        """The last act central accepted, by case."""
        return last_acts(self._db, case_ids)

    def talk_of(self, officer_id: str) -> list[Said]:
        """Everything said on cases that concern an officer."""
        return talk_of(self._db, officer_id)

    def newest_messages(self, case_id: str, limit: int) -> list[Row]:
        """The newest messages of a case, oldest of them first."""
        return newest_messages(self._db, case_id, limit)

    def readers(self, case_id: str) -> dict[str, int]:
        """How far each officer has read a case."""
        return readers(self._db, case_id)

    def taken_back(self, case_id: str) -> frozenset[str]:
        """The acts of a case that were taken back."""
        return taken_back(self._db, case_id)

    def masking_records(self, case_id: str) -> list[str]:
        """The bodies of acts that masked photos of a case, in order."""
        return masking_records(self._db, case_id)

    def dispatches(self, officer_id: str) -> tuple[dict[str, str], set[str]]:
        """When central last dispatched each case, by case, and which were ever given to this officer.

        One plain scan, far cheaper than grouping.
        """
        times: dict[str, str] = {}
        given = set()
        rows = self._db.execute(
            "SELECT case_id, received_at, to_officer FROM case_act WHERE kind = 'dispatch'"
            " AND standing = 'accepted'"
        )
        for case_id, at, to_officer in rows.fetchall():
            times[case_id] = max(at, times.get(case_id, ""))
            if to_officer == officer_id:
                given.add(case_id)
        return times, given

    def dispatched_at(self, case_id: str) -> str:
        """When central last dispatched a case, or ""."""
        row = self._db.execute(
            "SELECT max(received_at) FROM case_act WHERE case_id = ? AND kind = 'dispatch' "
            "AND standing = 'accepted'",
            [case_id],
        ).fetchone()
        return str(row[0] or "")

    def was_given_to(self, case_id: str, officer_id: str) -> bool:
        """Whether central ever dispatched a case to this officer."""
        row = self._db.execute(
            "SELECT 1 FROM case_act WHERE case_id = ? AND kind = 'dispatch' AND to_officer = ? "
            "AND standing = 'accepted'",
            [case_id, officer_id],
        ).fetchone()
        return row is not None

    def given_away(self, case_id: str, officer_id: str) -> GivenAway | None:
        """How a case that was dispatched to this officer was given to another; None where it was not."""
        row = self._db.execute(
            "SELECT to_officer, received_at, act_order FROM case_act WHERE case_id = ?1"
            " AND standing = 'accepted' AND kind IN ('dispatch', 'uphold') AND to_officer <> ?2"
            " AND act_order > (SELECT max(act_order) FROM case_act WHERE case_id = ?1"
            " AND standing = 'accepted' AND kind = 'dispatch' AND to_officer = ?2)"
            " ORDER BY act_order LIMIT 1",
            [case_id, officer_id],
        ).fetchone()
        return None if row is None else GivenAway(str(row[0] or ""), str(row[1] or ""), int(row[2] or 0))

    def files_waiting(self) -> dict[str, int]:
        """How many files of acts have not gone, by case."""
        rows = self._db.execute(
            "SELECT r.case_id, count(*) FROM upload u JOIN record r ON r.record_id = u.record_id "
            "WHERE u.state <> 'sent' AND r.record_type = 'act' GROUP BY r.case_id"
        )
        return {str(case_id): int(count) for case_id, count in rows.fetchall()}

    def unsettled_acts(self) -> list[UnsettledAct]:
        """Acts made on this device that still matter to where a case stands, in device order."""
        return self._acts(f"{_UNSETTLED} ORDER BY r.device_seq", [])

    def unsettled_acts_of(self, case_id: str) -> list[UnsettledAct]:
        """The same of one case."""
        return self._acts(f"{_UNSETTLED} AND r.case_id = ? ORDER BY r.device_seq", [case_id])

    def _acts(self, query: str, values: list[str]) -> list[UnsettledAct]:
        return [_unsettled(row) for row in self._db.execute(query, values).fetchall()]


def _unsettled(row: tuple[str, ...]) -> UnsettledAct:
    act_id, case_id, officer_id, body, withdrawn_by, state, code, facts, judged = row
    told = msgspec.json.decode(facts, type=Facts)
    where = ItemState(state)
    return UnsettledAct(act_id, case_id, officer_id, body, withdrawn_by, where, code, told, bool(judged))
