"""Which lanes may go: rules, link and battery in, reasons out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.messages import LANGUAGES, sentences
from sync.sending import (
    EVERYTHING,
    FULL_SIZE,
    HELD_CODES,
    LANES,
    PICTURES,
    RECORD,
    Battery,
    DataSaver,
    FullSize,
    LinkKind,
    Network,
    Sending,
    SendingRules,
    decide_sending,
)

FREE = Network(LinkKind.WIFI, metered=False)
COSTLY_WIFI = Network(LinkKind.WIFI, metered=True)
MOBILE = Network(LinkKind.MOBILE, metered=True)
UNKNOWN = Network()
LOW = Battery(present=True, percent=9, on_mains=False)
NONE = Battery()


@pytest.mark.parametrize(
    ("rules", "network", "battery", "held", "code"),
    [
        (SendingRules(), MOBILE, LOW, (), ""),
        (SendingRules(originals=FullSize.UNMETERED), FREE, NONE, (), ""),
        (SendingRules(originals=FullSize.UNMETERED), MOBILE, NONE, FULL_SIZE, "waits_for_unmetered"),
        (SendingRules(originals=FullSize.UNMETERED), COSTLY_WIFI, NONE, FULL_SIZE, "waits_for_unmetered"),
        (SendingRules(originals=FullSize.WIFI), COSTLY_WIFI, NONE, (), ""),
        (SendingRules(originals=FullSize.WIFI), Network(LinkKind.CABLE, metered=False), NONE, (), ""),
        (SendingRules(originals=FullSize.WIFI), MOBILE, NONE, FULL_SIZE, "waits_for_wifi"),
        (SendingRules(originals=FullSize.WIFI), Network(LinkKind.MOBILE), NONE, FULL_SIZE, "waits_for_wifi"),
        (SendingRules(data_saver=DataSaver.THUMBNAILS), MOBILE, NONE, FULL_SIZE, "waits_data_saver"),
        (SendingRules(data_saver=DataSaver.RECORDS), MOBILE, NONE, PICTURES, "waits_data_saver"),
        (SendingRules(data_saver=DataSaver.RECORDS), FREE, NONE, (), ""),
        (SendingRules(battery_below=20), FREE, LOW, FULL_SIZE, "waits_for_battery"),
        (SendingRules(battery_below=9), FREE, LOW, (), ""),
        (SendingRules(battery_below=20), FREE, Battery(present=True, percent=9, on_mains=True), (), ""),
        (SendingRules(battery_below=20), FREE, Battery(present=True, on_mains=False), (), ""),
        (SendingRules(paused=True), FREE, NONE, LANES, "waits_paused"),
    ],
)
def test_each_rule_holds_its_lanes_for_its_reason(
    rules: SendingRules, network: Network, battery: Battery, held: tuple[str, ...], code: str
) -> None:
    assert decide_sending(rules, network, battery).held == dict.fromkeys(held, code)


@given(st.sampled_from(FullSize), st.sampled_from(DataSaver), st.integers(0, 100))
def test_what_is_not_known_holds_nothing_back(full: FullSize, saver: DataSaver, below: int) -> None:
    rules = SendingRules(full, saver, below)
    assert decide_sending(rules, UNKNOWN, Battery(present=True, on_mains=False)).held == {}


@given(
    st.builds(SendingRules, st.sampled_from(FullSize), st.sampled_from(DataSaver), st.integers(0, 100)),
    st.builds(Network, st.sampled_from(LinkKind), st.sampled_from([True, False, None])),
    st.builds(Battery, st.booleans(), st.one_of(st.none(), st.integers(0, 100)), st.booleans()),
)
def test_without_a_pause_records_always_go_and_a_lane_waits_only_with_all_larger_ones(
    rules: SendingRules, network: Network, battery: Battery
) -> None:
    held = decide_sending(rules, network, battery).held
    assert RECORD not in held
    first = next((number for number, lane in enumerate(LANES) if lane in held), len(LANES))
    assert set(held) == set(LANES[first:])


def test_send_now_lifts_every_rule_for_what_was_pending_and_nothing_newer() -> None:
    sending = decide_sending(SendingRules(paused=True), MOBILE, LOW, upto=7)
    assert [sending.reason("original", seq) for seq in (6, 7, 8)] == ["", "", "waits_paused"]
    assert not sending.nothing_goes
    assert decide_sending(SendingRules(paused=True), FREE, NONE).nothing_goes
    assert not EVERYTHING.nothing_goes
    assert not Sending({"original": "waits_for_wifi"}).nothing_goes


def test_numbers_are_kept_inside_their_bounds() -> None:
    rules = SendingRules(battery_below=900, keep_days=-3).checked()
    assert (rules.battery_below, rules.keep_days) == (100, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str) -> None:
    assert set(HELD_CODES) <= sentences(language).keys()
