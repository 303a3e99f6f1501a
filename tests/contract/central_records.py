"""Records as one device makes them, for tests of central."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.contract.alerts import AlertActKind, AlertKind, AlertState, Severity
from sync.contract.calls import CallActKind
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import (
    Act,
    AlertAct,
    CallAct,
    ClockState,
    Equipment,
    FileRef,
    Lane,
    LookUp,
    Origin,
    Photo,
    PhotoRole,
    Place,
    PlaceSource,
    Record,
    Report,
    ShiftCheck,
    Stamp,
    TrackSegment,
    id_of,
    type_of,
)
from sync.contract.shift import Fitness, ShiftFinding
from sync.contract.tables import ALERT, Row
from sync.contract.track import Begins, Ends, TrackPoint
from sync.contract.wire import FileOffer, PushItem, encode_record, sha256_hex


def photo_of(data: bytes, slot: int = 1, *, role: PhotoRole = PhotoRole.SCENE) -> Photo:
    """A photo that has only its original."""
    file = FileRef(Lane.ORIGINAL, hashlib.sha256(data).hexdigest(), len(data), "image/jpeg")
    return Photo(slot=slot, role=role, origin=Origin.IMPORTED, files=(file,))


def offer_of(record: Record, slot: int = 1, lane: Lane = Lane.ORIGINAL) -> FileOffer:
    """The offer of one file of a record."""
    photo = next(p for p in record.photos if p.slot == slot)
    file = next(f for f in photo.files if f.lane is lane)
    return FileOffer(file.sha256, file.bytes, file.media_type, lane, id_of(record), slot)


def alert_row(alert_id: str = "", **cells: Any) -> Row:
    """An open alert as it lies in the tables: a serious one, about a truck off its route."""
    row: Row = {
        **dict.fromkeys(ALERT.column_names, ""),
        "alert_id": alert_id or new_id(),
        "kind": AlertKind.OFF_ROUTE.value,
        "severity": Severity.SERIOUS.value,
        "plate": "粤B12345",
        "lon": 113.88,
        "lat": 22.56,
        "grid_cell": "440306001001001",
        "facts": "{}",
        "occurred_at": "2026-03-02T01:00:00+00:00",
        "raised_at": "2026-03-02T01:00:05+00:00",
        "state": AlertState.OPEN.value,
    }
    return {**row, **cells}


class RecordMaker:
    """Makes the records of one device, each with the next running number."""

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self._seq = 0

    def stamp(self) -> Stamp:
        """Now, on this device."""
        self._seq += 1
        return Stamp(
            datetime.now(UTC), 1000 * self._seq, str(uuid.UUID(int=7)), self._seq, ClockState.TRUSTED
        )

    def report(self, *photos: Photo, **other: Any) -> Report:
        """A report by grid worker G1001 unless said otherwise."""
        fields: dict[str, Any] = {
            "report_id": new_id(),
            "class_code": "03-11",
            "note": "渣土车未密闭",
            "place": Place(PlaceSource.GNSS, 113.88, 22.56, 4.5, datetime.now(UTC)),
            "grid_cell": "440306001001001",
            "photos": photos,
            "officer_id": "G1001",
            "device_id": self.device_id,
            "stamp": self.stamp(),
            "equipment": Equipment("0.1.0", 10**9, "gnss", "linux"),
        }
        return Report(**{**fields, **other})

    def act(self, case_id: str, kind: ActKind, officer_id: str = "G1001", **other: Any) -> Act:
        """An act on a case."""
        fields: dict[str, Any] = {
            "act_id": new_id(),
            "case_id": case_id,
            "kind": kind,
            "officer_id": officer_id,
            "device_id": self.device_id,
            "stamp": self.stamp(),
        }
        return Act(**{**fields, **other})

    def look_up(self, plate: str = "粤B12345", **other: Any) -> LookUp:
        """A look-up by inspector I2001 unless said otherwise."""
        fields: dict[str, Any] = {
            "lookup_id": new_id(),
            "plate": plate,
            "officer_id": "I2001",
            "device_id": self.device_id,
            "stamp": self.stamp(),
            "answer": "not_allowed",
            "place": Place(PlaceSource.GNSS, 113.88, 22.56, 4.5, datetime.now(UTC)),
            "reasons": ("permit_expired",),
            "ages": {"permit": 30, "blacklist": None},
        }
        return LookUp(**{**fields, **other})

    def track(self, *points: tuple[float, float, float], **other: Any) -> TrackSegment:
        """A segment by grid worker G1001: points as (seconds, lon, lat)."""
        stamp = self.stamp()
        fields: dict[str, Any] = {
            "segment_id": new_id(),
            "track_id": new_id(),
            "number": 0,
            "officer_id": "G1001",
            "device_id": self.device_id,
            "stamp": stamp,
            "begins": Begins.STARTED,
            "ends": Ends.CONTINUES,
            "begun_at": stamp.wall - timedelta(minutes=2),
            "ended_at": stamp.wall,
            "points": tuple(TrackPoint(after_s, lon, lat, 5.0) for after_s, lon, lat in points),
            "length_m": 12.5,
            "cells": ("440306001001001",),
            "via": "replay",
        }
        return TrackSegment(**{**fields, **other})

    def shift_check(self, **other: Any) -> ShiftCheck:
        """A check by grid worker G1001 in which the battery is low."""
        fields: dict[str, Any] = {
            "check_id": new_id(),
            "officer_id": "G1001",
            "device_id": self.device_id,
            "stamp": self.stamp(),
            "findings": (
                ShiftFinding("battery", Fitness.WARN, "shift_battery_low", {"percent": 18}),
                ShiftFinding("space", Fitness.OK, "shift_space_enough", {"photos": 900}),
            ),
            "equipment": Equipment("0.1.0", 10**9, "gnss", "linux"),
        }
        return ShiftCheck(**{**fields, **other})

    def alert_act(
        self, alert_id: str, kind: AlertActKind, officer_id: str = "I2001", **other: Any
    ) -> AlertAct:
        """An act on an alert."""
        fields: dict[str, Any] = {
            "act_id": new_id(),
            "alert_id": alert_id,
            "kind": kind,
            "officer_id": officer_id,
            "device_id": self.device_id,
            "stamp": self.stamp(),
        }
        return AlertAct(**{**fields, **other})

    def call_act(self, call_id: str, kind: CallActKind, officer_id: str = "I2001", **other: Any) -> CallAct:
        """An act on a call for reinforcement; a new one for no id."""
        act_id = new_id()
        fields: dict[str, Any] = {
            "act_id": act_id,
            "call_id": call_id or act_id,
            "kind": kind,
            "officer_id": officer_id,
            "device_id": self.device_id,
            "stamp": self.stamp(),
        }
        return CallAct(**{**fields, **other})

    def item(self, record: Record, **other: Any) -> PushItem:
        """The outbox entry of a record; a ``body`` given instead gets its own hash."""
        body = other.pop("body", encode_record(record))
        fields: dict[str, Any] = {
            "op_id": new_id(),
            "device_seq": record.stamp.device_seq,
            "record_type": type_of(record),
            "record_id": id_of(record),
            "body": body,
            "body_sha256": sha256_hex(body.encode()),
        }
        return PushItem(**{**fields, **other})
