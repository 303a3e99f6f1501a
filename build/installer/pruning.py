"""What of the collected files goes into the frozen folder: an allow-list, then what is reachable from it.

Pure: works on names, and on a function that tells which libraries a file needs. PyInstaller's own
``excludes`` leaves Qt's plugins and QML modules in, and each drags its libraries along.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple


class Allowed(NamedTuple):
    """The allow-list: QML folders, plugins as folder/name, and patterns of data that stay out."""

    qml: tuple[str, ...]
    plugins: tuple[str, ...]
    unwanted_data: tuple[str, ...]

    def keeps(self, name: str) -> bool:
        """Whether a file, named as it would lie in the frozen folder (with ``/``), is allowed in."""
        parts = PurePosixPath(name).parts
        if "qml" in parts and parts[0] == "PySide6":
            return self._keeps_qml(PurePosixPath(*parts[parts.index("qml") + 1 :]).parent)
        if "plugins" in parts and parts[0] == "PySide6":
            return self._keeps_plugin(PurePosixPath(*parts[parts.index("plugins") + 1 :]))
        return not any(fnmatchcase(name, pattern) for pattern in self.unwanted_data)

    def _keeps_qml(self, folder: PurePosixPath) -> bool:
        text = str(folder)
        return any(
            text == entry or (entry.endswith("/**") and f"{text}/".startswith(entry[:-2]))
            for entry in self.qml
        )

    def _keeps_plugin(self, file: PurePosixPath) -> bool:
        name = file.name.split(".")[0].removeprefix("lib")
        return any(fnmatchcase(f"{file.parent}/{name}", entry) for entry in self.plugins)


def read_allowed(file: Path) -> Allowed:
    """The allow-list in a TOML file."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Allowed(tuple(told["qml"]), tuple(told["plugins"]), tuple(told["unwanted_data"]))


def is_library(name: str) -> bool:
    """Whether a file is a shared library that only counts when something needs it: no plugin, no module."""
    parts = PurePosixPath(name).parts
    base = parts[-1]
    by_name = base.startswith(("libpython", "python3")) or ".cpython-" in base or ".abi3." in base
    if by_name or base.endswith(".pyd") or {"qml", "plugins"} & set(parts[:-1]):
        return False
    return ".so" in base or base.endswith((".dll", ".dylib"))


def reachable(names: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """Of these files all that is no library, and every library one of the kept needs, directly or not.

    ``needs`` answers base names, as they stand in a binary's table of needed libraries.
    """
    names = list(names)
    by_base: dict[str, list[str]] = {}
    for name in names:
        by_base.setdefault(PurePosixPath(name).name, []).append(name)
    todo = [name for name in names if not is_library(name)]
    kept = set(todo)
    while todo:
        for base in needs(todo.pop()):
            for name in by_base.get(PurePosixPath(base.replace("\\", "/")).name, ()):
                if name not in kept:
                    kept.add(name)
                    todo.append(name)
    return kept
