"""What happened to a case so far: central's acts in its order, then this device's own that it has not judged.

An act that central refused stays in the history with the reason, beside the act that was in its way. An act
that was taken back stays too, marked so; the withdrawal itself is shown only where it was refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.pictures import is_picture, large_picture, small_picture, wanted_large, wanted_small
from fieldapp.capture.standing import KNOWN_KINDS
from fieldapp.capture.tasks import moment
from fieldapp.geo.distance import metres_between
from sync.contract.case_fold import past_of
from sync.contract.clash import ACCEPTED, REFUSED, RULED, WORK
from sync.contract.errors import FieldError
from sync.contract.lifecycle import TALK, ActKind, Step, given_on
from sync.contract.records import Act, Lane, Photo, PhotoRole, Place, RecordType, Report
from sync.contract.tables import Row
from sync.contract.wire import decode_record
from sync.replica.folder import DataFolder
from sync.replica.outbox import Entry, Facts, ItemState
from sync.replica.uploads import Upload

REPORTED = "report"
REDISPATCHED = "redispatch"
"""A dispatch that took the case from one officer to another (改派)."""
WAITING = "waiting"
"""Work that was refused and that nobody has ruled on."""
_WORK = frozenset(kind.value for kind in WORK)
_RULED = (RULED[ActKind.UPHOLD], RULED[ActKind.SET_ASIDE])


class HistoryPhoto(msgspec.Struct, frozen=True):
    """A photo of a report or an act. ``path`` and ``large`` are "" where its files are not on this device.

    ``wanted`` and ``wanted_large`` are then the hashes to ask central for. ``photo`` is as the record has it,
    with the masks that were set later.
    """

    role: PhotoRole
    path: str
    large: str
    origin: str
    photo: Photo
    wanted: str = ""
    wanted_large: str = ""
    wanted_bytes: int = 0


class HistoryEntry(msgspec.Struct, frozen=True):
    """One act. ``state`` is where an own act is on its way, None for acts of others.

    ``refused`` is central's word; ``code`` and ``facts`` say why it was refused or why it has not gone.
    ``ruling`` is what became of a refused act: waiting, upheld or set_aside, else "".
    """

    act_id: str
    kind: str
    officer_id: str
    officer: str
    to_officer: str
    note: str
    done_at: datetime | None
    received_at: datetime | None
    state: ItemState | None
    refused: bool
    taken_back: bool
    code: str
    facts: Facts
    photos: tuple[HistoryPhoto, ...]
    away_m: float | None
    ruling: str = ""


def learned_text(history: Iterable[HistoryEntry]) -> str:
    """What was learned from a case (复盘): what stands of it, one a line, with who wrote it."""
    lines = (
        f"{entry.note.strip()}（{entry.officer}）" if entry.officer else entry.note.strip()
        for entry in history
        if entry.kind == ActKind.LEARN.value and not entry.refused and not entry.taken_back
    )
    return "\n".join(lines)


_TALK = frozenset(kind.value for kind in TALK)


def read_history(desk: Desk, case: Row) -> tuple[HistoryEntry, ...]:
    """The case's acts, its report first; what was said on it stands elsewhere (``messages``)."""
    case_id = str(case["case_id"])
    told = desk.work.city.moves(case_id)
    own = {
        entry.record.record_id: entry
        for entry in desk.work.outbox.records_of_case(case_id)
        if entry.record.record_type is RecordType.ACT
    }
    known = {str(row["act_id"]) for row in told}
    bodies = [str(row["record"] or "") for row in told if row["standing"] == ACCEPTED]
    bodies += [entry.record.body for act_id, entry in own.items() if act_id not in known]
    reader = EntryReader(desk, case, own, masked_photos(bodies))
    entries = [reader.told(row) for row in told]
    entries += [reader.own(entry) for act_id, entry in own.items() if act_id not in known]
    entries = [entry for entry in entries if entry.kind not in _TALK]
    taken_back = {entry.record.record_id for entry in own.values() if entry.record.withdrawn_by}
    taken_back |= {str(row["withdraws"]) for row in told if row["withdraws"] and row["standing"] == ACCEPTED}
    shown = [entry for entry in entries if entry.kind != ActKind.WITHDRAW.value or entry.refused]
    marked = [
        msgspec.structs.replace(entry, taken_back=True) if entry.act_id in taken_back else entry
        for entry in shown
    ]
    again = given_on(case_id, _steps(told))
    named = [
        msgspec.structs.replace(entry, kind=REDISPATCHED) if entry.act_id in again else entry
        for entry in marked
    ]
    return (reader.report(case), *named)


