"""The words of the on-site record (现场笔录), in the language in which the visit was written down.

They are part of the evidence, so they stand here in both languages and not in the window's translations:
the paper's language is the sheet's, whatever the window shows.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from fieldapp.capture.images.stamp_text import showable
from fieldapp.capture.visit import Paper
from fieldapp.ui.fonts import drawable
from sync.contract.visit import CheckAnswer, Finding, Signature, Signer, VisitResult, VisitSheet

Words = dict[str | Finding | VisitResult, str]
_ZH: Words = {
    "title": "现场检查笔录",
    "item": "检查事项",
    "basis": "法律依据",
    "time": "检查时间",
    "to": "至",
    "where": "检查地点",
    "position": "定位（WGS-84）",
    "party": "被检查单位",
    "credit_code": "统一社会信用代码",
    "address": "地址",
    "present": "现场人员",
    "phone": "联系电话",
    "officers": "检查人",
    "unit": "所属单位",
    "credential": "亮证",
    "shown": "已于 {time} 出示执法证件",
    "not_shown": "未记录出示执法证件",
    "checks": "检查情况",
    "findings": "检查发现",
    "result": "检查结果",
    "demand": "改正要求",
    "correct_by": "改正期限",
    "statement": "当事人陈述",
    "evidence": "照片及签名指纹（SHA-256）",
    "officer": "检查人签名",
    "second": "检查人签名",
    "party_signed": "当事人签名",
    "refused": "拒绝签名，原因：{reason}",
    "read": "以上笔录已交当事人阅看，签名即表示确认。",
    "none": "无",
    "foot": "笔录编号 {id}  指纹 {sha}",
    "page": "第 {page} 页 共 {pages} 页",
    "photos": "照片 {numbers}",
    "photo": "照片",
    "signature": "签名",
    Finding.MET: "符合",
    Finding.NOT_MET: "不符合",
    Finding.NOT_APPLICABLE: "不涉及",
    VisitResult.PASSED: "未发现问题",
    VisitResult.PUT_RIGHT: "责令改正",
    VisitResult.HANDED_ON: "移送立案处理",
}
_EN: Words = {
    "title": "On-site inspection record",
    "item": "Inspection item",
    "basis": "Legal basis",
    "time": "Time",
    "to": "to",
    "where": "Place",
    "position": "Position (WGS-84)",
    "party": "Party visited",
    "credit_code": "Unified social credit code",
    "address": "Address",
    "present": "Present for the party",
    "phone": "Telephone",
    "officers": "Officers",
    "unit": "Unit",
    "credential": "Credential",
    "shown": "Shown at {time}",
    "not_shown": "Not recorded as shown",
    "checks": "Check list",
    "findings": "What was found",
    "result": "Result",
    "demand": "To be put right",
    "correct_by": "By",
    "statement": "What the party says",
    "evidence": "Photos and signatures (SHA-256)",
    "officer": "Signed by the officer",
    "second": "Signed by the officer",
    "party_signed": "Signed by the party",
    "refused": "Refused to sign; reason: {reason}",
    "read": "The party has read this record; signing confirms it.",
    "none": "None",
    "foot": "Record {id}  Hash {sha}",
    "page": "Page {page} of {pages}",
    "photos": "Photos {numbers}",
    "photo": "photo",
    "signature": "signature",
    Finding.MET: "Met",
    Finding.NOT_MET: "Not met",
    Finding.NOT_APPLICABLE: "Does not apply",
    VisitResult.PASSED: "Nothing found",
    VisitResult.PUT_RIGHT: "To be put right",
    VisitResult.HANDED_ON: "Handed on to be filed as a case",
}


def words_of(paper: Paper) -> Words:
    """The words of the paper's language."""
    return _EN if paper.english else _ZH


def heading(paper: Paper) -> str:
    """The title."""
    return words_of(paper)["title"]


def footer_text(paper: Paper, page: int, pages: int) -> str:
    """What stands at the foot of each page."""
    words = words_of(paper)
    named = words["foot"].format(id=paper.visit_id, sha=paper.sheet_sha256)
    return f"{named}\n{words['page'].format(page=page, pages=pages)}"


