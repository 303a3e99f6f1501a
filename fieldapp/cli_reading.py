"""``fieldapp read-qr`` and ``read-plate``: what a picture says, for scripts and for trying out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.plates.found import open_reader
from fieldapp.qr.credential_check import check_credential, check_sheet_code
from fieldapp.qr.meaning import Meaning, first_ours, meaning_of
from fieldapp.qr.permit_check import PermitCheck, check_permit
from fieldapp.qr.reading import codes_in_file
from sync.cli.frame import Handler, Result
from sync.contract.enrol_qr import read_invitation
from sync.contract.errors import NeedsPerson

OpenDesk = Callable[[argparse.Namespace], AbstractContextManager[Desk]]

COMMANDS = ("read-qr", "read-plate")


def add_commands(commands: Any) -> None:
    """Put the two commands beside the others."""
    qr = commands.add_parser(
        "read-qr", help="the QR in a picture; a permit's or a credential's is checked, offline"
    )
    qr.add_argument("file", type=Path, metavar="FILE")
    plate = commands.add_parser("read-plate", help="the plates in a picture, to be confirmed by a person")
    plate.add_argument("file", type=Path, metavar="FILE")
    plate.add_argument("--crop", type=Path, metavar="FILE", help="also write the first plate's picture")


def handlers(open_desk: OpenDesk) -> dict[str, Handler]:
    """The handlers; only what central signed, or keeps, needs the desk."""
    return {"read-qr": partial(_read_qr, open_desk), "read-plate": _read_plate}


def _read_plate(arguments: argparse.Namespace) -> Result:
    found = open_reader().read_file(arguments.file)
    if arguments.crop is not None:
        try:
            found[0].crop.save(arguments.crop)
        except (OSError, ValueError) as error:
            raise NeedsPerson("file_not_written", path=str(arguments.crop), reason=str(error)) from error
    return {
        "plates": [
            {
                "plate": plate.text,
                "sure": round(plate.sure, 3),
                "possible": plate.possible,
                "corners": [[round(x, 1), round(y, 1)] for x, y in plate.corners],
            }
            for plate in found
        ]
    }


def _read_qr(open_desk: OpenDesk, arguments: argparse.Namespace) -> Result:
    text = first_ours(codes_in_file(arguments.file))
    meaning = meaning_of(text)
    result: Result = {"kind": meaning.value, "text": text}
    if meaning is Meaning.PERMIT:
        with open_desk(arguments) as desk:
            result |= _permit(check_permit(desk, text))
    elif meaning is Meaning.CREDENTIAL:
        with open_desk(arguments) as desk:
            result |= msgspec.to_builtins(check_credential(desk, text))
    elif meaning is Meaning.SHEET:
        with open_desk(arguments) as desk:
            result |= msgspec.to_builtins(check_sheet_code(desk, text))
    elif meaning is Meaning.INVITATION:
        invitation = read_invitation(text)
        result |= {"server": invitation.server, "code": invitation.code}
    return result


def _permit(check: PermitCheck) -> Result:
    code = check.code
    return {
        "standing": check.standing.value,
        "differing": list(check.differing),
        "status": check.status,
        "reason": check.reason,
        "data_as_of": check.data_as_of,
        "permit_id": code.permit_id,
        "plate": code.plate,
        "company": code.company,
        "project": code.project,
        "site": code.site,
        "disposal_site": code.disposal_site,
        "windows": code.windows,
        "window_days": code.window_days,
        "valid_from": code.valid_from.isoformat(),
        "valid_to": code.valid_to.isoformat(),
        "approved_m3": code.approved_m3,
        "signed_at": code.signed_at.isoformat(),
    }
