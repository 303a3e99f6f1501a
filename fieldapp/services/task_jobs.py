"""What the tasks page asks of the workers: all tasks, an act done, an act taken back. Knows no Qt."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import ActDraft, ensure_act
from fieldapp.capture.case_rows import case_row
from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.task_sheet import TaskSheet, read_task
from fieldapp.capture.tasks import TaskLine, cases_of_records, list_tasks
from fieldapp.capture.timing import desk_timing
from fieldapp.capture.undo import undo
from sync.contract.records import Place
from sync.contract.timing import Timing
from sync.replica.folder import DataFolder


class Loaded(msgspec.Struct, frozen=True):
    """All tasks, how far the device's clock is off, where photos lie, what time limits rest on, the zone."""

    lines: list[TaskLine]
    offset: timedelta
    folder: DataFolder
    timing: Timing
    zone: str


class Acted(msgspec.Struct, frozen=True):
    """An act that was saved or taken back, and the task after it; ``how`` it was taken back."""

    record_id: str
    sheet: TaskSheet | None
    how: str = ""


def read_all(desk: Desk) -> Loaded:
    """Every task of the officer."""
    fix = desk.work.meta.clock_fix()
    offset = timedelta(milliseconds=fix.offset_ms if fix else 0)
    return Loaded(list_tasks(desk), offset, desk.folder, desk_timing(desk), str(city_zone(desk)))


def do_act(desk: Desk, draft: ActDraft, note: str, place: Place, minutes: int = 0) -> Acted:
    """Submit an act, by its draft where it has one, and read the task again."""
    if draft.draft_id:
        ensure_act(desk, msgspec.structs.replace(draft, note=note))
    saved = submit_act(
        desk, draft.case_id, draft.kind, note=note, place=place, draft_id=draft.draft_id, minutes=minutes
    )
    return Acted(saved.record_id, read_task(desk, draft.case_id))


def take_back(desk: Desk, record_id: str) -> Acted:
    """Undo an act and read its task again, where it is still here."""
    case_id = next(iter(cases_of_records(desk, [record_id])), "")
    how = undo(desk, record_id)
    known = case_id and case_row(desk, case_id) is not None
    return Acted(record_id, read_task(desk, case_id) if known else None, how.value)
