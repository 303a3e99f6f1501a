"""What finds a truck by some of its plate, and a company by some of its name.

``truck`` holds each plate that a permit names, in plate order where it was built at once; ``truck_part`` is a
trigram index over what follows province and letter. Both lie in the reference database, are built once where
the snapshot is made, and are kept right by triggers on ``permit``: a change that leaves the plate alone costs
nothing, and a truck's second permit one probe.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.replica.database import Database

SERIAL_FROM = 3
"""Where the serial begins in a plate, counted from 1: after province and letter."""

TRIGRAM = 3
"""Characters from which a part can be asked of a trigram index."""

_FTS = "content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1'"
_WORDS = (
    "upper(coalesce({0}.name, '')) || char(10) || coalesce({0}.initials, '') || char(10) "
    "|| coalesce({0}.credit_code, '')"
)
_ADD = (
    f"INSERT INTO firm_part (rowid, words) SELECT id, {_WORDS.format('new')} "
    "FROM firm WHERE company_id = new.company_id;"
)
_DROP = (
    f"INSERT INTO firm_part (firm_part, rowid, words) SELECT 'delete', id, {_WORDS.format('old')} "
    "FROM firm WHERE company_id = old.company_id;"
)
_COMPANIES = (
    "CREATE TABLE firm (id INTEGER PRIMARY KEY, company_id TEXT NOT NULL UNIQUE)",
    "INSERT INTO firm (company_id) SELECT company_id FROM company",
    f"CREATE VIRTUAL TABLE firm_part USING fts5 (words, {_FTS})",
    f"INSERT INTO firm_part (rowid, words) SELECT f.id, {_WORDS.format('c')} "
    "FROM firm AS f JOIN company AS c ON c.company_id = f.company_id",
    "INSERT INTO firm_part (firm_part) VALUES ('optimize')",
    "CREATE TRIGGER company_comes AFTER INSERT ON company BEGIN "
    f"INSERT INTO firm (company_id) VALUES (new.company_id); {_ADD} END",
    "CREATE TRIGGER company_goes AFTER DELETE ON company BEGIN "
    f"{_DROP} DELETE FROM firm WHERE company_id = old.company_id; END",
    "CREATE TRIGGER company_changes AFTER UPDATE OF name, initials, credit_code ON company BEGIN "
    f"{_DROP} {_ADD} END",
)
_TABLES = (
    "CREATE TABLE truck (id INTEGER PRIMARY KEY, plate TEXT NOT NULL)",
    "INSERT INTO truck (plate) SELECT DISTINCT plate FROM permit WHERE plate IS NOT NULL ORDER BY plate",
    "CREATE UNIQUE INDEX truck_by_plate ON truck (plate)",
    f"CREATE VIRTUAL TABLE truck_part USING fts5 (serial, {_FTS})",
    f"INSERT INTO truck_part (rowid, serial) SELECT id, substr(plate, {SERIAL_FROM}) FROM truck",
    "INSERT INTO truck_part (truck_part) VALUES ('optimize')",
)
_COMES = "INSERT OR IGNORE INTO truck (plate) VALUES (new.plate);"
_GOES = (
    "DELETE FROM truck WHERE plate = old.plate AND NOT EXISTS (SELECT 1 FROM permit WHERE plate = old.plate);"
)
_TRIGGERS = (
    f"CREATE TRIGGER permit_comes AFTER INSERT ON permit WHEN new.plate IS NOT NULL BEGIN {_COMES} END",
    f"CREATE TRIGGER permit_goes AFTER DELETE ON permit BEGIN {_GOES} END",
    "CREATE TRIGGER permit_moves AFTER UPDATE OF plate ON permit WHEN new.plate IS NOT old.plate "
    f"BEGIN {_GOES} INSERT OR IGNORE INTO truck (plate) SELECT new.plate WHERE new.plate IS NOT NULL; END",
    "CREATE TRIGGER truck_comes AFTER INSERT ON truck BEGIN "
    f"INSERT INTO truck_part (rowid, serial) VALUES (new.id, substr(new.plate, {SERIAL_FROM})); END",
    "CREATE TRIGGER truck_goes AFTER DELETE ON truck BEGIN "
    "INSERT INTO truck_part (truck_part, rowid, serial) "
    f"VALUES ('delete', old.id, substr(old.plate, {SERIAL_FROM})); END",
)


def has_search(db: Database) -> bool:
    """Whether the whole of it is there; it is made in one transaction, its last trigger last."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'truck_goes'").fetchone() is not None


def create_search(db: Database) -> None:
    """Build it over the rows that are there. Inside a transaction, after the tables' own indexes."""
    for statement in (*_COMPANIES, *_TABLES, *_TRIGGERS):
        db.execute(statement)


def trigrams(part: str) -> str:
    """A question for what has every run of three characters of ``part``, in whatever order."""
    return " AND ".join(_quoted(part[at : at + TRIGRAM]) for at in range(len(part) - TRIGRAM + 1))


def any_of(terms: Iterable[str]) -> str:
    """A question for what has one of these runs of three characters."""
    return " OR ".join(map(_quoted, terms))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
