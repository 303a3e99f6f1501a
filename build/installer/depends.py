"""Which Debian packages a tree of programs needs, found from the libraries it really links."""

from __future__ import annotations

import subprocess
from pathlib import Path

from folder import files_of

ALWAYS = ("xkb-data", "fontconfig-config", "tzdata")
"""Data that libraries read at run time and that no table of needed libraries names."""


def debian_depends(tree: Path, work: Path) -> str:
    """The Depends of everything below ``tree``; what the tree itself holds is not among them."""
    scratch = work / "shlibdeps"
    (scratch / "debian").mkdir(parents=True, exist_ok=True)
    (scratch / "debian/control").write_text("Source: fieldapp\n\nPackage: fieldapp\nArchitecture: any\n")
    mark = tree / "DEBIAN"  # by this dpkg-shlibdeps knows the package's root
    ours = not mark.exists()
    mark.mkdir(exist_ok=True)
    binaries = [path for path in files_of(tree) if not path.is_symlink() and _is_elf(path)]
    folders = sorted({str(path.parent) for path in binaries})
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *(f"-l{f}" for f in folders)]
    told = subprocess.run(
        [*command, *map(str, binaries)],
        cwd=scratch,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if ours:
        mark.rmdir()
    if told.returncode:
        raise SystemExit(f"dpkg-shlibdeps failed: {told.stderr.strip()[-2000:]}")
    return ", ".join([told.stdout.strip().removeprefix("shlibs:Depends="), *ALWAYS])


def package_names(depends: str) -> list[str]:
    """The bare names in a Depends."""
    return [part.split()[0] for part in depends.split(",")]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
