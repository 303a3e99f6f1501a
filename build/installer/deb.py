"""The .deb: the frozen folder below /usr/lib/fieldapp, with what Debian expects."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

from depends import debian_depends
from desktop_files import desktop_files
from folder import files_of
from freeze import PROJECT, source_date, version

HOME = "usr/lib/fieldapp"
MAINTAINER = "Field App maintainers <maintainers@fieldapp.example>"
PLACES = {
    "share": "usr/share",
    "autostart": "etc/xdg/autostart",
    "systemd": "usr/lib/systemd/user",
}


def make_deb(frozen: Path, out: Path, work: Path) -> Path:
    """Build the package; needs the libraries it will depend on to be installed here."""
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / HOME, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    for program in ("fieldapp", "fieldapp-sync"):
        (tree / "usr/bin" / program).symlink_to(f"../lib/fieldapp/{program}")
    for name, text in desktop_files("/usr/bin").items():
        first, _, rest = name.partition("/")
        _put(tree / PLACES[first] / rest, text)
    for page in (tree / "usr/share/man").rglob("*.1"):
        page.with_name(page.name + ".gz").write_bytes(gzip.compress(page.read_bytes(), 9, mtime=0))
        page.unlink()
    _documents(tree)
    architecture = _told("dpkg", "--print-architecture").strip()
    _control(tree, architecture, debian_depends(tree, work))
    _dates(tree)
    target = out / f"fieldapp_{version()}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z16", "--build", str(tree), str(target)]
    _told(*command, environment={"SOURCE_DATE_EPOCH": str(source_date())})
    return target


def _documents(tree: Path) -> None:
    place = tree / "usr/share/doc/fieldapp"
    notices = (tree / HOME / "inside/THIRD-PARTY.txt").read_text(encoding="utf-8")
    licence = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    _put(place / "copyright", f"The programs are under the Apache License 2.0.\n\n{licence}\n\n{notices}")
    log = (PROJECT / "CHANGELOG.md").read_bytes()
    (place / "changelog.gz").write_bytes(gzip.compress(log, 9, mtime=0))


def _control(tree: Path, architecture: str, depends: str) -> None:
    kilobytes = sum(p.lstat().st_size for p in files_of(tree)) // 1024
    _put(
        tree / "DEBIAN/control",
        f"Package: fieldapp\nVersion: {version()}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\nDepends: {depends}\n"
        "Recommends: dbus-user-session, libpulse0, libsecret-1-0\n"
        "Section: misc\nPriority: optional\n"
        "Description: offline-first field app for the people who inspect a city\n"
        " Photograph what is found, ask whether a truck may be here and now with this load, and work the\n"
        " tasks that were dispatched. Everything works without a network; what was saved is sent when the\n"
        " connection returns: all of it, once, unaltered.\n",
    )
    prerm = (PROJECT / "build/installer/linux/prerm").read_text(encoding="utf-8")
    _put(tree / "DEBIAN/prerm", prerm.replace("@HOME@", f"/{HOME}"))
    (tree / "DEBIAN/prerm").chmod(0o755)
    _put(tree / "DEBIAN/conffiles", "/etc/xdg/autostart/fieldapp-sync.desktop\n")
    sums = [
        f"{_told('md5sum', str(path)).split()[0]}  {path.relative_to(tree)}\n"
        for path in files_of(tree)
        if not path.is_symlink() and "DEBIAN" not in path.relative_to(tree).parts
    ]
    _put(tree / "DEBIAN/md5sums", "".join(sums))


def _dates(tree: Path) -> None:
    """One date for all, so that the same sources give the same package."""
    when = source_date()
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (when, when), follow_symlinks=False)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def _told(*command: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
