"""The officer's earlier visits: what central told, before it what waits here, and one of them whole.

Only the tablet that made a visit has its sheet; what travels to the others is the row. The paper is fetched
by the hash that stands in it, as photos of others are, when somebody wants to read it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.tasks import moment
from fieldapp.capture.visit import saved_visit
from fieldapp.services.outbox_rows import overall
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.records import RecordType, Visit
from sync.contract.tables import Row
from sync.contract.visit_judging import visit_cells
from sync.contract.wire import decode_record
from sync.replica.fetched import checked_file, has_fetched, keep_fetched
from sync.replica.files import sha256_file
from sync.replica.outbox import Entry, Facts, ItemState

PAGE = 60


class VisitLine(msgspec.Struct, frozen=True):
    """One visit. ``sending`` is None where this tablet did not make it; ``code`` says why it was refused."""

    visit_id: str
    item: str
    party: str
    result: str
    failed: int
    officer_id: str
    second_id: str
    ended_at: datetime | None
    told: bool
    sha256: str
    stars: int = 0
    rating_note: str = ""
    rated_at: datetime | None = None
    sending: ItemState | None = None
    code: str = ""
    facts: Facts = {}


class VisitPage(msgspec.Struct, frozen=True):
    """A page of them; ``before`` is where the next begins, "" at the end."""

    visits: tuple[VisitLine, ...]
    before: str


class VisitWhole(msgspec.Struct, frozen=True):
    """A visit that is open: names, the rating link where this tablet made it, and the paper.

    ``paper`` is its file, "" where it is not here; ``wanted`` its hash then, to ask central for.
    """

    line: VisitLine
    officer: str
    second: str
    address: str
    paper: str = ""
    wanted: str = ""
    rating_link: str = ""


def own_visit_page(
    desk: Desk, part: str = "", before: str = "", *, everybody: bool = False, limit: int = PAGE
) -> VisitPage:
    """The officer's visits, newest first, those that wait here before all; by part of party or item.

    ``everybody``: those of others too, as far as central told this tablet of them.
    """
    wanted = " ".join(part.split())
    own = "" if everybody else desk.officer.officer_id
    rows = desk.work.city.own_visits(own, wanted, before=before, limit=limit + 1)
    waiting = [] if before else _waiting(desk, wanted)
    lines = [*waiting, *(_told(desk, row) for row in rows[:limit])]
    return VisitPage(tuple(lines), str(rows[limit - 1]["visit_id"]) if len(rows) > limit else "")


def visit_whole(desk: Desk, visit_id: str) -> VisitWhole:
    """One visit as it is now; ``record_unknown``."""
    row, entry = desk.work.city.visit(visit_id), desk.work.outbox.entry(visit_id)
    record = None if entry is None else decode_record(RecordType.VISIT, entry.record.body)
    if row is not None:
        line = _told(desk, row)
    elif entry is not None and isinstance(record, Visit):
        line = _untold(desk, entry, record)
    else:
        raise InputRefused("record_unknown", record=visit_id)
    whole = VisitWhole(line, _name(desk, line.officer_id), _name(desk, line.second_id), "")
    if not isinstance(record, Visit):
        return _with_paper(desk, whole, str(row["paper"] or "") if row else "")
    saved = saved_visit(desk, visit_id)
    whole = msgspec.structs.replace(
        whole, address=record.sheet.party.address, rating_link=saved.rating_link, paper=saved.paper
    )
    return whole if Path(saved.paper).exists() else _with_paper(desk, whole, saved.paper_sha256)


def checked_paper(desk: Desk, visit_id: str) -> str:
    """A copy of the on-site record, hashed again now, to open; "" where it is not here.

    This tablet's own never leaves its place: whatever shows PDF files may save them, too, and it is evidence.
    ``fetch_damaged``, ``paper_damaged``: it is not what was signed (this tablet's own stays where it is).
    """
    entry = desk.work.outbox.entry(visit_id)
    if entry is not None:
        saved = saved_visit(desk, visit_id)
        if (path := Path(saved.paper)).exists():
            if sha256_file(path) != saved.paper_sha256:
                raise NeedsPerson("paper_damaged")
            keep_fetched(desk.folder, saved.paper_sha256, [path.read_bytes()])
        sha256 = saved.paper_sha256
    else:
        sha256 = str((desk.work.city.visit(visit_id) or {}).get("paper") or "")
    found = checked_file(desk.folder, sha256, ".pdf") if sha256 else None
    return "" if found is None else str(found)


def _with_paper(desk: Desk, whole: VisitWhole, sha256: str) -> VisitWhole:
    here = sha256 and has_fetched(desk.folder, sha256)
    paper = str(desk.folder.fetched_file(sha256)) if here else ""
    return msgspec.structs.replace(whole, paper=paper, wanted="" if here else sha256)


def _waiting(desk: Desk, part: str) -> list[VisitLine]:
    own, found = desk.officer.officer_id, []
    for entry in desk.work.outbox.untold_visits():
        record = decode_record(RecordType.VISIT, entry.record.body)
        if not isinstance(record, Visit) or own not in (record.officer_id, record.sheet.second_id):
            continue
        sheet = record.sheet
        if any(part.lower() in text.lower() for text in (sheet.party.name, sheet.item_name, sheet.item_code)):
            found.append(_untold(desk, entry, record))
    return found


def _untold(desk: Desk, entry: Entry, record: Visit) -> VisitLine:
    row: Row = {**visit_cells(record), "ended_at": record.sheet.ended_at.isoformat()}
    return _with_sending(desk, _line(row, told=False), entry)


def _told(desk: Desk, row: Row) -> VisitLine:
    entry = desk.work.outbox.entry(str(row["visit_id"]))
    line = _line(row, told=True)
    return line if entry is None else _with_sending(desk, line, entry)


def _with_sending(desk: Desk, line: VisitLine, entry: Entry) -> VisitLine:
    uploads = desk.work.uploads.of_record(line.visit_id)
    code = entry.code or next((one.code for one in uploads if one.code), "")
    facts = entry.facts if entry.code else {}
    return msgspec.structs.replace(line, sending=overall(entry, uploads), code=code, facts=facts)


def _line(row: Row, *, told: bool) -> VisitLine:
    return VisitLine(
        visit_id=str(row["visit_id"]),
        item=str(row["item_name"] or ""),
        party=str(row["party_name"] or ""),
        result=str(row["result"] or ""),
        failed=int(row["failed"] or 0),
        officer_id=str(row["officer_id"] or ""),
        second_id=str(row["second_id"] or ""),
        ended_at=moment(row["ended_at"]),
        told=told,
        sha256=str(row["sheet_sha256"] or ""),
        stars=int(row["stars"] or 0),
        rating_note=str(row["rating_note"] or ""),
        rated_at=moment(row["rated_at"]),
    )


def _name(desk: Desk, officer_id: str) -> str:
    row = desk.work.city.officer(officer_id) if officer_id else None
    return f"{row['name']} {officer_id}" if row else officer_id
