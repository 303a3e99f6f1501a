"""The desk at which the use cases work: the stores, the officer, the clock, in one place.

Every use case is a function of a desk and what the person gave; none of them knows of Qt, so that the
pages and the command line run the very same code.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.codes import OUTSIDE, UNPLACED
from sync.contract.ids import NewId
from sync.contract.lifecycle import Role
from sync.contract.records import Equipment, Place
from sync.contract.wire import OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore

Locate = Callable[[float, float], str | None]
"""Longitude and latitude (WGS-84) to the code of the grid cell there, or None."""


class Desk(msgspec.Struct, frozen=True):
    """What every use case needs. ``font`` is the file stamped pictures are written with."""

    work: WorkStore
    reference: ReferenceStore
    officer: OfficerCard
    device_id: str
    clock: Clock
    new_id: NewId
    locate: Locate
    app_version: str
    font: Path
    position_source: str = ""

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return self.work.folder

    @property
    def role(self) -> Role:
        """The officer's role."""
        return Role(self.officer.role)

    def grid_cell_at(self, place: Place) -> str:
        """The grid cell of a place: its code, ``outside``, or ``unplaced`` where there is no position."""
        if place.lon is None or place.lat is None:
            return UNPLACED
        return self.locate(place.lon, place.lat) or OUTSIDE

    def equipment(self) -> Equipment:
        """The state of the equipment at this moment."""
        return Equipment(
            app_version=self.app_version,
            free_bytes=self.folder.free_bytes(),
            position_source=self.position_source,
            platform=platform.platform(),
        )
