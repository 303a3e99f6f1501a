"""Submitting a visit: the sheet is closed, the on-site record made of it, and all of it saved at once.

draft → sheet → its hash → paper (PDF, the same bytes for the same sheet) → ONE transaction
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from fieldapp.capture.city_time import city_zone, now
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import with_derivatives
from fieldapp.capture.finishing import finishing
from fieldapp.capture.lookup import today
from fieldapp.capture.report import store_record
from fieldapp.capture.visit_deadline import deadline
from fieldapp.capture.visit_draft import OpenVisit, open_visit, require_visitor
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.records import (
    ClockState,
    FileRef,
    Lane,
    Origin,
    Photo,
    PhotoRole,
    Place,
    RecordType,
    Visit,
    check_place,
)
from sync.contract.tables import Row
from sync.contract.text import check_note
from sync.contract.visit import (
    CheckAnswer,
    Finding,
    Party,
    PartyKind,
    Signature,
    Signer,
    VisitResult,
    VisitSheet,
    check_sheet,
    sheet_hash,
)
from sync.contract.visit_qr import write_rating_link, write_sheet_code
from sync.contract.wire import decode_record, sha256_hex
from sync.replica.files import durable_write, holds_durably

PDF = "application/pdf"
WORD_MAX, WORDS_MAX = 120, 500
"""Characters of a short field and of a name or address, as central takes them."""


class Paper(msgspec.Struct, frozen=True):
    """What the on-site record is made of; ``signatures`` are pictures by signer, ``qr`` the code's text."""

    visit_id: str
    sheet: VisitSheet
    sheet_sha256: str
    qr: str
    signatures: dict[str, bytes]
    city: str
    zone: str
    english: bool


class SavedVisit(msgspec.Struct, frozen=True):
    """What was saved, with the file of the on-site record and the link for the party's rating."""

    visit_id: str
    paper: str
    rating_link: str
    sheet_sha256: str
    paper_sha256: str


MakePaper = Callable[[Paper], bytes]


def items_now(desk: Desk, kind: str = "") -> list[Row]:
    """The inspection items in force today, of a kind of party where one is named."""
    day = today(desk).isoformat()
    rows = desk.reference.inspection_items()
    return [
        row
        for row in rows
        if str(row["valid_from"] or "") <= day
        and (not row["valid_to"] or day <= str(row["valid_to"]))
        and (not kind or kind == PartyKind.OTHER.value or kind in str(row["kinds"] or "").split())
    ]


def questions_of(row: Row, *, english: bool) -> list[str]:
    """The check list of an item."""
    text = str(row["checks_en" if english else "checks_zh"] or row["checks_zh"] or "")
    return [line for line in text.split("\n") if line.strip()]


@finishing
def submit_visit(desk: Desk, draft_id: str, make_paper: MakePaper) -> SavedVisit:
    """Make a visit of a draft. Saved exactly once however often it is asked; durable when it returns.

    Refuses with the codes of ``check_sheet`` and ``deadline``, ``visit_item_missing``,
    ``visit_item_unknown``, ``visit_question_open`` and ``visit_role``; the draft then stays as it was.
    """
    require_visitor(desk)
    opened = open_visit(desk, draft_id)
    if opened.draft.state == "submitted":
        return saved_visit(desk, draft_id)
    place = check_place(opened.body.place)
    scenes = with_derivatives(desk, opened.scenes, place)
    signatures = _signatures(opened)
    sheet = _sheet(desk, opened, (*scenes, *signatures))
    check_sheet(sheet, [photo.slot for photo in signatures])
    sha256 = sheet_hash(sheet)
    paper = _paper(desk, opened, sheet, sha256, make_paper)
    with desk.work.act():
        stamp = desk.work.meta.stamp(desk.clock)
        visit = Visit(
            visit_id=draft_id,
            sheet=sheet,
            sheet_sha256=sha256,
            place=place,
            grid_cell=desk.grid_cell_at(place),
            photos=(*scenes, *signatures, paper),
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=stamp,
            equipment=desk.equipment(),
            rating_code=desk.new_id(),
        )
        store_record(desk, visit, draft_id, "")
        desk.work.drafts.save(
            msgspec.structs.replace(
                opened.draft, record_id=draft_id, state="submitted", changed_at=stamp.wall
            )
        )
    return saved_visit(desk, draft_id)


