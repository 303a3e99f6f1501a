"""What is read with every verdict is read by an index."""

from pathlib import Path

from sync.replica.database import migrate, open_database
from sync.replica.own_cases import Term, question
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


def test_own_reports_are_looked_through_without_reading_a_case(tmp_path: Path) -> None:
    db = open_database(tmp_path / "work.db", key=KEY)
    migrate(db, WORK_MIGRATIONS, WORK_SCHEMA)
    asked, values = question(
        "G1001", [Term(("撒漏",), ("03-11",)), Term(("a", "b"))], ("2026-11-20", "x"), 60
    )
    plan = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {asked}", values).fetchall()]
    db.close()
    assert any("COVERING INDEX city_case_own_text" in step for step in plan)
    assert not any(step.startswith("SCAN city_case") for step in plan)
