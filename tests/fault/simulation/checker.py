"""The invariants of one tablet, looked at after every step: what was acknowledged is there, unchanged."""

from __future__ import annotations

import os

import msgspec

from fieldapp.capture.recovery import Recovered
from sync.contract.records import Lane
from sync.contract.wire import Receipt, sha256_hex
from sync.plan import MASS_DELETE_ITEMS, MASS_DELETE_SHARE
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.ledger import Doubt, KeptDraft, Ledger
from tests.fault.simulation.tablet import Tablet
from tests.fault.simulation.world import Violation

ROUNDS_A_MINUTE = 90
"""More rounds of one tablet than this in a minute are a tight loop, whatever nudged them."""
_OF_ACTS = ("act_", "withdraw_", "case_unknown")
"""Why central may refuse something here: nothing is made that is bad in itself, and no file is damaged."""
LOG_BYTES_MOST = 8_000_000


class Checker:
    """Knows of every acknowledged record and photo; raises ``Violation`` with the invariant's number."""

    def __init__(self, central: SimCentral) -> None:
        self._central = central
        self.ledgers: dict[str, Ledger] = {}
        self._held: dict[str, dict[str, int]] = {}
        """Rows by table when a tablet was last looked at."""

    def ledger(self, tablet: Tablet) -> Ledger:
        """What this tablet has acknowledged."""
        return self.ledgers.setdefault(tablet.name, Ledger())

    def look(self, tablet: Tablet) -> None:
        """After any step of a tablet."""
        if not tablet.is_on:
            return
        ledger = self.ledger(tablet)
        self._records(tablet, ledger)
        self._files(tablet, ledger)
        self._drafts(tablet, ledger)
        self._pace(tablet)

    def after_round(self, tablet: Tablet) -> None:
        """After a round of a tablet, whatever it came to."""
        self.look(tablet)
        if tablet.is_on:
            self._deletes(tablet)
        self._taken_back(tablet)

    def _records(self, tablet: Tablet, ledger: Ledger) -> None:
        rows = tablet.living.work._db.execute(
            "SELECT r.record_id, r.body_sha256, r.device_seq, o.state, o.code, o.receipt, o.frozen_at"
            " FROM record r LEFT JOIN outbox o ON o.op_id = r.record_id"
        ).fetchall()
        found = {row[0]: row for row in rows}
        for record_id, kept in ledger.records.items():
            row = found.pop(record_id, None)
            if row is None:
                raise Violation(f"I1 record {record_id} is gone")
            if (row[1], row[2]) != (kept.body_sha256, kept.device_seq):
                raise Violation(f"I3 record {record_id} was changed")
            self._state(record_id, kept.body_sha256, row)
            if row[3] == "needs_you" and (kept.record_type != "act" or not row[4].startswith(_OF_ACTS)):
                raise Violation(f"I7 {kept.record_type} {record_id} is blamed for {row[4]}")
        if found:
            raise Violation(f"I2 records nobody made: {sorted(found)}")

    def _state(self, record_id: str, body_sha256: str, row: tuple[str, ...]) -> None:
        _, _, _, state, code, receipt_text, frozen_at = row
        if state == "sent":
            receipt = msgspec.json.decode(receipt_text, type=Receipt) if receipt_text else None
            if receipt is None or (receipt.id, receipt.sha256) != (record_id, body_sha256):
                raise Violation(f"I5 record {record_id} counts as sent without a receipt for it")
            if receipt not in self._central.issued:
                raise Violation(f"I5 record {record_id} has a receipt that central never gave")
        elif state == "needs_you":
            if not code:
                raise Violation(f"I7 record {record_id} is refused without a reason")
        elif state not in ("waiting", "sending"):
            raise Violation(f"I7 record {record_id} is in no state: {state}")
        if state in ("sent", "needs_you") and not frozen_at:
            raise Violation(f"I2 record {record_id} left without being frozen")

    def _files(self, tablet: Tablet, ledger: Ledger) -> None:
        rows = tablet.living.work._db.execute(
            "SELECT record_id, slot, lane, sha256, media_type, state, receipt, code FROM upload"
        ).fetchall()
        found: dict[str, set[tuple[int, str, str, str]]] = {}
        for record_id, slot, lane, sha256, media_type, state, receipt_text, code in rows:
            found.setdefault(record_id, set()).add((slot, lane, sha256, media_type))
            receipt = msgspec.json.decode(receipt_text, type=Receipt) if receipt_text else None
            if state == "sent" and (receipt is None or receipt.sha256 != sha256):
                raise Violation(f"I5 file {sha256[:12]} counts as sent without a receipt for it")
            if state == "sent" and receipt not in self._central.issued:
                raise Violation(f"I5 file {sha256[:12]} has a receipt that central never gave")
            if state == "needs_you":
                raise Violation(f"I7 file {sha256[:12]} is blamed for {code}")
            path = tablet.living.folder.file(sha256, media_type, Lane(lane))
            if not os.path.exists(path) and (receipt is None or receipt.sha256 != sha256):
                raise Violation(f"I5 {lane} {sha256[:12]} of {record_id} is gone before its receipt")
        for record_id, kept in ledger.records.items():
            if set(kept.files) != found.pop(record_id, set()):
                raise Violation(f"I4 the files of record {record_id} are not on their way")
        if found:
            raise Violation(f"I4 files on their way for no record: {sorted(found)}")

    def _drafts(self, tablet: Tablet, ledger: Ledger) -> None:
        present = stored_drafts(tablet)
        for draft_id, kept in ledger.drafts.items():
            stored = present.pop(draft_id, None)
            if stored is None:
                raise Violation(f"I1 draft {draft_id} is gone")
            if stored.body != kept.body:
                raise Violation(f"I1 draft {draft_id} has lost what was filled in")
            if stored.photos != kept.photos:
                raise Violation(f"I1 draft {draft_id} has other photos than were saved")
            for sha256 in kept.photos.values():
                if not os.path.exists(tablet.living.folder.file(sha256, ledger.media[sha256])):
                    raise Violation(f"I4 photo {sha256[:12]} of draft {draft_id} has no file")
        if present:
            raise Violation(f"I1 drafts nobody made: {sorted(present)}")

    def _pace(self, tablet: Tablet) -> None:
        now = tablet.world.now
        tablet.round_times = [at for at in tablet.round_times if at > now - 60.0]
        if len(tablet.round_times) > ROUNDS_A_MINUTE:
            raise Violation(f"I12 {len(tablet.round_times)} rounds in a minute")

    def _deletes(self, tablet: Tablet) -> None:
        """A person is asked before most of a table goes."""
        before = self._held.get(tablet.name, {})
        held = self._held[tablet.name] = _row_counts(tablet)
        if tablet.living.agreed:
            return
        for table, number in before.items():
            lost = number - held[table]
            if lost > MASS_DELETE_ITEMS and lost > number * MASS_DELETE_SHARE:
                raise Violation(f"I9 {lost} of {number} rows of {table} went from {tablet.name} unasked")

    def _taken_back(self, tablet: Tablet) -> None:
        """Central never has, not for a moment, what this tablet said was taken back wholly."""
        removed = self.ledger(tablet).removed
        if not removed or not self._central.is_up:
            return
        with self._central.real.store.reading() as db:
            for record_id in sorted(removed):
                if db.execute("SELECT 1 FROM op WHERE record_id = ?", (record_id,)).fetchone():
                    raise Violation(f"I2 {record_id} was taken back wholly, and central has it")

    # After a death.

    def booted(self, tablet: Tablet, found: Recovered) -> None:
        """What was in doubt is as before or as after, nothing else has changed; then all is looked at."""
        ledger = self.ledger(tablet)
        if found.missing:
            raise Violation(f"I4 photos without their files: {[s.photo_id for s in found.missing]}")
        for path in found.damaged:  # named too: whole originals of no picture format, which nobody adopts
            if sha256_hex(path.read_bytes()) != path.stem:
                raise Violation(f"I3 damaged original {path.name}")
        self._held.pop(tablet.name, None)
        doubt, ledger.doubt = ledger.doubt, None
        self._settle(tablet, ledger, doubt or Doubt("nothing", set()), found)
        self.look(tablet)
        self.bytes_on(tablet)

    def _settle(self, tablet: Tablet, ledger: Ledger, doubt: Doubt, found: Recovered) -> None:
        desk = tablet.living.desk
        records = {
            str(row[0]) for row in tablet.living.work._db.execute("SELECT record_id FROM record").fetchall()
        }
        drafts = stored_drafts(tablet)
        news = records - ledger.records.keys()
        may = {"submit": 1, "undo": 1, "lookup": 1}.get(doubt.what, 0)
        if len(news) > may:
            raise Violation(f"I2 records nobody made: {sorted(news)}")
        for record_id in news:
            if doubt.what == "submit" and doubt.touched != {""} and record_id not in doubt.touched:
                raise Violation(f"I2 another record than was being made: {record_id}")
            kept = ledger.note_record(desk, record_id)
            ledger.highest_seq = max(ledger.highest_seq, kept.device_seq)
        for item in doubt.touched - {""}:
            self._touched(tablet, ledger, doubt, item, records, drafts)
        extra = drafts.keys() - ledger.drafts.keys()
        for draft_id in extra:
            is_found = draft_id == found.draft_id
            if not is_found and doubt.what != "start":
                raise Violation(f"I1 a draft nobody made: {draft_id}")
            if any(sha256 not in ledger.bytes_of for sha256 in drafts[draft_id].photos.values()):
                raise Violation("I4 a photo was found that nobody took")
            ledger.note_draft(desk, draft_id)

    def _touched(
        self,
        tablet: Tablet,
        ledger: Ledger,
        doubt: Doubt,
        item: str,
        records: set[str],
        drafts: dict[str, KeptDraft],
    ) -> None:
        desk = tablet.living.desk
        before = ledger.drafts.get(item)
        if item in records:
            if item in ledger.records:
                entry = desk.work.outbox.entry(item)
                assert entry is not None
                if entry.record.withdrawn_by and entry.record.withdrawn_by not in ledger.records:
                    raise Violation(f"I4 record {item} is withdrawn by an act that is not there")
            return
        if item in ledger.records:
            if doubt.what != "undo":
                raise Violation(f"I1 record {item} is gone")
            ledger.note_removed(desk, item)
            return
        after = drafts.get(item)
        if doubt.what == "discard":
            ledger.note_draft(desk, item)
            return
        if before is not None and after is None:
            raise Violation(f"I1 draft {item} is gone")
        if before is not None and after is not None and not before.photos.items() <= after.photos.items():
            raise Violation(f"I1 draft {item} has lost photos")
        ledger.note_draft(desk, item)

    def bytes_on(self, tablet: Tablet) -> None:
        """Every original that has to be here, hashed again."""
        ledger = self.ledger(tablet)
        wanted = {sha256: kind for record in ledger.records.values() for sha256, kind in record.originals}
        wanted |= {
            sha256: ledger.media[sha256]
            for draft in ledger.drafts.values()
            for sha256 in draft.photos.values()
        }
        for sha256, kind in wanted.items():
            path = tablet.living.folder.file(sha256, kind)
            if path.exists() and sha256_hex(path.read_bytes()) != sha256:
                raise Violation(f"I3 original {sha256[:12]} is not what was taken")

    def bounds(self, tablet: Tablet) -> None:
        """Nothing grows without end."""
        folder = tablet.living.folder
        for name in os.listdir(folder.root):
            if name.endswith("-wal") and os.path.getsize(folder.root / name) > LOG_BYTES_MOST:
                raise Violation(f"I12 {name} has grown to {os.path.getsize(folder.root / name)} bytes")


def stored_drafts(tablet: Tablet) -> dict[str, KeptDraft]:
    """Every open draft with its photos."""
    db = tablet.living.work._db
    drafts = {
        str(row[0]): KeptDraft(str(row[1]))
        for row in db.execute("SELECT draft_id, body FROM draft WHERE state = 'open'").fetchall()
    }
    rows = db.execute(
        "SELECT p.owner_id, p.photo_id, json_extract(f.value, '$.sha256') FROM photo p,"
        " json_each(p.body, '$.files') AS f WHERE json_extract(f.value, '$.lane') = 'original'"
    ).fetchall()
    for owner_id, photo_id, sha256 in rows:
        if owner_id in drafts:
            drafts[owner_id].photos[photo_id] = sha256
    return drafts


def _row_counts(tablet: Tablet) -> dict[str, int]:
    """Rows of the tables that may be deleted from by accident, and of those that people work on."""
    tables = ("officer", "blacklist", "city_case", "case_act")
    counted = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    row = tablet.living.daemon_work._db.execute(f"SELECT {counted}").fetchone()
    permits = tablet.living.daemon_reference._db.execute("SELECT count(*) FROM permit").fetchone()
    return {**dict(zip(tables, row, strict=True)), "permit": permits[0]}
