"""One's own reports among the city's cases, newest first, by part of what is in them.

LIKE, because two Chinese characters are too few for a trigram index and the reports of one officer are few.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.replica.database import Database

_COLUMNS = (
    "case_id, state, class_code, coalesce(note, ''), coalesce(address, ''), coalesce(plate, ''), "
    "coalesce(reported_at, '')"
)
_PART = (
    "(note LIKE :like ESCAPE '!' OR address LIKE :like ESCAPE '!' OR plate LIKE :like ESCAPE '!' "
    "OR replace(case_id, '-', '') LIKE :like ESCAPE '!'{classes})"
)
_LAST_ACT = (
    "SELECT case_id, kind, coalesce(note, ''), coalesce(received_at, '') FROM case_act "
    "WHERE case_id IN ({marks}) AND standing = 'accepted' "
    "AND kind NOT IN ('message', 'read') ORDER BY act_order"
)


class OwnCase(msgspec.Struct, frozen=True):
    """A report of one's own as central tells it. Its time and id are its place in the list."""

    case_id: str
    state: str
    class_code: str
    note: str
    address: str
    plate: str
    reported_at: str


class LastAct(msgspec.Struct, frozen=True):
    """What was done on a case last."""

    kind: str
    note: str
    received_at: str


def own_cases(
    db: Database,
    officer_id: str,
    part: str,
    classes: Iterable[str],
    *,
    after: tuple[str, str] | None = None,
    limit: int,
) -> list[OwnCase]:
    """Cases an officer reported that hold ``part`` or are of one of the classes; all for no part.

    ``after``: the time and id of the last one read; they go on from there.
    """
    sql, values = question(officer_id, part, list(classes), after, limit)
    return [OwnCase(*(str(value or "") for value in row)) for row in db.execute(sql, values).fetchall()]


def question(
    officer_id: str, part: str, classes: list[str], after: tuple[str, str] | None, limit: int
) -> tuple[str, dict[str, str | int]]:
    """How the replica is asked. The inner question is answered by the index ``city_case_own_text`` alone, so
    that no case is decrypted that is not shown."""
    safe = part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    names = {f"class_{at}": code for at, code in enumerate(classes)}
    in_classes = f" OR class_code IN ({', '.join(f':{name}' for name in names)})" if names else ""
    where = ["reporter = :officer"]
    if part:
        where.append(_PART.format(classes=in_classes))
    if after:
        where.append("(coalesce(reported_at, ''), case_id) < (:at, :id)")
    newest_first = "ORDER BY reported_at DESC, case_id DESC"
    sql = (
        f"SELECT {_COLUMNS} FROM city_case WHERE case_id IN (SELECT case_id FROM city_case "
        f"WHERE {' AND '.join(where)} {newest_first} LIMIT :limit) {newest_first}"
    )
    at, case_id = after or ("", "")
    values: dict[str, str | int] = {
        "officer": officer_id,
        "like": f"%{safe}%",
        "limit": limit,
        "at": at,
        "id": case_id,
        **names,
    }
    return sql, values


def last_acts(db: Database, case_ids: Iterable[str]) -> dict[str, LastAct]:
    """The last act central accepted, by case; a case nothing was done on is missing."""
    ids = list(case_ids)
    rows = db.execute(_LAST_ACT.format(marks=", ".join("?" * len(ids))), ids).fetchall() if ids else ()
    return {str(row[0]): LastAct(str(row[1]), str(row[2]), str(row[3])) for row in rows}
