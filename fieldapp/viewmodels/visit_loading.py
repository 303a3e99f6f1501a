"""What a visit's page reads at the desk, each in one job: where to begin, parties by name, the credential."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import msgspec
import segno

from fieldapp.capture.desk import Desk
from fieldapp.capture.visit import items_now
from fieldapp.capture.visit_draft import OpenVisit, begin_visit
from fieldapp.viewmodels.visit_lists import ChoiceRow
from sync.contract.credential_qr import write_credential_link
from sync.contract.errors import InputRefused
from sync.contract.records import Place
from sync.contract.tables import DISPOSAL_SITE, SITE, Row
from sync.contract.visit import VISITORS, PartyKind
from sync.replica.folder import DataFolder

PARTIES_SHOWN = 6


class Begun(msgspec.Struct, frozen=True):
    """A visit to go on with, and what can be chosen."""

    opened: OpenVisit
    items: list[Row]
    colleagues: list[ChoiceRow]
    folder: DataFolder
    party: ChoiceRow | None = None
    """Whom it was asked to be about, where it was asked."""


def begin(desk: Desk, place: Place | None) -> Begun:
    """The officer's open visit or a new one."""
    opened = begin_visit(desk)
    if place is not None and opened.body.place.lon is None:
        opened = msgspec.structs.replace(opened, body=msgspec.structs.replace(opened.body, place=place))
    roles = sorted(role.value for role in VISITORS)
    colleagues = [
        ChoiceRow(str(row["officer_id"]), f"{row['name']} {row['officer_id']}", str(row["squad"] or ""))
        for row in desk.work.city.colleagues(desk.officer.officer_id, roles)
    ]
    return Begun(opened, items_now(desk), colleagues, desk.folder)


def find_parties(text: str) -> Callable[[Desk], list[ChoiceRow]]:
    """A job that finds companies and sites by part of their name."""

    def job(desk: Desk) -> list[ChoiceRow]:
        if not text.strip():
            return []
        found = [
            _party(row, "site_id", PartyKind.SITE)
            for row in desk.reference.places_like(SITE, text, PARTIES_SHOWN)
        ]
        found += [
            _party(row, "disposal_site_id", PartyKind.DISPOSAL_SITE)
            for row in desk.reference.places_like(DISPOSAL_SITE, text, PARTIES_SHOWN // 2)
        ]
        for company in desk.reference.companies_like(text, limit=PARTIES_SHOWN):
            row = desk.reference.company(company.company_id)
            if row is not None:
                found.append(_party(row, "company_id", PartyKind.COMPANY))
        return found

    return job


def find_party(desk: Desk, kind: PartyKind, ref: str) -> ChoiceRow | None:
    """A party of the city's tables by its key; None when there is none such."""
    keys = {PartyKind.COMPANY: "company_id", PartyKind.SITE: "site_id"}
    read = {
        PartyKind.COMPANY: desk.reference.company,
        PartyKind.SITE: desk.reference.site,
        PartyKind.DISPOSAL_SITE: desk.reference.disposal_site,
    }.get(kind)
    row = read(ref) if read is not None else None
    return None if row is None else _party(row, keys.get(kind, "disposal_site_id"), kind)


def _party(row: Row, key: str, kind: PartyKind) -> ChoiceRow:
    credit = str(row.get("credit_code") or "")
    return ChoiceRow(str(row[key]), str(row["name"] or ""), str(row["address"] or ""), kind.value, credit)


class Credential(msgspec.Struct, frozen=True):
    """What is shown to the other side: the QR's link, its last day, and who it is about, to compare."""

    text: str = ""
    valid_to: str = ""
    holder: str = ""


def find_credential(desk: Desk) -> Credential:
    """The signed-in officer's credential; ``credential_missing``."""
    officer_id = desk.officer.officer_id
    row = desk.work.city.credential(officer_id)
    if row is None:
        raise InputRefused("credential_missing")
    officer = desk.work.city.officer(officer_id) or {}
    holder = [str(officer.get("name") or ""), officer_id, str(officer.get("squad") or "")]
    link = write_credential_link(desk.work.meta.require_identity().server, str(row["text"]))
    return Credential(link, str(row["valid_to"]), " · ".join(filter(None, holder)))


def qr_source(text: str) -> str:
    """A QR as an image source."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=4)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
