"""The commands that make codes: a tablet's one-time code, also as a QR, and a permit's signed QR."""

from __future__ import annotations

import argparse
from datetime import timedelta

from sync.central.address_note import noted_address
from sync.central.authority import ensure_authority
from sync.central.commands import opened
from sync.central.permit_codes import sign_permit
from sync.central.qr_picture import check_kind, write_qr
from sync.central.settings import DEFAULT_HOSTS
from sync.cli.frame import Result
from sync.contract.enrol_qr import Invitation, write_invitation
from sync.contract.errors import InputRefused
from sync.remote.address import parse_address


def do_enrol_code(arguments: argparse.Namespace) -> Result:
    """A fresh one-time code; with ``--qr`` also as a picture, which is checked for before a code is spent."""
    server = arguments.server or noted_address(arguments.data)
    if arguments.qr is not None:
        check_kind(arguments.qr)
        if not server:
            raise InputRefused("server_address_needed")
        server = parse_address(server).text
    with opened(arguments, create=True) as central:
        authority = ensure_authority(arguments.data, DEFAULT_HOSTS, central.world.now())
        life = timedelta(hours=arguments.hours)
        issued = central.devices.issue_code(authority.der, arguments.officer, life)
    result: Result = {
        "code": issued.code.text(),
        "expires_at": issued.expires_at,
        "officer_id": arguments.officer.strip().upper(),
    }
    if arguments.qr is not None:
        write_qr(write_invitation(Invitation(server, issued.code.text())), arguments.qr)
        result |= {"qr": str(arguments.qr), "server": server}
    return result


def do_permit_qr(arguments: argparse.Namespace) -> Result:
    """A permit's signed QR."""
    check_kind(arguments.out)
    with opened(arguments) as central:
        code, text = sign_permit(central.store, central.world, central.signing, arguments.permit.strip())
    write_qr(text, arguments.out)
    return {"permit_id": code.permit_id, "plate": code.plate, "out": str(arguments.out), "text": text}
