"""What the Python classes offer to QML, in the form Qt's type registrar reads.

The classes are imported and asked, not parsed: inherited members, annotated signals and types named by a
string are then as the QML engine sees them. Only how a class is registered (its decorators and
QML_IMPORT_NAME) is read from the source, since the registration leaves no trace that can be asked for.
"""

import ast
import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMetaMethod, QMetaObject, QObject
from sources import PROJECT, project_files

Json = dict[str, Any]


def described_modules(package: str) -> dict[str, list[Json]]:
    """For each QML import name declared under the package, its Python classes and their bases described."""
    sys.path.insert(0, str(PROJECT))
    described: dict[str, dict[str, Json]] = {}
    for name in project_files():
        if name.parts[0] != package or name.suffix != ".py":
            continue
        tree = ast.parse((PROJECT / name).read_text(encoding="utf-8"))
        import_name = _constant(tree, "QML_IMPORT_NAME")
        if import_name is None:
            continue
        module = importlib.import_module(_module_name(name))
        classes = described.setdefault(str(import_name), {})
        for node in tree.body:
            infos = _registration(node) if isinstance(node, ast.ClassDef) else []
            if isinstance(node, ast.ClassDef) and infos:
                registered = getattr(module, node.name)
                _describe_with_bases(registered, classes)
                classes[node.name]["classInfos"] = infos
    return {import_name: list(classes.values()) for import_name, classes in described.items()}


def _module_name(name: Path) -> str:
    return ".".join(name.with_suffix("").parts).removesuffix(".__init__")


def _constant(tree: ast.Module, wanted: str) -> object:
    for node in tree.body:
        if isinstance(node, ast.Assign) and wanted in map(ast.unparse, node.targets):
            return ast.literal_eval(node.value)
    return None


def _registration(node: ast.ClassDef) -> list[Json]:
    infos: list[Json] = []
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = ast.unparse(call.func if call else decorator).split(".")[-1]
        argument = ast.literal_eval(call.args[0]) if call and call.args else None
        match name:
            case "QmlElement":
                infos.append({"name": "QML.Element", "value": "auto"})
            case "QmlAnonymous":
                infos.append({"name": "QML.Element", "value": "anonymous"})
            case "QmlNamedElement":
                infos.append({"name": "QML.Element", "value": argument})
            case "QmlSingleton":
                infos.append({"name": "QML.Singleton", "value": "true"})
            case "QmlUncreatable":
                infos.append({"name": "QML.Creatable", "value": "false"})
                infos.append({"name": "QML.UncreatableReason", "value": argument or "made by the app"})
            case _ if name.startswith("Qml"):
                sys.exit(f"{node.name}: the decorator {name} is not known to build/tools/qml_types.py")
    return infos


def _describe_with_bases(registered: type[QObject], classes: dict[str, Json]) -> None:
    for base in inspect.getmro(registered):
        is_ours = base.__module__.split(".")[0] not in {"PySide6", "Shiboken", "builtins"}
        if is_ours and issubclass(base, QObject) and base.__name__ not in classes:
            classes[base.__name__] = _described(base)


def _described(described: type[QObject]) -> Json:
    meta: QMetaObject = described.staticMetaObject  # type: ignore[attr-defined]  # the stubs leave it out
    methods = [meta.method(index) for index in range(meta.methodOffset(), meta.methodCount())]
    parent = meta.superClass()
    return {
        "className": described.__name__,
        "qualifiedClassName": described.__name__,
        "object": True,
        "superClasses": [{"access": "public", "name": parent.className() if parent else "QObject"}],
        "properties": _properties(meta),
        "signals": [_method(one) for one in methods if one.methodType() == QMetaMethod.MethodType.Signal],
        "slots": [_method(one) for one in methods if one.methodType() == QMetaMethod.MethodType.Slot],
        "enums": _enums(meta),
    }


def _properties(meta: QMetaObject) -> list[Json]:
    described = []
    for index in range(meta.propertyOffset(), meta.propertyCount()):
        one = meta.property(index)
        entry: Json = {
            "name": one.name(),
            "type": one.typeName(),
            "index": index - meta.propertyOffset(),
            "read": one.name(),
            "constant": one.isConstant(),
        }
        if one.isWritable():
            entry["write"] = "written"
        if one.hasNotifySignal():
            entry["notify"] = _text(one.notifySignal().name())
        described.append(entry)
    return described


def _method(one: QMetaMethod) -> Json:
    names = [_text(name) for name in one.parameterNames()]
    types = [_text(name) for name in one.parameterTypes()]
    named = [name or "a" + str(at) for at, name in enumerate(names)]
    return {
        "access": "public",
        "name": _text(one.name()),
        "arguments": [{"name": name, "type": kind} for name, kind in zip(named, types, strict=True)],
        "returnType": one.typeName(),
    }


def _enums(meta: QMetaObject) -> list[Json]:
    described = []
    for index in range(meta.enumeratorOffset(), meta.enumeratorCount()):
        one = meta.enumerator(index)
        keys = [one.key(at) for at in range(one.keyCount())]
        described.append(
            {"name": one.name(), "isClass": one.isScoped(), "isFlag": one.isFlag(), "values": keys}
        )
    return described


def _text(name: Any) -> str:  # QByteArray or bytes
    return bytes(name).decode()
