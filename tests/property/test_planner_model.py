"""`plan` and `merge` against an adversarial network: whatever it does, all ends well in a bounded time."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind, Step, fold
from sync.contract.records import Act, Report
from sync.contract.wire import sha256_hex
from sync.merge import standing_of
from sync.remote.memory import MemoryCentral
from tests.contract.central_records import RecordMaker, photo_of
from tests.contract.central_server import CLASSES, OFFICERS, class_row
from tests.fault.ledger_plugin import Teller
from tests.property.planner_model import NEEDS_YOU, SENT, WAITING, ModelTablet, Network

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""A failing history is told as it is: making it small takes many times as long as finding it."""
ROUNDS_MOST = 200
PHOTOS = [b"one", b"two" * 50, b"three" * 300, b"four"]
"""Few, so that reports share photos and a receipt for one is at hand where another is due."""
SHARES = st.sampled_from([0.0, 0.0, 0.1, 0.3, 0.6])
ACTS = [kind for kind in ActKind if kind is not ActKind.REPORT]


class PlannerMachine(RuleBasedStateMachine):
    """Two tablets, the office, one central."""

    runs = 0
    steps = 0
    most_rounds = 0

    @initialize(seed=st.integers(0, 2**32), page_limit=st.sampled_from([1, 3, 20]))
    def begin(self, seed: int, page_limit: int) -> None:
        type(self).runs += 1
        self.chance = random.Random(seed)
        self.central = MemoryCentral(page_limit=page_limit)
        for officer_id, role in OFFICERS.items():
            row = {"officer_id": officer_id, "name": officer_id, "role": role, "squad": "", "active": 1}
            self.central.put_row("officer", row)
        for code in CLASSES:
            self.central.put_row("case_class", class_row(code))
        self.makers = [RecordMaker(new_id()) for _ in range(2)]
        self.tablets = [
            ModelTablet(maker.device_id, Network(self.central, maker.device_id, self.chance), self.chance)
            for maker in self.makers
        ]
        self.office = RecordMaker(new_id())
        self.backups: list[object] = []
        self.photos: dict[str, bytes] = {}
        self.epochs = 1

    @rule(who=st.integers(0, 1), photos=st.lists(st.sampled_from(PHOTOS), max_size=3), good=st.booleans())
    def report(self, who: int, photos: list[bytes], good: bool) -> None:
        made = self.makers[who].report(
            *(photo_of(data, slot) for slot, data in enumerate(photos)),
            class_code="03-11" if good else "99-99",
        )
        self._save(who, made, photos)

    @rule(who=st.integers(0, 1), kind=st.sampled_from(ACTS), officer=st.sampled_from(sorted(OFFICERS)))
    def act(self, who: int, kind: ActKind, officer: str) -> None:
        """On a case that either tablet knows of, or whose report is still on its way."""
        known = sorted({*self.tablets[who].rows.get("city_case", {}), *self._own_reports(who)})
        if known:
            case_id = self.chance.choice(known)
            own = [op.item.record_id for op in self.tablets[who].ops.values()]
            withdraws = self.chance.choice(own) if kind is ActKind.WITHDRAW and own else ""
            to_officer = "I2001" if kind is ActKind.DISPATCH else ""
            made = self.makers[who].act(
                case_id, kind, officer, withdraws=withdraws, to_officer=to_officer, note="n"
            )
            self._save(who, made, [])

    @rule(kind=st.sampled_from(ACTS), officer=st.sampled_from(sorted(OFFICERS)))
    def office_acts(self, kind: ActKind, officer: str) -> None:
        """The same cases at the desk, meanwhile."""
        cases = sorted(self.central.rows("city_case"))
        if cases:
            made = self.office.act(self.chance.choice(cases), kind, officer, to_officer="I2001", note="n")
            self.central.push(self.office.device_id, [self.office.item(made)])

    @rule(number=st.integers(1, 30))
    def office_lists(self, number: int) -> None:
        for one in range(number):
            row: dict[str, Any] = {"entry_id": f"b{one}", "kind": "plate", "value": str(one)}
            self.central.put_row("blacklist", row)

    @rule(number=st.integers(1, 30))
    def office_strikes_off(self, number: int) -> None:
        for key in sorted(self.central.rows("blacklist"))[:number]:
            self.central.delete_row("blacklist", key)

    @rule(who=st.integers(0, 1), share=SHARES, lies=SHARES)
    def sync(self, who: int, share: float, lies: float) -> None:
        tablet = self.tablets[who]
        tablet.network.share, tablet.network.lies = share, lies
        held = len(tablet.rows.get("blacklist", {}))
        with suppress(RetryLater):
            try:
                tablet.round()
            except NeedsPerson as error:
                if error.code != "mass_delete":
                    raise
        after = len(tablet.rows.get("blacklist", {}))
        assert after >= held - max(10, held * 0.2), "deleted more than may be without asking"

    @rule(who=st.integers(0, 1))
    def something_arrives_late(self, who: int) -> None:
        self.tablets[who].network.share = 0.0
        self.tablets[who].network.deliver_late()

    @rule(who=st.integers(0, 1))
    def person_tries_again(self, who: int) -> None:
        self.tablets[who].try_again()

    @rule()
    def back_up(self) -> None:
        self.backups.append(self.central.backup())

    @rule(told=st.booleans())
    def restore(self, told: bool) -> None:
        if self.backups:
            self.epochs += told
            self.central.restore(
                self.chance.choice(self.backups), epoch=f"epoch{self.epochs}" if told else None
            )

    @rule()
    def lose_a_file(self) -> None:
        held = sorted(sha for sha in self.photos if self.central.file(sha) is not None)
        if held:
            self.central.lose_file(self.chance.choice(held))

    @invariant()
    def nothing_is_lost_invented_or_altered(self) -> None:
        type(self).steps += 1
        if not hasattr(self, "tablets"):
            return
        made = {op.item.record_id: op.item for tablet in self.tablets for op in tablet.ops.values()}
        for record_id, body in self.central.bodies().items():
            if record_id in made:
                assert body == made[record_id].body
        for sha256, data in self.photos.items():
            assert self.central.file(sha256) in (None, data)
        for tablet in self.tablets:
            for op in tablet.ops.values():
                receipt = op.receipt
                assert op.state != SENT or receipt is not None
                assert receipt is None or (receipt.id, receipt.sha256) == (
                    op.item.record_id,
                    op.item.body_sha256,
                )
                assert op.state != NEEDS_YOU or op.code, "refused without a reason"
            for upload in tablet.files.values():
                assert upload.state != SENT or upload.receipt is not None
                assert upload.receipt is None or upload.receipt.sha256 == upload.offer.sha256

    def teardown(self) -> None:
        if hasattr(self, "tablets"):
            self._heal()
            self._everything_is_there()
            self._all_agree()

    def _heal(self) -> None:
        """The network is well, what was under way arrives, persons agree; then a bound on the rounds."""
        for tablet in self.tablets:
            tablet.network.share = tablet.network.lies = 0.0
            while tablet.network.late:
                tablet.network.deliver_late()
        quiet = rounds = 0
        while quiet < len(self.tablets):
            quiet = 0
            for tablet in self.tablets:
                before = self._everything(tablet)
                tablet.try_again()
                rounds += 1
                assert rounds <= ROUNDS_MOST, "no end in sight"
                try:
                    tablet.round(agreed=True)
                except (RetryLater, NeedsPerson) as error:
                    raise AssertionError(f"a round fails over a good link: {error}") from error
                quiet += self._everything(tablet) == before
        type(self).most_rounds = max(self.most_rounds, rounds)
        sequence = self.central.sequence
        for tablet in self.tablets:
            tablet.round()
        still = {op.state for tablet in self.tablets for op in tablet.ops.values()}
        assert WAITING not in still
        assert self.central.sequence == sequence, "a second round is no no-op"

    def _everything_is_there(self) -> None:
        bodies = self.central.bodies()
        for tablet in self.tablets:
            for op in tablet.ops.values():
                if op.state == SENT:
                    assert bodies[op.item.record_id] == op.item.body
                else:
                    assert op.state == NEEDS_YOU
                    assert not isinstance(op.record, Report) or op.record.class_code == "99-99"
            for upload in tablet.files.values():
                record = next(o for o in tablet.ops.values() if o.item.record_id == upload.offer.record_id)
                if record.state == SENT:
                    assert upload.state == SENT, upload.code
                    assert self.central.file(upload.offer.sha256) == upload.data
        cases = self.central.rows("city_case")
        for case_id, row in cases.items():
            assert standing_of(row) == fold(case_id, self._accepted(case_id))

    def _all_agree(self) -> None:
        for table in ("city_case", "case_act", "blacklist", "officer"):
            told = self.central.rows(table)
            for tablet in self.tablets:
                assert tablet.rows.get(table, {}) == told
        for case_id, row in self.central.rows("city_case").items():
            for tablet in self.tablets:
                merged = tablet.merged(case_id)
                assert merged is not None
                assert (merged.standing, merged.pending) == (standing_of(row), ())

    def _accepted(self, case_id: str) -> list[Step]:
        rows = [r for r in self.central.rows("case_act").values() if r["case_id"] == case_id]
        rows = sorted(
            (r for r in rows if r["standing"] == "accepted"), key=lambda r: int(r["act_order"] or 0)
        )
        return [
            Step(str(r["act_id"]), ActKind(r["kind"]), str(r["withdraws"]), str(r["to_officer"]))
            for r in rows
        ]

    def _everything(self, tablet: ModelTablet) -> tuple[bytes, int]:
        return tablet._fingerprint(), self.central.sequence

    def _own_reports(self, who: int) -> list[str]:
        return [op.item.record_id for op in self.tablets[who].ops.values() if isinstance(op.record, Report)]

    def _save(self, who: int, record: Report | Act, photos: list[bytes]) -> None:
        self.photos |= {sha256_hex(data): data for data in photos}
        item = self.makers[who].item(record)
        self.tablets[who].save(item, record, photos)


@pytest.mark.faults(18, 23, 24, 25, 30)
@pytest.mark.timeout(7200)
def test_plan_and_merge_survive_an_adversarial_network(
    tally: Teller, long_form: bool, seed_count: int | None
) -> None:
    examples = seed_count or (1500 if long_form else 200)
    PlannerMachine.runs = PlannerMachine.steps = PlannerMachine.most_rounds = 0
    run_state_machine_as_test(
        PlannerMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=100 if long_form else 50,
            phases=PHASES,
        ),
    )
    tally(
        runs=PlannerMachine.runs,
        seeds="hypothesis",
        note=f"planner model: {PlannerMachine.runs} histories, {PlannerMachine.steps} steps, healed in "
        f"{PlannerMachine.most_rounds} rounds at most",
    )
