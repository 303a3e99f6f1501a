"""What is read with every verdict is read by an index."""

from pathlib import Path

from sync.replica.database import migrate, open_database
from sync.replica.work_schema import WORK_MIGRATIONS, WORK_SCHEMA
from tests.contract.tablet import KEY


def test_recent_cases_of_a_truck_are_read_by_an_index_in_their_order(tmp_path: Path) -> None:
    db = open_database(tmp_path / "work.db", key=KEY)
    migrate(db, WORK_MIGRATIONS, WORK_SCHEMA)
    asked = "SELECT case_id FROM city_case WHERE plate = ? ORDER BY reported_at DESC LIMIT 5"
    plan = str(db.execute(f"EXPLAIN QUERY PLAN {asked}", ["粤B12345"]).fetchall())
    db.close()
    assert "city_case_by_plate" in plan
    assert "TEMP B-TREE" not in plan
