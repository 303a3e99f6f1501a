"""The table of faults for the README, out of torture.json.

`faults_table.py torture.json [--readme FILE] [--check]`

Without a file to write into the table is printed. It stands between two marks in the file.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

BEGIN = "<!-- faults: begin -->"
END = "<!-- faults: end -->"
KEYS = ("id", "name", "runs", "seeds", "pass", "not_run")
ROWS = 40


def complaints(told: Any) -> list[str]:
    """What is wrong with the shape of a report."""
    if not isinstance(told, dict) or sorted(told) != ["commit", "faults"]:
        return ["a report has exactly commit and faults"]
    found = [] if told["commit"] else ["no commit"]
    rows = told["faults"]
    if not isinstance(rows, list) or [row.get("id") for row in rows] != list(range(1, ROWS + 1)):
        return [*found, f"faults are not the rows 1 to {ROWS}"]
    for row in rows:
        where = f"fault {row['id']}"
        if sorted(row) != sorted(KEYS):
            found.append(f"{where}: not exactly {', '.join(KEYS)}")
        elif row["pass"] and row["runs"] <= 0:
            found.append(f"{where}: passed without a run")
        elif row["runs"] <= 0 and not row["not_run"]:
            found.append(f"{where}: not run, and no reason")
    return found


def markdown(told: dict[str, Any]) -> str:
    """The table."""
    lines = ["| # | fault | runs | seeds | passed |", "|---|---|---|---|---|"]
    for row in told["faults"]:
        verdict = "yes" if row["pass"] else "**no**" if row["runs"] else "not run"
        link = "; not run: " if row["runs"] else ": "
        remark = f"{verdict}{link}{row['not_run']}" if row["not_run"] else verdict
        cells = [str(row["id"]), row["name"], f"{row['runs']:,}" if row["runs"] else "", row["seeds"], remark]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, "", f"Commit {told['commit'][:12]}."])


def placed(text: str, table: str) -> str:
    """A text with the table between its marks."""
    before, found, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise SystemExit(f"the file has no marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def main() -> int:
    """Print the table, write it, or look at the shape alone; 1 when that is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--readme", type=Path, help="the file to put the table into")
    parser.add_argument("--check", action="store_true", help="only look at the report's shape")
    chosen = parser.parse_args()
    told = json.loads(chosen.report.read_text(encoding="utf-8"))
    found = complaints(told)
    for complaint in found:
        print(f"{chosen.report}: {complaint}", file=sys.stderr)
    if found or chosen.check:
        return 1 if found else 0
    if chosen.readme is None:
        print(markdown(told))
    else:
        text = placed(chosen.readme.read_text(encoding="utf-8"), markdown(told))
        chosen.readme.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
