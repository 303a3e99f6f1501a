"""Many seeds, each in two processes that share nothing but the code: other traces are a defect."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.fault.simulation.run import Outcome

PROJECT = Path(__file__).resolve().parents[3]


@dataclass
class Many:
    """What many seeds came to."""

    twice: int = 0
    """Seeds that were run in both processes."""
    last: int = -1
    """The highest of them."""
    violations: dict[int, str] = field(default_factory=dict)
    unequal: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def failures(self) -> str:
        """What failed, with the command that replays it; "" when nothing did."""
        said = [f"seed {seed}: {what}\n    {replay(seed)}" for seed, what in sorted(self.violations.items())]
        said += [f"seed {seed}: another trace the second time\n    {replay(seed)}" for seed in self.unequal]
        return "\n".join(said)

    def figures(self) -> str:
        """What was counted in all seeds of the first process."""
        return ", ".join(f"{name} {number}" for name, number in sorted(self.counts.items()))


def replay(seed: int) -> str:
    """The command that plays one seed again."""
    return f"python -m tests.fault.simulation --seed {seed} --trace"


def run_twice(first: int, count: int, folder: Path, *, within_s: float) -> Many:
    """Run seeds ``first`` and following, each in two processes that stop by themselves when time is over.

    As many processes as there are processors: each pair of them takes every n-th seed.
    """
    pairs = max(1, (os.cpu_count() or 2) // 2)
    reports = [folder / f"seeds-{number}.jsonl" for number in range(2 * pairs)]
    processes = [
        subprocess.Popen(
            [
                *(sys.executable, "-W", "error", "-m", "tests.fault.simulation"),
                *("--seeds", f"{first + number // 2}..{first + count - 1}", "--step", str(pairs)),
                *("--report", str(report), "--within", f"{within_s:.0f}"),
            ],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": str(number % 2 + 1), "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number, report in enumerate(reports)
    ]
    said = [process.communicate()[0] for process in processes]
    for process, text in zip(processes, said, strict=True):
        if process.returncode not in (0, 1):
            raise AssertionError(f"the simulation ended with {process.returncode}:\n{text[-3000:]}")
    return _compared([_read(reports[half::2]) for half in range(2)])


def _read(reports: list[Path]) -> dict[int, Outcome]:
    lines = [line for report in reports for line in report.read_bytes().splitlines()]
    outcomes = [msgspec.json.decode(line, type=Outcome) for line in lines]
    return {outcome.seed: outcome for outcome in outcomes}


def _compared(runs: list[dict[int, Outcome]]) -> Many:
    many = Many()
    one, other = runs
    for outcome in [*one.values(), *other.values()]:
        if outcome.violation:
            many.violations[outcome.seed] = outcome.violation
    for seed in sorted(one.keys() & other.keys()):
        many.twice += 1
        many.last = max(many.last, seed)
        if one[seed].digest != other[seed].digest:
            many.unequal.append(seed)
    for outcome in one.values():
        for name, number in outcome.counts.items():
            many.counts[name] = many.counts.get(name, 0) + number
    return many
