"""Small named values of the work store: identity, counters, cursors, clock offset, events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.contract.records import ClockState, Stamp
from sync.contract.tables import Stream
from sync.contract.wire import City, Receipt
from sync.replica.database import Database
from sync.replica.notes import UNHEARD, Notes

T = TypeVar("T")
CLOCK_TOLERANCE_MS = 120_000
"""A wall clock further than this from central's is called doubtful."""


_SHOWN = re.compile(r"[^.,\s]{1,64}\.[0-9]{1,18}\.[^.,\s]{1,64}", re.ASCII)
SHOWN_MOST = 8
"""Receipts of no more stretches than this are shown: of many the first that was not settled, and the last."""


class Shown(NamedTuple):
    """A receipt as it is shown to central."""

    epoch: str
    sequence: str
    mark: str


class Identity(msgspec.Struct, frozen=True):
    """Who this device is to its central. Lies only in the encrypted store.

    ``signing_key`` is central's public key, pinned at enrolment; "" on a tablet enrolled before it had one.
    ``rescue_key`` is the public key that rescue files are written to; "" likewise.
    """

    server: str
    device_id: str
    private_key: str
    token: str
    epoch: str
    city: City
    signing_key: str = ""
    rescue_key: str = ""


class ClockFix(msgspec.Struct, frozen=True):
    """The last comparison with central's time: offset, and when (monotonic, boot, wall) it was made."""

    offset_ms: int
    monotonic_ms: int
    boot_id: str
    wall_ms: int | None = None


class CursorAt(msgspec.Struct, frozen=True):
    """How far a stream has been applied."""

    cursor: str
    epoch: str
    moved_at: datetime


