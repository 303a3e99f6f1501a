"""The commands about alerts and reinforcement: raise one, list them, act on one, see squads and calls."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from sync.central.alert_desk import DESK_ALERT_ACTS, AlertDesk
from sync.central.attachments import take_in
from sync.central.commands import opened
from sync.central.store.alerts import NewAlert
from sync.cli.frame import Result
from sync.clock import SystemClock
from sync.contract.alerts import AlertActKind, AlertKind, AlertState, Severity
from sync.contract.calls import CallState
from sync.contract.errors import InputRefused

SEVERITIES = {severity.name.lower(): severity for severity in Severity}
ACT_NAMES = {kind.value.replace("_", "-"): kind for kind in DESK_ALERT_ACTS}


def add_commands(add: Callable[..., Any], page: Callable[[str], int]) -> None:
    """Put them beside the others."""
    alert = add("alert", help="raise an alert (预警): tablets of its area get it by themselves")
    alert.add_argument("kind", choices=[kind.value for kind in AlertKind])
    alert.add_argument("--severity", choices=list(SEVERITIES), default="mild")
    alert.add_argument("--plate", default="")
    alert.add_argument("--permit", default="", help="default: the truck's own")
    alert.add_argument("--company", default="", help="default: the permit's")
    alert.add_argument("--site", default="", help="of the site's table; gives the place where none is named")
    alert.add_argument("--lon", type=float, default=None)
    alert.add_argument("--lat", type=float, default=None)
    alert.add_argument("--address", default="")
    alert.add_argument("--source", default="", help="who saw it")
    alert.add_argument("--note", default="")
    alert.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", help="what was measured")
    alert.add_argument("--picture", type=Path, metavar="FILE", help="JPEG or PNG")
    alert.add_argument("--id", default="", metavar="UUID", help="of the alert: twice is raised once")
    alerts = add("alerts", help="alerts with where they stand, newest first")
    alerts.add_argument("--state", choices=[state.value for state in AlertState])
    alerts.add_argument("--limit", type=page, default=50)
    alerts.add_argument("--before", default="", help="as told by the last page")
    act = add("alert-act", help="give an alert to somebody, put it back, dismiss it, open it again")
    act.add_argument("alert", metavar="ALERT")
    act.add_argument("act", choices=list(ACT_NAMES))
    act.add_argument("--to", default="", metavar="OFFICER")
    act.add_argument("--officer", default="", help="who acts (default: the first who may)")
    act.add_argument("--note", default="")
    act.add_argument("--id", default="", metavar="UUID", help="of the act: twice is done once")
    squads = add(
        "squads", help="where every squad is, whether it is free, and who would be asked from a place"
    )
    squads.add_argument("--lon", type=float, default=None)
    squads.add_argument("--lat", type=float, default=None)
    calls = add("calls", help="calls for reinforcement (增援), newest first")
    calls.add_argument("--all", action="store_true", help="those that have ended too")
    calls.add_argument("--limit", type=page, default=50)


def do_alert(arguments: argparse.Namespace) -> Result:
    """Raise one."""
    with opened(arguments) as central:
        photos = take_in(central, [arguments.picture], []) if arguments.picture else ()
        row = central.alerts.add(
            NewAlert(
                alert_id=arguments.id or central.world.new_id(),
                kind=AlertKind(arguments.kind),
                severity=SEVERITIES[arguments.severity],
                plate=arguments.plate,
                company_id=arguments.company,
                permit_id=arguments.permit,
                site_id=arguments.site,
                lon=arguments.lon,
                lat=arguments.lat,
                address=arguments.address,
                source=arguments.source,
                note=arguments.note,
                facts=dict(_fact(text) for text in arguments.fact),
                picture=photos[0].original.sha256 if photos else "",
            )
        )
    return dict(row)


def do_alerts(arguments: argparse.Namespace) -> Result:
    """A page of alerts."""
    state = AlertState(arguments.state) if arguments.state else None
    with opened(arguments) as central:
        page = central.alerts.page(state, arguments.limit, arguments.before)
    return {"alerts": page.alerts, "before": page.before}


def do_alert_act(arguments: argparse.Namespace) -> Result:
    """One act of command."""
    kind: AlertActKind = ACT_NAMES[arguments.act]
    with opened(arguments) as central:
        done = AlertDesk(central.store, central.world, SystemClock()).act(
            arguments.alert,
            kind,
            officer_id=arguments.officer.upper(),
            to_officer=arguments.to.upper(),
            note=arguments.note,
            act_id=arguments.id,
        )
    told: Result = msgspec.to_builtins(done)
    return told


def do_squads(arguments: argparse.Namespace) -> Result:
    """Every squad."""
    with opened(arguments) as central:
        return {"squads": msgspec.to_builtins(central.calls.squads(arguments.lon, arguments.lat))}


def do_calls(arguments: argparse.Namespace) -> Result:
    """Calls for reinforcement."""
    with opened(arguments) as central:
        return {"calls": central.calls.calls(None if arguments.all else CallState.OPEN, arguments.limit)}


def show_alerts(result: Result) -> str:
    """One line an alert."""
    names = {severity.value: name for name, severity in SEVERITIES.items()}
    lines = [
        f"{one['alert_id']}  {one['occurred_at']}  {names[one['severity']]:<7}  {one['kind']:<14}"
        f"  {one['state']:<9}  {one['holder'] or '-':<6}  {one['plate'] or '-':<8}  {one['address']}"
        for one in result["alerts"]
    ]
    if result["before"]:
        lines.append(f"more: --before {result['before']}")
    return "\n".join(lines) or "-"


def show_squads(result: Result) -> str:
    """One line a squad."""
    lines = []
    for one in result["squads"]:
        metres = one.get("distance_m")
        where = f"{metres} m" if metres is not None else one.get("seen_at", "") or "place unknown"
        hands = "busy" if one.get("busy") else "free"
        asked = "  asked" if one.get("asked") else ""
        lines.append(f"{one['squad']:<12}  {hands}  {where}  {' '.join(one['officers'])}{asked}")
    return "\n".join(lines) or "-"


def show_calls(result: Result) -> str:
    """One line a call."""
    lines = [
        f"{one['call_id']}  {one['called_at']}  {one['state']:<6}  {one['caller']}"
        f"  asked: {one['asked'] or '-'}  coming: {one['coming'] or '-'}  cannot: {one['declined'] or '-'}"
        for one in result["calls"]
    ]
    return "\n".join(lines) or "-"


def _fact(text: str) -> tuple[str, str | int | float]:
    name, is_named, value = text.partition("=")
    if not is_named or not name.strip():
        raise InputRefused("header_invalid", name="fact")
    for read in (int, float):
        try:
            return name.strip(), read(value)
        except ValueError:
            continue
    return name.strip(), value
