"""Plates with one error: just those that an exhaustive scan finds, however odd, after changes too."""

import sqlcipher3.dbapi2 as driver
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from sync.contract.tables import COMPANY, PERMIT, create_statements
from sync.replica.plate_search import PlateSearch
from sync.replica.search_schema import create_search

CLOSE = "粤赣B08DO1I5S2Z挂"
PLATE = st.text(st.sampled_from(CLOSE), min_size=1, max_size=8)
ODD = st.characters(exclude_categories=("Cs",), exclude_characters="\0\U0010ffff")
ANY = st.text(ODD, min_size=1, max_size=9)
PLATES = st.sets(PLATE | ANY, max_size=60)


def replica(plates: set[str]) -> Database:
    db = Database(driver.connect(":memory:", isolation_level=None))
    for statement in (*create_statements(PERMIT), *create_statements(COMPANY)):
        db.execute(statement)
    add(db, plates)
    create_search(db)
    return db


def add(db: Database, plates: set[str], turn: str = "a") -> None:
    rows = [(f"{turn}{at}-{again}", plate) for at, plate in enumerate(sorted(plates)) for again in range(2)]
    db.conn.executemany("INSERT INTO permit (permit_id, plate) VALUES (?, ?)", rows)


def scan(plates: set[str], typed: str) -> list[str]:
    return sorted(plate for plate in plates if Levenshtein.distance(plate, typed) == 1)


@settings(max_examples=150, deadline=None)
@given(PLATES, PLATE | ANY)
@example({"粤B12345", "粤B1234", "粤B123456", "粤B12354", "B12345"}, "粤B12345")
def test_one_error_finds_what_a_scan_finds(plates: set[str], typed: str) -> None:
    search = PlateSearch(replica(plates))

    assert sorted(search.within_one(typed)) == scan(plates, typed)


@settings(max_examples=150, deadline=None)
@given(PLATES, PLATE)
def test_beginnings_with_one_error_lead_to_every_plate_that_so_begins(plates: set[str], typed: str) -> None:
    search = PlateSearch(replica(plates))
    starts = [typed, *(other.text for other in search.one_error(typed))]

    found = {plate for start in starts for plate in search.starting(start, "", 1000)}

    assert found == {
        plate
        for plate in plates
        if any(Levenshtein.distance(plate[:end], typed) <= 1 for end in range(len(plate) + 1))
    }


@settings(max_examples=60, deadline=None)
@given(PLATES, PLATES, PLATES, PLATE)
def test_changes_keep_the_index_right(held: set[str], come: set[str], go: set[str], typed: str) -> None:
    db = replica(held)
    add(db, come, "b")
    for plate in go:
        db.execute("DELETE FROM permit WHERE plate = ?", [plate])
    db.execute("UPDATE permit SET plate = 'X' || plate WHERE permit_id LIKE 'b%'")
    now = {str(row[0]) for row in db.execute("SELECT plate FROM permit").fetchall()}
    search = PlateSearch(db)

    assert set(search.starting("", "", 1000)) == now
    assert sorted(search.within_one(typed)) == scan(now, typed)
    part = typed[:3]
    if len(part) == 3:
        held_parts = {plate for _, plate in search.containing(part, "粤B", True, 0, 1000)}
        held_parts |= {plate for _, plate in search.containing(part, "粤B", False, 0, 1000)}
        assert held_parts == {plate for plate in now if part in plate[2:]}
    db.execute("INSERT INTO truck_part (truck_part) VALUES ('integrity-check')")