class Meta:
    """Typed values by name."""

    def __init__(self, db: Database, notes: Notes = UNHEARD) -> None:
        self._db = db
        self._notes = notes

    def _get(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return None if row is None else str(row[0])

    def _set(self, name: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    def identity(self) -> Identity | None:
        """The device's identity, or None before enrolment."""
        value = self._get("identity")
        return None if value is None else msgspec.json.decode(value, type=Identity)

    def require_identity(self) -> Identity:
        """The device's identity; ``not_enrolled`` before enrolment."""
        identity = self.identity()
        if identity is None:
            raise NeedsPerson("not_enrolled")
        return identity

    def set_identity(self, identity: Identity) -> None:
        """Write the identity."""
        text = msgspec.json.encode(identity).decode()
        self._set("identity", text)
        self._notes.identity_kept(text)

    def set_epoch(self, epoch: str) -> None:
        """Note that central is in another epoch than when this device enrolled."""
        self.set_identity(msgspec.structs.replace(self.require_identity(), epoch=epoch))

    def set_token(self, token: str) -> None:
        """Keep a renewed token."""
        self.set_identity(msgspec.structs.replace(self.require_identity(), token=token))

    def scope(self) -> str:
        """The mark of the scope in which the work stream was last pulled."""
        return self._get("scope") or ""

    def set_scope(self, mark: str) -> None:
        """Note the scope, inside the transaction that applied its rows."""
        self._set("scope", mark)

    def seen(self) -> str:
        """The newest receipt of each stretch since central last went on from all that it was shown, as it is
        shown to central, comma between; "" before the first."""
        return self._get("seen") or ""

    def note_receipts(self, receipts: Iterable[Receipt]) -> None:
        """Remember the newest receipt, inside the transaction that keeps them."""
        self.note_seen(receipt.seen for receipt in receipts if receipt.mark)

    def note_seen(self, answers: Iterable[str]) -> None:
        """The same for whatever central has kept, as it is told to be shown; what is no such text counts for
        nothing."""
        told = [Shown(*one.split(".")) for one in answers if _SHOWN.fullmatch(one)]
        newest = max(told, key=lambda one: int(one.sequence), default=None)
        if newest is None:
            return
        shown = [Shown(*one.split(".")) for one in self.seen().split(",") if one]
        stretch = (newest.epoch, newest.mark)
        same = next((one for one in shown if (one.epoch, one.mark) == stretch), None)
        if same is not None:
            if int(same.sequence) >= int(newest.sequence):
                return
            shown.remove(same)
        shown.append(newest)
        if len(shown) > SHOWN_MOST:
            del shown[1]
        self._set("seen", ",".join(".".join(one) for one in shown))

    def settle_receipts(self) -> None:
        """Central went on from all receipts it was shown: from now on the newest alone tells."""
        shown = self.seen().split(",")
        if len(shown) > 1:  # one that was given again for something old may have come last
            self._set("seen", max(shown, key=lambda one: int(one.split(".")[1])))

    def set_back(self) -> None:
        """Central was set back: receipts from before it say nothing now, and everything is to be compared.
        Those it gives out from now on count, should it be set back once more before that is done."""
        self._set("seen", "")
        self._set("compare_due", "1")

    def compare_due(self) -> bool:
        """Whether central was set back and nothing has been compared since."""
        return self._get("compare_due") == "1"

    def compared(self) -> None:
        """Everything was compared, in the transaction that took it over."""
        self._set("compare_due", "")

    def newest_device_seq(self) -> int:
        """The number of this device's newest operation, 0 before the first."""
        return int(self._get("device_seq") or 0)

    def rebuilt(self, shape: type[T]) -> T | None:
        """What was noted of the last rebuild of the store."""
        value = self._get("rebuilt")
        return None if value is None else msgspec.json.decode(value, type=shape)

    def set_rebuilt(self, rebuilt: msgspec.Struct) -> None:
        """Note it anew."""
        self._set("rebuilt", msgspec.json.encode(rebuilt).decode())

    def next_device_seq(self) -> int:
        """The next number of this device's operations. Call inside the transaction that uses it."""
        number = self.newest_device_seq() + 1
        self._set("device_seq", str(number))
        return number

    def shift_checked_at(self, officer_id: str) -> datetime | None:
        """When this officer last checked the tablet at the start of a shift."""
        value = self._get(f"shift_check:{officer_id}")
        return None if value is None else datetime.fromisoformat(value)

    def note_shift_check(self, officer_id: str, at: datetime) -> None:
        """This officer has checked the tablet. Call inside the writing transaction."""
        self._set(f"shift_check:{officer_id}", at.isoformat())

    def put_away(self, officer_id: str) -> dict[str, int]:
        """Cases this officer was told were given to another and has put away, by the act that did it."""
        value = self._get(f"put_away:{officer_id}")
        return {} if value is None else msgspec.json.decode(value, type=dict[str, int])

    def set_put_away(self, officer_id: str, cases: dict[str, int]) -> None:
        """These are put away now. Call inside the writing transaction."""
        self._set(f"put_away:{officer_id}", msgspec.json.encode(cases).decode())

    def clock_fix(self) -> ClockFix | None:
        """The last comparison with central's clock."""
        value = self._get("clock_fix")
        return None if value is None else msgspec.json.decode(value, type=ClockFix)

    def note_server_time(self, server_time: datetime, clock: Clock) -> ClockFix:
        """Remember how far the device's clock is from central's. The device's clock itself is left alone."""
        offset = round((server_time - clock.now()).total_seconds() * 1000)
        fix = ClockFix(offset, round(clock.monotonic() * 1000), clock.boot_id, _wall_ms(clock))
        self._set("clock_fix", msgspec.json.encode(fix).decode())
        return fix

    def stamp(self, clock: Clock) -> Stamp:
        """A stamp for a new record, with the next device number. Call inside the writing transaction."""
        fix = self.clock_fix()
        return Stamp(
            wall=clock.now(),
            monotonic_ms=round(clock.monotonic() * 1000),
            boot_id=clock.boot_id,
            device_seq=self.next_device_seq(),
            clock=clock_state(fix, clock),
            offset_ms=None if fix is None else fix.offset_ms,
        )

    def cursor(self, stream: Stream) -> CursorAt | None:
        """How far a stream has been applied, or None before the first pull."""
        row = self._db.execute(
            "SELECT cursor, epoch, moved_at FROM cursor WHERE stream = ?", [stream.value]
        ).fetchone()
        return None if row is None else CursorAt(row[0], row[1], datetime.fromisoformat(row[2]))

    def move_cursor(self, stream: Stream, at: CursorAt) -> None:
        """Move a cursor, inside the transaction that applied its rows."""
        self._db.execute(
            "INSERT INTO cursor (stream, cursor, epoch, moved_at) VALUES (?, ?, ?, ?) ON CONFLICT (stream) "
            "DO UPDATE SET cursor = excluded.cursor, epoch = excluded.epoch, moved_at = excluded.moved_at",
            [stream.value, at.cursor, at.epoch, at.moved_at.isoformat()],
        )

    def log_event(self, at: datetime, kind: str, officer_id: str, facts: dict[str, object]) -> None:
        """Append to the device's journal of what happened to it (clock jumps, sign-ins, refusals)."""
        self._db.execute(
            "INSERT INTO event (at, kind, officer_id, facts) VALUES (?, ?, ?, ?)",
            [at.isoformat(), kind, officer_id, msgspec.json.encode(facts).decode()],
        )


def clock_state(fix: ClockFix | None, clock: Clock | None = None) -> ClockState:
    """How far to believe the device's clock: from its last comparison with central's and what it did since.

    Within a boot the wall clock must have moved as the monotonic one did. After a boot nothing tells whether
    it was set, only that it cannot be earlier than central's time was before.
    """
    if fix is None:
        return ClockState.UNVERIFIED
    was_right = abs(fix.offset_ms) <= CLOCK_TOLERANCE_MS
    if clock is None or fix.wall_ms is None:
        return ClockState.TRUSTED if was_right else ClockState.DOUBTFUL
    passed_ms = _wall_ms(clock) - fix.wall_ms
    if fix.boot_id != clock.boot_id:
        may_be = was_right and passed_ms >= -CLOCK_TOLERANCE_MS
        return ClockState.UNVERIFIED if may_be else ClockState.DOUBTFUL
    ran_ms = round(clock.monotonic() * 1000) - fix.monotonic_ms
    is_right = ran_ms >= 0 and abs(fix.offset_ms + ran_ms - passed_ms) <= CLOCK_TOLERANCE_MS
    return ClockState.TRUSTED if is_right else ClockState.DOUBTFUL


def _wall_ms(clock: Clock) -> int:
    return round(clock.now().timestamp() * 1000)
