"""What a verdict is made from and what it is: frozen values, no behaviour.

A question (which truck, where, when, with what load) is held against facts (rows of the replica, how old
they are) and gives a verdict: one of four answers, and reasons with the rows each rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated

import msgspec

from sync.contract.records import NOWHERE, ClockState, Place
from sync.contract.tables import Row

Fact = str | int | float | None
Threshold = Annotated[float, msgspec.Meta(ge=0)]
"""A threshold: one below nothing would turn doubt into certainty."""


class Answer(Enum):
    """May it be here, now, with this load? ``check``: only if what the reason names is found in order."""

    ALLOWED = "allowed"
    CHECK = "check"
    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"


GOODNESS = {Answer.NOT_ALLOWED: 0, Answer.UNKNOWN: 1, Answer.CHECK: 2, Answer.ALLOWED: 3}
"""Of demands that must all be met the worst answer counts; of several permits the best."""


class RowRef(msgspec.Struct, frozen=True):
    """A row that a reason rests on."""

    table: str
    key: str


class Reason(msgspec.Struct, frozen=True):
    """One finding. ``says`` is what it alone would answer; ``allowed`` marks a mere remark.

    ``code`` and ``advice_code`` are sentences of ``resources/messages``, filled in from ``facts``.
    ``tables`` are the tables without which it would not stand, also where no row could be named.
    """

    code: str
    says: Answer
    rows: tuple[RowRef, ...] = ()
    facts: Mapping[str, Fact] = {}
    advice_code: str = ""
    tables: tuple[str, ...] = ()


class Load(msgspec.Struct, frozen=True):
    """What was measured at the roadside; None where nothing was. Tonnes without the truck, metres outside."""

    load_t: float | None = None
    length_m: float | None = None
    width_m: float | None = None
    height_m: float | None = None


NOT_MEASURED = Load()


class Question(msgspec.Struct, frozen=True):
    """What is asked. ``at`` is in the city's own zone; ``plate`` in normal form; ``driver`` a name or ""."""

    plate: str
    at: datetime
    place: Place = NOWHERE
    load: Load = NOT_MEASURED
    driver: str = ""
    clock: ClockState = ClockState.TRUSTED
    clock_offset_s: float | None = None


MAX_AGE_H: Mapping[str, float] = {
    "permit": 72.0,
    "blacklist": 24.0,
    "company": 168.0,
    "site": 168.0,
    "disposal_site": 168.0,
    "prohibited_zone": 72.0,
    "day_kind": 8_760.0,
}
"""Hours after which a table says nothing certain any more."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The city's thresholds. Ages are hours by table; a table not named has ``default_age_h``."""

    max_age_h: Mapping[str, Threshold] = msgspec.field(default_factory=lambda: dict(MAX_AGE_H))
    default_age_h: Threshold = 72.0
    route_m: Threshold = 80.0
    site_m: Threshold = 200.0
    disposal_m: Threshold = 300.0
    sigmas: Threshold = 2.0
    unknown_accuracy_m: Threshold = 25.0
    least_accuracy_m: Threshold = 3.0
    far_m: Threshold = 60_000.0
    weighing_tolerance: Threshold = 0.05
    measuring_tolerance_m: Threshold = 0.1
    heaviest_t: Threshold = 200.0
    longest_m: Threshold = 40.0
    nearly_used: Threshold = 0.95


class Facts(msgspec.Struct, frozen=True):
    """What the replica holds on the question, and how old it is.

    ``ages`` are seconds by table; a table that is missing there never arrived, or its age is not known.
    ``companies``, ``sites`` and ``disposal_sites`` are by key, ``day_kinds`` by ISO date.
    """

    permits: tuple[Row, ...] = ()
    companies: Mapping[str, Row] = {}
    sites: Mapping[str, Row] = {}
    disposal_sites: Mapping[str, Row] = {}
    zones: tuple[Row, ...] = ()
    day_kinds: Mapping[str, str] = {}
    blacklist: tuple[Row, ...] = ()
    look_alikes: tuple[str, ...] = ()
    ages: Mapping[str, float] = {}
    data_ahead: bool = False
    limits: Limits = Limits()


class Verdict(msgspec.Struct, frozen=True):
    """The answer, its reasons (worst first), the permit it goes by ("" for none), the data's age in seconds.

    ``look_alikes`` are known plates that read like this one: to be offered, never to be taken for it.
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    permit_id: str = ""
    data_age_s: float | None = None
    look_alikes: tuple[str, ...] = ()
