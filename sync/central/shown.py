"""What the command line shows to people; scripts take the same results as JSON."""

from __future__ import annotations

import json

from sync.cli.frame import Result
from sync.contract.case_fold import past_of
from sync.contract.clash import ACCEPTED
from sync.contract.lifecycle import given_on
from sync.contract.records import ClockState

TRUSTED = ClockState.TRUSTED.value


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
        f"{name}: {_indented(value)}"
        for name, value in case.items()
        if name != "record" and value not in ("", None)
    ]
    for limit in (limit for limit in result["limits"] if limit["level"] != "none"):
        known = limit["left_s"] is not None
        left = f"{limit['left_s'] // 60} min left" if known else "the working calendar does not reach so far"
        lines.append(f"limit: {limit['level']}, {left}")
    lines += _unit(result.get("unit"))
    lines += _clock(case)
    again = given_on("", (past_of(act).step for act in result["acts"] if act["standing"] == ACCEPTED))
    for act in result["acts"]:
        outcome = f"{act['standing']} {act['code']}".strip()
        whom = f" to {act['to_officer']}" if act.get("to_officer") else ""
        anew = " again" if act["act_id"] in again else ""
        lines.append(f"act {act['done_at']}  {act['kind']}{anew}{whom} by {act['officer_id']}: {outcome}")
    facts = result["facts"]
    if isinstance(facts, dict):
        reasons = ", ".join(str(reason) for reason in facts.get("reasons", ()))
        lines.append(f"verdict {facts.get('answer', '?')}: {reasons or '-'}")
    lines += [
        f"photo {photo['slot']} {photo['lane']}: {photo['sha256']} {photo['bytes']} B"
        f" {'held' if photo['held'] else 'not here yet'}"
        for photo in result["photos"]
    ]
    return "\n".join(lines)


def _unit(wish: Result | None) -> list[str]:
    """Who should see to it in the reporter's eyes, and whom of them it can be dispatched to."""
    if wish is None:
        return []
    if not wish["name"]:
        return ["unit: none, by the reporter's choice: command decides"]
    lines = [f"unit: {' '.join(_names(wish))}, {'chosen by the reporter' if wish['chosen'] else 'suggested'}"]
    return lines + _officers(wish["officers"], "  ")


def _names(unit: Result) -> list[str]:
    known = (unit.get(name) for name in ("unit_id", "name", "name_zh", "name_en", "contact"))
    return [_indented(value) for value in known if value]


def _officers(officers: list[Result], margin: str) -> list[str]:
    return [f"{margin}{o['officer_id']:<8} {o['name']}, {o['cases']} in hand" for o in officers] or [
        f"{margin}nobody of it has a tablet"
    ]


def show_units(result: Result) -> str:
    """A unit, what it answers for and where, and its officers."""
    lines = []
    for unit in result["units"]:
        lines.append(" ".join(_names(unit)))
        if unit["classes"]:
            lines.append(f"  {unit['classes']} in {unit['areas'] or 'the whole city'}")
        lines += _officers(unit["officers"], "  ")
    return "\n".join(lines) or "-"


def _clock(case: Result) -> list[str]:
    """Where the time of the report is a tablet's that nobody can vouch for, that this is so."""
    try:
        stamp = json.loads(str(case["record"] or "{}")).get("stamp", {})
    except (ValueError, AttributeError):
        return []
    clock = stamp.get("clock", TRUSTED) if isinstance(stamp, dict) else TRUSTED
    if clock == TRUSTED:
        return []
    return [f"reported_at is by the tablet's clock, which was {_indented(clock)}; limits are by central's"]


def _indented(value: object) -> str:
    """What people wrote, so that no line of theirs passes for one of ours."""
    return str(value).replace("\n", "\n    ")


def show_lookups(result: Result) -> str:
    """One line a look-up."""
    lines = [
        f"{one['looked_at']}  {one['officer_id']:<8} {one['plate']:<9} {one['answer']:<11}"
        f" {_where(one['lon'], one['lat'])}  {one['reasons']}"
        for one in result["lookups"]
    ]
    if result["before"]:
        lines.append(f"more: --before {result['before']}")
    return "\n".join(lines) or "-"


def _where(lon: float | None, lat: float | None) -> str:
    return "-" if lon is None or lat is None else f"{lon:.5f},{lat:.5f}"


def show_devices(result: Result) -> str:
    """One line a tablet."""
    return "\n".join(
        f"{one['device_id']}  {one['officer_id'] or '-':<8} {one['area'] or 'whole city':<12}"
        f" {' '.join(str(one['name']).split())}{'' if one['active'] else ' (inactive)'}"
        for one in result["devices"]
    )


def show_rescued(result: Result) -> str:
    """One line a draft, with its photos below it."""
    lines = []
    for draft in result["drafts"]:
        body = json.loads(draft["body"])
        case = f" on {draft['case_id']}" if draft["case_id"] else ""
        words = " ".join(str(body.get("note", "")).split())[:60] if isinstance(body, dict) else ""
        head = f"{draft['draft_id']}  {draft['officer_id']:<8} {draft['kind']}{case} {draft['changed_at']}"
        lines.append(f"{head}  {words}".rstrip())
        lines += [
            f"  photo {photo['slot']} {file['lane']}: {file['sha256']} {file['bytes']} B"
            for photo in json.loads(draft["photos"])
            for file in photo["files"]
        ]
    return "\n".join(lines) or "-"


def show_officers(result: Result) -> str:
    """One line an officer."""
    return "\n".join(
        f"{o['officer_id']:<8} {o['role']:<12} {o['name']}{'' if o['active'] else ' (inactive)'}"
        for o in result["officers"]
    )
