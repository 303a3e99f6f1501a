"""What the command line shows to people; scripts take the same results as JSON."""

from __future__ import annotations

from sync.cli.frame import Result


def show_cases(result: Result) -> str:
    """One line a case."""
    lines = [
        f"{case['short_id']}  {case['state']:<10} {case['class_code']:<9} {case['assignee'] or '-':<8}"
        f" {case['reported_at']}  {' '.join(str(case['note']).split())[:60]}"
        for case in result["cases"]
    ]
    if result["cursor"]:
        lines.append(f"more: --cursor {result['cursor']}")
    return "\n".join(lines) or "-"


def show_case(result: Result) -> str:
    """The case, then its acts and photos."""
    case = result["case"]
    lines = [
        f"{name}: {value}" for name, value in case.items() if name != "record" and value not in ("", None)
    ]
    for act in result["acts"]:
        outcome = f"{act['standing']} {act['code']}".strip()
        lines.append(f"act {act['done_at']}  {act['kind']} by {act['officer_id']}: {outcome}")
    lines += [
        f"photo {photo['slot']} {photo['lane']}: {photo['sha256']} {photo['bytes']} B"
        f" {'held' if photo['held'] else 'not here yet'}"
        for photo in result["photos"]
    ]
    return "\n".join(lines)


def show_officers(result: Result) -> str:
    """One line an officer."""
    return "\n".join(
        f"{o['officer_id']:<8} {o['role']:<12} {o['name']}{'' if o['active'] else ' (inactive)'}"
        for o in result["officers"]
    )
