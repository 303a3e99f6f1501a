"""An NMEA recording as a whole: its fixes, one an epoch, each with its time.

A recording whose date comes late is dated backwards from there.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fieldapp.geo.sentences import Fix, NmeaReader, at_second, near_midnight
from sync.contract.errors import InputRefused
from sync.contract.records import Place, PlaceSource

_CHUNK = 1 << 16


class Track(msgspec.Struct, frozen=True):
    """The fixes of a recording in their order, and how many of its lines were unreadable."""

    fixes: tuple[Fix, ...]
    skipped: int


def read_track(source: Path | bytes) -> Track:
    """Read a recording; refuses a file that cannot be read with ``nmea_unreadable``."""
    reader = NmeaReader()
    by_epoch: dict[int, Fix] = {}
    for piece in _pieces(source):
        by_epoch.update((fix.epoch, fix) for fix in reader.feed(piece))
    by_epoch.update((fix.epoch, fix) for fix in reader.finish())
    return Track(_dated_backwards(list(by_epoch.values())), reader.skipped)


def read_fixes(source: Path | bytes) -> list[Fix]:
    """The fixes of a recording."""
    return list(read_track(source).fixes)


def place_of(fix: Fix, source: PlaceSource) -> Place:
    """A fix as the place that a record keeps; what a receiver calls simulated is never called live."""
    kept = PlaceSource.REPLAY if fix.simulated else source
    return Place(source=kept, lon=fix.lon, lat=fix.lat, accuracy_m=fix.accuracy_m, fixed_at=fix.at)


def last_place(source: Path | bytes) -> Place:
    """Where a recording ends, marked as replayed; refuses one without any fix with ``nmea_no_fix``."""
    track = read_track(source)
    if not track.fixes:
        raise InputRefused("nmea_no_fix", skipped=track.skipped)
    return place_of(track.fixes[-1], PlaceSource.REPLAY)


def _dated_backwards(fixes: list[Fix]) -> tuple[Fix, ...]:
    known = next((n for n, fix in enumerate(fixes) if fix.at is not None), 0)
    for n in range(known - 1, -1, -1):
        later = fixes[n + 1]
        if later.at is not None:
            second = fixes[n].second_of_day
            day = near_midnight(later.at.date(), later.second_of_day, second)
            fixes[n] = msgspec.structs.replace(fixes[n], at=at_second(day, second))
    return tuple(fixes)


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    try:
        if not source.is_file():  # a device or a pipe might never end
            raise OSError(errno.EINVAL, "not a file")
        with source.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise InputRefused("nmea_unreadable", path=str(source), reason=reason) from error
