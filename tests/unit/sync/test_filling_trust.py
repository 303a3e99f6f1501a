"""Snapshots that are not to be trusted: said in plain words, and what is in force stays as it was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.contract.wire import Frame, SnapshotManifest
from sync.messages import LANGUAGES, sentences
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.remote.memory_signing import sign_snapshot
from sync.replica.snapshot_build import signed
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row

Change = Callable[[SnapshotManifest], SnapshotManifest]


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    for number in range(30):
        central.put_row("permit", full_row("permit", permit_id=f"P{number:03}", plate=f"粤B{number:05}"))
    return central


@pytest.fixture
def tablet(data_dir: Path, central: MemoryCentral) -> Iterator[Tablet]:
    """A tablet that has been filled."""
    with Tablet(data_dir) as tablet:
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        yield tablet


class ChangedManifest(MemoryRemote):
    """A central whose manifest was changed on the way."""

    change: Change = staticmethod(lambda manifest: manifest)

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        return self.change(super().snapshot(at_least))


def with_change(central: MemoryCentral, change: Change) -> ChangedManifest:
    remote = ChangedManifest(central, DEVICE)
    remote.change = change
    return remote


def replaced(**values: object) -> Change:
    """Members changed, and the old signature kept."""
    return lambda manifest: msgspec.structs.replace(manifest, **values)


def resigned(**values: object) -> Change:
    """Members changed by central itself."""
    return lambda manifest: signed(msgspec.structs.replace(manifest, **values), sign_snapshot)


def is_untouched(tablet: Tablet, name: str) -> bool:
    folder = tablet.folder.reference
    clean = not list(folder.glob("*.new"))
    return clean and tablet.reference.name == name and tablet.reference.counts()["permit"] == 30


@pytest.mark.parametrize(
    ("change", "code", "kind"),
    [
        (replaced(signature=""), "snapshot_unsigned", NeedsPerson),
        (replaced(signature="not hex"), "snapshot_forged", NeedsPerson),
        (replaced(signature="0" * 128), "snapshot_forged", NeedsPerson),
        (replaced(raw_sha256="0" * 64), "snapshot_forged", NeedsPerson),
        (replaced(rows={}), "snapshot_forged", NeedsPerson),
        (replaced(sequence=10**9), "snapshot_forged", NeedsPerson),
        (resigned(sequence=1), "snapshot_older", RetryLater),
        (resigned(epoch="epoch0"), "snapshot_epoch", RetryLater),
        (resigned(cursor="epoch0.5.5.5.m0"), "snapshot_epoch", RetryLater),
        (resigned(frames=[]), "snapshot_damaged", RetryLater),
        (resigned(bytes=1), "snapshot_damaged", RetryLater),
        (resigned(frames=[Frame(0, 5, "0" * 64, 1 << 40)]), "snapshot_damaged", RetryLater),
    ],
)
def test_snapshot_that_is_not_to_be_trusted_is_refused_and_the_old_one_stays(
    tablet: Tablet, central: MemoryCentral, change: Change, code: str, kind: type[FieldError]
) -> None:
    name = tablet.reference.name
    with pytest.raises(kind, match=code):
        tablet.engine(with_change(central, change)).refill()
    assert is_untouched(tablet, name)
    assert all(code in sentences(language) for language in LANGUAGES)


def test_snapshot_signed_by_another_key_is_refused(tablet: Tablet, central: MemoryCentral) -> None:
    name = tablet.reference.name
    with tablet.work.act():
        identity = tablet.work.meta.require_identity()
        tablet.work.meta.set_identity(msgspec.structs.replace(identity, signing_key="ab" * 32))
    with pytest.raises(NeedsPerson, match="snapshot_forged"):
        tablet.engine(MemoryRemote(central, DEVICE)).refill()
    assert is_untouched(tablet, name)


def test_tablet_without_a_pinned_key_says_so(tablet: Tablet, central: MemoryCentral) -> None:
    with tablet.work.act():
        identity = tablet.work.meta.require_identity()
        tablet.work.meta.set_identity(msgspec.structs.replace(identity, signing_key=""))
    with pytest.raises(NeedsPerson, match="snapshot_key_missing"):
        tablet.engine(MemoryRemote(central, DEVICE)).refill()


class Damaging(MemoryRemote):
    """Frames whose bytes are cut short or turned round."""

    damage: Callable[[bytes], bytes] = staticmethod(lambda data: data)

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        yield self.damage(b"".join(super().snapshot_frame(manifest, frame)))


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[::-1], lambda data: b""])
def test_damaged_or_truncated_snapshot_is_refused_and_the_old_one_stays(
    tablet: Tablet, central: MemoryCentral, damage: Callable[[bytes], bytes]
) -> None:
    name = tablet.reference.name
    central.put_row("permit", full_row("permit", permit_id="P001", plate="粤B99999"))
    remote = Damaging(central, DEVICE)
    remote.damage = damage
    with pytest.raises(RetryLater, match="snapshot_damaged"):
        tablet.engine(remote).refill()
    assert is_untouched(tablet, name)


def test_central_set_back_without_saying_so_is_followed_though_its_snapshot_is_older(
    data_dir: Path, central: MemoryCentral
) -> None:
    backup = central.backup()
    for number in range(5):
        central.put_row("permit", full_row("permit", permit_id=f"N{number:03}", plate=f"粤B9{number:04}"))
    with Tablet(data_dir) as tablet:
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        central.restore(backup)
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        assert tablet.reference.counts()["permit"] == 30


def test_refill_asked_for_in_a_round_takes_the_snapshot_anew(tablet: Tablet, central: MemoryCentral) -> None:
    name = tablet.reference.name
    tablet.engine(MemoryRemote(central, DEVICE)).round(refill=True)
    assert tablet.reference.name != name
    assert tablet.reference.cursor() is not None
    assert MemoryRemote(central, DEVICE).changes(Stream.REFERENCE, "").changes
