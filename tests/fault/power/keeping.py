"""Jobs for the workers: central's intake and the migrations of earlier schemas, cut and made to fail."""

from __future__ import annotations

import errno
import gzip
import pickle
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

import msgspec

import sync.central.files as central_files
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.world import real_world
from sync.contract.wire import PushItem, sha256_hex
from sync.remote.memory_central import pieces_of
from sync.replica.database import open_database
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from tests.contract.central_records import RecordMaker, photo_of
from tests.contract.central_server import fill_small_city
from tests.contract.tablet import KEY as OLD_KEY
from tests.fault.memory import memory_folder
from tests.fault.power.cutting import Cut, LaidOut, plan
from tests.fault.power.disk import Data, Disk, Names
from tests.fault.power.failing import CALLS, ERRORS, in_child
from tests.fault.power.promises import Word, words
from tests.fault.power.recording import (
    Call,
    calls_seen,
    count_calls,
    fail,
    heal,
    mark,
    read_log,
    record,
    stop_recording,
    watch,
)
from tests.unit.central.conftest import admit

PIECE = 3_000


class Delivery(msgspec.Struct, frozen=True):
    """What one tablet brings to central."""

    device_id: str
    items: tuple[PushItem, ...]
    photos: tuple[bytes, ...]


def central_with_a_tablet(root: Path) -> Delivery:
    """A central that has let a tablet in, closed again; and what the tablet will bring."""
    central = Central(Settings(data=root), real_world())
    fill_small_city(central)
    device = admit(central)
    central.close()
    maker = RecordMaker(device.device_id)
    photos = tuple(random.Random(number).randbytes(7_000) for number in range(3))
    items = tuple(maker.item(maker.report(photo_of(data))) for data in photos)
    return Delivery(device.device_id, items, photos)


@cache
def _begun() -> tuple[Path, Delivery]:
    """The same, made once for a worker and its children; to be copied."""
    place = memory_folder("power-")
    Finalize(None, shutil.rmtree, (place, True), exitpriority=1)
    return place / "central", central_with_a_tablet(place / "central")


def take_in(central: Central, delivery: Delivery, said: Callable[[Word], None]) -> None:
    """Record, then its photo, one after the other; a word for each receipt.

    The second photo comes whole in its first request, the others in pieces.
    """
    for number, (item, data) in enumerate(zip(delivery.items, delivery.photos, strict=True)):
        reply = central.intake.push(delivery.device_id, [msgspec.Raw(msgspec.json.encode(item))])
        assert reply.answers[0].receipt is not None
        said(Word("receipt", True, record=item.record_id, text=item.body_sha256))
        sha256 = sha256_hex(data)
        if central.objects.find(sha256) is None:
            whole = number == 1
            begin = central.uploads.draft if whole else central.uploads.create
            upload = begin(delivery.device_id, sha256, len(data), "image/jpeg")
            with central.uploads.open_part(upload) as part:
                for piece in [data] if whole else pieces_of(data, PIECE):
                    central.uploads.append(part, piece, is_last=whole)
            central.uploads.finish(upload, sha256 if whole else "", is_synced=whole)
        assert central.objects.find(sha256) is not None
        said(Word("receipt", True, draft=sha256))


def _say(word: Word) -> None:
    mark(msgspec.json.encode(word))


