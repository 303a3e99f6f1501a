"""The small files of an installed program on a Linux desktop: entries, icon, man pages, completion, unit."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime

from freeze import PROJECT, source_date, version

TEMPLATES = PROJECT / "build" / "installer" / "linux"
PROGRAMS = {"fieldapp": ("fieldapp.cli", "_parser"), "fieldapp-sync": ("sync.cli.commands", "sync_parser")}
METAINFO = "cn.fieldapp.fieldapp.metainfo.xml"


def desktop_files(programs: str) -> dict[str, str]:
    """Name below ``share`` (or ``autostart``, ``systemd``) → text, for programs that lie in this folder."""
    texts = {
        "share/applications/fieldapp.desktop": _filled("fieldapp.desktop", programs),
        f"share/metainfo/{METAINFO}": _filled(METAINFO, programs),
        "autostart/fieldapp-sync.desktop": _filled("fieldapp-sync.desktop", programs),
        "systemd/fieldapp-sync.service": _filled("fieldapp-sync.service", programs),
        "share/icons/hicolor/scalable/apps/fieldapp.svg": (
            PROJECT / "resources" / "icons" / "app" / "fieldapp.svg"
        ).read_text(encoding="utf-8"),
    }
    for name in PROGRAMS:
        texts[f"share/man/man1/{name}.1"] = man_page(name)
        texts[f"share/bash-completion/completions/{name}"] = completion(name)
    return texts


def man_page(name: str) -> str:
    """The man page of a program, from its own parser."""
    module, parser = PROGRAMS[name]
    code = (
        f"from argparse_manpage.manpage import Manpage; from {module} import {parser} as p;"
        f"m = Manpage(p()); print(m)"
    )
    told = _python(code)
    head = f'.TH {name.upper()} 1 "{_day()}" "fieldapp {version()}" "User commands"'
    return re.sub(r"^\.TH .*$", head, told, count=1, flags=re.MULTILINE)


def completion(name: str) -> str:
    """The bash completion of a program, from its own parser."""
    module, parser = PROGRAMS[name]
    return _python(f"import shtab; from {module} import {parser} as p; print(shtab.complete(p(), 'bash'))")


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stdout


def _filled(name: str, programs: str) -> str:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return text.replace("@BIN@", programs).replace("@VERSION@", version()).replace("@DATE@", _day())


def _day() -> str:
    return datetime.fromtimestamp(source_date(), UTC).date().isoformat()
