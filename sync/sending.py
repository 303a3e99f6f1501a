"""What may be sent now. Pure: the person's rules, the link and the battery in; per lane a reason to wait out.

    pause          nothing goes
    battery saver  below so many percent and not on mains: records and thumbnails only
    data saver     on a metered link: thumbnails too, or records alone
    full size      originals and stamped pictures on any link, on an unmetered one, or on Wi-Fi and cable only

"Send now" lifts every rule, once, for what was pending at that moment: all up to a device number. What is not
known of the link or the battery never holds anything back.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from sync.contract.records import Lane

RECORD = "record"
LANES = (RECORD, Lane.THUMBNAIL.value, Lane.STAMPED.value, Lane.ORIGINAL.value)
FULL_SIZE = (Lane.STAMPED.value, Lane.ORIGINAL.value)
PICTURES = (Lane.THUMBNAIL.value, *FULL_SIZE)

PAUSED = "waits_paused"
BATTERY = "waits_for_battery"
DATA = "waits_data_saver"
UNMETERED = "waits_for_unmetered"
WIFI = "waits_for_wifi"
HELD_CODES = (PAUSED, BATTERY, DATA, UNMETERED, WIFI)

KEEP_DAYS_MAX = 3650


class FullSize(Enum):
    """On what link originals and stamped pictures go."""

    ANY = "any"
    UNMETERED = "unmetered"
    WIFI = "wifi"


class DataSaver(Enum):
    """What goes over a metered link at all."""

    OFF = "off"
    THUMBNAILS = "thumbnails"
    RECORDS = "records"


class SendingRules(msgspec.Struct, frozen=True):
    """What the person chose. ``battery_below`` is a percentage, 0 for no battery saver; ``keep_days`` is how
    long a photo stays on the tablet after central's receipt for all of its record."""

    originals: FullSize = FullSize.ANY
    data_saver: DataSaver = DataSaver.OFF
    battery_below: int = 0
    paused: bool = False
    keep_days: int = 30

    def checked(self) -> SendingRules:
        """The same with every number inside its bounds."""
        below = min(100, max(0, self.battery_below))
        days = min(KEEP_DAYS_MAX, max(1, self.keep_days))
        return msgspec.structs.replace(self, battery_below=below, keep_days=days)


class LinkKind(Enum):
    """What the tablet's own connection is made of."""

    UNKNOWN = "unknown"
    NONE = "none"
    WIFI = "wifi"
    CABLE = "cable"
    MOBILE = "mobile"
    OTHER = "other"


class Network(msgspec.Struct, frozen=True):
    """The tablet's connection, as far as anybody tells. ``metered`` is None when nobody does."""

    kind: LinkKind = LinkKind.UNKNOWN
    metered: bool | None = None


class Battery(msgspec.Struct, frozen=True):
    """The tablet's battery; without one it counts as running on mains."""

    present: bool = False
    percent: int | None = None
    on_mains: bool = True


class Sending(msgspec.Struct, frozen=True):
    """Which lanes wait and why: lane → code. "Send now" lifts that up to the device number ``upto``."""

    held: dict[str, str] = {}
    upto: int = 0
    facts: dict[str, str | int | float | bool | None] = {}
    network: Network = Network()
    battery: Battery = Battery()

    def reason(self, lane: str, device_seq: int) -> str:
        """Why something of this lane and device number waits; "" when it may go."""
        return "" if device_seq <= self.upto else self.held.get(lane, "")

    @property
    def nothing_goes(self) -> bool:
        """Whether there is nothing that may be sent."""
        return self.upto == 0 and len(self.held) == len(LANES)


EVERYTHING = Sending()
"""No rule holds anything."""


def decide_sending(rules: SendingRules, network: Network, battery: Battery, upto: int = 0) -> Sending:
    """The lanes that wait. Where several rules hold a lane, the one hardest to lift is named."""
    held: dict[str, str] = {}
    metered = network.metered is True
    if rules.originals is FullSize.UNMETERED and metered:
        held |= dict.fromkeys(FULL_SIZE, UNMETERED)
    if rules.originals is FullSize.WIFI and network.kind in (LinkKind.MOBILE, LinkKind.OTHER):
        held |= dict.fromkeys(FULL_SIZE, WIFI)
    if metered and rules.data_saver is not DataSaver.OFF:
        saved = FULL_SIZE if rules.data_saver is DataSaver.THUMBNAILS else PICTURES
        held |= dict.fromkeys(saved, DATA)
    if _is_low(battery, rules.battery_below):
        held |= dict.fromkeys(FULL_SIZE, BATTERY)
    if rules.paused:
        held = dict.fromkeys(LANES, PAUSED)
    facts = {"percent": battery.percent, "below": rules.battery_below} if BATTERY in held.values() else {}
    return Sending(held, upto, dict(facts), network, battery)


def _is_low(battery: Battery, below: int) -> bool:
    if not battery.present or battery.on_mains or battery.percent is None:
        return False
    return battery.percent < below