def not_kept(root: Path, said: list[Word]) -> list[str]:
    """Receipts behind which something is missing, and whatever else is not whole."""
    central = Central(Settings(data=root), real_world())
    wrong = []
    try:
        with central.store.reading() as db:
            kept = {str(r): str(h) for r, h in db.execute("SELECT record_id, body_sha256 FROM op")}
            held = {str(row[0]) for row in db.execute("SELECT sha256 FROM object")}
            wrong += [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        for word in said:
            if word.record and kept.get(word.record) != word.text:
                wrong.append("receipt for a record that is not there")
            if word.draft and word.draft not in held:
                wrong.append("receipt for a photo that is not there")
        for sha256 in held:
            path = central.objects.path_of(sha256)
            if not path.is_file() or sha256_hex(path.read_bytes()) != sha256:
                wrong.append("photo vouched for without its bytes")
    finally:
        central.close()
    return wrong


def cut_intake(wanted: int | None, seed: int, planted: bool = False) -> tuple[int, list[str]]:
    """A worker's job: cuts at every call of central's intake; ``planted``: its folders are not synced."""
    place = memory_folder("power-")
    real = central_files.sync_folder
    try:
        if planted:
            central_files.sync_folder = lambda folder: None
        root = place / "central"
        delivery = central_with_a_tablet(root)
        before, log = Disk.of(root), place / "log"
        record(root, log)
        central = Central(Settings(data=root), real_world())
        take_in(central, delivery, _say)
        central.close()
        stop_recording()
        return _cut(before, log, place, wanted, seed, not_kept)
    finally:
        central_files.sync_folder = real
        shutil.rmtree(place, ignore_errors=True)


def _cut(
    before: Disk,
    log: Path,
    place: Path,
    wanted: int | None,
    seed: int,
    look: Callable[[Path, list[Word]], list[str]],
) -> tuple[int, list[str]]:
    ops = list(read_log(log))
    cuts: list[Cut] = plan(len(ops), wanted, seed)
    disk: Disk = pickle.loads(pickle.dumps(before))
    played, wrong = 0, []
    for cut in cuts:
        disk.play(ops[played : cut.at])
        played = cut.at
        with LaidOut(disk.cut(cut.data, cut.names, random.Random(cut.seed)), place) as root:
            wrong += [f"{cut}: {line}" for line in look(root, words(ops[: cut.at]))]
    return len(cuts), wrong


def cut_migration(
    packed: Path, selects: tuple[str, ...], wanted: int | None, seed: int
) -> tuple[int, list[str]]:
    """A worker's job: cuts at every call while a database of an earlier schema is brought up to date."""
    place = memory_folder("power-")
    try:
        root = place / "tablet"
        root.mkdir()
        (root / "work.db").write_bytes(gzip.decompress(packed.read_bytes()))
        evidence = _evidence(root, selects)
        before, log = Disk.of(root), place / "log"
        record(root, log)
        _bring_up_to_date(root)
        stop_recording()

        def look(cut: Path, _said: list[Word]) -> list[str]:
            _bring_up_to_date(cut)
            return [] if _evidence(cut, selects) == evidence else ["the evidence is not what it was"]

        return _cut(before, log, place, wanted, seed, look)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _bring_up_to_date(root: Path) -> None:
    store = WorkStore(DataFolder(root), OLD_KEY, checkpoints=True)
    try:
        store.checkpoint()
        assert store.integrity() == []
    finally:
        store.close()


def _evidence(root: Path, selects: tuple[str, ...]) -> list[list[tuple[object, ...]]]:
    db = open_database(root / "work.db", key=OLD_KEY)
    try:
        return [[tuple(row) for row in db.execute(select)] for select in selects]
    finally:
        db.close()


def one_failure(call: Call, number: int, error: int, stays: bool) -> tuple[bool, list[str]]:
    """The n-th call fails while central takes in; then the tablet brings the same again."""
    place = memory_folder("power-")
    try:
        root, log = place / "central", place / "log"
        begun, delivery = _begun()
        shutil.copytree(begun, root)
        central = Central(Settings(data=root), real_world())
        said: list[Word] = []
        before = Disk.of(root)
        record(root, log) if call is Call.FSYNC else watch(root)
        fail(call, number, error, from_then_on=stays)
        with suppress(Exception):  # any answer but a receipt will do: the tablet comes again
            take_in(central, delivery, said.append)
        struck = calls_seen(call) >= number
        heal()
        take_in(central, delivery, said.append)
        wrong = []
        if call is Call.FSYNC:
            stop_recording()
            before.play(read_log(log))
            with LaidOut(before.cut(Data.LOST, Names.LOST, random.Random(0)), place) as cut:
                wrong += [f"power cut: {line}" for line in not_kept(cut, said)]
        stop_recording()
        central.close()
        wrong += not_kept(root, said)
        how = "from then on" if stays else "once"
        return struck, [f"{call.name} {number} {errno.errorcode[error]} {how}: {line}" for line in wrong]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _counted() -> dict[Call, int]:
    place = memory_folder("power-")
    try:
        delivery = central_with_a_tablet(place / "central")
        central = Central(Settings(data=place / "central"), real_world())
        watch(place / "central")
        count_calls()
        take_in(central, delivery, lambda word: None)
        counted = {call: calls_seen(call) for call in CALLS}
        stop_recording()
        central.close()
        return counted
    finally:
        shutil.rmtree(place, ignore_errors=True)


def fail_intake(half: int, whole: bool) -> tuple[int, int, list[str]]:
    """A worker's job: every other call of central's intake fails, with every error or one in turn."""
    _begun()
    counted = in_child(_counted)
    assert isinstance(counted, dict), counted
    runs = met = 0
    wrong: list[str] = []
    for call in CALLS:
        for number in range(1 + half, counted[call] + 1, 2):
            for stays in (False, True):
                for error in ERRORS if whole else (ERRORS[(number + stays) % 3],):
                    answer = in_child(one_failure, call, number, error, stays)
                    runs += 1
                    if isinstance(answer, tuple):
                        met += answer[0]
                        wrong += answer[1]
                    else:
                        wrong.append(f"{call.name} {number}: {answer}")
    return runs, met, wrong
