"""Makes the installers, ``build/package deb|run|win|all``, and says what it made, how big, how long."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from deb import make_deb
from folder import sizes
from freeze import PROJECT, freeze
from selfextract import make_run
from windows_setup import make_setup, stub_payload

KINDS = ("folder", "deb", "run", "win")


def main() -> int:
    """Make what was asked for; everything goes to a folder outside the sources."""
    parser = argparse.ArgumentParser(prog="build/package", description=__doc__)
    parser.add_argument("kind", choices=[*KINDS, "all"], help="folder: only the frozen programs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: a new temporary folder")
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="take these frozen programs as they are")
    parser.add_argument("--python", type=Path, required=True, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    out = (asked.out or Path(tempfile.mkdtemp(prefix="fieldapp-package-"))).absolute()
    if out.is_relative_to(PROJECT):
        parser.error("the results must not lie among the sources")
    out.mkdir(parents=True, exist_ok=True)
    wanted = KINDS[1:] if asked.kind == "all" else (asked.kind,)
    with tempfile.TemporaryDirectory(prefix="fieldapp-packaging-") as place:
        told = _make(wanted, out, Path(place), asked.python, asked.frozen)
    (out / "package.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"everything lies in {out}")
    return 0


def _make(
    wanted: tuple[str, ...], out: Path, work: Path, python: Path, frozen: Path | None
) -> dict[str, object]:
    told: dict[str, object] = {}
    if set(wanted) != {"win"}:
        began = time.monotonic()
        folder = frozen.absolute() if frozen is not None else freeze(python, out, work)
        parts = sizes(folder)
        told["folder"] = {"path": str(folder), "bytes": parts, "seconds": round(time.monotonic() - began, 1)}
        shown = ", ".join(f"{name} {size / 1e6:.1f}" for name, size in parts.items())
        print(f"frozen programs: {folder} ({shown} MB; {time.monotonic() - began:.0f} s)", flush=True)
    for kind in wanted:
        began = time.monotonic()
        if kind == "deb":
            made = make_deb(folder, out, work)
        elif kind == "run":
            made = make_run(folder, out, work)
        elif kind == "win":
            made = make_setup(stub_payload(work / "stub"), out, stub=True)
        else:
            continue
        took = time.monotonic() - began
        told[kind] = {"path": str(made), "bytes": made.stat().st_size, "seconds": round(took, 1)}
        print(f"{kind}: {made} ({made.stat().st_size / 1e6:.1f} MB; {took:.0f} s)", flush=True)
        if kind == "win":
            print("  with a stand-in payload: the Windows programs were not built (not run: needs Windows)")
    return told


if __name__ == "__main__":
    sys.exit(main())
