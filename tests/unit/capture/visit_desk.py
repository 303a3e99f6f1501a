"""A visit as a squad fills it in, over a real encrypted store."""

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.visit_draft import (
    DraftAnswer,
    OpenVisit,
    VisitDraft,
    begin_visit,
    keep_visit,
    sign_visit,
)
from sync.contract.records import Place, PlaceSource
from sync.contract.tables import TABLES, Row
from sync.contract.visit import Signer
from sync.contract.wire import Change, OfficerCard
from sync.replica.meta import CursorAt
from tests.contract.visit_maker import ITEM, ITEM_ROW

STROKES = (((0.1, 0.5), (0.3, 0.2), (0.5, 0.8)), ((0.6, 0.4), (0.9, 0.5)))
PLACE = Place(PlaceSource.GNSS, 113.88, 22.56, 5.0)


def squad_desk(desk: Desk) -> Desk:
    """The same desk with an inspector at it, a colleague, and an item to visit for."""
    officers: list[Row] = [
        {"officer_id": "S2001", "name": "王镕", "role": "inspector", "squad": "联合整治一小队", "active": 1},
        {
            "officer_id": "S2002",
            "name": "欧阳振华",
            "role": "inspector",
            "squad": "联合整治一小队",
            "active": 1,
        },
        {
            "officer_id": "S2003",
            "name": "刘海涛",
            "role": "inspector",
            "squad": "联合整治二小队",
            "active": 1,
        },
        {"officer_id": "G1002", "name": "李玥", "role": "grid_worker", "squad": "", "active": 1},
    ]
    with desk.work.act():
        desk.work.city.apply([Change(2, "officer", str(row["officer_id"]), row) for row in officers])
    item: Row = {name: ITEM_ROW.get(name) for name in TABLES["inspection_item"].column_names}
    desk.reference.apply(
        [Change(3, "inspection_item", ITEM, item)], CursorAt("c2", "epoch", desk.clock.now())
    )
    card = OfficerCard("S2001", "王镕", "inspector", "联合整治一小队")
    return msgspec.structs.replace(desk, officer=card)


def filled(**changed: object) -> VisitDraft:
    """Everything there is to fill in."""
    body = VisitDraft(
        item_code=ITEM,
        party_kind="site",
        party_ref="S1",
        party_name="宏达花园二期工地",
        credit_code="91350100M000100Y43",
        address="宝安区海旺社区创业路 88 号",
        present="赵喆",
        position="安全员",
        phone="13800000000",
        second_id="S2002",
        answers=(DraftAnswer("not_met", "两辆自卸车未密闭 <出场>"), DraftAnswer("met")),
        result="put_right",
        note="现场检查发现两辆自卸车未密闭出场。",
        demand="立即停止未密闭运输,三日内补齐密闭装置。",
        correct_by="2126-03-05",
        statement="情况属实,我们马上整改。",
        place=PLACE,
    )
    return msgspec.structs.replace(body, **changed)


def ready_visit(desk: Desk, **changed: object) -> OpenVisit:
    """A visit that wants nothing but to be submitted."""
    opened = begin_visit(desk)
    keep_visit(desk, opened.draft.draft_id, filled(**changed))
    for signer in Signer:
        opened = sign_visit(desk, opened.draft.draft_id, signer, STROKES)
    return opened
