"""A visit on a played day: item, party, check list, signatures; its paper is a stand-in without a window."""

from __future__ import annotations

import random

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.visit import Paper, SavedVisit, items_now, questions_of, submit_visit
from fieldapp.capture.visit_draft import DraftAnswer, begin_visit, keep_visit, show_credential, sign_visit
from fieldapp.demo.city_day.ground import Ground
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import Role
from sync.contract.visit import Finding, PartyKind, Signer, VisitResult

STROKES = [[(0.1, 0.2), (0.5, 0.7), (0.9, 0.3)]]


def make_visit(desk: Desk, chance: random.Random, ground: Ground) -> SavedVisit:
    """From the item to the signatures, saved."""
    items, sites = items_now(desk, PartyKind.SITE.value), list(desk.reference.sites())
    colleagues = desk.work.city.colleagues(desk.officer.officer_id, [Role.INSPECTOR.value])
    if not items or not sites or not colleagues:
        raise InputRefused("visit_item_unknown", item="")
    item, site = chance.choice(items), chance.choice(sites)
    draft_id = begin_visit(desk).draft.draft_id
    show_credential(desk, draft_id)
    findings = [Finding.MET, Finding.MET, Finding.NOT_MET, Finding.NOT_APPLICABLE]
    body = msgspec.structs.replace(
        begin_visit(desk).body,
        item_code=str(item["item_code"]),
        party_kind=PartyKind.SITE.value,
        party_ref=str(site["site_id"]),
        party_name=str(site["name"]),
        present="现场负责人",
        second_id=str(colleagues[0]["officer_id"]),
        answers=tuple(
            DraftAnswer(chance.choice(findings).value, "见现场照片")
            for _ in questions_of(item, english=False)
        ),
        result=VisitResult.PUT_RIGHT.value,
        note="检查情况如上。",
        demand="立即整改",
        correct_by=desk.clock.now().date().isoformat(),
        place=ground.somewhere(chance),
    )
    keep_visit(desk, draft_id, body)
    for signer in Signer:
        sign_visit(desk, draft_id, signer, STROKES)
    return submit_visit(desk, draft_id, _paper)


def _paper(paper: Paper) -> bytes:
    return b"%PDF-1.4\n% the sheet alone: " + msgspec.json.encode(paper.sheet) + b"\n%%EOF\n"
