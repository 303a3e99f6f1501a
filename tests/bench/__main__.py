"""Runs every figure and writes bench.json: `python -m tests.bench [--out FILE] [NAME…]`.

Each module tests/bench/bench_*.py offers `run() -> list[dict]` with name, unit, ours, reference and ratio,
both sides taken in the same run, on the same machine. NAME picks modules by the part after `bench_`.
"""

import argparse
import importlib
import json
import math
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KEYS = ("name", "unit", "ours", "reference", "ratio")

LINE = "  {name}: ours {ours:.4g} {unit}, reference {reference:.4g} {unit}, ratio {ratio:.3g}"

Figure = dict[str, Any]


def main() -> int:
    """Run, print and write the figures; 1 when a module breaks the agreement."""
    parser = argparse.ArgumentParser(
        prog="build/test --bench", description="Take the figures and write them."
    )
    parser.add_argument("--out", type=Path, help="default: bench.json in a new temporary folder")
    parser.add_argument("names", nargs="*", help="only these modules (bench_NAME.py)")
    chosen = parser.parse_args()
    out: Path = chosen.out or Path(tempfile.mkdtemp(prefix="fieldapp-bench-")) / "bench.json"

    modules = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = [name for name in chosen.names if f"bench_{name}" not in modules]
    if unknown:
        parser.error(f"no such module: {', '.join(unknown)}")
    wanted = [f"bench_{name}" for name in chosen.names] or modules
    if not wanted:
        print("nothing to check: no module bench_*.py in tests/bench")
    figures: list[Figure] = []
    for module in wanted:
        print(f"{module} …", flush=True)
        began = time.monotonic()
        for figure in importlib.import_module(f"{__package__}.{module}").run():
            complaint = _complaint(figure)
            if complaint:
                print(f"{module}: {complaint}: {figure}", file=sys.stderr)
                return 1
            figures.append({key: figure[key] for key in KEYS})
            print(LINE.format(**figure))
        print(f"  ({time.monotonic() - began:.1f} s)")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(figures)} figures in {out}")
    return 0


def _complaint(figure: Figure) -> str | None:
    if sorted(figure) != sorted(KEYS):
        return f"a figure has exactly {', '.join(KEYS)}"
    if not all(isinstance(figure[key], str) and figure[key] for key in ("name", "unit")):
        return "name and unit are words"
    if not all(isinstance(figure[key], int | float) and math.isfinite(figure[key]) for key in KEYS[2:]):
        return "ours, reference and ratio are finite numbers"
    return None


if __name__ == "__main__":
    sys.exit(main())
