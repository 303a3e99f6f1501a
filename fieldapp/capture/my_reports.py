"""Everything an officer filed, with what became of it: central's cases, and reports that wait here still."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.tasks import moment
from sync.contract.ids import short_id
from sync.contract.records import RecordType, Report
from sync.contract.tables import Row
from sync.contract.wire import decode_record
from sync.replica.outbox import Entry, ItemState
from sync.replica.own_cases import LastAct, OwnCase, Term

PAGE = 60
_WAITING_MOST = 500
WORDS_MOST = 8


class MyReport(msgspec.Struct, frozen=True):
    """One report. ``state`` is the case's, "" until central told it; ``sending`` says where it is on its way.

    ``last_kind`` and ``last_note`` say what was done on it last, by whomever.
    """

    case_id: str
    short_id: str
    class_zh: str
    class_en: str
    note: str
    address: str
    plate: str
    state: str
    sending: ItemState | None
    reported_at: datetime | None
    last_kind: str = ""
    last_note: str = ""
    last_at: datetime | None = None


class ReportsPage(msgspec.Struct, frozen=True):
    """A page of them; ``after`` is where the next begins, None at the end."""

    reports: tuple[MyReport, ...]
    after: tuple[str, str] | None


def my_reports(
    desk: Desk, part: str = "", after: tuple[str, str] | None = None, limit: int = PAGE
) -> ReportsPage:
    """The officer's reports, newest first, those that wait here before all; by words of any text in them.

    Every word of ``part`` is looked for in note, address, plate, number and the names of classes.
    """
    classes = {str(row["class_code"]): row for row in desk.reference.classes()}
    terms = [_term(word, classes) for word in part.split()[:WORDS_MOST]]
    rows = desk.work.tasks.own_cases(desk.officer.officer_id, terms, after=after, limit=limit + 1)
    shown = rows[:limit]
    acts = desk.work.tasks.last_acts(row.case_id for row in shown)
    told = [_told(row, classes, acts.get(row.case_id), _way(desk, row.case_id)) for row in shown]
    waiting = [] if after else _waiting(desk, classes, terms)
    end = (shown[-1].reported_at, shown[-1].case_id) if len(rows) > limit else None
    return ReportsPage((*waiting, *told), end)


def _term(word: str, classes: dict[str, Row]) -> Term:
    """A word as typed, and as a Chinese keyboard's full-width letters and digits mean it."""
    plain = unicodedata.normalize("NFKC", word)
    return Term(tuple(dict.fromkeys((_as_kept(word), _as_kept(plain)))), _classes_named(classes, plain))


def _as_kept(part: str) -> str:
    """A short number is written with its hyphen and in capitals; kept are the bare small digits."""
    bare = part.replace("-", "")
    return bare.lower() if len(bare) >= 6 and all(c in "0123456789abcdefABCDEF" for c in bare) else part


def _classes_named(classes: dict[str, Row], part: str) -> tuple[str, ...]:
    small = part.lower()
    return tuple(
        code
        for code, row in classes.items()
        if small in str(row["name_zh"]).lower() or small in str(row["name_en"]).lower() or code == part
    )


def _way(desk: Desk, case_id: str) -> ItemState | None:
    entry = desk.work.outbox.entry(case_id)
    return entry.state if entry is not None and entry.state is not ItemState.SENT else None


def _waiting(desk: Desk, classes: dict[str, Row], terms: list[Term]) -> list[MyReport]:
    """Reports of this tablet that central has not told back."""
    found = []
    for entry in desk.work.outbox.entries(limit=_WAITING_MOST):
        record = entry.record
        if record.record_type is not RecordType.REPORT or record.officer_id != desk.officer.officer_id:
            continue
        if record.withdrawn_by or desk.work.tasks.case(record.record_id) is not None:
            continue
        report = decode_record(RecordType.REPORT, record.body)
        assert isinstance(report, Report)
        if all(_holds(report, term) for term in terms):
            found.append(_own(entry, report, classes))
    return found


def _holds(report: Report, term: Term) -> bool:
    texts = (report.note, report.address, report.plate, report.report_id.replace("-", ""))
    return report.class_code in term.classes or any(
        part.lower() in text.lower() for part in term.parts for text in texts
    )


def _own(entry: Entry, report: Report, classes: dict[str, Row]) -> MyReport:
    zh, en = _names(classes, report.class_code)
    return MyReport(
        report.report_id, short_id(report.report_id), zh, en, report.note, report.address, report.plate,
        "", entry.state, report.stamp.wall,
    )  # fmt: skip


def _told(row: OwnCase, classes: dict[str, Row], last: LastAct | None, way: ItemState | None) -> MyReport:
    zh, en = _names(classes, row.class_code)
    return MyReport(
        row.case_id, short_id(row.case_id), zh, en, row.note, row.address, row.plate, row.state, way,
        moment(row.reported_at),
        last_kind=last.kind if last else "",
        last_note=last.note if last else "",
        last_at=moment(last.received_at) if last else None,
    )  # fmt: skip


def _names(classes: dict[str, Row], code: str) -> tuple[str, str]:
    row = classes.get(code)
    zh = str(row["name_zh"] or code) if row else code
    return zh, str(row["name_en"] or zh) if row else code
