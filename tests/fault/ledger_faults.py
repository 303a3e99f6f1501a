"""The forty faults by number, and which of them this release does not run, and why."""

from __future__ import annotations

FAULTS: dict[int, str] = {
    1: 'Power cut at any instant of "save report with 5 photos"',
    2: "Power cut during recovery from #1, up to 3 deep",
    3: "SIGKILL of UI while typing and during capture",
    4: "SIGKILL of sync daemon in each protocol step, and of server after commit before reply",
    5: "SIGSTOP 10 min / suspend-resume mid-upload",
    6: "Two UI instances and two daemons started together",
    7: "Kill in the middle of schema migration or app update",
    8: "Disk full at byte n of a photo / WAL / log",
    9: "n-th write/fsync/rename/open fails ENOSPC/EIO/EROFS, once and from then on, for all n",
    10: "Bit flip / truncation / zeroed tail in a stored photo",
    11: "Corrupted or zero-length DB, damaged WAL, deleted -wal",
    12: "Data dir read-only, wrong owner, removed SD card, moved mid-run",
    13: "User/cleaner deletes cache and temp dirs while running",
    14: "Wall clock ±20 years, 1970, 2038+, at start and mid-shift",
    15: "Time jumps back across DST/zone change, leap second, user sets clock to fake an earlier time",
    16: "Server clock wrong by days; NTP spoof",
    17: "Flapping link: cut after random 1 B–2 MB, 1,000 times per upload set",
    18: "Reply lost after server commit; duplicated, reordered, delayed requests (unknown outcome)",
    19: "Black hole (accepts, never answers), 1 B/s trickle, 60 s latency, half-open after sleep",
    20: "Captive portal/HTML 200, proxy that gzips/truncates/alters, HTTP 100s of redirects to another host",
    21: "Asymmetric partition and 30 days offline with 5,000 photos, then 200 tablets come back at once",
    22: "500/502/503/507/413/429/409/412/401/403/404/422 on each endpoint, single and persistent",
    23: "Server restored from an old backup (cursor goes back)",
    24: "Server suddenly empty or lists deletes for everything",
    25: (
        "Server disk full / object store down / DB commit fails after blob stored / blob missing after commit"
    ),
    26: "Backup taken under load, restored on a bare machine",
    27: "SQLite→PostgreSQL+S3 move in the middle of traffic",
    28: (
        "Two byte-identical photos in a report; same photo in two reports; 0-byte; 200 MP; 300 MB; "
        "wrong magic; HEIC; truncated JPEG; EXIF bomb; decompression bomb; polyglot"
    ),
    29: (
        "Text: 𠮷 (4-byte), ZWJ, RTL override, 10 k chars, NUL, lone surrogate, SQL/HTML/CSV-formula/log "
        "injection, `../`, reserved Windows names, Chinese in paths"
    ),
    30: "Concurrent edit of one case by tablet and office; delete vs edit; clock-skewed last writer",
    31: (
        "Schema skew: client N-2 with server N; unknown enum/field; reference data changed under an "
        "open draft"
    ),
    32: (
        "Inspector double-taps, rotates, presses back, closes lid, kills battery at submit; deletes by "
        "mistake"
    ),
    33: "Shared tablet: officer A logs out with pending items, B logs in; A dismissed",
    34: "Keystore lost/changed (other desktop, reset keyring), PIN forgotten, OS reinstall with data kept",
    35: "Disk image taken from a locked/running tablet",
    36: "Copied data dir run on another device; old image restored (roll-back); token replay",
    37: "Lost-device order: lock and wipe, interrupted by power cut, replayed, forged",
    38: (
        "Hostile/MITM server: wrong cert, valid other-CA cert, forged receipt, receipt for other hash, "
        "oversized/slow answers, path-like ids, malicious update (TUF: wrong key, rollback, freeze, "
        "mix-and-match, endless data, expired)"
    ),
    39: (
        "Hostile client/insider: altered photo with new hash, edited or removed event, back-dated "
        "record, forged device, IDOR over all ids, mass assignment, upload to another's session, quota "
        "abuse, replayed idempotency key with other body, log injection, admin edits the DB directly"
    ),
    40: (
        "Big scale: 1 M reports / 5 M photo rows, 500 tablets, 100 k pending on one tablet, 10-year-old "
        "data dir"
    ),
}

LATER = "later issue"

NOT_RUN: dict[int, str] = dict.fromkeys((26, 27, *range(33, 40)), LATER)
"""Rows that this release does not run at all."""

PARTS_NOT_RUN: dict[int, str] = {
    7: "app update: later issue",
    40: "a million reports at central and 500 tablets; 100,000 pending in the long form alone",
}
"""What is left out of rows that are run."""
