"""The durable file helpers, on a real folder and with the disk failing at each step."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.contract.errors import InputRefused, NeedsPerson
from sync.replica import files


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.endswith(files.PART_SUFFIX))


@pytest.fixture
def unprivileged() -> Iterator[Callable[[], None]]:
    """Call it to go on as a user without rights; the tests themselves may run as root."""
    as_root = os.geteuid() == 0
    yield lambda: os.seteuid(65534) if as_root else None
    if as_root:
        os.seteuid(0)


def failing(number: int):
    def call(*_args: object, **_kwargs: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


def test_write_then_read_gives_the_same_bytes_and_no_part_file(tmp_path: Path) -> None:
    target = tmp_path / "photos" / "2026" / "a.jpg"
    data = os.urandom(3 * files.CHUNK + 17)
    files.durable_write(target, data)
    assert target.read_bytes() == data
    assert leftovers(target.parent) == []
    assert target.stat().st_mode & 0o077 == 0


def test_empty_file_is_written_as_empty(tmp_path: Path) -> None:
    files.durable_write(tmp_path / "empty", b"")
    assert (tmp_path / "empty").read_bytes() == b""


def test_copy_reports_hash_and_length_of_what_was_written(tmp_path: Path) -> None:
    source = tmp_path / "source"
    data = os.urandom(2 * files.CHUNK + 1)
    source.write_bytes(data)
    sha, length = files.durable_copy(source, tmp_path / "copy")
    assert (sha, length) == (hashlib.sha256(data).hexdigest(), len(data))
    assert files.sha256_file(tmp_path / "copy") == sha
    assert source.read_bytes() == data


def test_file_is_synced_before_rename_and_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        steps.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync file")
        real_sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return real_replace(self, target)

    (tmp_path / "earlier").touch()
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    files.durable_write(tmp_path / "a", b"x")
    assert steps == ["sync file", "rename", "sync folder"]


def test_new_folder_is_made_durable_in_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    (tmp_path / "earlier").touch()
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.durable_write(tmp_path / "a" / "b" / "c", b"x")
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]


def test_empty_folder_that_a_killed_process_left_is_made_durable_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.durable_write(tmp_path / "a" / "one", b"x")
    files.durable_write(tmp_path / "a" / "two", b"x")
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a"]


def test_file_that_lies_there_already_is_made_durable_before_it_is_relied_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x")
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    assert files.holds_durably(tmp_path / "a", hashlib.sha256(b"x").hexdigest())
    assert synced == [tmp_path]
    assert not files.holds_durably(tmp_path / "a", hashlib.sha256(b"y").hexdigest())
    assert not files.holds_durably(tmp_path / "b", hashlib.sha256(b"x").hexdigest())
    assert synced == [tmp_path]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("step", ["write", "fsync"])
def test_full_disk_is_said_and_the_earlier_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    target = tmp_path / "a"
    files.durable_write(target, b"earlier")
    monkeypatch.setattr(os, step, failing(number))
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(target, b"later")
    monkeypatch.undo()
    assert caught.value.code == "disk_full"
    assert target.read_bytes() == b"earlier"
    assert leftovers(tmp_path) == []


def test_disk_that_takes_a_part_and_then_is_full_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_write = os.write
    calls: list[int] = []

    def write(descriptor: int, data: bytes) -> int:
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "full")
        return real_write(descriptor, bytes(data)[: len(data) // 2])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(tmp_path / "a", b"0123456789")
    monkeypatch.undo()
    assert caught.value.code == "disk_full"
    assert calls == [10, 5]
    assert list(tmp_path.iterdir()) == []


def test_disk_error_at_fsync_is_not_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(tmp_path / "a", b"x")
    assert caught.value.code == "disk_failed"
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(tmp_path / "file" / "a", b"x")
    assert caught.value.code == "folder_unwritable"


def test_folder_without_permission_is_said(tmp_path: Path, unprivileged: Callable[[], None]) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    unprivileged()
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(closed / "a", b"x")
    assert caught.value.code == "folder_unwritable"


def test_source_without_permission_is_refused(tmp_path: Path, unprivileged: Callable[[], None]) -> None:
    (tmp_path / "source").write_bytes(b"x")
    (tmp_path / "source").chmod(0)
    unprivileged()
    with pytest.raises(InputRefused) as caught:
        files.sha256_file(tmp_path / "source")
    assert caught.value.code == "photo_unreadable"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_refused_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(files.tempfile, "mkstemp", failing(number))
    with pytest.raises(NeedsPerson) as caught:
        files.durable_write(tmp_path / "a", b"x")
    assert caught.value.code == "folder_unwritable"


def test_missing_source_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        files.durable_copy(tmp_path / "absent", tmp_path / "copy")
    assert caught.value.code == "photo_unreadable"
    assert list(tmp_path.iterdir()) == []


def test_removing_twice_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    files.remove_quietly(tmp_path / "a")
    files.remove_quietly(tmp_path / "a")
    files.remove_quietly(tmp_path)
    assert not (tmp_path / "a").exists()
