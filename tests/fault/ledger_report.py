"""Puts the ledgers of test runs together: `python -m tests.fault.ledger_report --out FILE LEDGER…`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import msgspec

from tests.fault.ledger import failed, noted, report, table

PROJECT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Write the report and print its table; 1 when a fault that was run was not survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("ledgers", type=Path, nargs="*")
    chosen = parser.parse_args(arguments)
    entries = [entry for ledger in chosen.ledgers if ledger.exists() for entry in noted(ledger)]
    torture = report(commit(), entries)
    chosen.out.write_bytes(msgspec.json.format(msgspec.json.encode(torture), indent=2) + b"\n")
    print("\n".join(table(torture.faults)))
    print(f"written to {chosen.out}")
    return 1 if any(map(failed, torture.faults)) else 0


def commit() -> str:
    """The commit the files are of; a mark says when they were changed since."""
    name = _git("rev-parse", "HEAD")
    return name + ("+changes" if name and _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*arguments: str) -> str:
    told = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
