"""A damaged work database is opened by two at once (the window does): one makes it anew, both can work."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder
from sync.replica.recovery import rebuild
from sync.replica.work import WorkStore
from tests.contract.tablet import KEY, Tablet


@pytest.mark.parametrize("turn", range(6))
def test_both_read_and_write_what_was_made_anew(tmp_path: Path, turn: int) -> None:
    with Tablet(tmp_path) as tablet:
        report = tablet.report(b"one")
        root = tablet.work.folder.root
    folder = DataFolder(root)
    whole = folder.work_db.read_bytes()
    folder.work_db.write_bytes(b"\0" * 4096 + whole[4096:])
    for ending in ("-wal", "-shm"):
        (root / f"{folder.work_db.name}{ending}").unlink(missing_ok=True)
    opened: list[WorkStore] = []
    threads = [threading.Thread(target=lambda: opened.append(WorkStore(folder, KEY))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 2
    for store in opened:
        store.refresh()  # as every act does first
    for store in opened:
        with store.act():
            store.meta.set_scope(f"{turn}")
        assert all(other.outbox.entry(report.report_id) is not None for other in opened)
    for store in opened:
        assert store.integrity() == []
        store.close()


def test_who_finds_it_made_anew_already_leaves_the_log_of_the_new_file_alone(tmp_path: Path) -> None:
    with Tablet(tmp_path) as tablet:
        tablet.report(b"one")
        folder = tablet.work.folder
    folder.work_db.write_bytes(b"\0" * 8192)
    with Tablet(tmp_path) as first:  # makes it anew, and goes on working
        log = folder.work_db.with_name("work.db-wal")
        later = first.report(b"two")
        before = log.stat().st_ino

        assert rebuild(folder, KEY, first.clock.now()) is None  # another, who met the damage a moment ago

        assert log.stat().st_ino == before
        after = first.report(b"three")
        other = WorkStore(folder, KEY)
        try:
            assert other.outbox.entry(later.report_id) is not None
            assert other.outbox.entry(after.report_id) is not None
        finally:
            other.close()


def test_store_that_cannot_be_opened_anew_can_still_be_asked_and_opens_when_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Tablet(tmp_path) as tablet:
        report = tablet.report(b"one")

        def failing(*_: object, **__: object) -> None:
            raise NeedsPerson("disk_failed")

        with monkeypatch.context() as bad:
            bad.setattr("sync.replica.work.open_work", failing)
            with pytest.raises(NeedsPerson, match="disk_failed"):
                tablet.work.mend()
            assert tablet.work.outbox.entry(report.report_id) is not None
            with pytest.raises(NeedsPerson, match="disk_failed"):
                tablet.report()
        later = tablet.report()
        assert tablet.work.outbox.entry(later.report_id) is not None
        assert tablet.work.integrity() == []
