"""A central of a later version, through real processes: members, columns and tables nobody knows."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.fault.altering_proxy import Reply
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround
from tests.fault.test_link_altered import altered, proxied

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
COUNTS = "rows"
"""How many rows a snapshot has, by table: names of tables alone may be new there."""


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        yield ground


def of_a_later_version(reply: Reply) -> bytes:
    """The same answer with more in it than this version knows."""
    head = reply.head.lower()
    if b"json" not in head or not reply.body:
        return reply.data
    packed = b"content-encoding: gzip" in head
    told = _grown(msgspec.json.decode(gzip.decompress(reply.body) if packed else reply.body))
    if isinstance(told, dict) and "changes" in told:
        row = {"thing_id": "x", "shade": "blue"}
        told["changes"].append({"sequence": 1, "table": "table_of_the_future", "id": "x", "row": row})
    body = msgspec.json.encode(told)
    return reply.with_body(gzip.compress(body) if packed else body)


def _grown(value: Any) -> Any:
    if isinstance(value, list):
        return [_grown(one) for one in value]
    if not isinstance(value, dict):
        return value
    grown = {name: one if name == COUNTS else _grown(one) for name, one in value.items()}
    return {**grown, "of_the_future": "𠮷"}


@pytest.mark.faults(31)
def test_tablet_works_on_with_a_central_of_a_later_version(ground: ProcessGround, tally: Teller) -> None:
    with proxied(ground) as proxy:
        proxy.treat = altered(of_a_later_version)
        reports = [ground.report(b"photo %d" % number) for number in range(3)]
        ground.start_daemon()
        ground.fill()
        ground.sync_until_sent()
        late = ground.report(b"another photo")
        ground.sync_until_sent()
        asked = {request.endpoint for request in proxy.seen}
    assert {"POST /push", "POST /photos/offer", "GET /changes", "GET /snapshot"} <= asked
    found = ground.check()
    ground.end_daemon()
    ground.tablet.close()
    ground.reopen()
    assert ground.tablet.reference.counts()["permit"] == 50
    assert len(found["central"]["cases"]) == len([*reports, late])
    tally(runs=len(proxy.seen), note=f"every answer of {len(proxy.seen)} had more in it than is known")
