"""The cases of the central in memory: a report makes one, an accepted act moves it, refused ones are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sync.contract.case_fold import Past, case_cells, judge_act, past_of, standing_cells
from sync.contract.clash import ACCEPTED, REFUSED, RULED, RefusedAct, ruled_on
from sync.contract.errors import FieldError, InputRefused
from sync.contract.lifecycle import ActKind, Role, Standing
from sync.contract.records import Act, AlertAct, CallAct, Record, Report, ShiftCheck, TrackSegment, Visit
from sync.contract.shift import check_findings
from sync.contract.tables import Row
from sync.contract.track import check_cells, check_length, check_points
from sync.contract.visit_judging import check_visit, visit_cells
from sync.remote.memory_alerts import AlertBook, Places

Rows = dict[str, dict[str, Row]]


class CaseBook:
    """Judges records over the tables it is given; ``note`` puts a changed row into the feed."""

    def __init__(
        self,
        rows: Rows,
        note: Callable[[str, str], int],
        now: Callable[[], datetime],
        places: Places,
    ) -> None:
        self._rows = rows
        self._note = note
        self._now = now
        self._alerts = AlertBook(rows, note, now, places)

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
        elif isinstance(record, AlertAct):
            self._alerts.answer(record, Role(str(officer["role"])))
        elif isinstance(record, CallAct):
            self._alerts.call(record, officer)
        elif isinstance(record, Act):  # a look-up is only kept
            standing = self._judge(record, Role(str(officer["role"])))
            settled = ruled_on(record, self._refused(record.case_id))
            for act_id in settled:
                self._rows["case_act"][act_id]["standing"] = RULED[record.kind]
                self._note("case_act", act_id)
            self._append(record, body, ACCEPTED, "")
            self._rows["city_case"][record.case_id] |= standing_cells(standing)
            self._note("city_case", record.case_id)
            return settled
        return ()

    def keep_refused(self, act: Act | AlertAct | CallAct, body: str, refusal: FieldError) -> None:
        """Keep an act that clashes beside its case, its alert or its call, with the reason."""
        if isinstance(act, Act):
            self._append(act, body, REFUSED, refusal.code)
        else:
            self._alerts.keep_refused(act, refusal)

    def _open_case(self, report: Report, body: str) -> None:
        if report.class_code not in self._rows["case_class"]:
            raise InputRefused("class_unknown", class_code=report.class_code)
        self._rows["city_case"][report.report_id] = {
            **case_cells(report),
            "reported_at": report.stamp.wall.isoformat(),
            "due_at": "",
            "record": body,
        }
        self._note("city_case", report.report_id)

    def _visit(self, visit: Visit, role: Role) -> None:
        sheet = visit.sheet
        item = self._rows["inspection_item"].get(sheet.item_code)
        check_visit(visit, role, item, self._rows["officer"].get(sheet.second_id))
        self._rows["visit"][visit.visit_id] = {
            **visit_cells(visit),
            "ended_at": sheet.ended_at.isoformat(),
            "received_at": self._now().isoformat(),
        }
        self._note("visit", visit.visit_id)

    def _judge(self, act: Act, role: Role) -> Standing:
        case = self._rows["city_case"].get(act.case_id)
        if case is None:
            raise InputRefused("case_unknown", case_id=act.case_id)
        if act.kind is ActKind.DISPATCH and act.to_officer not in self._rows["officer"]:
            raise InputRefused("officer_unknown", officer_id=act.to_officer)
        history, refused = self._history(act.case_id), self._refused(act.case_id)
        return judge_act(act, role, str(case["reporter"]), history, refused)

    def _refused(self, case_id: str) -> list[RefusedAct]:
        return [
            RefusedAct(
                str(r["act_id"]),
                ActKind(r["kind"]),
                str(r["officer_id"]),
                int(r["act_order"] or 0),
                str(r["standing"]),
            )
            for r in self._rows["case_act"].values()
            if r["case_id"] == case_id and r["standing"] != ACCEPTED
        ]

    def _history(self, case_id: str) -> list[Past]:
        rows = [
            row
            for row in self._rows["case_act"].values()
            if row["case_id"] == case_id and row["standing"] == ACCEPTED
        ]
        return [past_of(row) for row in sorted(rows, key=lambda row: int(row["act_order"] or 0))]

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
