"""Pure decisions of a sync round: what each answer of central means for what the tablet holds.

Nothing here does anything: the engine asks, and acts on the effects that come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import (
    Change,
    FileAnswer,
    FileOffer,
    OfferStatus,
    PushAnswer,
    PushItem,
    PushStatus,
    Receipt,
)

MASS_DELETE_ITEMS = 10
MASS_DELETE_SHARE = 0.2
BACK_OFF_BASE_S = 1.0
BACK_OFF_CAP_S = 60.0
RECORD_LOST = "server_restored"
"""Why a file waits whose record central has a receipt out for and no longer knows: the record goes first."""
_RECORD_UNKNOWN = "record_unknown"
ASTRAY_TRIES = 5
_ASTRAY = frozenset(
    {
        "hash_mismatch",
        "offset_mismatch",
        "photo_unreadable",  # now; a card that is pushed in again, a disk that answers again, mends it
        "upload_superseded",
        "upload_too_long",
        "upload_unknown",
    }
)
_ILL = frozenset({"server_error", "server_full", "server_refuses"})
"""One endpoint of the server is ill."""
_STANDING = frozenset(
    {"token_expired", "token_invalid", "token_missing", "device_refused", "signature_invalid", "nonce_used"}
    | {"server_identity", "clock_wrong", "folder_broken", "folder_unwritable", "disk_full", "disk_failed"}
)
"""What stands between this device and the server, whatever is sent."""
_FILE_FAULT = frozenset({"file_missing", "file_changed"})

Facts = dict[str, str | int | float | bool | None]


class Fate(Enum):
    """What is to become of an item."""

    SENT = "sent"
    SEND = "send"
    WAIT = "wait"
    NEEDS_YOU = "needs_you"


class PushEffect(msgspec.Struct, frozen=True):
    """The fate of one record; ``receipt`` with SENT, ``code`` with the others."""

    op_id: str
    fate: Fate
    receipt: Receipt | None = None
    code: str = ""
    facts: Facts = {}


class FileEffect(msgspec.Struct, frozen=True):
    """The fate of one file; ``answer`` with SEND, ``receipt`` with SENT."""

    file: FileOffer
    fate: Fate
    receipt: Receipt | None = None
    answer: FileAnswer | None = None
    code: str = ""


def decide_push(items: Iterable[PushItem], answers: Iterable[PushAnswer]) -> list[PushEffect]:
    """One effect per item, in order. Only a receipt naming this id and this hash counts as sent."""
    by_op = {answer.op_id: answer for answer in answers}
    return [_push_effect(item, by_op.get(item.op_id)) for item in items]


def _push_effect(item: PushItem, answer: PushAnswer | None) -> PushEffect:
    if answer is None:
        return PushEffect(item.op_id, Fate.WAIT, code="no_answer")
    if answer.status is PushStatus.CONFLICT:
        return PushEffect(item.op_id, Fate.NEEDS_YOU, code="conflict", facts=answer.facts)
    if answer.status is PushStatus.REFUSED:
        return PushEffect(item.op_id, Fate.NEEDS_YOU, code=answer.code or "refused", facts=answer.facts)
    receipt = answer.receipt
    if receipt is None or receipt.id != item.record_id or receipt.sha256 != item.body_sha256:
        return PushEffect(item.op_id, Fate.WAIT, code="receipt_wrong")
    return PushEffect(item.op_id, Fate.SENT, receipt=receipt)


def decide_files(files: Iterable[FileOffer], answers: Iterable[FileAnswer]) -> list[FileEffect]:
    """One effect per file, in order. A receipt counts only for the very hash that was offered.

    Files of one hash take its answers in turn, since central may know one's record and not the other's.
    """
    by_hash: dict[str, list[FileAnswer]] = {}
    for answer in answers:
        by_hash.setdefault(answer.sha256, []).append(answer)
    return [_file_effect(file, _take_turn(by_hash.get(file.sha256, []))) for file in files]


def _take_turn(answers: list[FileAnswer]) -> FileAnswer | None:
    if len(answers) > 1:
        return answers.pop(0)
    return answers[0] if answers else None


def _file_effect(file: FileOffer, answer: FileAnswer | None) -> FileEffect:
    if answer is None:
        return FileEffect(file, Fate.WAIT, code="no_answer")
    if answer.status is OfferStatus.REFUSED:
        if answer.code == _RECORD_UNKNOWN:
            return FileEffect(file, Fate.WAIT, code=RECORD_LOST)
        return FileEffect(file, Fate.NEEDS_YOU, code=answer.code or "refused")
    if answer.status is OfferStatus.NEEDED:
        return FileEffect(file, Fate.SEND, answer=answer)
    if answer.receipt is None or answer.receipt.sha256 != file.sha256:
        return FileEffect(file, Fate.WAIT, code="receipt_wrong")
    return FileEffect(file, Fate.SENT, receipt=answer.receipt)


class FileFailure(msgspec.Struct, frozen=True):
    """What a failed send means: the file's fate, and whether the others need not be tried now either.

    ``ends_round`` is for the link and the device: nothing else will go. ``ends_files`` is for a server that
    takes no files at present: records and changes may go all the same.
    """

    fate: Fate
    ends_round: bool
    ends_files: bool = False


def decide_file_failure(error: FieldError, attempts: int) -> FileFailure:
    """What a failure of one file's send means after so many attempts.

    A transfer that went astray is begun anew a few times; a file that cannot go needs a person; either way
    the others go on. A try that was not made (``held``) says nothing of the file. Everything else is the
    link's or the device's trouble and waits.
    """
    for_all = error.code == "server_full" or error.facts.get("held") == "all"
    was_tried = "held" not in error.facts
    if isinstance(error, RetryLater) and (error.code in _ILL or (error.code in _ASTRAY and not was_tried)):
        return FileFailure(Fate.WAIT, ends_round=False, ends_files=for_all)
    if error.code in _ASTRAY:
        return FileFailure(Fate.WAIT if attempts < ASTRAY_TRIES else Fate.NEEDS_YOU, ends_round=False)
    if error.code in _FILE_FAULT or isinstance(error, InputRefused):
        return FileFailure(Fate.NEEDS_YOU, ends_round=False)
    if isinstance(error, NeedsPerson) and error.code not in _STANDING:
        return FileFailure(Fate.NEEDS_YOU, ends_round=False)
    return FileFailure(Fate.WAIT, ends_round=True)


def weightier(known: FieldError | None, found: FieldError) -> FieldError:
    """Of failures that came side by side, the one a round ends with.

    What needs a person before what only has to wait, and of those the one whose server wishes the longest
    wait: that another connection broke at the same time is no reason to come back sooner.
    """
    if known is None:
        return found
    return found if _weight(found) > _weight(known) else known


def _weight(error: FieldError) -> tuple[bool, float]:
    wished = error.after_s if isinstance(error, RetryLater) else None
    return not isinstance(error, RetryLater), wished or 0.0


def ends_round(error: FieldError) -> bool:
    """Whether after this error of one step the others are not worth trying: the link, the device's standing,
    or a server that sheds load. A fault or a refusal at one endpoint says nothing of the next."""
    return not (isinstance(error, InputRefused) or (isinstance(error, RetryLater) and error.code in _ILL))


def guard_deletes(changes: Iterable[Change], held: Mapping[str, int]) -> None:
    """Stop and ask (``mass_delete``) before a pull that would delete most of a table.

    ``changes`` are those of the whole pull. It stops when it would delete more than 10 rows of a table that
    are also more than 20 % of what is held. The caller leaves out tombstones of rows that are not held.
    """
    tombstones = {(change.table, change.id) for change in changes if change.row is None}
    for table, number in Counter(table for table, _ in tombstones).items():
        refuse_shrinking(table, held.get(table, 0), held.get(table, 0) - number)


def refuse_shrinking(table: str, before: int, after: int) -> None:
    """Refuse a table that would lose more than 10 rows and more than 20 % of them at once."""
    lost = min(before - after, before)
    if lost > MASS_DELETE_ITEMS and lost > before * MASS_DELETE_SHARE:
        raise NeedsPerson("mass_delete", table=table, deleted=lost, held=before)


def back_off(failures: int, wished_s: float | None, chance: Callable[[], float]) -> float:
    """Seconds to wait after the n-th failure in a row: full jitter, capped; a server's wish is a floor, and
    what is drawn comes on top, up to as much again: it may have wished the same of everybody.

    ``chance`` gives a number in [0, 1). Source: Marc Brooker, Exponential Backoff And Jitter (2015).
    """
    ceiling = min(BACK_OFF_CAP_S, BACK_OFF_BASE_S * 2.0 ** min(failures, 10))
    drawn = BACK_OFF_BASE_S / 2 + chance() * (ceiling - BACK_OFF_BASE_S / 2)
    return drawn if wished_s is None else max(drawn, wished_s + min(drawn, wished_s))
