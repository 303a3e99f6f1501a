"""A visit in hand outlives a kill right after any of its steps: what was shown as kept is there again."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from fieldapp.capture.desk import Desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.visit import Paper, own_visits, submit_visit
from fieldapp.capture.visit_draft import (
    OpenVisit,
    assign_photo,
    begin_visit,
    keep_visit,
    open_visit,
    show_credential,
    sign_visit,
)
from sync.contract.records import NOWHERE
from sync.contract.visit import Signer
from tests.contract.tablet import KEY
from tests.unit.capture.image_makers import jpeg
from tests.unit.capture.use_case_desk import close_desk, make_desk
from tests.unit.capture.visit_desk import STROKES, filled, squad_desk

Step = Callable[[Desk, str], object]


def photographed(desk: Desk, draft_id: str) -> object:
    saved = take_photo(desk, draft_id, jpeg(Image.new("RGB", (64, 48), "red")), NOWHERE)
    return assign_photo(desk, draft_id, saved.photo_id, 1)


def signed(desk: Desk, draft_id: str) -> object:
    return [sign_visit(desk, draft_id, signer, STROKES) for signer in Signer]


def paper_of(paper: Paper) -> bytes:
    return b"%PDF " + paper.qr.encode()


STEPS: tuple[tuple[Step, Callable[[OpenVisit], object]], ...] = (
    (lambda desk, draft_id: keep_visit(desk, draft_id, filled()), lambda opened: opened.body.answers),
    (photographed, lambda opened: opened.scenes_of(1)),
    (show_credential, lambda opened: opened.body.credential_at),
    (signed, lambda opened: opened.signature(Signer.PARTY)),
)


def do_and_be_killed(root: Path, work: Callable[[Desk], object]) -> None:
    """In a process of its own, which is killed as soon as the step has returned."""
    child = os.fork()
    if child == 0:
        try:
            work(squad_desk(make_desk(root, key=KEY)))
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_visit_is_there_again_after_a_kill_at_every_step(tmp_path: Path) -> None:
    do_and_be_killed(tmp_path, begin_visit)
    for step, kept in STEPS:
        desk = squad_desk(make_desk(tmp_path, key=KEY))
        draft_id = begin_visit(desk).draft.draft_id
        close_desk(desk)
        do_and_be_killed(tmp_path, lambda desk, step=step, draft_id=draft_id: step(desk, draft_id))  # type: ignore[misc]
        desk = squad_desk(make_desk(tmp_path, key=KEY))
        assert begin_visit(desk).draft.draft_id == draft_id
        assert kept(open_visit(desk, draft_id))
        close_desk(desk)
    do_and_be_killed(tmp_path, lambda desk: submit_visit(desk, draft_id, paper_of))
    desk = squad_desk(make_desk(tmp_path, key=KEY))
    (visit,) = own_visits(desk)
    assert (visit.visit_id, visit.sheet.answers[1].slots) == (draft_id, (0,))
    assert Path(desk.folder.file(visit.photos[0].original.sha256, "image/jpeg")).exists()
    close_desk(desk)
