"""After the faults have stopped: everything arrives, all agree, and there is nothing left to do."""

from __future__ import annotations

from sync.contract.tables import REFERENCE_TABLES, TABLES, WORK_TABLES
from sync.contract.wire import sha256_hex
from sync.replica.database import Database
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.checker import Checker
from tests.fault.simulation.ledger import KeptRecord, Ledger
from tests.fault.simulation.tablet import Tablet
from tests.fault.simulation.world import Violation, World


def check_end(world: World, central: SimCentral, tablets: list[Tablet], checker: Checker) -> None:
    """Exactly once at central with equal bytes, equal replicas, nothing waiting, nothing dangling."""
    known: set[str] = set()
    for tablet in tablets:
        checker.look(tablet)
        checker.bytes_on(tablet)
        checker.bounds(tablet)
        ledger = checker.ledger(tablet)
        known |= ledger.records.keys()
        for record in ledger.records.values():
            _arrived(world, central, tablet, record)
        _nothing_waits(tablet)
    _nothing_else(central, known, [checker.ledger(tablet) for tablet in tablets])
    _nothing_dangles(central)
    for tablet in tablets:
        _same_rows(central, tablet)


def check_receipts(central: SimCentral) -> None:
    """What central gave a receipt for in the course of events that still counts is there, with its bytes."""
    with central.real.store.reading() as db:
        ops = {
            str(row[0]): (str(row[1]), str(row[2]))
            for row in db.execute("SELECT record_id, body_sha256, status FROM op").fetchall()
        }
        for receipt in sorted(central.standing, key=lambda one: one.id):
            if receipt.id == receipt.sha256:
                path = central.real.objects.path_of(receipt.sha256)
                if not path.exists() or sha256_hex(path.read_bytes()) != receipt.sha256:
                    raise Violation(f"I1 central gave a receipt for file {receipt.sha256[:12]} and lost it")
            elif ops.get(receipt.id) != (receipt.sha256, "done"):
                raise Violation(f"I1 central gave a receipt for record {receipt.id} and lost it")


def _arrived(world: World, central: SimCentral, tablet: Tablet, record: KeptRecord) -> None:
    with central.real.store.reading() as db:
        rows = db.execute(
            "SELECT op_id, body, body_sha256, status, code FROM op WHERE record_id = ?", (record.record_id,)
        ).fetchall()
        if len(rows) != 1:
            here = tablet.living.desk.work.outbox.entry(record.record_id)
            assert here is not None
            raise Violation(
                f"I2 {record.record_type} {record.record_id} of {tablet.name} is {len(rows)} times at central"
                f" and stands as {here.state.value} {here.code} {here.receipt}"
            )
        _, body, body_sha256, status, code = rows[0]
        if body_sha256 != record.body_sha256 or sha256_hex(body.encode()) != record.body_sha256:
            raise Violation(f"I3 record {record.record_id} has other bytes at central")
        refused = status != "done"
        if refused and record.record_type != "act":
            raise Violation(f"I2 {record.record_type} {record.record_id} was refused: {code}")
        kept_at = {"report": "city_case", "act": "case_act", "lookup": "lookup_log"}[record.record_type]
        key = {"report": "case_id", "act": "act_id", "lookup": "lookup_id"}[record.record_type]
        shown = db.execute(f"SELECT record FROM {kept_at} WHERE {key} = ?", (record.record_id,)).fetchall()
        if not refused and shown != [(body,)]:
            raise Violation(f"I2 {record.record_type} {record.record_id} had no effect, or another one")
    entry = tablet.living.desk.work.outbox.entry(record.record_id)
    assert entry is not None
    if refused:
        world.count("acts refused and kept")
        if entry.state.value != "needs_you" or entry.code != code:
            raise Violation(
                f"I7 refused record {record.record_id} stands as {entry.state.value} {entry.code}"
            )
        return
    if entry.state.value != "sent":
        raise Violation(f"I9 record {record.record_id} is at central and stands as {entry.state.value}")
    for _, _, sha256, kind in record.files:
        held = central.real.objects.find(sha256)
        if held is None or held.media_type != kind:
            raise Violation(f"I9 file {sha256[:12]} of {record.record_id} has not arrived")
        if sha256_hex(held.path.read_bytes()) != sha256:
            raise Violation(f"I3 file {sha256[:12]} has other bytes at central")
    world.count("records arrived")
    world.count("files arrived", len(record.files))


