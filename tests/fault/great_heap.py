"""A great many records that wait, and what a process takes for them."""

from __future__ import annotations

import msgspec

from sync.contract.ids import new_id
from sync.contract.records import RecordType
from sync.contract.wire import encode_record, sha256_hex
from sync.replica.outbox import StoredRecord
from tests.contract.tablet import Tablet

BATCH = 5_000


def pile_up(tablet: Tablet, count: int) -> None:
    """Save so many reports without photos, in a few large transactions."""
    first = tablet.report(note="渣土车未密闭运输，沿途撒漏。" * 4)
    for begin in range(1, count, BATCH):
        with tablet.work.act():
            for _ in range(begin, min(begin + BATCH, count)):
                stamp = tablet.work.meta.stamp(tablet.clock)
                report = msgspec.structs.replace(first, report_id=new_id(), stamp=stamp)
                body = encode_record(report)
                tablet.work.outbox.add(
                    StoredRecord(
                        report.report_id,
                        RecordType.REPORT,
                        report.report_id,
                        report.officer_id,
                        stamp.device_seq,
                        tablet.clock.now(),
                        body,
                        sha256_hex(body.encode()),
                    )
                )


def resident_peak_mb(pid: int) -> float:
    """The most memory a process has held so far."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1000
