"""The records that travel from a tablet to central, as frozen values.

All coordinates are WGS-84 degrees, all times UTC, all hashes SHA-256 in lower-case hex. Unknown fields in
a body are kept by central byte for byte (it stores the body as sent), so an old end never loses a new
end's field.
"""

from __future__ import annotations

import math
from datetime import datetime
from enum import Enum
from typing import Annotated

import msgspec

from sync.contract.alerts import AlertActKind
from sync.contract.calls import CallActKind
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.masks import Mask
from sync.contract.shift import ShiftFinding
from sync.contract.track import OFF_DUTY, Begins, Ends, TrackPoint
from sync.contract.visit import VisitSheet


class PlaceSource(Enum):
    """Where a position came from. ``none`` means the person was shown that there is no position."""

    GNSS = "gnss"
    REPLAY = "replay"
    EXIF = "exif"
    PIN = "pin"
    NONE = "none"


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A position: WGS-84 ``lon`` in [-180, 180], ``lat`` in [-90, 90], ``accuracy_m`` one sigma or None."""

    source: PlaceSource
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    fixed_at: datetime | None = None
    stale: bool = False
    via: str = ""
    """What told it: system, serial, gpsd, tcp or replay; "" where nobody asked a receiver."""

    @property
    def known_accuracy_m(self) -> float | None:
        """The accuracy, None where nobody told it: a receiver that says 0 does not know it either."""
        return self.accuracy_m if self.accuracy_m is not None and self.accuracy_m > 0 else None


NOWHERE = Place(source=PlaceSource.NONE)


def check_place(place: Place) -> Place:
    """Return the place, or refuse coordinates out of range or not finite with ``position_invalid``."""
    if place.source is PlaceSource.NONE:
        return place
    lon, lat = place.lon, place.lat
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        raise InputRefused("position_invalid", lon=lon, lat=lat)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InputRefused("position_invalid", lon=lon, lat=lat)
    if place.accuracy_m is not None and not (math.isfinite(place.accuracy_m) and place.accuracy_m >= 0):
        raise InputRefused("accuracy_invalid", value=place.accuracy_m)
    return place


class ClockState(Enum):
    """How far the device's wall clock is to be believed."""

    TRUSTED = "trusted"
    UNVERIFIED = "unverified"
    DOUBTFUL = "doubtful"


class Stamp(msgspec.Struct, frozen=True):
    """When something was done on a device. Order comes from ``device_seq``, never from ``wall``.

    ``offset_ms`` is central's time minus the device's at the last trusted exchange, None before the first.
    """

    wall: datetime
    monotonic_ms: int
    boot_id: str
    device_seq: int
    clock: ClockState
    offset_ms: int | None = None


class Origin(Enum):
    """Photos taken in the app and photos brought in are never mixed up."""

    CAPTURED = "captured"
    IMPORTED = "imported"


class PhotoRole(Enum):
    """What a file shows within its record; a visit also has signatures and its on-site record (PDF),
    a message voice notes (WAV).
    """

    SCENE = "scene"
    BEFORE = "before"
    AFTER = "after"
    SIGNATURE = "signature"
    SHEET = "sheet"
    VOICE = "voice"


class Lane(Enum):
    """The three files of a photo, in the order in which they are sent after the record."""

    THUMBNAIL = "thumbnail"
    STAMPED = "stamped"
    ORIGINAL = "original"


class FileRef(msgspec.Struct, frozen=True):
    """A file named by its content."""

    lane: Lane
    sha256: str
    bytes: int
    media_type: str


class Photo(msgspec.Struct, frozen=True, omit_defaults=True):
    """One photo of a record. Unique by (record, slot): two identical photos are both kept."""

    slot: int
    role: PhotoRole
    origin: Origin
    files: tuple[FileRef, ...]
    name: str = ""
    place: Place = NOWHERE
    taken_at: datetime | None = None
    look: str = ""
    """What the picture looks like, coarsely (see ``sync.contract.looks``); "" where nobody can tell."""
    masks: tuple[Mask, ...] = ()
    """What is masked in its thumbnail and stamped picture; the original never is."""
    length_ms: int = 0
    """How long a voice note is; 0 for pictures."""

    def file(self, lane: Lane) -> FileRef | None:
        """The file of that lane, or None where it could not be made."""
        return next((f for f in self.files if f.lane is lane), None)

    @property
    def original(self) -> FileRef:
        """The unaltered first bytes."""
        found = self.file(Lane.ORIGINAL)
        if found is None:
            raise InputRefused("photo_without_original", slot=self.slot)
        return found


