"""Replay one seed, or run many: ``python -m tests.fault.simulation --seed 17 --trace``."""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.fault.simulation.city import Templates
from tests.fault.simulation.run import run_seed


def main() -> int:
    """0 when every invariant held."""
    parser = argparse.ArgumentParser(prog="python -m tests.fault.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, help="this seed alone")
    parser.add_argument("--trace", action="store_true", help="print everything that happens")
    parser.add_argument("--seeds", default="0..99", metavar="A..B", help="all of these")
    parser.add_argument("--step", type=int, default=1, metavar="N", help="of these, every n-th")
    parser.add_argument("--report", metavar="FILE", help="write one JSON line a seed")
    parser.add_argument(
        "--within",
        type=float,
        default=1e9,
        metavar="S",
        help="begin no seed after so much time of the processor",
    )
    chosen = parser.parse_args()
    first, _, last = chosen.seeds.partition("..")
    seeds = (
        [chosen.seed] if chosen.seed is not None else range(int(first), int(last or first) + 1, chosen.step)
    )
    templates = Templates()
    failed = ran = 0
    totals: dict[str, int] = {}
    began = time.monotonic()
    report = open(chosen.report, "w", encoding="utf-8") if chosen.report else None  # noqa: SIM115
    try:
        for seed in seeds:
            if time.process_time() > chosen.within:
                break
            ran += 1
            outcome = run_seed(seed, templates, print if chosen.trace else None)
            for name, number in outcome.counts.items():
                totals[name] = totals.get(name, 0) + number
            if report is not None:
                report.write(json.dumps(vars(outcome)) + "\n")
                report.flush()
            if outcome.violation:
                failed += 1
                print(f"seed {seed}: {outcome.violation}", file=sys.stderr)
                print(f"replay: python -m tests.fault.simulation --seed {seed} --trace", file=sys.stderr)
            if chosen.seed is not None:
                print(f"seed {seed}: {outcome.lines} lines, {outcome.digest}")
    finally:
        templates.close()
        if report is not None:
            report.close()
    took = time.monotonic() - began
    print(f"{ran} seeds, {failed} failed, {took:.1f} s; {json.dumps(totals, sort_keys=True)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
