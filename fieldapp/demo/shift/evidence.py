"""What a shift proves: fetched back from central, hashed by the player, compared with what was given."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec

from fieldapp.demo.case_loop.evidence import LoopResult
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.auditor import Auditor
from sync.contract.records import Origin, Report


class PhotoProof(msgspec.Struct, frozen=True):
    """One original: the hash of what was captured or given, and the hash of what central gives back."""

    source: str
    name: str
    sha256_captured: str
    sha256_central: str
    bytes: int


class ReportProof(msgspec.Struct, frozen=True):
    """One report and how often central has it."""

    id: str
    times_at_central: int
    photos: list[PhotoProof]

    @property
    def good(self) -> bool:
        """Exactly once, with every original byte-equal."""
        equal = all(p.sha256_captured == p.sha256_central for p in self.photos)
        return self.times_at_central == 1 and bool(self.photos) and equal


class CutProof(msgspec.Struct, frozen=True):
    """A photo cut in its middle: what central had then, and from where the tablet went on."""

    sha256: str = ""
    sent_bytes: int = 0
    resumed_at: int = 0
    bytes: int = 0

    @property
    def good(self) -> bool:
        """Really in the middle, and gone on from there."""
        return 0 < self.resumed_at < self.bytes


class ShiftResult(msgspec.Struct):
    """``OUT/shift.json``."""

    commit: str = ""
    ok: bool = False
    reports: list[ReportProof] = []
    cut: CutProof = CutProof()
    daemon_killed_pid: int = 0
    tasks_done: int = 0
    loop: LoopResult = msgspec.field(default_factory=LoopResult)
    durations: dict[str, float] = {}
    problems: list[str] = []
    shots: int = 0


def prove_report(
    report: Report, given: dict[str, str], central: DemoCentral, auditor: Auditor
) -> ReportProof:
    """Compare a report's originals. ``given`` maps imported names to the hash of the file that was given."""
    case = central.ask("case", report.report_id)
    photos = []
    for photo in report.photos:
        original = photo.original
        imported = photo.origin is Origin.IMPORTED
        captured = given.get(photo.name, "") if imported else original.sha256
        fetched, length = auditor.fetch(original.sha256)
        photos.append(PhotoProof(photo.origin.value, photo.name, captured, fetched, length))
    return ReportProof(report.report_id, times_at_central(case), photos)


def times_at_central(case: dict[str, Any]) -> int:
    """How many records of this report central has applied."""
    return int(case["times_at_central"])


def commit_of(folder: Path) -> str:
    """The commit of the sources, "" where there is none."""
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
