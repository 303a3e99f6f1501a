"""The tablet's battery, read from the kernel's ``/sys/class/power_supply``.

A battery of something plugged in or paired (a pen, a mouse: scope "Device") is not the tablet's. Where there
is nothing to read there is no battery, which counts as mains.
"""

from __future__ import annotations

from pathlib import Path

from sync.sending import Battery

POWER_SUPPLY = Path("/sys/class/power_supply")
_FED = frozenset({"Charging", "Full"})


def read_battery(folder: Path = POWER_SUPPLY) -> Battery:
    """All of the tablet's batteries as one, and whether something feeds it."""
    cells: list[Path] = []
    fed = False
    for supply in _supplies(folder):
        if _text(supply, "scope") == "Device":
            continue
        if _text(supply, "type") == "Battery":
            if _text(supply, "present") != "0":
                cells.append(supply)
        else:
            fed |= _text(supply, "online") in ("1", "2")
    if not cells:
        return Battery()
    states = {_text(cell, "status") for cell in cells}
    return Battery(present=True, percent=_percent(cells), on_mains=fed or states <= _FED)


def _supplies(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _percent(cells: list[Path]) -> int | None:
    """By energy or charge where every battery tells it, else the mean of what they say of themselves."""
    for kind in ("energy", "charge"):
        now = [_number(cell, f"{kind}_now") for cell in cells]
        full = [_number(cell, f"{kind}_full") for cell in cells]
        known = [(n, f) for n, f in zip(now, full, strict=True) if n is not None and f]
        if len(known) == len(cells):
            return min(100, round(100 * sum(n for n, _ in known) / sum(f for _, f in known)))
    told = [share for cell in cells if (share := _number(cell, "capacity")) is not None]
    return min(100, round(sum(told) / len(told))) if told else None


def _number(supply: Path, name: str) -> int | None:
    text = _text(supply, name)
    return int(text) if text.isascii() and text.isdecimal() else None


def _text(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
