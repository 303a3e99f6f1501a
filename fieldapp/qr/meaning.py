"""What a QR's text is: a permit, an invitation to enrol, an officer's credential, an on-site record, or
somebody else's."""

from __future__ import annotations

from enum import Enum

from sync.contract.credential_qr import is_credential_code
from sync.contract.enrol_qr import is_invitation
from sync.contract.permit_qr import is_permit_code
from sync.contract.visit_qr import is_sheet_code


class Meaning(Enum):
    """The kinds this tablet knows."""

    PERMIT = "permit"
    INVITATION = "invitation"
    CREDENTIAL = "credential"
    SHEET = "sheet"
    OTHER = "other"


def meaning_of(text: str) -> Meaning:
    """The kind, by how the text begins."""
    if is_permit_code(text):
        return Meaning.PERMIT
    if is_credential_code(text):
        return Meaning.CREDENTIAL
    if is_sheet_code(text):
        return Meaning.SHEET
    return Meaning.INVITATION if is_invitation(text) else Meaning.OTHER


def first_ours(codes: tuple[str, ...]) -> str:
    """The first code that is ours, else the first; "" of none. Posters in the picture are passed over."""
    ours = [code for code in codes if meaning_of(code) is not Meaning.OTHER]
    return next(iter([*ours, *codes]), "")
