"""Finding companies by part of their name, by the initials of its pinyin, and by credit code.

Three characters or more are asked of a trigram index; fewer, which many companies have, of every row.
"""

from __future__ import annotations

import msgspec

from sync.replica.database import Database
from sync.replica.search_schema import TRIGRAM, trigrams

CODE_PART = 4
"""Characters of a credit code from which any part of it is asked for, not only its beginning."""

_FIND = """
SELECT rank, company_id, name, credit_code FROM (
  SELECT company_id, coalesce(name, '') AS name, credit_code, CASE
    WHEN upper(name) = :part OR credit_code = :part THEN 0
    WHEN substr(upper(name), 1, :length) = :part THEN 1
    WHEN :ascii AND substr(initials, 1, :length) = :part THEN 2
    WHEN instr(upper(name), :part) THEN 3
    WHEN :ascii AND substr(credit_code, 1, :length) = :part THEN 4
    WHEN :ascii AND instr(initials, :part) THEN 5
    WHEN :ascii AND :length >= :code_part AND instr(credit_code, :part) THEN 6
  END AS rank
  FROM company
  WHERE {candidates}
) WHERE rank IS NOT NULL AND (rank, length(name), name, company_id) > (:rank, :size, :name, :company_id)
ORDER BY rank, length(name), name, company_id LIMIT :limit
"""
_SCAN = "name LIKE :like ESCAPE '!' OR (:ascii AND (instr(initials, :part) OR instr(credit_code, :part)))"
_INDEX = (
    "company_id IN (SELECT f.company_id FROM firm_part AS p JOIN firm AS f ON f.id = p.rowid "
    "WHERE p.firm_part MATCH :match)"
)


class CompanyFound(msgspec.Struct, frozen=True):
    """A company that was found, and how well: 0 is best. It is its own place in the list."""

    rank: int = -1
    company_id: str = ""
    name: str = ""
    credit_code: str = ""


FROM_THE_FIRST = CompanyFound()


def find_companies(db: Database, part: str, after: CompanyFound, limit: int) -> list[CompanyFound]:
    """Companies after one in the order of how well they fit, shorter names first."""
    sql = _FIND.format(candidates=_INDEX if len(part) >= TRIGRAM else _SCAN)
    safe = part.upper().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    values = {
        "part": part.upper(),
        "like": f"%{safe}%",
        "match": trigrams(part.upper()),
        "length": len(part.upper()),
        "ascii": int(part.isascii()),
        "code_part": CODE_PART,
        "rank": after.rank,
        "size": len(after.name),
        "name": after.name,
        "company_id": after.company_id,
        "limit": limit,
    }
    return [
        CompanyFound(int(rank), str(company_id), str(name or ""), str(code or ""))
        for rank, company_id, name, code in db.execute(sql, values).fetchall()
    ]
