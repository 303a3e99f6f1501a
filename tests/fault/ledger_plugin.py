"""What tests about faults share: the mark, the tally, long form and number of seeds, the table at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.fault.ledger import Entry, Tally, note, report, table
from tests.fault.ledger_faults import FAULTS

ONLY_MARKED = ("gui", "e2e", "unit", "contract")
CUT_SHORT = "the process of the tests ended in the middle of this file"


class Teller(Protocol):
    """Tells what a test really ran; for all faults of its mark, or some of them."""

    def __call__(
        self, *, runs: int, seeds: str = "", note: str = "", faults: tuple[int, ...] = ()
    ) -> None: ...


class Keeper:
    """Collects what marked tests told and how they ended."""

    def __init__(self, ledger: Path | None) -> None:
        self.tallies: dict[str, list[Tally]] = {}
        self.entries: dict[str, Entry] = {}
        self._ledger = ledger
        self._begun: set[Path] = set()

    def begin(self, item: pytest.Item) -> None:
        """Say of all tests of a file that they were not finished, until they are: the process may die."""
        if item.path not in self._begun:
            self._begun.add(item.path)
            for one in item.session.items:
                if one.path == item.path and faults_of(one):
                    self._note(Entry(one.nodeid, faults_of(one), "failed", CUT_SHORT))

    def tell(self, test: str, tally: Tally) -> None:
        """A test ran something."""
        self.tallies.setdefault(test, []).append(tally)

    def end(self, test: str, faults: tuple[int, ...], outcome: str, reason: str, *, over: bool) -> None:
        """A phase of a test ended, maybe its last; the worst one counts."""
        before = self.entries.get(test)
        if before is not None and before.outcome != "passed":
            outcome, reason = before.outcome, before.reason
        self.entries[test] = Entry(test, faults, outcome, reason, tuple(self.tallies.get(test, ())))
        if over or outcome != "passed":
            self._note(self.entries[test])

    def _note(self, entry: Entry) -> None:
        if self._ledger is not None:
            note(self._ledger, entry)


KEEPER = pytest.StashKey[Keeper]()


def faults_of(item: pytest.Item) -> tuple[int, ...]:
    """The numbers of all `faults` marks of a test."""
    return tuple(sorted({number for mark in item.iter_markers("faults") for number in mark.args}))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the fault suites."""
    group = parser.getgroup("faults")
    group.addoption("--torture", action="store_true", help="fault suites in their long form")
    group.addoption("--seeds", type=int, default=None, metavar="N", help="how many seeds a simulation tries")
    group.addoption("--ledger", type=Path, default=None, metavar="FILE", help="write what was run to FILE")


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty ledger."""
    config.addinivalue_line("markers", "faults(number, …): which of the forty faults this test proves")
    config.stash[KEEPER] = Keeper(config.getoption("--ledger"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Numbers must be known; the long form takes from most rooms only what is about faults."""
    for item in items:
        unknown = [number for number in faults_of(item) if number not in FAULTS]
        if unknown:
            raise pytest.UsageError(f"{item.nodeid}: no such fault: {unknown}")
    if not config.getoption("--torture"):
        return
    left = [item for item in items if _room(item) in ONLY_MARKED and not faults_of(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _room(item: pytest.Item) -> str:
    folders = item.nodeid.split("::")[0].split("/")
    return folders[1] if len(folders) > 1 else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note what is begun before it may take the process with it."""
    item.config.stash[KEEPER].begin(item)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Note how each phase of a marked test ended."""
    told: pytest.TestReport = yield  # type: ignore[assignment]
    faults = faults_of(item)
    if faults:
        outcome = "failed" if hasattr(told, "wasxfail") else told.outcome
        reason = told.longrepr[2] if told.skipped and isinstance(told.longrepr, tuple) else ""
        reason = reason.removeprefix("Skipped: ")
        item.config.stash[KEEPER].end(item.nodeid, faults, outcome, reason, over=call.when == "teardown")
    return told  # type: ignore[return-value]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of what was run, and the ledger for whoever puts several runs together."""
    entries = list(config.stash[KEEPER].entries.values())
    if entries:
        ran = {fault for entry in entries for fault in entry.faults}
        terminalreporter.section("faults")
        for line in table(row for row in report("", entries).faults if row.id in ran):
            terminalreporter.write_line(line)
        for entry in entries:
            for tally in entry.tallies:
                if tally.note:
                    terminalreporter.write_line(f"    {'+'.join(map(str, tally.faults))}: {tally.note}")


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Teller:
    """Tells what the test really ran: `tally(runs=2000, seeds="0..1999", note="…")`, as often as wanted."""
    keeper, test, marked = request.config.stash[KEEPER], request.node.nodeid, faults_of(request.node)
    if not marked:
        raise pytest.UsageError(f"{test} tells a tally without a mark `faults`")

    def tell(*, runs: int, seeds: str = "", note: str = "", faults: tuple[int, ...] = ()) -> None:
        stray = set(faults) - set(marked)
        assert not stray, f"{test} is not marked with {sorted(stray)}"
        keeper.tell(test, Tally(faults or marked, runs, seeds, note))

    return tell


@pytest.fixture(scope="session")
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether the long form is wanted (`--torture`)."""
    return bool(request.config.getoption("--torture"))


@pytest.fixture(scope="session")
def seed_count(request: pytest.FixtureRequest) -> int | None:
    """How many seeds were asked for (`--seeds N`)."""
    wanted: int | None = request.config.getoption("--seeds")
    return wanted
