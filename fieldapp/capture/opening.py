"""Opening a desk: from a data folder, its key and an officer's number to everything a use case needs.

Called in the thread that will use the desk. Needs no Qt, so that the command line opens the same desk.
"""

from __future__ import annotations

import fieldapp
from fieldapp.capture.desk import Desk
from fieldapp.capture.locating import CityGrid
from sync.clock import Clock, SystemClock
from sync.contract.errors import NeedsPerson
from sync.contract.ids import new_id
from sync.contract.lifecycle import Role
from sync.contract.tables import Row
from sync.contract.wire import OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
from sync.replica.reserve import through_door
from sync.replica.work import WorkStore
from sync.resources import resource


def open_desk(
    folder: DataFolder,
    key: bytes,
    officer_id: str,
    *,
    clock: Clock | None = None,
    position_source: str = "",
) -> Desk:
    """Open the stores and lay the desk. ``not_enrolled`` and ``officer_unknown`` as they say."""
    work = through_door(folder, lambda: WorkStore(folder, key))
    identity = work.meta.require_identity()
    reference = through_door(folder, lambda: ReferenceStore(folder))
    return Desk(
        work=work,
        reference=reference,
        officer=officer_card(work, officer_id),
        device_id=identity.device_id,
        clock=clock or SystemClock(),
        new_id=new_id,
        locate=CityGrid(reference).locate,
        app_version=fieldapp.__version__,
        font=resource("fonts", "FieldSansSC-Medium.ttf"),
        position_source=position_source,
    )


def officer_card(work: WorkStore, officer_id: str) -> OfficerCard:
    """The officer as central told; before the first pull, a card with the number alone."""
    row = work.city.officer(officer_id)
    if row is not None:
        return card_of(row)
    if any(work.city.counts().values()):
        raise NeedsPerson("officer_unknown", officer=officer_id)
    return OfficerCard(officer_id, officer_id, Role.GRID_WORKER.value, "")


def card_of(row: Row) -> OfficerCard:
    """An officer's row as a card."""
    return OfficerCard(str(row["officer_id"]), str(row["name"]), str(row["role"]), str(row["squad"] or ""))
