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
    "note LIKE :{like} ESCAPE '!' OR address LIKE :{like} ESCAPE '!' OR plate LIKE :{like} ESCAPE '!' "
    "OR replace(case_id, '-', '') LIKE :{like} ESCAPE '!'"
)
_LAST_ACT = (
    "SELECT case_id, kind, coalesce(note, ''), coalesce(received_at, '') FROM case_act "
    "WHERE case_id IN ({marks}) AND standing = 'accepted' "
    "AND kind NOT IN ('message', 'read') ORDER BY act_order"
)


class Term(msgspec.Struct, frozen=True):
    """One word that is looked for: the ways it may be written, and the classes that are called so."""

    parts: tuple[str, ...]
    classes: tuple[str, ...] = ()


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
    terms: Iterable[Term],
    *,
    after: tuple[str, str] | None = None,
    limit: int,
) -> list[OwnCase]:
    """Cases an officer reported in which every term is found; all for no term.

    ``after``: the time and id of the last one read; they go on from there.
    """
    sql, values = question(officer_id, list(terms), after, limit)
    return [OwnCase(*(str(value or "") for value in row)) for row in db.execute(sql, values).fetchall()]


def question(
    officer_id: str, terms: list[Term], after: tuple[str, str] | None, limit: int
) -> tuple[str, dict[str, str | int]]:
    """How the replica is asked. The inner question is answered by the index ``city_case_own_text`` alone, so
    that no case is decrypted that is not shown."""
    values: dict[str, str | int] = {"officer": officer_id, "limit": limit}
    where = ["reporter = :officer", *(_holds(at, term, values) for at, term in enumerate(terms))]
    if after:
        where.append("(coalesce(reported_at, ''), case_id) < (:at, :id)")
        values["at"], values["id"] = after
    newest_first = "ORDER BY reported_at DESC, case_id DESC"
    sql = (
        f"SELECT {_COLUMNS} FROM city_case WHERE case_id IN (SELECT case_id FROM city_case "
        f"WHERE {' AND '.join(where)} {newest_first} LIMIT :limit) {newest_first}"
    )
    return sql, values


def _holds(at: int, term: Term, values: dict[str, str | int]) -> str:
    """Any way of writing a term, in any of the texts, or one of its classes."""
    found = []
    for number, part in enumerate(term.parts):
        name = f"like_{at}_{number}"
        safe = part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values[name] = f"%{safe}%"
        found.append(_PART.format(like=name))
    names = {f"class_{at}_{number}": code for number, code in enumerate(term.classes)}
    values.update(names)
    if names:
        found.append(f"class_code IN ({', '.join(f':{name}' for name in names)})")
    return f"({' OR '.join(found)})"


def last_acts(db: Database, case_ids: Iterable[str]) -> dict[str, LastAct]:
    """The last act central accepted, by case; a case nothing was done on is missing."""
    ids = list(case_ids)
    rows = db.execute(_LAST_ACT.format(marks=", ".join("?" * len(ids))), ids).fetchall() if ids else ()
    return {str(row[0]): LastAct(str(row[1]), str(row[2]), str(row[3])) for row in rows}
