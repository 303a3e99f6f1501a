"""What dangles after a scenario: a file without a row, but not what a killed process was just writing."""

from typing import Any

from tests.fault.history import History, compare

SHA = "5c" + 62 * "0"


def found(*files: str) -> dict[str, Any]:
    tablet = {name: [] for name in ("checks", "reference", "records", "uploads", "photos", "sides")}
    central = {
        name: [] for name in ("checks", "operations", "cases", "objects", "wanted", "uploads", "parts")
    }
    return {
        "tablet": {**tablet, "files": {name: SHA for name in files}, "derived": {}},
        "central": {**central, "files": {}, "epoch": "e"},
    }


def test_a_file_of_no_row_dangles() -> None:
    assert compare(History(), found(f"5c/{SHA}.jpg")) == [f"5c/{SHA}.jpg: a file of no row on the tablet"]


def test_what_a_killed_process_was_writing_is_swept_at_the_next_start_and_does_not_dangle() -> None:
    assert compare(History(), found(f"5c/.{SHA}.jpg.1fn1g6l_.part")) == []
