"""Runs qmllint over the app's QML, warnings being errors, with the types that Python offers made known to it.

The QML files are laid out once more in a temporary folder, the type descriptions generated beside them, and
the linter is run there: the sources stay free of generated files.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qml_types import Json, described_modules
from sources import PROJECT, project_files

PACKAGE = "fieldapp"
BASES_FROM = ("core", "gui", "qml", "qmlmodels", "quick", "positioning", "multimedia")
TYPES_FILE = "python.qmltypes"


def main() -> int:
    """Lint; 1 when the linter complains."""
    names = [name for name in project_files() if name.parts[0] == PACKAGE]
    files = [name for name in names if name.suffix == ".qml"]
    if not files:
        print("nothing to check: no QML file")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        for name in names:
            if name.suffix in {".qml", ".js", ".mjs"} or name.name == "qmldir":
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, stage / name)
        modules = described_modules(PACKAGE)
        for import_name, classes in sorted(modules.items()):
            _add_types(stage, import_name, classes)
        counted = sum(len(classes) for classes in modules.values())
        print(f"{len(files)} QML files, {counted} Python types in {len(modules)} modules")
        return _lint(stage, files)


def _add_types(stage: Path, import_name: str, classes: list[Json]) -> None:
    place = stage.joinpath(*import_name.split("."))
    place.mkdir(parents=True, exist_ok=True)
    description = place / "python_metatypes.json"
    description.write_text(json.dumps([{"classes": classes, "outputRevision": 68, "inputFile": "python"}]))
    command = [_tool("qmltyperegistrar"), "--generate-qmltypes", str(place / TYPES_FILE)]
    command += ["-o", str(place / "unused.cpp"), "--import-name", import_name, "--major-version", "1"]
    command += ["--minor-version", "0", f"--foreign-types={','.join(_qt_descriptions())}", str(description)]
    subprocess.run(command, check=True)
    qmldir = place / "qmldir"
    lines = qmldir.read_text().splitlines() if qmldir.is_file() else [f"module {import_name}"]
    lines += [f"typeinfo {TYPES_FILE}", "depends QtQuick"]
    qmldir.write_text("\n".join(lines) + "\n")


def _qt_descriptions() -> list[str]:
    import PySide6

    folder = Path(PySide6.__path__[0]) / "Qt" / "metatypes"
    return [str(folder / f"qt6{part}_metatypes.json") for part in BASES_FROM]


def _lint(stage: Path, files: list[Path]) -> int:
    command = [_tool("qmllint"), "--ignore-settings", "-I", str(stage), "--max-warnings", "0"]
    command += [str(stage / name) for name in files]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=stage)
    said = (answer.stdout + answer.stderr).replace(f"{stage}/", "").strip()
    if said:
        print(said)
    return 1 if answer.returncode != 0 else 0


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / f"pyside6-{name}")


if __name__ == "__main__":
    sys.exit(main())
