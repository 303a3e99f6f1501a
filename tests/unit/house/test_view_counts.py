"""Pages ask the model how many rows there are, never the view that shows them.

Qt's list does not always tell that its last row has gone: about once in fifty times a page stayed bare where
it should have said that nothing is left. Every list model tells its count itself, whenever it changes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from fieldapp.viewmodels.lookup_rows import ValueListModel

FIELDAPP = Path(__file__).resolve().parents[3] / "fieldapp"
VIEWS = {"ListView", "GridView", "PathView", "TableView", "TreeView", "Repeater", "Instantiator", "SwipeView"}
NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
TOKENS = re.compile(
    r"(?P<opens>[\w.]*)\s*\{|(?P<closes>\})|\bid:\s*(?P<id>\w+)|(?P<counted>[\w.]*\bcount\b)(?!\s*:)"
)


class Row(msgspec.Struct, frozen=True):
    name: str


class Rows(ValueListModel):
    names = ("name",)
    key = ("name",)


def test_no_binding_reads_the_count_of_a_view() -> None:
    files = {path: NO_CODE.sub(blank, path.read_text()) for path in sorted(FIELDAPP.rglob("*.qml"))}
    views = VIEWS | {path.stem for path, text in files.items() if first_object(text) in VIEWS}

    stray = [
        f"{path.relative_to(FIELDAPP.parent)}:{line}: {said}"
        for path, text in files.items()
        for line, said in counts_of_views(text, views)
    ]

    assert not stray, "counted by the view, not by its model:\n" + "\n".join(stray)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Item { ListView { id: list } FaEmpty { visible: list.count === 0 } }", ["list.count"]),
        ("Item { Strip { id: row } Text { text: row.count } }", ["row.count"]),
        ("ListView { visible: count > 0 }", ["count"]),
        ("Item { visible: ListView.view.count > 0 }", ["ListView.view.count"]),
        ("Item { ListView { id: list; model: root.rows } Text { visible: root.rows.count === 0 } }", []),
        ("Badge { id: badge; property int count: 0; visible: badge.count > 0 }", []),
    ],
)
def test_the_count_of_a_view_is_told_from_that_of_a_model(said: str, found: list[str]) -> None:
    assert [name for _, name in counts_of_views(said, VIEWS | {"Strip"})] == found


def test_every_list_model_tells_its_count() -> None:
    stray = [
        f"{path.relative_to(FIELDAPP.parent)}: {node.name}"
        for path in sorted(FIELDAPP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name != "CountedListModel"
        if any(ast.unparse(base) == "QAbstractListModel" for base in node.bases)
    ]

    assert not stray, "no CountedListModel:\n" + "\n".join(stray)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "ab", [2]),
        ("ab", "a", [1]),
        ("a", "", [0]),
        ("ab", "cd", []),
        ("ab", "ab", []),
        ("ab", "bcd", [3]),
    ],
)
def test_a_model_tells_its_count_once_and_only_when_it_changed(
    before: str, after: str, told: list[int], qtbot: QtBot
) -> None:
    rows = Rows()
    rows.show([Row(name) for name in before])
    heard: list[int] = []
    rows.countChanged.connect(lambda: heard.append(rows.get_count()))

    rows.show([Row(name) for name in after])

    assert heard == told
    assert rows.get_count() == len(after)


def counts_of_views(text: str, views: set[str]) -> Iterator[tuple[int, str]]:
    """Where a view's count is read: by its id, as ``….view.count``, or by the view of itself."""
    ids, open_now, read = set(), [""], []
    for token in TOKENS.finditer(text):
        if token["opens"] is not None:
            open_now.append(token["opens"].split(".")[-1])
        elif token["closes"]:
            open_now.pop()
        elif token["id"]:
            ids |= {token["id"]} if open_now[-1] in views else set()
        elif not re.search(r"property\s+\w+\s+$", text[: token.start()][-40:]):
            read.append((text.count("\n", 0, token.start()) + 1, token["counted"], open_now[-1]))
    for line, said, inside in read:
        *of, _ = said.split(".")
        if of[-1:] == ["view"] or (len(of) == 1 and of[0] in ids) or (not of and inside in views):
            yield line, said


def first_object(text: str) -> str:
    """What the file is one of."""
    found = re.search(r"^([A-Z][\w.]*)\s*\{", text, re.MULTILINE)
    return found[1].split(".")[-1] if found else ""


def blank(said: re.Match[str]) -> str:
    """Nothing, in as many lines."""
    return "\n" * said[0].count("\n")
