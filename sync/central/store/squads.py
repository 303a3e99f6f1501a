"""Where every squad was last known to be, and whether it has its hands full.

A squad is busy while one of its officers has taken an alert, is coming to another call, or handles a case on
site. Its place is the newest known of its officers on duty (``last_places``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.central.store.last_places import LastPlace, last_positions
from sync.central.world import iso
from sync.contract.alerts import AlertState
from sync.contract.calls import CallState
from sync.contract.lifecycle import CaseState
from sync.contract.squads import SquadStand
from sync.replica.database import Database

KNOWN_FOR = timedelta(hours=2)
"""How long a place is believed: longer ago, nothing is known."""
HANDS_FULL = (CaseState.ARRIVED.value, CaseState.HANDLED.value)


def squad_stands(db: Database, now: datetime) -> list[SquadStand]:
    """Every squad of officers who may stop a truck, by name."""
    squads: dict[str, list[str]] = {}
    for officer_id, squad in db.execute(
        "SELECT officer_id, squad FROM officer WHERE active = 1 AND role = 'inspector' AND squad <> ''"
        " ORDER BY squad, officer_id"
    ).fetchall():
        squads.setdefault(str(squad), []).append(str(officer_id))
    seen = {one.officer_id: one for one in last_positions(db, now, KNOWN_FOR)}
    busy = busy_officers(db)
    return [_stand(squad, tuple(officers), seen, busy) for squad, officers in squads.items()]


def _stand(
    squad: str, officers: tuple[str, ...], seen: dict[str, LastPlace], busy: frozenset[str]
) -> SquadStand:
    is_busy = not busy.isdisjoint(officers)
    known = [seen[one] for one in officers if one in seen]
    if not known:
        return SquadStand(squad, officers, busy=is_busy)
    newest = max(known, key=lambda one: one.at)
    return SquadStand(squad, officers, newest.lon, newest.lat, iso(newest.at), is_busy)


def busy_officers(db: Database) -> frozenset[str]:
    """Who has a taken alert, is coming to a call, or handles a case on site."""
    rows = db.execute(
        "SELECT holder FROM alert WHERE state = ? UNION SELECT assignee FROM city_case WHERE state IN (?, ?)",
        (AlertState.TAKEN.value, *HANDS_FULL),
    )
    busy = {str(row[0]) for row in rows.fetchall()}
    open_calls = db.execute(
        "SELECT coming, caller FROM reinforcement WHERE state = ?", (CallState.OPEN.value,)
    ).fetchall()
    for coming, caller in open_calls:
        busy |= {*str(coming).split(), str(caller)}
    return frozenset(busy - {""})
