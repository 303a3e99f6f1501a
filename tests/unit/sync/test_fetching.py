"""Files of others: fetched by hash when somebody looks, kept within bounds; why where they do not come."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from daemon_bench import KEY, Bench, state_is, wait_for

from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import sha256_hex
from sync.control import ControlClient, Message
from sync.replica.fetched import checked_file, forget_fetched, has_fetched, held_files, keep_fetched
from sync.replica.folder import DataFolder

PHOTO = b"\xff\xd8\xff somebody else's photo"
SHA256 = sha256_hex(PHOTO)


def fetched(client: ControlClient, sha256: str) -> str:
    """Ask for a file and answer the code with which it came."""
    client.ask("fetch", sha256=sha256)
    told = wait_for(client, lambda event: event["event"] == "fetched" and event["sha256"] == sha256)
    return str(told["code"])


def opened(bench: Bench, client: ControlClient) -> Message:
    client.ask("subscribe")
    client.ask("unlock", key=KEY)
    return wait_for(client, state_is("online"))


def test_file_of_others_comes_by_its_hash_and_is_there_the_next_time_without_a_link(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        bench.central.hold(PHOTO)
        opened(bench, client)
        assert fetched(client, SHA256) == ""
        assert bench.folder.fetched_file(SHA256).read_bytes() == PHOTO
        bench.cut()
        assert fetched(client, SHA256) == ""


def test_file_central_does_not_have_yet_is_said_and_keeps_no_other_back(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        opened(bench, client)
        absent = sha256_hex(b"still on a colleague's tablet")
        assert fetched(client, absent) == "photo_unknown"
        bench.central.hold(PHOTO)
        assert fetched(client, SHA256) == ""
        assert held_files(bench.folder).files == 1


def test_locked_daemon_says_so(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        client.ask("subscribe")
        assert fetched(client, SHA256) == "locked"


def test_what_is_no_hash_is_refused(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client, pytest.raises(InputRefused):
        client.ask("fetch", sha256="../../etc/passwd")


def test_file_cut_off_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    def pieces() -> object:
        yield PHOTO[:5]
        raise RetryLater("not_ours")

    with pytest.raises(RetryLater):
        keep_fetched(folder, SHA256, pieces())  # type: ignore[arg-type]
    assert not has_fetched(folder, SHA256)
    assert list(folder.fetched.iterdir()) == []


def test_oldest_go_first_where_it_becomes_too_much_and_never_the_one_that_came(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    names = [sha256_hex(bytes([n])) for n in range(4)]
    for age, name in enumerate(names[:3]):
        keep_fetched(folder, name, [bytes(100)], limit=1000)
        os.utime(folder.fetched_file(name), (age, age))
    keep_fetched(folder, names[3], [bytes(100)], limit=250)
    assert [has_fetched(folder, name) for name in names] == [False, False, True, True]
    assert held_files(folder).bytes == 200
    assert forget_fetched(folder).files == 2
    assert held_files(folder).files == 0


def test_file_is_given_under_a_name_programs_know_and_is_counted_once(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert checked_file(folder, SHA256, ".pdf") is None
    keep_fetched(folder, SHA256, [PHOTO])
    for _ in range(2):
        named = checked_file(folder, SHA256, ".pdf")
        assert named is not None
        assert (named.suffix, named.read_bytes()) == (".pdf", PHOTO)
    assert held_files(folder).files == 1
    keep_fetched(folder, sha256_hex(b"x"), [b"x"], limit=1)
    assert not named.exists()
    assert held_files(folder).files == 1


def test_file_that_was_damaged_since_is_not_given_and_goes(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    keep_fetched(folder, SHA256, [PHOTO])
    checked_file(folder, SHA256, ".pdf")
    folder.fetched_file(SHA256).write_bytes(PHOTO[:-1])
    with pytest.raises(NeedsPerson, match="fetch_damaged"):
        checked_file(folder, SHA256, ".pdf")
    assert list(folder.fetched.iterdir()) == []


def test_second_name_that_finds_no_room_is_said_and_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_fetched(folder, SHA256, [PHOTO])

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(NeedsPerson, match="disk_full"):
        checked_file(folder, SHA256, ".pdf")
    assert has_fetched(folder, SHA256)
