"""The list of suggestions over a real store: next pages on demand, none for an older text."""

from field_app import put_rows, run_job
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup_answer import Answer, while_typing
from fieldapp.capture.suggest import Suggestion
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.suggestion_list import SuggestionListModel

TRUCKS = 130
PLATES = [f"粤BQW{at:03d}" for at in range(TRUCKS)]


def shown(model: SuggestionListModel) -> list[str]:
    return [row.key for row in model.rows() if isinstance(row, Suggestion)]


def begin(qtbot: QtBot, reader: ReplicaWorker, text: str) -> SuggestionListModel:
    model = SuggestionListModel(None, reader)
    answer: Answer = run_job(qtbot, reader, lambda desk: while_typing(desk, text))
    model.begin(text, answer)
    return model


def test_more_goes_on_until_every_match_was_shown_once(
    qtbot: QtBot, desk: Desk, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    put_rows(desk, "permit", *({"permit_id": f"Q{at}", "plate": plate} for at, plate in enumerate(PLATES)))
    model = begin(qtbot, workers[1], "粤BQW")
    assert model.hasMore
    assert len(shown(model)) < TRUCKS

    while model.hasMore:
        model.more()
        model.more()
        qtbot.waitUntil(lambda: not model.loading)

    found = shown(model)
    assert len(found) == len(set(found))
    assert set(PLATES) <= set(found)


def test_page_of_an_older_text_is_dropped(
    qtbot: QtBot, desk: Desk, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    put_rows(desk, "permit", *({"permit_id": f"Q{at}", "plate": plate} for at, plate in enumerate(PLATES)))
    model = begin(qtbot, workers[1], "粤BQW")
    model.more()
    model.begin("", Answer())
    run_job(qtbot, workers[1], lambda desk: None)

    assert (shown(model), model.hasMore, model.loading) == ([], False, False)