def _steps(told: Iterable[Row]) -> list[Step]:
    """What moved the case, of the kinds this version knows."""
    return [past_of(row).step for row in told if row["standing"] == ACCEPTED and row["kind"] in KNOWN_KINDS]


def report_of(case: Row) -> Report | None:
    """The report a case was made of; None where central told no readable one."""
    try:
        record = decode_record(RecordType.REPORT, str(case.get("record") or ""))
    except (msgspec.MsgspecError, FieldError):
        return None
    return record if isinstance(record, Report) else None


def local_photos(
    desk: Desk, photos: Iterable[Photo], masked: Mapping[str, Photo] = {}
) -> tuple[HistoryPhoto, ...]:
    """Pictures with the file that can be shown here, if there is one."""
    folder = desk.folder
    shown = (as_masked(photo, masked) for photo in photos if is_picture(photo))
    return tuple(_shown_photo(folder, photo) for photo in shown)


def _shown_photo(folder: DataFolder, photo: Photo) -> HistoryPhoto:
    wanted = wanted_small(folder, photo)
    return HistoryPhoto(
        role=photo.role,
        path=small_picture(folder, photo),
        large=large_picture(folder, photo),
        origin=photo.origin.value,
        photo=photo,
        wanted=wanted.sha256 if wanted else "",
        wanted_large=wanted_large(folder, photo),
        wanted_bytes=wanted.bytes if wanted else 0,
    )


def masked_photos(bodies: Iterable[str]) -> dict[str, Photo]:
    """Photos that acts masked after they were filed, by their original: the newest masks count.

    Masking is an act like any other: it brings the same original once more, with other pictures beside it.
    """
    found: dict[str, Photo] = {}
    for body in bodies:
        if '"masks"' in body and (act := read_act(body)) is not None:
            found |= {photo.original.sha256: photo for photo in act.photos if photo.masks}
    return found


def later_masks(desk: Desk, case_id: str) -> dict[str, Photo]:
    """Photos of a case that were masked after they were filed: told by central, then by own acts."""
    own = (entry.record.body for entry in desk.work.outbox.untold_acts(case_id))
    return masked_photos([*desk.work.tasks.masking_records(case_id), *own])


def as_masked(photo: Photo, masked: Mapping[str, Photo]) -> Photo:
    """A photo with the masks that were set on its original later, if any were."""
    later = masked.get(photo.original.sha256)
    if later is None or not is_picture(photo):
        return photo
    derived = {file.lane: file for file in later.files if file.lane is not Lane.ORIGINAL}
    files = tuple(file for file in photo.files if file.lane is Lane.ORIGINAL) + tuple(derived.values())
    return msgspec.structs.replace(photo, files=files, masks=later.masks)


def _ruling(stands: str, kind: str) -> str:
    if stands == REFUSED:
        return WAITING if kind in _WORK else ""
    return stands if stands in _RULED else ""


