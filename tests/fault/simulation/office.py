"""What happens at central besides: the office's own acts, changes of the city's data, and its accidents."""

from __future__ import annotations

import random

from sync.central.store.store import delete_row, put_row
from sync.contract.errors import FieldError
from sync.contract.lifecycle import ActKind
from tests.contract.central_server import permit_row
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.city import BLACKLISTED, FIELD_OFFICERS, PERMITS, blacklist_row
from tests.fault.simulation.disk import Died
from tests.fault.simulation.world import World


class Office:
    """The desk at central."""

    def __init__(self, world: World, central: SimCentral) -> None:
        self._world = world
        self._central = central
        self._chance: random.Random = world.chance("office")

    def do_something(self) -> None:
        """Draw something to do at the desk, and do it."""
        if not self._central.is_up:
            return
        try:
            said = self._chance.choices((self._case, self._permits, self._blacklist), (6, 2, 1))[0]()
        except FieldError as refused:
            said = f"refused: {refused.code}"
        except Died:
            self._central.bury()
            said = "central died over it"
        self._world.note("office", said)
        self._world.count("acts of the office")

    def _case(self) -> str:
        with self._central.real.store.reading() as db:
            cases = [str(row[0]) for row in db.execute("SELECT case_id FROM city_case ORDER BY case_id")]
        if not cases:
            return "no case"
        case_id = self._chance.choice(cases)
        desk = self._central.desk()
        if self._chance.random() < 0.6:
            desk.dispatch(case_id, self._chance.choice(FIELD_OFFICERS))
            return f"dispatched {case_id}"
        kind = self._chance.choice((ActKind.OPEN, ActKind.VOID, ActKind.SUPERVISE, ActKind.ASK_CHECK))
        desk.act(case_id, kind, note="办公室")
        return f"{kind.value} {case_id}"

    def _permits(self) -> str:
        number = self._chance.randrange(1, PERMITS + 1)
        status = self._chance.choice(("active", "revoked", "used"))
        with self._central.real.store.writing() as db:
            put_row(db, "permit", {**permit_row(number), "status": status})
        return f"permit {number} {status}"

    def _blacklist(self) -> str:
        number = self._chance.randrange(1, BLACKLISTED + 3)
        with self._central.real.store.writing() as db:
            if self._chance.random() < 0.4:
                delete_row(db, "blacklist", f"B{number:04}")
                return f"unlisted {number}"
            put_row(db, "blacklist", blacklist_row(number))
        return f"listed {number}"

    def delete_nearly_all(self, table: str) -> None:
        """An accident: most rows of a table are deleted at central, with tombstones for everybody."""
        if not self._central.is_up:
            return
        key, prefix = {"blacklist": ("entry_id", "B"), "permit": ("permit_id", "P")}[table]
        try:
            with self._central.real.store.writing() as db:
                ids = [str(r[0]) for r in db.execute(f"SELECT {key} FROM {table} ORDER BY {key}")]
                for row_id in ids[2:]:
                    delete_row(db, table, row_id)
        except Died:
            self._central.bury()
        self._world.note("office", f"deleted nearly all of {table} ({prefix}…)")
        self._world.count("mass deletes")
