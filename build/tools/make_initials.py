"""Make ``resources/tables/pinyin_initials.json``: the first letter of each common character's pinyin.

    pip install pypinyin==0.55.0
    python build/tools/make_initials.py [--out resources/tables/pinyin_initials.json]

One letter a character, for the 8,105 of 通用规范汉字表: its commonest reading, or the one that names of
companies use. Central makes ``company.initials`` with it; nothing needs pypinyin when it runs.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "resources" / "tables" / "pinyin_initials.json"
PACKAGE = "pypinyin 0.55.0 (MIT)"
IN_NAMES = {"长": "C", "厦": "S", "重": "C", "乐": "L", "行": "H", "曾": "Z", "单": "D", "都": "D"}


def main() -> int:
    """Write the table, characters grouped by their letter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    pypinyin = importlib.import_module("pypinyin")
    characters = "".join((HERE / "tongyong8105.txt").read_text(encoding="utf-8").split())
    groups: dict[str, list[str]] = {}
    for character in characters:
        read = pypinyin.lazy_pinyin(character, errors="ignore")
        letter = IN_NAMES.get(character) or (read[0][0].upper() if read else "")
        if letter.isascii() and letter.isalpha():
            groups.setdefault(letter, []).append(character)
    table = {"source": PACKAGE, "letters": {letter: "".join(groups[letter]) for letter in sorted(groups)}}
    arguments.out.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(map(len, groups.values()))} of {len(characters)} characters in {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
