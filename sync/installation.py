"""Whether a frozen folder is whole, looked at before anything else of it is used.

A copy that was broken off, a full disk or a zealous scanner leave half an installation, which would fail
somewhere in the middle with words of Python's. ``installed.txt`` names every file with its size; looking
takes a few milliseconds. The sentences stand here because the files with all others may be among the missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sync.contract.errors import NeedsPerson

LIST = "installed.txt"
SENTENCES = (
    "安装不完整（缺少或损坏 {count} 个文件，如 {name}）。请重新安装，已保存的内容不受影响。",
    "This installation is not whole ({count} files missing or damaged, such as {name}). "
    "Please install it again; what you saved is untouched.",
)


def write_list(inside: Path) -> None:
    """Note every file of a finished folder."""
    files = [
        path for path in inside.rglob("*") if path.is_file() and not path.is_symlink() and path.name != LIST
    ]
    lines = sorted(f"{file.stat().st_size} {file.relative_to(inside).as_posix()}\n" for file in files)
    (inside / LIST).write_text("".join(lines), encoding="utf-8")


def lacking(inside: Path) -> list[str]:
    """Names of files that are not there in full; the list itself when that is gone."""
    try:
        lines = (inside / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return [LIST]
    listed = (line.partition(" ") for line in lines)
    return [name for size, _, name in listed if _size(inside / name) != size]


def refuse_half(inside: Path) -> int:
    """0 where all is there; else an exit code, after one plain sentence in both languages."""
    names = lacking(inside)
    if not names:
        return 0
    for sentence in SENTENCES:
        sys.stderr.write(sentence.format(count=len(names), name=names[0]) + "\n")
    return NeedsPerson.exit_code


def _size(file: Path) -> str:
    try:
        return str(file.stat().st_size)
    except OSError:
        return ""
