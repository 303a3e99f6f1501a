"""Transactions that several share: one wait for the disk, and one that fails takes nobody along."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.central.composition import Central
from sync.contract.errors import InputRefused
from sync.replica.database import Database


def note(name: str) -> object:
    def work(db: Database) -> str:
        db.execute("INSERT INTO meta (name, value) VALUES (?, '1')", (name,))
        if name.startswith("bad"):
            raise InputRefused("request_invalid")
        return name

    return work


def kept(central: Central) -> set[str]:
    with central.store.reading() as db:
        return {row[0] for row in db.execute("SELECT name FROM meta") if row[0].startswith(("good", "bad"))}


def test_what_gathers_behind_a_commit_is_done_and_the_failing_one_fails_alone(central: Central) -> None:
    names = [f"good{n}" for n in range(10)] + ["bad1", "bad2"]
    commits: list[int] = []
    central.store.on_commit(lambda: commits.append(1))
    with ThreadPoolExecutor(len(names)) as pool:
        with central.store.writing():  # holds the lock until all of them have come
            waiting = {name: pool.submit(central.store.jointly, note(name)) for name in names}
            gathered = threading.Event()
            while len(central.store._joint) < len(names):
                gathered.wait(0.005)
        for name, future in waiting.items():
            if name.startswith("bad"):
                with pytest.raises(InputRefused):
                    future.result(60)
            else:
                assert future.result(60) == name
    assert kept(central) == {f"good{n}" for n in range(10)}
    assert len(commits) == 11


def test_those_that_wait_together_share_one_transaction(central: Central) -> None:
    seen: list[object] = []

    def work(db: Database) -> None:
        seen.append(db.execute("SELECT value FROM counter").fetchone()[0])
        db.execute("UPDATE counter SET value = value + 1")

    begun: list[int] = []
    inner = central.store._run_jobs

    def counted(job: object) -> None:
        begun.append(1)
        inner(job)  # type: ignore[arg-type]

    central.store._run_jobs = counted  # type: ignore[method-assign]
    with ThreadPoolExecutor(8) as pool:
        with central.store.writing():
            waiting = [pool.submit(central.store.jointly, work) for _ in range(8)]
            gathered = threading.Event()
            while len(central.store._joint) < 8:
                gathered.wait(0.005)
        for future in waiting:
            future.result(60)
    assert len(begun) == 1
    assert len(set(seen)) == 8
