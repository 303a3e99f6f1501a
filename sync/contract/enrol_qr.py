"""The QR that enrols a tablet: server address and one-time code in one picture, so that nothing is typed.

    FAE1:ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23 https://city.example:8443

It is no more secret than the code on paper: the code's fingerprint still says which server may answer.
"""

from __future__ import annotations

import msgspec

from sync.contract.enrolment import parse_code
from sync.contract.errors import InputRefused

PREFIX = "FAE1:"
TEXT_MAX = 400


class Invitation(msgspec.Struct, frozen=True):
    """Where to enrol, and with which code."""

    server: str
    code: str


def is_invitation(text: str) -> bool:
    """Whether a QR's text means to be an invitation."""
    return text.startswith(PREFIX)


def write_invitation(invitation: Invitation) -> str:
    """The QR's text."""
    return f"{PREFIX}{invitation.code} {invitation.server}"


def read_invitation(text: str) -> Invitation:
    """What the QR says; ``invitation_broken`` where it is not one. The address is checked when it is used."""
    code, _, server = text.removeprefix(PREFIX).partition(" ")
    server = server.strip()
    if not is_invitation(text) or len(text) > TEXT_MAX or not server or not server.isprintable():
        raise InputRefused("invitation_broken")
    try:
        return Invitation(server, parse_code(code).text())
    except InputRefused:
        raise InputRefused("invitation_broken") from None