class Equipment(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of the equipment, which courts ask about."""

    app_version: str
    free_bytes: int | None = None
    position_source: str = ""
    platform: str = ""


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem found by an officer. Its id becomes the case's id at central."""

    report_id: str
    class_code: str
    note: str
    place: Place
    grid_cell: str
    photos: tuple[Photo, ...]
    officer_id: str
    device_id: str
    stamp: Stamp
    equipment: Equipment
    address: str = ""
    plate: str = ""
    facts: str = ""
    """What a verdict said and the rows it rested on, frozen as JSON text; "" where none was asked."""
    unit: str = ""
    """The unit that should see to it in the reporter's eyes; command decides."""
    unit_id: str = ""
    """Its number in the city's table of units; "" where the table knows none of this name."""
    unit_chosen: bool = False
    """Whether the reporter named it; else it was suggested and let stand. With no unit: command shall say."""
    corrects: str = ""
    """The refused report that this one was made of and stands in the place of, if any."""


MINUTES_MAX = 366 * 24 * 60
"""The most time that can be asked for or granted at once."""


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act on a case: appended, never overwritten. ``withdraws`` names the act taken back, if any."""

    act_id: str
    case_id: str
    kind: ActKind
    officer_id: str
    device_id: str
    stamp: Stamp
    note: str = ""
    place: Place = NOWHERE
    photos: tuple[Photo, ...] = ()
    to_officer: str = ""
    withdraws: str = ""
    seen_seq: int = 0
    """Central's order number of the last act this device had seen of the case."""
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MINUTES_MAX)] = 0
    """How much more time is asked for or granted, in minutes that count; 0 where none is named."""
    condition: str = ""
    """The opening condition a case is opened under; "" is its class's own."""
    about: str = ""
    """The refused act that a ruling is about; "" for every other act."""


class LookUp(msgspec.Struct, frozen=True, omit_defaults=True):
    """That somebody looked a plate up: who, when, where, and what the answer was.

    ``reasons`` are the verdict's codes, strongest first; ``ages`` how old the data was, in seconds by table
    (None: none had arrived). It makes no case, has no photos and cannot be taken back.
    """

    lookup_id: str
    plate: str
    officer_id: str
    device_id: str
    stamp: Stamp
    answer: str
    place: Place = NOWHERE
    reasons: tuple[str, ...] = ()
    ages: dict[str, int | None] = {}

    @property
    def note(self) -> str:
        """Nothing is written beside a look-up."""
        return ""

    @property
    def photos(self) -> tuple[Photo, ...]:
        """No look-up has photos."""
        return ()


class Visit(msgspec.Struct, frozen=True, omit_defaults=True):
    """A visit to an enterprise or site. ``photos`` hold its photos, the signatures and the on-site record.

    ``sheet_sha256`` is the sheet's hash as printed; ``rating_code`` the secret in the party's QR, with which
    a rating is taken once.
    """

    visit_id: str
    sheet: VisitSheet
    sheet_sha256: str
    place: Place
    grid_cell: str
    photos: tuple[Photo, ...]
    officer_id: str
    device_id: str
    stamp: Stamp
    equipment: Equipment
    rating_code: str = ""

    @property
    def note(self) -> str:
        """What was found, in the officers' words."""
        return self.sheet.findings


