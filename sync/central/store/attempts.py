"""Back-off for guessing: after some wrong tries a subject waits, longer each time, also after a restart."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.central.world import iso, parse_iso
from sync.contract.errors import RetryLater
from sync.replica.database import Database

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


def require_no_wait(db: Database, subject: str, now: datetime) -> None:
    """Refuse with ``too_many_attempts`` while the subject has to wait."""
    row = db.execute("SELECT locked_until FROM attempt WHERE subject = ?", (subject,)).fetchone()
    if row is None or not row[0]:
        return
    left = (parse_iso(row[0]) - now).total_seconds()
    if left > 0:
        raise RetryLater("too_many_attempts", after_s=left, seconds=int(left) + 1)


def note_failure(db: Database, subject: str, now: datetime) -> int:
    """Count a wrong try; answers how many are left before the next wait."""
    row = db.execute("SELECT failures FROM attempt WHERE subject = ?", (subject,)).fetchone()
    failures = (0 if row is None else int(row[0])) + 1
    locked_until = ""
    if failures >= FREE_TRIES:
        doublings = min(failures - FREE_TRIES, 10)
        locked_until = iso(now + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT))
    db.execute(
        "INSERT OR REPLACE INTO attempt (subject, failures, locked_until) VALUES (?, ?, ?)",
        (subject, failures, locked_until),
    )
    return max(0, FREE_TRIES - failures)


def note_success(db: Database, subject: str) -> None:
    """Forget the subject's wrong tries."""
    db.execute("DELETE FROM attempt WHERE subject = ?", (subject,))
