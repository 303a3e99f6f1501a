"""Fails when a text of the app has no finished translation, or when a compiled catalogue is stale.

The texts in the sources are Chinese; each resources/translations/fieldapp_*.ts holds one other language. The
texts are extracted again into a copy, so the sources are never touched. With --update the catalogues are
renewed and compiled: then fill in what is new and run it once more.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from sources import PROJECT, project_files

CATALOGUES = PROJECT / "resources" / "translations"
TEXT_CALLS = ("qsTr(", "qsTrId(", "QT_TR_NOOP(", "QT_TRANSLATE_NOOP(", ".tr(", "translate(")


def main() -> int:
    """Check, or with --update renew, every catalogue; 1 when one is incomplete or stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--update", action="store_true", help="renew and compile the catalogues")
    update = parser.parse_args().update

    sources = _sources_with_texts()
    catalogues = sorted(CATALOGUES.glob("fieldapp_*.ts"))
    if not sources and not catalogues:
        print("nothing to check: no text to translate")
        return 0
    if not catalogues:
        print(f"{len(sources)} files hold texts, but resources/translations has no catalogue fieldapp_*.ts")
        return 1
    complaints: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for catalogue in catalogues:
            if update:
                _extract(sources, catalogue)
                _compile(catalogue, catalogue.with_suffix(".qm"))
            complaints += _complaints_about(catalogue, sources, Path(folder))
    for complaint in complaints:
        print(complaint)
    print(f"{len(sources)} files with texts, {len(catalogues)} catalogues, {len(complaints)} complaints")
    return 1 if complaints else 0


def _sources_with_texts() -> list[Path]:
    chosen = []
    for name in project_files():
        if name.parts[0] == "fieldapp" and name.suffix in {".py", ".qml", ".js"}:
            text = (PROJECT / name).read_text(encoding="utf-8")
            if any(call in text for call in TEXT_CALLS):
                chosen.append(PROJECT / name)
    return chosen


def _complaints_about(catalogue: Path, sources: list[Path], folder: Path) -> list[str]:
    name = catalogue.name
    complaints = [f"{name}: no longer in the sources: {text}" for text in _gone(catalogue)]
    renewed = folder / name
    shutil.copy(catalogue, renewed)
    _extract(sources, renewed)
    complaints += [f"{name}: no finished translation: {text}" for text in _unfinished(renewed)]
    known = _texts(catalogue)
    complaints += [f"{name}: no longer in the sources: {text}" for text in sorted(known - _texts(renewed))]
    compiled = catalogue.with_suffix(".qm")
    fresh = folder / compiled.name
    _compile(catalogue, fresh)
    if not compiled.is_file():
        complaints.append(f"{compiled.name}: missing; build/tools/check_translations.py --update makes it")
    elif compiled.read_bytes() != fresh.read_bytes():
        complaints.append(f"{compiled.name}: stale; build/tools/check_translations.py --update renews it")
    return complaints


def _messages(catalogue: Path) -> list[tuple[str, ElementTree.Element]]:
    root = ElementTree.parse(catalogue).getroot()
    return [
        (f"{context.findtext('name')}: {message.findtext('source')}", message)
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def _texts(catalogue: Path) -> set[str]:
    return {text for text, message in _messages(catalogue) if not _is_gone(message)}


def _is_gone(message: ElementTree.Element) -> bool:
    translation = message.find("translation")
    return translation is not None and translation.get("type") in {"vanished", "obsolete"}


def _gone(catalogue: Path) -> list[str]:
    return [text for text, message in _messages(catalogue) if _is_gone(message)]


def _unfinished(catalogue: Path) -> list[str]:
    return [
        text for text, message in _messages(catalogue) if not (_is_gone(message) or _is_finished(message))
    ]


def _is_finished(message: ElementTree.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return False
    forms = translation.findall("numerusform") or [translation]
    return all((form.text or "").strip() for form in forms)


def _extract(sources: list[Path], catalogue: Path) -> None:
    languages = ["-source-language", "zh_CN", "-target-language", catalogue.stem.removeprefix("fieldapp_")]
    settings = ["-silent", "-no-obsolete", "-locations", "none", "-sort-messages"]
    _qt_tool("lupdate", [*map(str, sources), *settings, *languages, "-ts", str(catalogue)])


def _compile(catalogue: Path, target: Path) -> None:
    _qt_tool("lrelease", ["-silent", str(catalogue), "-qm", str(target)])


def _qt_tool(tool: str, arguments: list[str]) -> None:
    command = [str(Path(sys.executable).parent / f"pyside6-{tool}"), *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    said = (answer.stdout + answer.stderr).strip()
    if answer.returncode != 0 or said:
        print(said)
    if answer.returncode != 0:
        sys.exit(f"pyside6-{tool} failed")


if __name__ == "__main__":
    sys.exit(main())
