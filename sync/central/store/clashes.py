"""Clashes (撞单): acts that stand refused beside their cases until the desk rules on them.

What the same officer did on the same case belongs together: one clash, named by the last act of it.
"""

from __future__ import annotations

import msgspec

from sync.central.store.ledger import find_case
from sync.central.store.store import Store
from sync.contract.clash import REFUSED, WORK
from sync.contract.errors import NeedsPerson
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.replica.database import Database

_UNDECIDED = (
    "SELECT a.act_id, a.case_id, a.kind, a.officer_id, coalesce(a.note, ''), a.done_at, a.received_at,"
    " a.code,"
    " (SELECT count(DISTINCT f.slot) FROM file_ref f WHERE f.record_id = a.act_id),"
    " c.class_code, c.state, coalesce(c.assignee, '')"
    " FROM case_act a JOIN city_case c ON c.case_id = a.case_id WHERE a.standing = ?"
)


class ClashingAct(msgspec.Struct, frozen=True):
    """One act that was refused."""

    act_id: str
    kind: str
    note: str
    done_at: str
    received_at: str
    code: str
    photos: int


class Clash(msgspec.Struct, frozen=True):
    """What one officer did on a case that central could not take. ``act_id`` is what a ruling names;
    ``work``: something was done on the spot, which can be upheld."""

    act_id: str
    case_id: str
    short_id: str
    class_code: str
    state: str
    assignee: str
    officer_id: str
    work: bool
    acts: list[ClashingAct]


class ClashPage(msgspec.Struct, frozen=True):
    """Clashes nobody has ruled on, the longest waiting first."""

    clashes: list[Clash]
    more: bool = False


class Clashes:
    """Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, limit: int) -> ClashPage:
        """The clashes that wait for the desk."""
        with self._store.reading() as db:
            found = _clashes(db, "")
        return ClashPage(found[:limit], len(found) > limit)

    def only_one(self, case: str) -> str:
        """The act a ruling on this case must be about, when there is but one clash on it."""
        with self._store.reading() as db:
            case_id = find_case(db, case)
            found = _clashes(db, case_id)
        if len(found) != 1:
            raise NeedsPerson("ruling_ambiguous" if found else "no_clash", case=short_id(case_id))
        return found[0].act_id


def _clashes(db: Database, case_id: str) -> list[Clash]:
    where, values = (" AND a.case_id = ?", [case_id]) if case_id else ("", [])
    rows = db.execute(f"{_UNDECIDED}{where} ORDER BY a.act_order", [REFUSED, *values]).fetchall()
    by_whom: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for row in rows:
        by_whom.setdefault((row[1], row[3]), []).append(row)
    return [_clash(together) for together in by_whom.values()]


def _clash(rows: list[tuple[object, ...]]) -> Clash:
    acts = [
        ClashingAct(str(r[0]), str(r[2]), str(r[4]), str(r[5]), str(r[6]), str(r[7]), int(str(r[8])))
        for r in rows
    ]
    worked = [act for act in acts if ActKind(act.kind) in WORK]
    _, case_id, _, officer_id, *_, class_code, state, assignee = rows[0]
    return Clash(
        act_id=(worked or acts)[-1].act_id,
        case_id=str(case_id),
        short_id=short_id(str(case_id)),
        class_code=str(class_code),
        state=str(state),
        assignee=str(assignee),
        officer_id=str(officer_id),
        work=bool(worked),
        acts=acts,
    )
