"""A work database that was damaged is opened all the same, and the person is told what came back, once."""

from field_app import run_job
from shell_fakes import Bench, OpenBench
from test_shell_crossings import drafted, reported


def damaged_and_opened_again(bench: Bench) -> None:
    """Sign out, spoil the database, have it made anew, sign in again."""
    assert bench.gate.tablet is not None
    folder = bench.gate.tablet.folder
    bench.shell.session.signOut()
    bench.wait(lambda: bench.stage() == "signin" and bench.gate.signed_out == 1)
    whole = folder.work_db.read_bytes()
    folder.work_db.write_bytes(b"\0" * 4096 + whole[4096:])
    for name in ("work.db-wal", "work.db-shm"):
        (folder.root / name).unlink(missing_ok=True)
    desk = bench.gate.tablet.desk()  # the daemon, say: whoever opens it first makes it anew
    desk.work.close()
    desk.reference.close()
    bench.sign_in()
    bench.wait(lambda: bench.stage() in ("open", "fill", "trouble"))


def test_damaged_work_data_opens_and_what_came_back_is_told_until_it_is_read(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    draft, record_id = drafted(bench), reported(bench)

    damaged_and_opened_again(bench)
    entry = run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.outbox.entry(record_id))
    kept = run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.drafts.get(draft))

    assert entry is not None
    assert kept is not None
    bench.shell.events.recordsChanged.emit(frozenset({record_id}))
    bench.wait(lambda: bool(bench.shell.rebuilt.property("shown")))
    assert "重建" in str(bench.shell.rebuilt.property("text"))
    bench.shell.rebuilt.understood()
    bench.wait(lambda: run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.rebuilt()).told)
    assert not bench.shell.rebuilt.property("shown")
