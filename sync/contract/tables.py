"""The reference tables: their columns, indexes, visibility, and the stream that carries each.

Public tables travel as a ready-built SQLite snapshot plus changes (stream ``reference``) and lie in the
clear, rebuildable ``reference.db``. Internal and personal tables travel over the scoped stream ``work``
into the encrypted ``work.db``. Both ends make their tables from this one description.
"""

from __future__ import annotations

from enum import Enum

import msgspec

Cell = str | int | float | None
Row = dict[str, Cell]


class Visibility(Enum):
    """Who a table's rows may be shown to, which decides where they may lie on a tablet."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"


class Stream(Enum):
    """The two change feeds; each database keeps its own cursor."""

    REFERENCE = "reference"
    WORK = "work"


class Table(msgspec.Struct, frozen=True):
    """One table: ``columns`` are (name, SQLite type); the first column is the key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    visibility: Visibility
    indexes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the key column."""
        return self.columns[0][0]

    @property
    def column_names(self) -> tuple[str, ...]:
        """All column names, key first."""
        return tuple(name for name, _ in self.columns)

    @property
    def stream(self) -> Stream:
        """Public rows travel in the reference stream, everything else in the work stream."""
        return Stream.REFERENCE if self.visibility is Visibility.PUBLIC else Stream.WORK


REFERENCE_SCHEMA = 5
"""Goes up with every change to a public table; a tablet whose reference file has another is refilled."""

T, N, F = "TEXT", "INTEGER", "REAL"

PERMIT = Table(
    "permit",
    (
        ("permit_id", T),  # the permit's printed number
        ("plate", T),  # normal form
        ("company_id", T),
        ("project", T),
        ("site_id", T),
        ("disposal_site_id", T),
        ("route", T),  # "lon,lat;lon,lat;…" WGS-84
        ("valid_from", T),  # ISO date, inclusive, city's local date
        ("valid_to", T),
        ("windows", T),  # "22:00-06:00;12:00-14:00", city's local time, may pass midnight
        ("window_days", T),  # day kinds a window begins on: "" is every day, or one list for all windows,
        # or a list for each: "working,makeup;weekend,holiday" (an empty list is every day)
        ("approved_m3", N),
        ("used_m3", N),
        ("status", T),  # issued | active | used | expired | revoked | void
        ("reason", T),  # of a revocation
        ("max_load_t", F),  # approved load in tonnes, without the truck; 0 where the permit states none
        ("max_length_m", F),  # approved outer dimensions, load included; 0 where the permit states none
        ("max_width_m", F),
        ("max_height_m", F),
    ),
    Visibility.PUBLIC,
    ("plate", "company_id"),
)
COMPANY = Table(
    "company",
    (
        ("company_id", T),
        ("name", T),
        ("credit_code", T),
        ("address", T),
        ("initials", T),  # of the name in pinyin, capital letters and digits: 深圳宏达 is SZHD
    ),
    Visibility.PUBLIC,
    ("name", "credit_code"),
)
SITE = Table(
    "site",
    (("site_id", T), ("name", T), ("lon", F), ("lat", F), ("grid_cell", T), ("address", T)),
    Visibility.PUBLIC,
    ("grid_cell",),
)
DISPOSAL_SITE = Table(
    "disposal_site",
    (("disposal_site_id", T), ("name", T), ("lon", F), ("lat", F), ("grid_cell", T), ("address", T)),
    Visibility.PUBLIC,
    ("grid_cell",),
)
GRID_CELL = Table(
    "grid_cell",
    (
        ("grid_cell", T),  # 15 digits
        ("street", T),
        ("community", T),
        ("ring", T),  # outer ring "lon,lat;lon,lat;…", closed, WGS-84
    ),
    Visibility.PUBLIC,
)
PROHIBITED_ZONE = Table(
    "prohibited_zone",
    (
        ("zone_id", T),
        ("name", T),
        ("ring", T),  # outer ring "lon,lat;lon,lat;…", closed, WGS-84
        ("windows", T),  # hours in which trucks may not be in it, as in permit; "" is all day
        ("day_kinds", T),  # as permit.window_days
        ("valid_from", T),  # ISO date, inclusive, city's local date
        ("valid_to", T),  # "" while open
        ("reason", T),
    ),
    Visibility.PUBLIC,
)
DAY_KIND = Table(
    "day_kind",
    (
        ("day", T),  # ISO date, city's local date
        ("kind", T),  # working | weekend | holiday | makeup (a weekend's day that is worked)
        ("name", T),  # of the holiday it belongs to, or ""
    ),
    Visibility.PUBLIC,
)
WORK_HOURS = Table(
    "work_hours",
    (
        ("kind", T),  # as day_kind.kind
        ("windows", T),  # hours that count towards a time limit: "08:00-12:00;14:00-18:00", "" is none
    ),
    Visibility.PUBLIC,
)
OPENING_CONDITION = Table(
    "opening_condition",
    (
        ("condition_id", T),  # "03-11/1"; the first of a class, by number, is the one it opens under
        ("class_code", T),  # "" is every class that has none of its own, nor its classes above
        ("number", N),
        ("name_zh", T),
        ("name_en", T),
        ("open_min", N),  # minutes that count, for each stage; 0 sets no limit
        ("dispatch_min", N),
        ("handle_min", N),
        ("verify_min", N),
        ("close_min", N),
        ("continuous", N),  # 1: all time counts, not working time alone
        ("yellow_percent", N),  # of the limit, from which on the light is yellow
    ),
    Visibility.PUBLIC,
    ("class_code",),
)
CASE_CLASS = Table(
    "case_class",
    (
        ("class_code", T),  # 03, 03-11 or 03-11-02
        ("parent", T),  # code of the level above, "" at the top
        ("kind", T),  # event | component
        ("name_zh", T),
        ("name_en", T),
        ("urgent", N),  # 1: the time limit runs continuously
        ("phrases_zh", T),  # ready phrases, one a line
        ("phrases_en", T),
        ("valid_from", T),
        ("valid_to", T),
    ),
    Visibility.PUBLIC,
    ("parent",),
)
INSPECTION_ITEM = Table(
    "inspection_item",
    (
        ("item_code", T),
        ("kinds", T),  # what is visited for it: "company site disposal_site"
        ("name_zh", T),
        ("name_en", T),
        ("basis_zh", T),  # legal basis, one a line
        ("basis_en", T),
        ("checks_zh", T),  # the questions of the check list, one a line; the same number in both languages
        ("checks_en", T),
        ("valid_from", T),
        ("valid_to", T),  # "" while open
    ),
    Visibility.PUBLIC,
)
UNIT = Table(
    "unit",
    (
        ("unit_id", T),
        ("name_zh", T),  # as in officer.squad: its officers are those of this squad
        ("name_en", T),
        ("areas", T),  # leading digits of grid cell codes, a space between; "" is the whole city
        ("classes", T),  # class codes it answers for, with all within them, a space between; "" is none:
        # a team of grid workers, whose areas are its responsibility grid
        ("contact", T),  # whom to ring, or ""
        ("initials", T),  # of name_zh in pinyin, as in company
    ),
    Visibility.PUBLIC,
    ("name_zh",),
)
BLACKLIST = Table(
    "blacklist",
    (
        ("entry_id", T),
        ("kind", T),  # vehicle | company | driver
        ("subject", T),  # plate in normal form, company_id, or a driver's name
        ("reason", T),
        ("level", N),  # 1 watch, 2 serious, 3 stop
        ("valid_from", T),
        ("valid_to", T),  # "" while open
        ("issuer", T),
    ),
    Visibility.INTERNAL,
    ("subject",),
)
OFFICER = Table(
    "officer",
    (
        ("officer_id", T),
        ("name", T),
        ("role", T),  # a Role
        ("squad", T),
        ("active", N),
    ),
    Visibility.PERSONAL,
)
CITY_CASE = Table(
    "city_case",
    (
        ("case_id", T),
        ("state", T),  # a CaseState
        ("class_code", T),
        ("note", T),
        ("lon", F),
        ("lat", F),
        ("grid_cell", T),
        ("address", T),
        ("plate", T),
        ("reporter", T),  # officer number, "" for other sources
        ("source", T),  # grid_worker | video | public | ordered | alert
        ("assignee", T),  # officer number the case is dispatched to, or ""
        ("reported_at", T),  # ISO UTC
        ("due_at", T),  # ISO UTC or ""
        ("last_act", T),
        ("delayed", N),
        ("supervised", N),
        ("before_suspension", T),
        ("record", T),  # the report's body as sent, JSON
        ("looks", T),  # what its photos look like, coarsely, a space between; "" where nobody can tell
        ("asked", T),  # what waits for a decision: ask_delay | ask_suspend | return, or ""
        ("counted_at", T),  # when the report counts as made for the time limit, ISO UTC
        ("clock", T),  # the time limit's clock (a StageClock), JSON
    ),
    Visibility.PERSONAL,
    ("assignee", "state"),
)
CASE_ACT = Table(
    "case_act",
    (
        ("act_id", T),
        ("case_id", T),
        ("act_order", N),  # central's order within all acts
        ("kind", T),  # an ActKind
        ("officer_id", T),
        ("to_officer", T),
        ("withdraws", T),
        ("note", T),
        ("done_at", T),  # wall time of the device, ISO UTC
        ("received_at", T),  # central's time, ISO UTC
        ("standing", T),  # accepted | refused: both sides of a clash stay visible
        ("code", T),  # why it was refused, or ""
        ("record", T),  # the act's body as sent, JSON
        ("counted_at", T),  # when it counts as done for the time limit, ISO UTC
        ("minutes", N),  # asked for or granted
        ("condition", T),  # an opening condition
    ),
    Visibility.PERSONAL,
    ("case_id",),
)
VISIT = Table(
    "visit",
    (
        ("visit_id", T),
        ("item_code", T),
        ("item_name", T),
        ("party_kind", T),  # a PartyKind
        ("party_ref", T),  # the key of the company, site or disposal site, "" for another
        ("party_name", T),
        ("officer_id", T),
        ("second_id", T),
        ("result", T),  # a VisitResult
        ("failed", N),  # how many questions were not met
        ("ended_at", T),  # wall time of the device, ISO UTC
        ("received_at", T),  # central's time, ISO UTC
        ("lon", F),
        ("lat", F),
        ("grid_cell", T),
        ("sheet_sha256", T),
        ("paper", T),  # SHA-256 of the on-site record, a PDF; "" for none
        ("stars", N),  # the party's rating, 0 before there is one
        ("rating_note", T),
        ("rated_at", T),  # ISO UTC or ""
    ),
    Visibility.PERSONAL,
    ("party_ref",),
)
ALERT = Table(
    "alert",
    (
        ("alert_id", T),
        ("kind", T),  # an AlertKind
        ("severity", N),  # a Severity
        ("plate", T),  # normal form, "" where no truck was made out
        ("company_id", T),
        ("company", T),  # its name as it was then
        ("permit_id", T),
        ("site_id", T),
        ("lon", F),
        ("lat", F),
        ("grid_cell", T),
        ("address", T),
        ("source", T),  # who saw it: site video, GPS track …, in the supervision side's words
        ("note", T),
        ("facts", T),  # what was measured, by name, JSON
        ("picture", T),  # a picture's SHA-256, "" for none
        ("occurred_at", T),  # ISO UTC
        ("raised_at", T),  # central's time, ISO UTC
        ("state", T),  # an AlertState
        ("holder", T),  # officer number of who has it, or ""
        ("last_act", T),
    ),
    Visibility.PERSONAL,
    ("state", "plate"),
)
ALERT_ACT = Table(
    "alert_act",
    (
        ("act_id", T),
        ("alert_id", T),
        ("act_order", N),  # central's order within all acts
        ("kind", T),  # an AlertActKind
        ("officer_id", T),
        ("to_officer", T),
        ("note", T),
        ("done_at", T),  # wall time of the device, ISO UTC
        ("received_at", T),  # central's time, ISO UTC
        ("standing", T),  # accepted | refused: both sides of a clash stay visible
        ("code", T),  # why it was refused, or ""
    ),
    Visibility.PERSONAL,
    ("alert_id",),
)
REINFORCEMENT = Table(
    "reinforcement",
    (
        ("call_id", T),
        ("alert_id", T),  # what it is about, or ""
        ("case_id", T),
        ("caller", T),
        ("squad", T),  # the caller's
        ("lon", F),
        ("lat", F),
        ("grid_cell", T),
        ("note", T),
        ("called_at", T),  # wall time of the device, ISO UTC
        ("received_at", T),  # central's time, ISO UTC
        ("squads", T),  # every squad as seen from the call (RankedSquad), the asked ones first, JSON
        ("asked", T),  # officer numbers of who is asked, a space between
        ("state", T),  # a CallState
        ("coming", T),  # officer numbers, a space between
        ("declined", T),
        ("last_act", T),
    ),
    Visibility.PERSONAL,
    ("state",),
)
CALL_ACT = Table(
    "call_act",
    (
        ("act_id", T),
        ("call_id", T),
        ("act_order", N),
        ("kind", T),  # a CallActKind
        ("officer_id", T),
        ("note", T),
        ("done_at", T),
        ("received_at", T),
        ("standing", T),  # accepted | refused
        ("code", T),
    ),
    Visibility.PERSONAL,
    ("call_id",),
)
CREDENTIAL = Table(
    "credential",
    (
        ("officer_id", T),
        ("text", T),  # of the QR, signed by central
        ("valid_from", T),  # ISO date, inclusive, city's local date
        ("valid_to", T),
    ),
    Visibility.PERSONAL,
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        PERMIT,
        COMPANY,
        SITE,
        DISPOSAL_SITE,
        GRID_CELL,
        PROHIBITED_ZONE,
        DAY_KIND,
        WORK_HOURS,
        OPENING_CONDITION,
        CASE_CLASS,
        INSPECTION_ITEM,
        UNIT,
        BLACKLIST,
        OFFICER,
        CITY_CASE,
        CASE_ACT,
        VISIT,
        ALERT,
        ALERT_ACT,
        REINFORCEMENT,
        CALL_ACT,
        CREDENTIAL,
    )
}
REFERENCE_TABLES = tuple(t for t in TABLES.values() if t.stream is Stream.REFERENCE)
WORK_TABLES = tuple(t for t in TABLES.values() if t.stream is Stream.WORK)
SUBJECTS: dict[str, Table] = {CASE_ACT.name: CITY_CASE, ALERT_ACT.name: ALERT, CALL_ACT.name: REINFORCEMENT}
"""What the acts of a table were done on: they come and go with it."""


def create_statements(table: Table) -> tuple[str, ...]:
    """The DDL of a table and its indexes, the same at both ends."""
    columns = ", ".join(
        f"{name} {kind} NOT NULL PRIMARY KEY" if name == table.key else f"{name} {kind}"
        for name, kind in table.columns
    )
    create = f"CREATE TABLE {table.name} ({columns}) WITHOUT ROWID"
    return (
        create,
        *(f"CREATE INDEX {table.name}_by_{column} ON {table.name} ({column})" for column in table.indexes),
    )
