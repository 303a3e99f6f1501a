"""The licence texts of everything a frozen folder brings along, in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

LICENCE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
NOT_INSIDE = frozenset({"pip", "setuptools", "wheel", "altgraph", "packaging", "pyinstaller-hooks-contrib"})
"""What only freezing needs. PyInstaller itself leaves its start-up code in the executable."""


def write_notices(site_packages: Path, overview: Path, python_licence: Path | None, target: Path) -> int:
    """Write the notices; answers how many packages they name."""
    found = sorted(_brought(site_packages), key=lambda one: one.name.lower())
    with target.open("w", encoding="utf-8") as out:
        out.write(overview.read_text(encoding="utf-8"))
        out.write("\n\n# Licence texts\n")
        if python_licence is not None:
            out.write(f"\n{'=' * 78}\nPython\n{'=' * 78}\n{_text(python_licence)}\n")
        for one in found:
            out.write(f"\n{'=' * 78}\n{one.name} {one.version}\n{'=' * 78}\n")
            out.writelines(_text(file) + "\n" for file in _licences(one))
    return len(found)


def _brought(site_packages: Path) -> Iterator[Distribution]:
    for one in distributions(path=[str(site_packages)]):
        if one.name.lower() not in NOT_INSIDE:
            yield one


def _licences(one: Distribution) -> list[Path]:
    files = [Path(str(file.locate())) for file in one.files or () if LICENCE.search(str(file))]
    return sorted(file for file in files if file.is_file() and file.suffix not in (".py", ".pyc"))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
