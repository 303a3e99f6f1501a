"""The visit to an enterprise or site (行政检查): what was inspected, found, and signed on the spot.

A visit is one record, made when the party has signed or refused. Its ``sheet`` is all that stands on the
on-site record (现场笔录); the sheet's hash is printed on the paper, so that paper and record vouch for each
other. Signatures and the paper itself travel as files of the record, beside its photos.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import Enum

import msgspec

from sync.contract.errors import InputRefused
from sync.contract.lifecycle import Role

VISITORS = frozenset({Role.INSPECTOR})
"""Who may visit: inspection squads, two officers at least."""

ANSWERS_MAX = 64
STARS_MAX = 5


class Finding(Enum):
    """The answer to one question of the check list."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class VisitResult(Enum):
    """What comes of a visit: nothing found, put right (责令改正), or handed on to be filed as a case."""

    PASSED = "passed"
    PUT_RIGHT = "put_right"
    HANDED_ON = "handed_on"


class Signer(Enum):
    """Whose signature it is."""

    OFFICER = "officer"
    SECOND = "second"
    PARTY = "party"


class PartyKind(Enum):
    """What is visited; ``other`` is typed in, in none of the city's tables."""

    COMPANY = "company"
    SITE = "site"
    DISPOSAL_SITE = "disposal_site"
    OTHER = "other"


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """The visited party, frozen as it was shown; ``ref`` is its row's key, "" for ``other``."""

    kind: PartyKind
    name: str
    ref: str = ""
    credit_code: str = ""
    address: str = ""
    present: str = ""
    """Who was there for the party, and in which position."""
    position: str = ""
    phone: str = ""


class CheckAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question, frozen in the words in which it was asked, with photo slots that belong to it."""

    question: str
    finding: Finding
    note: str = ""
    slots: tuple[int, ...] = ()


class Signature(msgspec.Struct, frozen=True, omit_defaults=True):
    """A signature drawn on the screen (``slot`` names its picture), or why there is none (``refusal``)."""

    by: Signer
    name: str
    slot: int | None = None
    refusal: str = ""
    signed_at: datetime | None = None


class VisitSheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that the on-site record says. ``evidence`` are the SHA-256 of photos and signatures, by slot."""

    item_code: str
    item_name: str
    legal_basis: str
    party: Party
    officer_id: str
    officer_name: str
    second_id: str
    second_name: str
    unit: str
    begun_at: datetime
    ended_at: datetime
    answers: tuple[CheckAnswer, ...]
    result: VisitResult
    findings: str = ""
    demand: str = ""
    correct_by: str = ""
    credential_at: datetime | None = None
    """When the credential was shown (亮证), None where it was not."""
    statement: str = ""
    """What the party says to it."""
    where: str = ""
    position: str = ""
    """The position as printed, with its accuracy; "" where there was none."""
    signatures: tuple[Signature, ...] = ()
    evidence: tuple[tuple[int, str], ...] = ()

    @property
    def failed(self) -> tuple[CheckAnswer, ...]:
        """What did not meet its demand."""
        return tuple(answer for answer in self.answers if answer.finding is Finding.NOT_MET)


def sheet_hash(sheet: VisitSheet) -> str:
    """The hash that paper and record share: SHA-256 of the sheet as JSON, members in declared order."""
    return hashlib.sha256(msgspec.json.encode(sheet)).hexdigest()


def check_sheet(sheet: VisitSheet, signature_slots: Iterable[int]) -> None:
    """Refuse a sheet that would not hold up: one officer, no party, no result's reasons, unsigned."""
    if not sheet.party.name.strip():
        raise InputRefused("visit_party_missing")
    if not sheet.second_id or sheet.second_id == sheet.officer_id:
        raise InputRefused("visit_second_missing")
    if not sheet.answers or len(sheet.answers) > ANSWERS_MAX:
        raise InputRefused("visit_answers_missing", count=len(sheet.answers), limit=ANSWERS_MAX)
    if sheet.failed and sheet.result is VisitResult.PASSED:
        raise InputRefused("visit_result_contradicts", failed=len(sheet.failed))
    if sheet.result is VisitResult.PUT_RIGHT and not sheet.demand.strip():
        raise InputRefused("visit_demand_missing")
    _check_signatures(sheet, frozenset(signature_slots))


def _check_signatures(sheet: VisitSheet, slots: frozenset[int]) -> None:
    signed = {signature.by: signature for signature in sheet.signatures}
    for signer in Signer:
        signature = signed.get(signer)
        if signature is None or (signature.slot is None and not signature.refusal.strip()):
            raise InputRefused("visit_signature_missing", signer=signer.value)
        if signature.slot is None and signer is not Signer.PARTY:
            raise InputRefused("visit_signature_missing", signer=signer.value)
        if signature.slot is not None and signature.slot not in slots:
            raise InputRefused("visit_signature_missing", signer=signer.value)
