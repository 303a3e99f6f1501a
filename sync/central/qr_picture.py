"""A QR as a picture file: PNG for screens and paper, SVG for printing large."""

from __future__ import annotations

import io
from pathlib import Path

import segno

from sync.contract.errors import InputRefused, NeedsPerson

KINDS = (".png", ".svg")
SCALE = 8
MARGIN = 4


def check_kind(path: Path) -> str:
    """The kind of picture a file's suffix asks for; ``qr_file_kind`` for none of ours."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise InputRefused("qr_file_kind", path=str(path), kinds=" ".join(KINDS))
    return kind[1:]


def write_qr(text: str, path: Path) -> None:
    """Write the picture; its suffix says which kind. A file that is there is replaced."""
    kind = check_kind(path)
    picture = io.BytesIO()
    code = segno.make_qr(text, error="m", boost_error=False)
    code.save(picture, kind=kind, scale=SCALE, border=MARGIN)
    try:
        path.write_bytes(picture.getvalue())
    except OSError as error:
        raise NeedsPerson("file_not_written", path=str(path), reason=error.strerror or "") from error
