"""Make ``resources/tables/day_kinds.json``: public holidays and make-up days by the State Council's notices.

    pip install chinesecalendar==1.11.0
    python build/tools/make_day_kinds.py [--from 2025] [--to 2026] [--out resources/tables/day_kinds.json]

Only the days that the week does not tell are written. A year appears once its notice is out (usually in the
November before); until then its days are of no known kind, which the verdict says rather than guesses.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "resources" / "tables" / "day_kinds.json"
PACKAGE = "chinesecalendar 1.11.0 (MIT)"


def main() -> int:
    """Write the table; refuses a year that the package does not know."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--from", dest="first", type=int, default=2025)
    parser.add_argument("--to", dest="last", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    constants = importlib.import_module("chinese_calendar.constants")
    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    years = list(range(arguments.first, arguments.last + 1))
    unknown = [year for year in years if not any(day.year == year for day in constants.holidays)]
    if unknown:
        print(f"no notice known for {unknown}", file=sys.stderr)
        return 1
    days = {}
    for kind, table in (("holiday", constants.holidays), ("makeup", constants.workdays)):
        for day, name in table.items():
            if day.year in years:
                days[day.isoformat()] = [kind, chinese.get(name, name)]
    text = {"source": f"{PACKAGE}, after the State Council's yearly notices", "years": years}
    lines = ",\n".join(f'  "{day}": {json.dumps(days[day], ensure_ascii=False)}' for day in sorted(days))
    head = json.dumps(text, ensure_ascii=False, indent=1)[:-2]
    arguments.out.write_text(f'{head},\n "days": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
    print(f"{len(days)} days in {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
