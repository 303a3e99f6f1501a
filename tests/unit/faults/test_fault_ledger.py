"""The ledger of faults: what counts as survived, and what a run leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fault.ledger import FAILED, NO_TALLY, NO_TEST, Entry, Row, Tally, noted, report, table
from tests.fault.ledger_faults import FAULTS, LATER

PROJECT = Path(__file__).resolve().parents[3]


def entry(
    name: str, outcome: str = "passed", runs: int | None = 10, reason: str = "", fault: int = 4
) -> Entry:
    told = () if runs is None else (Tally((fault,), runs, f"{name}: 0..{runs}"),)
    return Entry(name, (fault,), outcome, reason, told)


def row_of(*entries: Entry, fault: int = 4) -> Row:
    rows = report("abc", entries).faults
    assert [row.id for row in rows] == list(range(1, 41))
    return rows[fault - 1]


def test_runs_of_all_tests_of_a_fault_are_added_and_their_seeds_named() -> None:
    row = row_of(entry("a", runs=10), entry("b", runs=5))

    assert (row.runs, row.seeds, row.passed, row.not_run) == (15, "a: 0..10, b: 0..5", True, "")


def test_one_failed_test_makes_its_fault_not_passed() -> None:
    assert not row_of(entry("a"), entry("b", "failed")).passed


def test_tests_that_told_no_tally_pass_nothing() -> None:
    row = row_of(entry("a", runs=None))

    assert (row.passed, row.not_run) == (False, NO_TALLY)


def test_a_skipped_test_is_told_with_its_reason_and_passes_nothing() -> None:
    row = row_of(entry("a"), entry("b", "skipped", None, "no such device"))

    assert (row.passed, row.not_run) == (False, "skipped: no such device")


def test_rows_without_a_test_say_why() -> None:
    rows = report("abc", []).faults

    assert {row.not_run for row in rows} == {NO_TEST, LATER}
    assert [row.id for row in rows if row.not_run == LATER] == [26, 27, *range(33, 40)]
    assert not any(row.passed for row in rows)


def test_a_tally_for_one_of_two_faults_counts_for_that_one_alone() -> None:
    both = Entry("a", (4, 5), "passed", "", (Tally((4,), 3),))

    assert row_of(both).passed
    assert row_of(both, fault=5).not_run == NO_TALLY


def test_the_table_says_what_failed_and_what_was_not_run() -> None:
    text = table([row_of(entry("a", "failed")), row_of(fault=26)])

    assert "FAILED" in text[1]
    assert text[2].endswith(f"({LATER})")


MARKED = """
import pytest

@pytest.mark.faults(1, 2)
def test_told(tally, long_form, seed_count):
    tally(runs=seed_count or 7, seeds="0..6", note=f"long form {long_form}")

@pytest.mark.faults(2)
def test_failing(tally):
    tally(runs=1)
    assert False

@pytest.mark.faults(3)
def test_silent():
    pass

def test_unmarked():
    pass
"""


def run_marked(folder: Path, *options: str, text: str = MARKED) -> subprocess.CompletedProcess[str]:
    (folder / "test_marked.py").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.fault.ledger_plugin",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, f"--rootdir={folder}", "-c", "/dev/null", *options, str(folder / "test_marked.py")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


DYING = """
import os
import pytest

@pytest.mark.faults(1)
def test_passes(tally):
    tally(runs=5)

@pytest.mark.faults(2)
def test_takes_the_process_with_it(tally):
    tally(runs=5)
    os._exit(139)

@pytest.mark.faults(3)
def test_comes_after_it(tally):
    tally(runs=5)
"""


def test_what_a_process_that_died_had_begun_counts_as_failed_and_what_it_had_done_stays(
    tmp_path: Path,
) -> None:
    ledger = tmp_path / "ledger"
    assert run_marked(tmp_path, "--ledger", str(ledger), text=DYING).returncode == 139

    entries = noted(ledger)
    assert [entry.outcome for entry in entries] == ["passed", "failed", "failed"]
    rows = report("", entries).faults
    assert [(row.runs, row.passed, row.not_run) for row in rows[:2]] == [(5, True, ""), (0, False, FAILED)]
    assert "FAILED" in table(rows[1:2])[1]
    ledger.write_bytes(ledger.read_bytes()[:-9])
    assert len(noted(ledger)) == 3, "a line that was not finished counts for nothing"


def test_a_run_leaves_a_ledger_of_which_a_report_and_a_table_are_made(tmp_path: Path) -> None:
    ledger, out = tmp_path / "ledger", tmp_path / "torture.json"

    ran = run_marked(tmp_path, "--torture", "--seeds", "9", "--ledger", str(ledger))
    assert "1 failed, 3 passed" in ran.stdout, ran.stdout + ran.stderr
    assert "long form True" in ran.stdout

    made = [sys.executable, "-m", "tests.fault.ledger_report", "--out", str(out), str(ledger)]
    told = subprocess.run(made, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert told.returncode == 1, "a fault was run and not survived"
    rows = {row["id"]: row for row in json.loads(out.read_text(encoding="utf-8"))["faults"]}
    assert (rows[1]["runs"], rows[1]["seeds"], rows[1]["pass"]) == (9, "0..6", True)
    assert (rows[2]["runs"], rows[2]["pass"]) == (10, False)
    assert (rows[3]["runs"], rows[3]["not_run"]) == (0, NO_TALLY)

    tool = [sys.executable, str(PROJECT / "build" / "tools" / "faults_table.py"), str(out)]
    assert subprocess.run([*tool, "--check"], check=False).returncode == 0
    readme = tmp_path / "README.md"
    readme.write_text(
        "before\n<!-- faults: begin -->\nstale\n<!-- faults: end -->\nafter\n", encoding="utf-8"
    )
    subprocess.run([*tool, "--readme", str(readme)], check=True)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "| 2 | " in text
    assert "stale" not in text


def test_an_unknown_fault_number_stops_the_run(tmp_path: Path) -> None:
    ran = run_marked(tmp_path, text="import pytest\n@pytest.mark.faults(41)\ndef test_it(): pass\n")

    assert "no such fault" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"runs": 0, "pass": True}, "passed without a run"),
        ({"runs": 0, "pass": False, "not_run": ""}, "no reason"),
    ],
)
def test_a_report_of_the_wrong_shape_is_refused(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    rows = [{"id": n, "name": FAULTS[n], "runs": 1, "seeds": "", "pass": True, "not_run": ""} for n in FAULTS]
    rows[0] |= change
    out = tmp_path / "torture.json"
    out.write_text(json.dumps({"commit": "abc", "faults": rows}), encoding="utf-8")

    tool = [sys.executable, str(PROJECT / "build" / "tools" / "faults_table.py"), str(out), "--check"]
    told = subprocess.run(tool, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert complaint in told.stderr
