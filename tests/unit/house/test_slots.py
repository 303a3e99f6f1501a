"""Whatever method a signal is connected to is a slot, so that an object keeps the description of its class.

For a method that is none PySide makes the object a description (QMetaObject) of its own, which goes with the
object. QML keeps what it has learned of an object under that description's address; once another object's
description lay there, all properties of that object were undefined, on a page that was sound.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

FIELDAPP = Path(__file__).resolve().parents[3] / "fieldapp"

Classes = dict[str, ast.ClassDef]


class Bell(QObject):
    rang = Signal(str)


class Hearer(QObject):
    @Slot(str)
    def hear(self, _what: str) -> None:
        pass

    def overhear(self, _what: str) -> None:
        pass


def description(of: QObject) -> int:
    return int(shiboken6.getCppPointer(of.metaObject())[0])


@pytest.mark.parametrize(("method", "kept"), [("hear", True), ("overhear", False)])
def test_only_a_slot_leaves_an_object_the_description_of_its_class(method: str, kept: bool) -> None:
    bell, one, other = Bell(), Hearer(), Hearer()
    bell.rang.connect(getattr(one, method))

    assert (description(one) == description(other)) is kept


def test_every_method_a_signal_is_connected_to_is_a_slot() -> None:
    trees = {path: ast.parse(path.read_text()) for path in sorted(FIELDAPP.rglob("*.py"))}
    classes: Classes = {
        node.name: node for tree in trees.values() for node in tree.body if isinstance(node, ast.ClassDef)
    }
    stray = [
        f"{path.relative_to(FIELDAPP.parent)}:{line}: {name}"
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and is_object(node.name, classes)
        for line, name in connected(node)
        if (method := method_of(node, name, classes)) is not None and not is_slot(method)
    ]

    assert not stray, "connected, but no slot (@Slot):\n" + "\n".join(stray)


def connected(node: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Names of the object's own methods that it connects a signal to."""
    for call in ast.walk(node):
        match call:
            case ast.Call(
                func=ast.Attribute(attr="connect"),
                args=[ast.Attribute(value=ast.Name(id="self"), attr=name), *_],
            ):
                yield call.lineno, name
            case ast.Call(
                func=ast.Name(id="single_shot"), args=[_, ast.Attribute(value=ast.Name(id="self"), attr=name)]
            ):
                yield call.lineno, name


def method_of(node: ast.ClassDef, name: str, classes: Classes) -> ast.FunctionDef | None:
    for found in node.body:
        if isinstance(found, ast.FunctionDef) and found.name == name:
            return found
    for base in bases(node):
        if base in classes and (method := method_of(classes[base], name, classes)) is not None:
            return method
    return None


def is_slot(method: ast.FunctionDef) -> bool:
    return any("Slot" in ast.unparse(decorator) for decorator in method.decorator_list)


def is_object(name: str, classes: Classes) -> bool:
    """Qt's own classes begin with Q."""
    return name.startswith("Q") or (
        name in classes and any(is_object(base, classes) for base in bases(classes[name]))
    )


def bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases]
