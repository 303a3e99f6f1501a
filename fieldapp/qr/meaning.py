"""What a QR's text is: a permit, an invitation to enrol, or somebody else's."""

from __future__ import annotations

from enum import Enum

from sync.contract.enrol_qr import is_invitation
from sync.contract.permit_qr import is_permit_code


class Meaning(Enum):
    """The kinds this tablet knows."""

    PERMIT = "permit"
    INVITATION = "invitation"
    OTHER = "other"


def meaning_of(text: str) -> Meaning:
    """The kind, by how the text begins."""
    if is_permit_code(text):
        return Meaning.PERMIT
    return Meaning.INVITATION if is_invitation(text) else Meaning.OTHER


def first_ours(codes: tuple[str, ...]) -> str:
    """The first code that is ours, else the first; "" of none. Posters in the picture are passed over."""
    ours = [code for code in codes if meaning_of(code) is not Meaning.OTHER]
    return next(iter([*ours, *codes]), "")
