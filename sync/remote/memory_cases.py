"""The cases of the central in memory: a report makes one, an accepted act moves it, refused ones are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sync.contract.clash import ACCEPTED, REFUSED, RULED, RefusedAct, ruled_on
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.lifecycle import (
    ActKind,
    Role,
    Standing,
    Step,
    check_act,
    check_withdrawal,
    fold,
    start,
)
from sync.contract.looks import looks_of
from sync.contract.records import Act, PhotoRole, Record, Report, ShiftCheck, TrackSegment, Visit
from sync.contract.shift import check_findings
from sync.contract.tables import Row
from sync.contract.track import check_cells, check_length, check_points
from sync.contract.visit import VISITORS, check_sheet, sheet_hash

Rows = dict[str, dict[str, Row]]


class CaseBook:
    """Judges records over the tables it is given; ``note`` puts a changed row into the feed."""

    def __init__(self, rows: Rows, note: Callable[[str, str], int], now: Callable[[], datetime]) -> None:
        self._rows = rows
        self._note = note
        self._now = now

    def take(self, record: Record, body: str) -> tuple[str, ...]:
        """Write a record's effect, or raise with the reason why it has none; then nothing was written.

        Answers the refused acts that it settled.
        """
        officer = self._rows["officer"].get(record.officer_id)
        if officer is None:
            raise InputRefused("officer_unknown", officer_id=record.officer_id)
        if isinstance(record, Report):
            self._open_case(record, body)
        elif isinstance(record, Visit):
            self._visit(record, Role(str(officer["role"])))
        elif isinstance(record, TrackSegment):
            check_points(record.points)
            check_cells(record.cells)
            check_length(record.number, record.length_m)
        elif isinstance(record, ShiftCheck):
            check_findings(record.findings)
        elif isinstance(record, Act):  # a look-up is only kept
            standing = self._judge(record, Role(str(officer["role"])))
            settled = ruled_on(record, self._refused(record.case_id))
            for act_id in settled:
                self._rows["case_act"][act_id]["standing"] = RULED[record.kind]
                self._note("case_act", act_id)
            self._append(record, body, ACCEPTED, "")
            self._rows["city_case"][record.case_id] |= _cells(standing)
            self._note("city_case", record.case_id)
            return settled
        return ()

    def keep_refused(self, act: Act, body: str, refusal: FieldError) -> None:
        """Keep an act that clashes beside its case, with the reason."""
        self._append(act, body, REFUSED, refusal.code)

    def _open_case(self, report: Report, body: str) -> None:
        if report.class_code not in self._rows["case_class"]:
            raise InputRefused("class_unknown", class_code=report.class_code)
        self._rows["city_case"][report.report_id] = {
            "case_id": report.report_id,
            "class_code": report.class_code,
            "note": report.note,
            "lon": report.place.lon,
            "lat": report.place.lat,
            "grid_cell": report.grid_cell,
            "address": report.address,
            "plate": report.plate,
            "reporter": report.officer_id,
            "source": "grid_worker",
            "reported_at": report.stamp.wall.isoformat(),
            "due_at": "",
            "record": body,
            "looks": looks_of(report.photos),
            **_cells(start(report.report_id)),
        }
        self._note("city_case", report.report_id)

    def _visit(self, visit: Visit, role: Role) -> None:
        sheet = visit.sheet
        if role not in VISITORS:
            raise NeedsPerson("visit_role", role=role.value)
        if sheet_hash(sheet) != visit.sheet_sha256:
            raise InputRefused("visit_sheet_mismatch")
        if sheet.item_code not in self._rows["inspection_item"]:
            raise InputRefused("visit_item_unknown", item=sheet.item_code)
        check_sheet(sheet, [photo.slot for photo in visit.photos if photo.role is PhotoRole.SIGNATURE])
        self._rows["visit"][visit.visit_id] = {
            "visit_id": visit.visit_id,
            "item_code": sheet.item_code,
            "item_name": sheet.item_name,
            "party_kind": sheet.party.kind.value,
            "party_ref": sheet.party.ref,
            "party_name": sheet.party.name,
            "officer_id": sheet.officer_id,
            "second_id": sheet.second_id,
            "result": sheet.result.value,
            "failed": len(sheet.failed),
            "ended_at": sheet.ended_at.isoformat(),
            "received_at": self._now().isoformat(),
            "lon": visit.place.lon,
            "lat": visit.place.lat,
            "grid_cell": visit.grid_cell,
            "sheet_sha256": visit.sheet_sha256,
            "stars": 0,
            "rating_note": "",
            "rated_at": "",
        }
        self._note("visit", visit.visit_id)

    def _judge(self, act: Act, role: Role) -> Standing:
        case = self._rows["city_case"].get(act.case_id)
        if case is None:
            raise InputRefused("case_unknown", case_id=act.case_id)
        if act.kind is ActKind.DISPATCH and act.to_officer not in self._rows["officer"]:
            raise InputRefused("officer_unknown", officer_id=act.to_officer)
        history = self._history(act.case_id)
        steps = [step for step, _ in history]
        step = Step(act.act_id, act.kind, act.withdraws, act.to_officer)
        standing = fold(act.case_id, steps)
        if act.kind is ActKind.WITHDRAW:
            self._check_withdrawal(act, step, standing, str(case["reporter"]))
        else:
            ruled_on(act, self._refused(act.case_id))
            check_act(
                standing,
                step,
                role,
                officer_id=act.officer_id,
                has_note=bool(act.note.strip()),
                has_photo=bool(act.photos),
            )
        return fold(act.case_id, [*steps, step])

    def _check_withdrawal(self, act: Act, step: Step, standing: Standing, reporter: str) -> None:
        history = self._history(act.case_id)
        if act.withdraws in {past.withdraws for past, _ in history if past.kind is ActKind.WITHDRAW}:
            raise NeedsPerson("withdraw_too_late", act=act.withdraws, state=standing.state.value)
        if act.withdraws == act.case_id:
            check_withdrawal(standing, step, ActKind.REPORT, by=act.officer_id, author=reporter)
            return
        for past, officer_id in history:
            if past.act_id == act.withdraws and past.kind is not ActKind.WITHDRAW:
                check_withdrawal(standing, step, past.kind, by=act.officer_id, author=officer_id)
                return
        raise InputRefused("withdraw_unknown", act=act.withdraws)

    def _refused(self, case_id: str) -> list[RefusedAct]:
        return [
            RefusedAct(str(r["act_id"]), ActKind(r["kind"]), str(r["officer_id"]), int(r["act_order"] or 0))
            for r in self._rows["case_act"].values()
            if r["case_id"] == case_id and r["standing"] == REFUSED
        ]

    def _history(self, case_id: str) -> list[tuple[Step, str]]:
        rows = [
            row
            for row in self._rows["case_act"].values()
            if row["case_id"] == case_id and row["standing"] == ACCEPTED
        ]
        rows.sort(key=lambda row: int(row["act_order"] or 0))
        return [
            (
                Step(str(r["act_id"]), ActKind(r["kind"]), str(r["withdraws"]), str(r["to_officer"])),
                str(r["officer_id"]),
            )
            for r in rows
        ]

    def _append(self, act: Act, body: str, standing: str, code: str) -> None:
        row: Row = {
            "act_id": act.act_id,
            "case_id": act.case_id,
            "kind": act.kind.value,
            "officer_id": act.officer_id,
            "to_officer": act.to_officer,
            "withdraws": act.withdraws,
            "note": act.note,
            "done_at": act.stamp.wall.isoformat(),
            "received_at": self._now().isoformat(),
            "standing": standing,
            "code": code,
            "record": body,
        }
        row["act_order"] = self._note("case_act", act.act_id)
        self._rows["case_act"][act.act_id] = row


def _cells(standing: Standing) -> Row:
    before = standing.before_suspension
    return {
        "state": standing.state.value,
        "assignee": standing.assignee,
        "last_act": standing.last_act,
        "delayed": int(standing.delayed),
        "supervised": int(standing.supervised),
        "before_suspension": "" if before is None else before.value,
    }
