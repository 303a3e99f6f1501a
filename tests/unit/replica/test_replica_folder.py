"""The data folder: private, one place for each thing, and a socket only its owner could have made."""

import stat
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.contract.records import Lane
from sync.replica import folder as folder_module
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore


def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.files.stat().st_mode) == 0o700


def test_folder_where_a_file_stands_is_refused_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NeedsPerson, match="folder_unwritable"):
        DataFolder(tmp_path / "file")


def test_originals_and_derivatives_lie_apart_under_their_hash(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    original = folder.file("ab" * 32, "image/jpeg")
    assert original == folder.files / "ab" / ("ab" * 32 + ".jpg")
    assert folder.file("ab" * 32, "image/jpeg", Lane.THUMBNAIL).is_relative_to(folder.derived)
    assert folder.file("ab" * 32, "application/x-unknown").suffix == ".bin"


def test_capture_that_would_eat_into_the_reserve_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    folder.require_room(1)
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _: folder_module.RESERVE_BYTES + 10)
    folder.require_room(10)
    with pytest.raises(NeedsPerson, match="disk_full"):
        folder.require_room(11)


def deep(tmp_path: Path) -> DataFolder:
    """A folder whose own path is too long for a socket."""
    return DataFolder(tmp_path / ("x" * 60) / ("y" * 60))


def test_socket_of_a_long_path_lies_in_a_short_folder_of_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module.tempfile, "gettempdir", lambda: str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    socket = deep(tmp_path).socket
    assert socket.is_relative_to(tmp_path / "t")
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert deep(tmp_path).socket == socket


@pytest.mark.parametrize("trap", ["open", "link"])
def test_socket_folder_that_somebody_else_could_use_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    monkeypatch.setattr(folder_module.tempfile, "gettempdir", lambda: str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    place = deep(tmp_path).socket.parent
    place.rmdir()
    if trap == "open":
        place.mkdir()
        place.chmod(0o777)
    else:
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NeedsPerson, match="folder_unwritable"):
        _ = deep(tmp_path).socket


def test_one_folder_has_one_name_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "tablet")
    (tmp_path / "link").symlink_to(tmp_path / "tablet")
    monkeypatch.chdir(tmp_path)
    for written in (Path("tablet"), Path("./x/../tablet"), tmp_path / "link"):
        assert DataFolder(written).root == folder.root


@pytest.mark.parametrize("root", ["~nobody-of-this-name/x", "/dev/null/x", "/proc/x"])
def test_folder_that_cannot_be_is_said_so(root: str) -> None:
    with pytest.raises(NeedsPerson, match="folder_unwritable"):
        DataFolder(Path(root))


def test_work_that_has_become_nothing_is_damage_and_no_new_beginning(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    WorkStore(folder, bytes(32)).close()
    folder.keys.write_text("{}")
    folder.work_db.write_bytes(b"")
    with pytest.raises(NeedsPerson, match="folder_broken"):
        WorkStore(folder, bytes(32))
    assert folder.work_db.read_bytes() == b""