def body_html(paper: Paper, picture: tuple[int, int], reserved: int) -> str:
    """The whole record; ``reserved`` pixels at the right of the title are left to the QR."""
    words, sheet = words_of(paper), paper.sheet
    party = sheet.party
    present = " ".join(part for part in (party.present, party.position) if part)
    head = (
        f'<p style="font-size:40px;font-weight:500">{escape(words["title"])}</p>'
        f"<p>{_text(paper.city)}</p>"
        f'<p style="font-size:{max(1, reserved - 140)}px">&nbsp;</p>'
    )
    officers = f"{sheet.officer_name} ({sheet.officer_id})  {sheet.second_name} ({sheet.second_id})"
    facts = [
        ("item", f"{sheet.item_code}  {sheet.item_name}"),
        ("basis", sheet.legal_basis),
        ("time", f"{_time(paper, sheet.begun_at)} {words['to']} {_time(paper, sheet.ended_at)}"),
        ("where", sheet.where),
        ("position", sheet.position),
        ("party", party.name),
        ("credit_code", party.credit_code),
        ("address", party.address),
        ("present", present),
        ("phone", party.phone),
        ("officers", officers),
        ("unit", sheet.unit),
        ("credential", _credential(paper, words)),
    ]
    found = [
        ("findings", sheet.findings or words["none"]),
        ("result", words[sheet.result]),
        ("demand", sheet.demand),
        ("correct_by", sheet.correct_by),
        ("statement", sheet.statement or words["none"]),
    ]
    return (
        head
        + _facts(words, facts)
        + f"<h3>{escape(words['checks'])}</h3>"
        + _answers(words, sheet.answers)
        + _facts(words, found)
        + f"<p>{escape(words['read'])}</p>"
        + _signatures(paper, words, picture)
        + _evidence(words, sheet)
    )


def _facts(words: Words, rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<tr><td width="24%" style="padding:5px">{escape(words[name])}</td>'
        f'<td style="padding:5px">{_text(value)}</td></tr>'
        for name, value in rows
        if value.strip()
    )
    return f'<table width="100%" border="1" cellspacing="0" style="border-collapse:collapse">{lines}</table>'


def _answers(words: Words, answers: tuple[CheckAnswer, ...]) -> str:
    lines = "".join(
        f'<tr><td width="6%" style="padding:5px">{number}</td>'
        f'<td width="46%" style="padding:5px">{_text(one.question)}</td>'
        f'<td width="14%" style="padding:5px">{escape(words[one.finding])}</td>'
        f'<td style="padding:5px">{_text(_remark(words, one))}</td></tr>'
        for number, one in enumerate(answers, 1)
    )
    return f'<table width="100%" border="1" cellspacing="0" style="border-collapse:collapse">{lines}</table>'


def _signatures(paper: Paper, words: Words, picture: tuple[int, int]) -> str:
    names = {Signer.OFFICER: "officer", Signer.SECOND: "second", Signer.PARTY: "party_signed"}
    cells = "".join(
        f'<td width="33%" style="padding:5px">{escape(words[names[one.by]])}<br>{_text(one.name)}<br>'
        f"{_signed(paper, words, one, picture)}</td>"
        for one in paper.sheet.signatures
    )
    frame = '<table width="100%" border="1" cellspacing="0" style="border-collapse:collapse">'
    return f"{frame}<tr>{cells}</tr></table>"


def _signed(paper: Paper, words: Words, signature: Signature, picture: tuple[int, int]) -> str:
    if signature.slot is None:
        return _text(words["refused"].format(reason=signature.refusal))
    width, height = picture
    when = "" if signature.signed_at is None else escape(_time(paper, signature.signed_at))
    return f'<img src="signature:{signature.by.value}" width="{width}" height="{height}"><br>{when}'


def _remark(words: Words, answer: CheckAnswer) -> str:
    """The note beside an answer, and which photos show it."""
    numbers = ", ".join(str(slot + 1) for slot in answer.slots)
    named = words["photos"].format(numbers=numbers) if numbers else ""
    return "\n".join(part for part in (answer.note, named) if part)


def _evidence(words: Words, sheet: VisitSheet) -> str:
    signed = {signature.slot for signature in sheet.signatures}
    lines = "".join(
        f"<br>{slot + 1}. {escape(words['signature' if slot in signed else 'photo'])} {sha256}"
        for slot, sha256 in sheet.evidence
    )
    return f'<p style="font-size:15px">{escape(words["evidence"])}{lines}</p>'


def _credential(paper: Paper, words: Words) -> str:
    shown = paper.sheet.credential_at
    return words["not_shown"] if shown is None else words["shown"].format(time=_time(paper, shown))


def _time(paper: Paper, moment: datetime) -> str:
    zone = ZoneInfo(paper.zone) if paper.zone != "UTC" else ZoneInfo("UTC")
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _text(text: str) -> str:
    """As it was written, every character to be seen.

    One that is hidden, turns others around or that no font here can draw stands by its code.
    """
    return "<br>".join(escape(showable(line, drawable)) for line in text.split("\n"))