def saved_visit(desk: Desk, visit_id: str) -> SavedVisit:
    """A visit made on this tablet, to show its paper and rating again; ``record_unknown``."""
    entry = desk.work.outbox.entry(visit_id)
    record = None if entry is None else decode_record(entry.record.record_type, entry.record.body)
    if not isinstance(record, Visit):
        raise InputRefused("record_unknown", record=visit_id)
    paper = next(photo.original for photo in record.photos if photo.role is PhotoRole.SHEET)
    identity = desk.work.meta.require_identity()
    return SavedVisit(
        visit_id,
        str(desk.folder.file(paper.sha256, PDF)),
        write_rating_link(identity.server, visit_id, record.rating_code),
        record.sheet_sha256,
        paper.sha256,
    )


def own_visits(desk: Desk, limit: int = 30) -> list[Visit]:
    """The officer's visits made on this tablet, newest first."""
    found = []
    for entry in desk.work.outbox.entries(limit=500):
        if entry.record.record_type is RecordType.VISIT:
            record = decode_record(RecordType.VISIT, entry.record.body)
            if isinstance(record, Visit) and desk.officer.officer_id in (
                record.officer_id,
                record.sheet.second_id,
            ):
                found.append(record)
    return found[:limit]


def _signatures(opened: OpenVisit) -> tuple[Photo, ...]:
    """The signatures that stand, each as the one picture that was drawn."""
    found = (opened.signature(signer) for signer in Signer)
    return tuple(
        msgspec.structs.replace(saved.photo, files=(saved.photo.original,)) for saved in found if saved
    )


def _sheet(desk: Desk, opened: OpenVisit, photos: tuple[Photo, ...]) -> VisitSheet:
    body = opened.body
    item = next((row for row in items_now(desk) if row["item_code"] == body.item_code), None)
    if not body.item_code:
        raise InputRefused("visit_item_missing")
    if item is None:
        raise InputRefused("visit_item_unknown", item=body.item_code)
    for text in (body.note, body.demand, body.statement, *(answer.note for answer in body.answers)):
        check_note(text)
    for text in (body.party_name, body.address, body.refusal):
        _check_short(text, WORDS_MAX)
    for text in (body.credit_code, body.present, body.position, body.phone, body.correct_by):
        _check_short(text, WORD_MAX)
    second = desk.work.city.officer(body.second_id) if body.second_id else None
    language = "en" if body.english else "zh"
    ended_at = desk.clock.now()
    return VisitSheet(
        item_code=body.item_code,
        item_name=str(item[f"name_{language}"] or item["name_zh"]),
        legal_basis=str(item[f"basis_{language}"] or item["basis_zh"] or ""),
        party=Party(
            kind=PartyKind(body.party_kind),
            name=body.party_name.strip(),
            ref=body.party_ref,
            credit_code=body.credit_code.strip(),
            address=body.address.strip(),
            present=body.present.strip(),
            position=body.position.strip(),
            phone=body.phone.strip(),
        ),
        officer_id=desk.officer.officer_id,
        officer_name=desk.officer.name,
        second_id=body.second_id,
        second_name="" if second is None else str(second["name"]),
        unit=desk.officer.squad,
        begun_at=body.begun_at or ended_at,
        ended_at=ended_at,
        answers=_answers(opened, questions_of(item, english=body.english)),
        result=_result(body.result),
        findings=body.note,
        demand=body.demand if body.result == VisitResult.PUT_RIGHT.value else "",
        correct_by=_deadline(desk, body.correct_by) if body.result == VisitResult.PUT_RIGHT.value else "",
        credential_at=body.credential_at,
        statement=body.statement,
        where=_where(desk, body.place),
        position=_position(body.place),
        signatures=tuple(_signature(desk, opened, signer, second) for signer in Signer),
        evidence=tuple((photo.slot, photo.original.sha256) for photo in photos),
    )


