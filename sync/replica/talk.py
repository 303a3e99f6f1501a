"""Messages of cases as central told them: which concern an officer, and who has read how far."""

from __future__ import annotations

import msgspec

from sync.contract.tables import Row
from sync.replica.database import Database

_TALK = "kind IN ('message', 'read')"
_CASES = (
    "SELECT a.case_id, a.act_order, a.kind, a.officer_id, coalesce(a.note, ''), coalesce(a.received_at, ''), "
    "CASE a.kind WHEN 'read' THEN a.record ELSE '' END "
    f"FROM case_act a INDEXED BY case_act_talk JOIN city_case c ON c.case_id = a.case_id WHERE a.{_TALK} "
    "AND a.standing = 'accepted' AND (c.reporter = :officer OR c.assignee = :officer OR a.case_id IN "
    f"(SELECT case_id FROM case_act INDEXED BY case_act_talk WHERE {_TALK} AND officer_id = :officer)) "
    "ORDER BY a.case_id, a.act_order"
)


_PAGE = (
    "SELECT act_id, act_order, officer_id, note, done_at, received_at, standing, code, record "
    f"FROM case_act INDEXED BY case_act_talk WHERE case_id = ? AND {_TALK} AND kind = 'message' "
    "ORDER BY act_order DESC LIMIT ?"
)
_READERS = (
    "SELECT officer_id, max(json_extract(record, '$.seen_seq')) FROM case_act INDEXED BY case_act_talk "
    f"WHERE case_id = ? AND {_TALK} AND kind = 'read' AND standing = 'accepted' AND json_valid(record) "
    "GROUP BY officer_id"
)
_TAKEN_BACK = (
    "SELECT withdraws FROM case_act WHERE case_id = ? AND kind = 'withdraw' AND standing = 'accepted'"
)


_MASKING = (
    "SELECT record FROM case_act WHERE case_id = ? AND kind = 'supplement' AND standing = 'accepted' "
    "AND instr(record, '\"masks\"') ORDER BY act_order"
)


class Said(msgspec.Struct, frozen=True):
    """A message, or that somebody read all up to ``seen_seq``."""

    case_id: str
    order: int
    is_read: bool
    officer_id: str
    note: str
    received_at: str
    seen_seq: int


class _Seen(msgspec.Struct):
    seen_seq: int = 0


def talk_of(db: Database, officer_id: str) -> list[Said]:
    """Everything said on cases the officer reported, was given, or spoke on; by case, in order."""
    rows = db.execute(_CASES, {"officer": officer_id}).fetchall()
    return [
        Said(str(case_id), int(order), kind == "read", str(officer), str(note), str(at), seen_of(record))
        for case_id, order, kind, officer, note, at, record in rows
    ]


def newest_messages(db: Database, case_id: str, limit: int) -> list[Row]:
    """The newest messages of a case, oldest of them first."""
    names = (
        "act_id",
        "act_order",
        "officer_id",
        "note",
        "done_at",
        "received_at",
        "standing",
        "code",
        "record",
    )
    rows = db.execute(_PAGE, [case_id, limit]).fetchall()
    return [
        {"kind": "message", "to_officer": "", **dict(zip(names, row, strict=True))} for row in reversed(rows)
    ]


def readers(db: Database, case_id: str) -> dict[str, int]:
    """How far each officer has read a case."""
    return {str(officer): int(seen or 0) for officer, seen in db.execute(_READERS, [case_id]).fetchall()}


def taken_back(db: Database, case_id: str) -> frozenset[str]:
    """The acts of a case that were taken back."""
    return frozenset(str(row[0]) for row in db.execute(_TAKEN_BACK, [case_id]).fetchall())


def masking_records(db: Database, case_id: str) -> list[str]:
    """The bodies of acts that masked photos of a case, in order."""
    return [str(row[0]) for row in db.execute(_MASKING, [case_id]).fetchall()]


def seen_of(record: str) -> int:
    """How far an act's device had seen its case; 0 where the body does not say."""
    try:
        return msgspec.json.decode(record, type=_Seen).seen_seq if record else 0
    except msgspec.MsgspecError:
        return 0
