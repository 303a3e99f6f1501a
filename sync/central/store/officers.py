"""Officers: their public cards, and the PIN verifiers that never leave central."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from sync.central.store.attempts import note_failure, note_success, require_no_wait
from sync.central.store.store import Store, get_row
from sync.central.world import World
from sync.contract.errors import NeedsPerson
from sync.contract.ids import check_officer_id
from sync.contract.lifecycle import Role
from sync.contract.tables import Row
from sync.contract.wire import OfficerCard
from sync.replica.database import Database

PIN_MAX = 64
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this PIN")


def pin_verifier(pin: str) -> str:
    """What central keeps of a PIN: argon2id."""
    return _HASHER.hash(pin)


def set_pin(db: Database, officer_id: str, verifier: str) -> None:
    """Keep an officer's PIN verifier."""
    db.execute(
        "INSERT OR REPLACE INTO officer_pin (officer_id, verifier) VALUES (?, ?)", (officer_id, verifier)
    )


def card_of(row: Row) -> OfficerCard:
    """The card as shown and written into records."""
    return OfficerCard(
        officer_id=str(row["officer_id"]),
        name=str(row["name"]),
        role=str(row["role"]),
        squad=str(row["squad"] or ""),
    )


def first_in_role(db: Database, roles: frozenset[Role]) -> str | None:
    """Who acts when the desk does not say: a dispatcher before a chief before a leader, active, by number."""
    for role in (Role.DISPATCHER, Role.CHIEF, Role.LEADER):
        row = db.execute(
            "SELECT min(officer_id) FROM officer WHERE active = 1 AND role = ?", (role.value,)
        ).fetchone()
        if role in roles and row[0] is not None:
            return str(row[0])
    return None


class Officers:
    """Checks an officer's PIN, with a wait after five wrong ones."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def sign_in(self, officer_id: str, pin: str) -> OfficerCard:
        """The officer's card for the right PIN; an unknown officer answers like a wrong PIN."""
        officer_id = check_officer_id(officer_id)
        subject = f"officer:{officer_id}"
        now = self._world.now()
        with self._store.writing() as db:
            require_no_wait(db, subject, now)
            row = get_row(db, "officer", officer_id)
            kept = db.execute(
                "SELECT verifier FROM officer_pin WHERE officer_id = ?", (officer_id,)
            ).fetchone()
            # Counted before it is checked, so that many tries at once are still many tries.
            left = note_failure(db, subject, now)
        if not (_matches(_NOBODY if kept is None else kept[0], pin) and row is not None):
            raise NeedsPerson("pin_wrong", tries_left=left)
        with self._store.writing() as db:
            note_success(db, subject)
        if not row["active"]:
            raise NeedsPerson("officer_inactive", officer_id=officer_id)
        return card_of(row)

    def cards(self) -> list[tuple[OfficerCard, bool]]:
        """Every officer with whether they are active, by number."""
        with self._store.reading() as db:
            ids = [row[0] for row in db.execute("SELECT officer_id FROM officer ORDER BY officer_id")]
            rows = [row for row in (get_row(db, "officer", officer_id) for officer_id in ids) if row]
        return [(card_of(row), bool(row["active"])) for row in rows]


def _matches(verifier: str, pin: str) -> bool:
    if len(pin) > PIN_MAX:
        return False
    try:
        return _HASHER.verify(verifier, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False
