"""Fails when a file of the project holds what must not stay in it.

Unfinished work, a machine's path, a registry's address, a translation that can never match.
Each pattern is written so that it does not match its own line.
"""

import re
import sys
from dataclasses import dataclass

from sources import PROJECT, project_files

CODE = (".py", ".qml", ".js", ".sh", "build/run", "build/test", ".ci/run")


@dataclass(frozen=True)
class Stray:
    """A pattern, what to say about it, and the file endings it is looked for in (all files when empty)."""

    what: str
    pattern: re.Pattern[str]
    endings: tuple[str, ...] = ()


STRAYS = (
    Stray("unfinished work", re.compile(r"\bTO[D]O\b|\bFIX[M]E\b|\bXX[X]\b|NotImplemented[E]rror"), CODE),
    Stray("a machine's path", re.compile(r"(?<![A-Za-z0-9_.])/(?:wor[k]|far[m]|roo[t])/")),
    Stray("a registry's address", re.compile(r"pythonhoste[d]|py[p]i\.or[g]|npmj[s]\.|debia[n]\.org")),
    Stray("the PySide6 that aborts on Python 3.11", re.compile(r"(?i)pyside6[a-z-]*==6\.12\.[0]")),
    Stray(
        "a translation that can never match",
        re.compile(r"""\b(?:tr|translate|qsTr)\([^)]*\bf["']"""),
        (".py",),
    ),
    Stray("a joined text in qsTr, which can never match", re.compile(r'qsTr\([^)"]*\+'), (".qml",)),
)


def main() -> int:
    """Print every stray line; 1 when there is one."""
    found = 0
    looked_at = 0
    for name in project_files():
        try:
            text = (PROJECT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        looked_at += 1
        for number, line in enumerate(text.splitlines(), start=1):
            for stray in STRAYS:
                wanted = not stray.endings or name.as_posix().endswith(stray.endings)
                if wanted and stray.pattern.search(line):
                    found += 1
                    print(f"{name}:{number}: {stray.what}: {line.strip()[:120]}")
    print(f"{looked_at} files looked at, {found} stray")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