class EntryReader:
    """Makes entries, asking for each officer's name once."""

    def __init__(
        self, desk: Desk, case: Row, own: Mapping[str, Entry], masked: Mapping[str, Photo] = {}
    ) -> None:
        self._desk = desk
        self._masked = masked
        self._own = own
        self._names: dict[str, str] = {"": ""}
        self._lon, self._lat = case["lon"], case["lat"]

    def report(self, case: Row) -> HistoryEntry:
        """The first entry: who reported it, and when."""
        report = report_of(case)
        reporter = str(case["reporter"] or "")
        return HistoryEntry(
            act_id=str(case["case_id"]),
            kind=REPORTED,
            officer_id=reporter,
            officer=self.name(reporter),
            to_officer="",
            note="",
            done_at=moment(case["reported_at"]),
            received_at=None,
            state=None,
            refused=False,
            taken_back=False,
            code="",
            facts={},
            photos=self._photos(report),
            away_m=None,
        )

    def told(self, row: Row) -> HistoryEntry:
        """An act as central told it; where it is this device's own, with its state in the outbox."""
        entry = self._own.get(str(row["act_id"]))
        state, code, facts = self._on_its_way(entry) if entry else (None, "", {})
        stands = str(row["standing"])
        refused = stands in (REFUSED, RULED[ActKind.SET_ASIDE])
        act = read_act(str(row["record"] or ""))
        return HistoryEntry(
            act_id=str(row["act_id"]),
            kind=str(row["kind"]),
            officer_id=str(row["officer_id"] or ""),
            officer=self.name(str(row["officer_id"] or "")),
            to_officer=self.name(str(row["to_officer"] or "")),
            note=str(row["note"] or ""),
            done_at=moment(row["done_at"]),
            received_at=moment(row["received_at"]),
            state=state,
            refused=refused,
            taken_back=stands == RULED[ActKind.WITHDRAW],
            code=str(row["code"] or "") if refused else code,
            facts=facts,
            photos=self._photos(act),
            away_m=self._away(act.place) if act else None,
            ruling=_ruling(stands, str(row["kind"])),
        )

    def own(self, entry: Entry) -> HistoryEntry:
        """An act of this device that central does not list."""
        stored = entry.record
        act = read_act(stored.body)
        state, code, facts = self._on_its_way(entry)
        return HistoryEntry(
            act_id=stored.record_id,
            kind=act.kind.value if act else "",
            officer_id=stored.officer_id,
            officer=self.name(stored.officer_id),
            to_officer="",
            note=act.note if act else "",
            done_at=stored.created_at,
            received_at=entry.receipt.received_at if entry.receipt else None,
            state=state,
            refused=entry.state is ItemState.NEEDS_YOU,
            taken_back=False,
            code=code,
            facts=facts,
            photos=self._photos(act),
            away_m=self._away(act.place) if act else None,
        )

    def _photos(self, record: Act | Report | None) -> tuple[HistoryPhoto, ...]:
        return local_photos(self._desk, record.photos if record else (), self._masked)

    def name(self, officer_id: str) -> str:
        """An officer's name; the number where the name is not known."""
        if officer_id not in self._names:
            row = self._desk.work.city.officer(officer_id)
            self._names[officer_id] = str(row["name"]) if row else officer_id
        return self._names[officer_id]

    def _on_its_way(self, entry: Entry) -> tuple[ItemState, str, Facts]:
        uploads = self._desk.work.uploads.of_record(entry.record.record_id)
        if entry.state is not ItemState.SENT:
            return entry.state, entry.code, entry.facts
        return _files_state(uploads)

    def _away(self, place: Place) -> float | None:
        if place.lon is None or place.lat is None:
            return None
        if not isinstance(self._lon, float) or not isinstance(self._lat, float):
            return None
        return metres_between(place.lon, place.lat, self._lon, self._lat)


def _files_state(uploads: list[Upload]) -> tuple[ItemState, str, Facts]:
    """The record is with central: what the slowest of its files is doing."""
    for state in (ItemState.NEEDS_YOU, ItemState.SENDING, ItemState.WAITING):
        behind = [upload for upload in uploads if upload.state is state]
        if behind:
            return state, next((upload.code for upload in behind if upload.code), ""), {}
    return ItemState.SENT, "", {}


def read_act(body: str) -> Act | None:
    """An act's body; None where it is none that can be read."""
    try:
        record = decode_record(RecordType.ACT, body)
    except msgspec.MsgspecError:
        return None
    return record if isinstance(record, Act) else None
