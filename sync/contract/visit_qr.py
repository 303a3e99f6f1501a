"""The two codes of a visit: on the on-site record, which names record and hash; and for the party's rating.

    FAV1:<visit id>:<sheet hash>             printed on the on-site record (现场笔录)
    <server>/v1/visits/<visit id>/rating#<rating code>     shown to the visited party

The code stands behind the # so that no server on the way writes it into its log.
"""

from __future__ import annotations

import re

from sync.contract.errors import InputRefused

_SHEET = re.compile(r"FAV1:([0-9a-f-]{36}):([0-9a-f]{64})")


def is_sheet_code(text: str) -> bool:
    """Whether a QR's text means to be that of an on-site record."""
    return text.startswith("FAV1:")


def write_sheet_code(visit_id: str, sheet_sha256: str) -> str:
    """The text printed on the paper."""
    return f"FAV1:{visit_id}:{sheet_sha256}"


def read_sheet_code(text: str) -> tuple[str, str]:
    """The visit's id and its sheet's hash; ``sheet_code_broken`` for what nobody can have printed."""
    found = _SHEET.fullmatch(text)
    if found is None:
        raise InputRefused("sheet_code_broken")
    return found[1], found[2]


def write_rating_link(server: str, visit_id: str, rating_code: str) -> str:
    """The link of the party's QR."""
    return f"{server.rstrip('/')}/v1/visits/{visit_id}/rating#{rating_code}"
