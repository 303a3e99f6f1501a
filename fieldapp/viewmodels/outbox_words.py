"""What the outbox says of a record and its files, in the language of now: why it has not gone, and what next.

The reason itself is decided by ``sync.outbox_view``, the same for the page and for ``fieldapp-sync outbox``.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from fieldapp.capture.correcting import can_be_corrected
from fieldapp.capture.undo import STAYS
from fieldapp.services.link import Link
from fieldapp.services.outbox_rows import OutboxRow
from fieldapp.services.wording import Wording, moment_text, size_text
from fieldapp.services.words import act_word
from fieldapp.services.zones import zone_of
from sync import link_state
from sync.contract.ids import short_id
from sync.contract.records import QUIET, RecordType
from sync.outbox_view import OutboxItem, of_entry
from sync.replica.outbox import ItemState
from sync.replica.uploads import Upload

CALM = frozenset({"online", "starting"})
SETTLED_KINDS = frozenset({RecordType.ALERT_ACT.value, RecordType.CALL_ACT.value})
"""What needs nobody any more once its person has read why it was refused."""
_UNSENT = (ItemState.WAITING, ItemState.SENDING)


class OutboxWords:
    """Texts of rows. ``zone`` is the city's time zone, once it is known."""

    def __init__(self, wording: Wording, link: Link) -> None:
        self._wording = wording
        self._link = link
        self._told: link_state.LinkState | None = None
        self._seen: dict[str, tuple[OutboxRow, OutboxItem]] = {}
        self.zone = "UTC"

    def forget(self) -> None:
        """The link has changed, or nobody looks any more."""
        self._told = None
        self._seen.clear()

    def item(self, row: OutboxRow) -> OutboxItem | None:
        """A record as everybody is told of it; None for a draft."""
        if row.entry is None:
            return None
        before = self._seen.get(row.record_id)
        if before is None or before[0] is not row:
            self._told = self._told or self._link.state.told
            before = (row, of_entry(row.entry, list(row.uploads), self._told))
            self._seen[row.record_id] = before
        return before[1]

    def title(self, row: OutboxRow) -> str:
        """What it is."""
        name = row.class_en if self._wording.language == "en" else row.class_zh
        if row.kind == "report":
            return name or QCoreApplication.translate("Outbox", "未选类别")
        return f"{act_word(row.kind)} · {name}" if name else act_word(row.kind)

    def subtitle(self, row: OutboxRow) -> str:
        """When, by whom, about which truck."""
        parts = [moment_text(row.made_at, zone_of(self.zone)), row.officer, row.plate]
        return " · ".join(part for part in parts if part)

    def status(self, row: OutboxRow) -> str:
        """draft, waiting, sending, sent or needs_you."""
        item = self.item(row)
        return row.state.value if item is None else item.state.value

    def reason(self, row: OutboxRow) -> str:
        """Why it has not gone, in plain words; "" while nothing is in its way."""
        item = self.item(row)
        if item is None or item.state is ItemState.SENT:
            return ""
        if item.state is ItemState.SENDING and item.held == item.code:
            return ""
        return self._wording.say_code(item.code, item.facts)

    def next_step(self, row: OutboxRow) -> str:
        """What happens next, and who has to do something."""
        translate = QCoreApplication.translate
        item = self.item(row)
        if item is None:
            return translate("Outbox", "草稿只在本机，提交后才会发送")
        match item.state:
            case ItemState.NEEDS_YOU:
                if row.entry is not None and can_be_corrected(row.entry):
                    return translate("Outbox", "内容已保留。更正后再发，或处理原因后重试")
                return translate("Outbox", "内容已保留。处理原因后请重试")
            case ItemState.REPLACED if row.kind in SETTLED_KINDS:
                return translate("Outbox", "您已知晓；这一步和原因留在本机和服务器")
            case ItemState.REPLACED:
                return translate("Outbox", "已更正，作为新记录发送；本条和拒收原因留在本机")
            case ItemState.SENDING:
                return translate("Outbox", "正在发送")
            case ItemState.SENT:
                return translate("Outbox", "服务器已签收记录和全部照片")
        if item.held and item.held == item.code:
            return translate("Outbox", "条件满足后自动发送，也可以立即发送")
        match self._link.state.status:
            case "locked" if self._link.state.code in ("", "locked"):
                return translate("Outbox", "登录后自动发送")
            case "paused":
                return translate("Outbox", "恢复发送后自动继续")
            case "needs_you" | "locked":
                return translate("Outbox", "问题解决后自动发送")
        if self._link.state.status in CALM and not item.next_attempt:
            return translate("Outbox", "即将自动发送")
        text = self.next_attempt(row)
        if not text:
            return translate("Outbox", "网络恢复后自动发送")
        if self._link.state.status in CALM:
            return translate("Outbox", "下次自动尝试 %1").replace("%1", text)
        return translate("Outbox", "下次自动尝试 %1，网络恢复后立即发送").replace("%1", text)

    def next_attempt(self, row: OutboxRow) -> str:
        """When it is tried by itself, or ""."""
        item = self.item(row)
        return self._moment(item.next_attempt) if item else ""

    def detail(self, row: OutboxRow, name: str) -> str:
        """One fact by name; "" for one there is not."""
        match name:
            case "title":
                return self.title(row)
            case "subtitle":
                return self.subtitle(row)
            case "status":
                return self.status(row)
            case "shortId":
                return short_id(row.record_id)
            case "hash":
                return row.sha256
            case "receipt":
                return moment_text(row.received_at, zone_of(self.zone))
            case "made":
                return moment_text(row.made_at, zone_of(self.zone))
            case "officer":
                return row.officer
            case "note":
                return row.note
            case "kind":
                return row.kind
            case "caseId":
                return row.case_id
            case "files":
                sent = min(row.sent_bytes, row.total_bytes)
                return f"{size_text(sent)} / {size_text(row.total_bytes)}" if row.total_bytes else ""
            case "reason":
                return self.reason(row)
            case "next":
                return self.next_step(row)
            case "nextAttempt":
                return self.next_attempt(row)
            case "recordText":
                return self.record_part(row)
            case "recordStatus":
                return self._record_status(row)
        return self._of_item(row, name)

    def file(self, upload: Upload, row: OutboxRow, sent_bytes: float) -> str:
        """Where one file is on its way, and what it waits for."""
        translate = QCoreApplication.translate
        match upload.state:
            case ItemState.SENT:
                return translate("Outbox", "已送达")
            case ItemState.NEEDS_YOU:
                return self._wording.say_code(upload.code)
            case ItemState.SENDING if self._link.state.busy:
                share = min(1.0, max(upload.sent_bytes, sent_bytes) / max(1, upload.file.bytes))
                return translate("Outbox", "正在发送 %1%").replace("%1", str(int(share * 100)))
        if row.entry is not None and row.entry.state is not ItemState.SENT:
            return translate("Outbox", "等记录先送达")
        sequence = row.entry.record.device_seq if row.entry else 0
        held = self._link.state.sending.reason(upload.file.lane.value, sequence)
        if held:
            return self._wording.say_code(held, dict(self._link.state.sending.facts))
        if upload.code:
            return self._wording.say_code(upload.code)
        if self._link.state.status in {"locked", "needs_you"}:
            return self.send_asked()
        if self._link.state.status not in CALM:
            return translate("Outbox", "等待网络")
        return translate("Outbox", "排队中，小的先发")

    def send_asked(self) -> str:
        """What "send now" leads to as things stand."""
        state, translate = self._link.state, QCoreApplication.translate
        if state.status in {"locked", "needs_you"}:
            return self._wording.say_code(state.code or state.status, state.facts)
        if state.status == "offline":
            return translate("Outbox", "正在重试。现在连不上服务器，一连上就会全部发送")
        return translate("Outbox", "已开始发送全部待发内容")

    def record_part(self, row: OutboxRow) -> str:
        """Where the record itself is."""
        translate = QCoreApplication.translate
        if row.entry is None:
            return ""
        if row.entry.state is ItemState.SENT:
            return translate("Outbox", "已送达")
        if row.entry.state in _UNSENT:
            held = self._link.state.sending.reason("record", row.entry.record.device_seq)
            return self._wording.say_code(held) if held else self.reason(row) or self.next_step(row)
        return self.reason(row)

    def _record_status(self, row: OutboxRow) -> str:
        if row.entry is None:
            return ""
        idle = row.entry.state is ItemState.SENDING and not self._link.state.busy
        return (ItemState.WAITING if idle else row.entry.state).value

    def _of_item(self, row: OutboxRow, name: str) -> str:
        item = self.item(row)
        if item is None:
            return ""
        match name:
            case "tries":
                return str(item.attempts) if item.attempts else ""
            case "tried":
                return self._moment(item.tried_at)
            case "lastAnswer":
                return self._moment(item.last_answer)
            case "answer":
                return self._wording.say_code(item.answer, item.facts if item.answer == item.code else None)
            case "held":
                return item.held
            case "canCorrect":
                return "yes" if row.mine and row.entry and can_be_corrected(row.entry) else ""
            case "canWithdraw":
                return "yes" if _can_be_taken_back(row) else ""
            case _:
                return ""

    def _moment(self, text: str) -> str:
        return moment_text(datetime.fromisoformat(text), zone_of(self.zone)) if text else ""


def _can_be_taken_back(row: OutboxRow) -> bool:
    """Whether it is this officer's and still stands; what central refused has nothing to take back."""
    if row.entry is None or row.entry.record.record_type in QUIET or row.kind == "withdraw":
        return False
    if row.entry.record.record_type in STAYS and row.entry.frozen_at:
        return False  # signed by both sides, and on its way
    return row.mine and not row.withdrawn and row.entry.state not in (ItemState.NEEDS_YOU, ItemState.REPLACED)
