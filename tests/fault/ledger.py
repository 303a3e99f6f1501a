"""Which fault was run how often, with which seeds, and whether it was survived.

Every test marked with `faults` leaves one entry; what it really ran it tells by its tallies. A fault is
passed when every test marked with it passed and together they ran at least once.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from tests.fault.ledger_faults import FAULTS, NOT_RUN, PARTS_NOT_RUN

NO_TEST = "no test of it in this run"
NO_TALLY = "its tests told no runs"
FAILED = "failed before it told its runs"


class Tally(msgspec.Struct, frozen=True):
    """Something a test really ran, for these faults."""

    faults: tuple[int, ...]
    runs: int
    seeds: str = ""
    note: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One marked test: ``outcome`` is passed, failed or skipped, ``reason`` says why it was skipped."""

    test: str
    faults: tuple[int, ...]
    outcome: str
    reason: str = ""
    tallies: tuple[Tally, ...] = ()


class Row(msgspec.Struct, frozen=True, rename={"passed": "pass"}):
    """One fault as it is reported."""

    id: int
    name: str
    runs: int
    seeds: str
    passed: bool
    not_run: str


class Torture(msgspec.Struct, frozen=True):
    """The whole report."""

    commit: str
    faults: list[Row]


def note(ledger: Path, entry: Entry) -> None:
    """Write an entry into a ledger at once: what a later one says of the same test counts instead."""
    with ledger.open("ab") as file:
        file.write(msgspec.json.encode(entry) + b"\n")


def noted(ledger: Path) -> list[Entry]:
    """What a ledger says of each test in the end; a last line that was not finished counts for nothing."""
    whole = ledger.read_bytes().split(b"\n")[:-1]
    entries = [msgspec.json.decode(line, type=Entry) for line in whole]
    return list({entry.test: entry for entry in entries}.values())


def report(commit: str, entries: Iterable[Entry]) -> Torture:
    """All forty rows, whatever was run."""
    kept = list(entries)
    return Torture(commit, [_row(fault, kept) for fault in FAULTS])


def _row(fault: int, entries: list[Entry]) -> Row:
    mine = [entry for entry in entries if fault in entry.faults]
    tallies = [tally for entry in mine for tally in entry.tallies if fault in tally.faults]
    runs = sum(tally.runs for tally in tallies)
    seeds = ", ".join(dict.fromkeys(tally.seeds for tally in tallies if tally.seeds))
    passed = bool(mine) and runs > 0 and all(entry.outcome == "passed" for entry in mine)
    return Row(fault, FAULTS[fault], runs, seeds, passed, _not_run(fault, mine, runs))


def _not_run(fault: int, mine: list[Entry], runs: int) -> str:
    if not mine:
        return NOT_RUN.get(fault, NO_TEST)
    skipped = {entry.reason for entry in mine if entry.outcome == "skipped"}
    reasons = [f"skipped: {reason}" for reason in sorted(skipped)]
    if runs == 0 and any(entry.outcome == "failed" for entry in mine):
        reasons.insert(0, FAILED)
    elif runs == 0 and not skipped:
        reasons.append(NO_TALLY)
    if fault in PARTS_NOT_RUN:
        reasons.append(PARTS_NOT_RUN[fault])
    return "; ".join(reasons)


def failed(row: Row) -> bool:
    """Whether a fault was run and not survived."""
    return not row.passed and (row.runs > 0 or row.not_run.startswith(FAILED))


def table(rows: Iterable[Row]) -> list[str]:
    """The rows as lines for a terminal."""
    lines = [f"{'#':>3} {'runs':>9}  {'':<7} {'fault':<60} seeds"]
    for row in rows:
        verdict = "passed" if row.passed else "FAILED" if failed(row) else "not run"
        name = row.name if len(row.name) <= 60 else row.name[:59] + "…"
        seeds = row.seeds if len(row.seeds) <= 60 else row.seeds[:59] + "…"
        remark = f" ({row.not_run})" if row.not_run else ""
        lines.append(f"{row.id:>3} {row.runs:>9}  {verdict:<7} {name:<60} {seeds}{remark}".rstrip())
    return lines