def _answers(opened: OpenVisit, questions: list[str]) -> tuple[CheckAnswer, ...]:
    answers = opened.body.answers
    for number in range(len(questions)):
        if number >= len(answers) or not answers[number].finding:
            raise InputRefused("visit_question_open", number=number + 1)
    return tuple(
        CheckAnswer(asked, Finding(given.finding), given.note, _slots(opened, number))
        for number, (asked, given) in enumerate(zip(questions, answers, strict=False))
    )


def _slots(opened: OpenVisit, question: int) -> tuple[int, ...]:
    return tuple(sorted(saved.photo.slot for saved in opened.scenes_of(question)))


def _result(text: str) -> VisitResult:
    try:
        return VisitResult(text)
    except ValueError:
        raise InputRefused("visit_result_missing") from None


def _signature(desk: Desk, opened: OpenVisit, signer: Signer, second: Row | None) -> Signature:
    names = {
        Signer.OFFICER: desk.officer.name,
        Signer.SECOND: "" if second is None else str(second["name"]),
        Signer.PARTY: opened.body.present.strip(),
    }
    saved = opened.signature(signer)
    refusal = opened.body.refusal if signer is Signer.PARTY and saved is None else ""
    signed_at: datetime | None = opened.body.signed_at.get(signer.value)
    return Signature(signer, names[signer], saved.photo.slot if saved else None, refusal, signed_at)


def _deadline(desk: Desk, text: str) -> str:
    moment = now(desk)
    day = moment.at.astimezone(city_zone(desk)).date() if moment.clock is ClockState.TRUSTED else None
    return deadline(text, day)


def _check_short(text: str, limit: int) -> None:
    """Refuse here, before anybody has signed off, what central would refuse afterwards."""
    if len(check_note(text)) > limit:
        raise InputRefused("text_too_long", length=len(text), limit=limit)


def _where(desk: Desk, place: Place) -> str:
    row = desk.reference.grid_cell(desk.grid_cell_at(place))
    return "" if row is None else f"{row['street']} {row['community']}"


def _position(place: Place) -> str:
    if place.lon is None or place.lat is None:
        return ""
    accuracy = place.known_accuracy_m
    return f"{place.lon:.6f}, {place.lat:.6f}" + ("" if accuracy is None else f" ±{accuracy:.0f} m")


def _signature_picture(desk: Desk, file: FileRef) -> bytes:
    """What was drawn, and nothing else; ``visit_signature_damaged`` where it is gone or altered."""
    path = desk.folder.file(file.sha256, file.media_type)
    data = path.read_bytes() if path.is_file() else b""
    if sha256_hex(data) != file.sha256:
        raise NeedsPerson("visit_signature_damaged")
    return data


def _paper(desk: Desk, opened: OpenVisit, sheet: VisitSheet, sha256: str, make: MakePaper) -> Photo:
    """The on-site record as a file of the visit, durable under its own hash."""
    pictures = {}
    for signer in Signer:
        saved = opened.signature(signer)
        if saved is not None:
            pictures[signer.value] = _signature_picture(desk, saved.photo.original)
    city = desk.work.meta.require_identity().city
    name = city.name_en if opened.body.english else city.name_zh
    code = write_sheet_code(opened.draft.draft_id, sha256)
    zone = str(city_zone(desk))
    data = make(Paper(opened.draft.draft_id, sheet, sha256, code, pictures, name, zone, opened.body.english))
    own = sha256_hex(data)
    path = desk.folder.file(own, PDF)
    if not holds_durably(path, own):
        durable_write(path, data)
    slot = max((saved.photo.slot for saved in opened.photos), default=-1) + 1
    file_ref = FileRef(Lane.ORIGINAL, own, len(data), PDF)
    return Photo(slot, PhotoRole.SHEET, Origin.CAPTURED, (file_ref,), f"{opened.draft.draft_id}.pdf")