def _nothing_waits(tablet: Tablet) -> None:
    db = tablet.living.work._db
    stuck = db.execute(
        "SELECT op_id, state, code FROM outbox WHERE state IN ('waiting', 'sending')"
    ).fetchall()
    if stuck:
        raise Violation(f"I9 still waiting on {tablet.name}: {stuck}")
    stuck = db.execute(
        "SELECT u.sha256, u.state, u.code FROM upload u JOIN outbox o ON o.op_id = u.record_id"
        " WHERE u.state <> 'sent' AND o.state = 'sent'"
    ).fetchall()
    if stuck:
        raise Violation(f"I9 files still waiting on {tablet.name}: {stuck}")


def _nothing_else(central: SimCentral, known: set[str], ledgers: list[Ledger]) -> None:
    """Nothing at central that nobody made, and nothing that was taken back before it began to leave."""
    with central.real.store.reading() as db:
        cases = {str(row[0]) for row in db.execute("SELECT case_id FROM city_case")}
        own = str(central.real.store.central_id)
        ops = {
            str(row[0])
            for row in db.execute("SELECT record_id FROM op WHERE device_id <> ?", (own,)).fetchall()
        }
        looks = int(db.execute("SELECT count(*) FROM lookup_log").fetchone()[0])
    if (cases | ops) - known:
        raise Violation(f"I2 central has what nobody made: {sorted((cases | ops) - known)[:3]}")
    made = sum(record.record_type == "lookup" for ledger in ledgers for record in ledger.records.values())
    if looks != made:
        raise Violation(f"I2 {made} look-ups were made and {looks} are logged")
    for ledger in ledgers:
        if ledger.removed & ops:
            raise Violation(f"I2 taken back and sent all the same: {sorted(ledger.removed & ops)[:3]}")


def _nothing_dangles(central: SimCentral) -> None:
    with central.real.store.reading() as db:
        held = {str(row[0]) for row in db.execute("SELECT sha256 FROM object").fetchall()}
        wanted = {
            str(row[0])
            for row in db.execute(
                "SELECT f.sha256 FROM file_ref f JOIN op o ON o.record_id = f.record_id"
                " WHERE o.status = 'done'"
            ).fetchall()
        }
    if wanted - held:
        raise Violation(f"I4 central waits for files nobody sends: {sorted(wanted - held)[:3]}")
    for sha256 in held:
        if central.real.objects.find(sha256) is None:
            raise Violation(f"I4 central vouches for a file it does not have: {sha256[:12]}")


def _same_rows(central: SimCentral, tablet: Tablet) -> None:
    with central.real.store.reading() as db:
        for tables, store in (
            (WORK_TABLES, tablet.living.work._db),
            (REFERENCE_TABLES, _reference(tablet)),
        ):
            for table in tables:
                theirs, ours = _rows(db, table.name), _rows(store, table.name)
                if theirs != ours:
                    differ = sorted(
                        key for key in theirs.keys() | ours.keys() if theirs.get(key) != ours.get(key)
                    )
                    raise Violation(f"I9 {tablet.name} differs from central in {table.name}: {differ[:3]}")


def _reference(tablet: Tablet) -> Database:
    tablet.living.reference.reopen()
    return tablet.living.reference._db


def _rows(db: Database, table: str) -> dict[str, tuple[object, ...]]:
    names = TABLES[table].column_names
    return {
        str(row[0]): tuple(row) for row in db.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
    }