class TrackSegment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A few minutes of a patrol track, thinned. ``number`` counts the segments of a track from 0.

    Times are the device's; between two points only ``after_s`` counts. ``cells`` were walked in it.
    """

    segment_id: str
    track_id: str
    number: int
    officer_id: str
    device_id: str
    stamp: Stamp
    begins: Begins
    ends: Ends
    begun_at: datetime
    ended_at: datetime
    points: tuple[TrackPoint, ...] = ()
    length_m: float = 0.0
    cells: tuple[str, ...] = ()
    source: PlaceSource = PlaceSource.GNSS
    via: str = ""

    @property
    def note(self) -> str:
        """Nothing is written beside a track."""
        return ""

    @property
    def photos(self) -> tuple[Photo, ...]:
        """No track has photos."""
        return ()

    @property
    def place(self) -> Place:
        """Where it ends."""
        if not self.points:
            return NOWHERE
        last = self.points[-1]
        return Place(self.source, last.lon, last.lat, last.accuracy_m, via=self.via)

    @property
    def ends_duty(self) -> bool:
        """Whether the track is over with it."""
        return self.ends in OFF_DUTY


class ShiftCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """The check at the start of a shift; ``skipped`` where the person went on without looking at it."""

    check_id: str
    officer_id: str
    device_id: str
    stamp: Stamp
    findings: tuple[ShiftFinding, ...]
    equipment: Equipment
    place: Place = NOWHERE
    skipped: bool = False

    @property
    def note(self) -> str:
        """Nothing is written beside it."""
        return ""

    @property
    def photos(self) -> tuple[Photo, ...]:
        """It has no photos."""
        return ()


class AlertAct(msgspec.Struct, frozen=True, omit_defaults=True):
    """An act on an alert: appended, never overwritten."""

    act_id: str
    alert_id: str
    kind: AlertActKind
    officer_id: str
    device_id: str
    stamp: Stamp
    note: str = ""
    place: Place = NOWHERE
    to_officer: str = ""

    @property
    def photos(self) -> tuple[Photo, ...]:
        """What was found is reported as a case, with photos; an answer has none."""
        return ()


class CallAct(msgspec.Struct, frozen=True, omit_defaults=True):
    """An act on a call for reinforcement. The first one opens it: its id is the call's.

    ``alert_id`` or ``case_id`` is what help is wanted with.
    """

    act_id: str
    call_id: str
    kind: CallActKind
    officer_id: str
    device_id: str
    stamp: Stamp
    note: str = ""
    place: Place = NOWHERE
    alert_id: str = ""
    case_id: str = ""

    @property
    def photos(self) -> tuple[Photo, ...]:
        """A call has none."""
        return ()


class RecordType(Enum):
    """The kinds of record an outbox entry carries."""

    REPORT = "report"
    ACT = "act"
    LOOKUP = "lookup"
    VISIT = "visit"
    TRACK = "track"
    SHIFT_CHECK = "shift_check"
    ALERT_ACT = "alert_act"
    CALL_ACT = "call_act"


QUIET = frozenset({RecordType.LOOKUP, RecordType.TRACK, RecordType.SHIFT_CHECK})
"""What travels quietly: nobody made it as a piece of work, so only one that is refused is shown."""

Record = Report | Act | LookUp | Visit | TrackSegment | ShiftCheck | AlertAct | CallAct

_TYPES: dict[type[Record], RecordType] = {
    Report: RecordType.REPORT,
    Act: RecordType.ACT,
    LookUp: RecordType.LOOKUP,
    Visit: RecordType.VISIT,
    TrackSegment: RecordType.TRACK,
    ShiftCheck: RecordType.SHIFT_CHECK,
    AlertAct: RecordType.ALERT_ACT,
    CallAct: RecordType.CALL_ACT,
}
_KEYS: dict[type[Record], str] = {
    Report: "report_id",
    Act: "act_id",
    LookUp: "lookup_id",
    Visit: "visit_id",
    TrackSegment: "segment_id",
    ShiftCheck: "check_id",
    AlertAct: "act_id",
    CallAct: "act_id",
}
SHAPES: dict[RecordType, type[Record]] = {kind: shape for shape, kind in _TYPES.items()}


def type_of(record: Record) -> RecordType:
    """The kind a record is."""
    return _TYPES[type(record)]


def id_of(record: Record) -> str:
    """A record's own id."""
    return str(getattr(record, _KEYS[type(record)]))
