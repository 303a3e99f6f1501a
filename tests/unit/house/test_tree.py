"""The shape of the house: which rooms there are, how large, and that each says what it is for."""

import ast
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(PROJECT / "build" / "tools"))

from sources import project_files  # noqa: E402

TOP_LEVEL = {
    "fieldapp",
    "sync",
    "resources",
    "tests",
    "build",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
LONGEST = {".py": 500, ".qml": 300}
FILES = project_files()
PYTHON = [name for name in FILES if name.suffix == ".py"]


def test_top_level_holds_only_what_the_customer_fixed() -> None:
    entries = {name.parts[0] for name in FILES}
    assert {entry for entry in entries if not entry.startswith(".")} <= TOP_LEVEL


def test_no_room_holds_more_than_one_idea() -> None:
    too_long = {
        str(name): lines
        for name in FILES
        if name.suffix in LONGEST and (lines := len(_text(name).splitlines())) > LONGEST[name.suffix]
    }
    assert not too_long


def test_no_two_files_of_tests_bear_the_same_name() -> None:
    names = [name.name for name in PYTHON if name.name.startswith("test_")]
    assert not {name for name in names if names.count(name) > 1}, "pytest cannot hold both in one run"


@pytest.mark.parametrize("name", PYTHON, ids=str)
def test_module_says_what_it_is_for(name: Path) -> None:
    assert ast.get_docstring(ast.parse(_text(name)))


def test_no_module_but_a_measurement_imports_the_sqlite_of_the_standard_library() -> None:
    importing = {str(name.parent) for name in PYTHON if "sqlite3" in _imported(name)}
    assert importing <= {"tests/bench"}


def test_build_is_a_source_folder_and_not_a_package() -> None:
    assert not [name for name in FILES if name.parts[0] == "build" and name.name == "__init__.py"]


def _imported(name: Path) -> set[str]:
    roots = set()
    for node in ast.walk(ast.parse(_text(name))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            roots.add(node.module.split(".")[0])
    return roots


def _text(name: Path) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")
