"""NMEA sentences made for the tests."""

from __future__ import annotations

from functools import reduce
from operator import xor


def sentence(content: str) -> bytes:
    """A sentence with its checksum and line end."""
    return f"${content}*{reduce(xor, content.encode()):02X}\r\n".encode()


def angle(value: float, positive: str, negative: str, digits: int) -> str:
    """Degrees as NMEA writes them: ddmm.mmmmm and a letter."""
    units = round(abs(value) * 60 * 100_000)
    degrees, minutes = divmod(units, 60 * 100_000)
    return f"{degrees:0{digits}}{minutes / 100_000:08.5f},{negative if value < 0 else positive}"


def gga(clock: str, lon: float, lat: float, *, quality: int = 1, hdop: str = "2.0") -> bytes:
    """A position with its HDOP."""
    where = f"{angle(lat, 'N', 'S', 2)},{angle(lon, 'E', 'W', 3)}"
    return sentence(f"GPGGA,{clock},{where},{quality},08,{hdop},10.0,M,0.0,M,,")


def rmc(clock: str, lon: float, lat: float, day: str, *, status: str = "A") -> bytes:
    """A position with its date (ddmmyy)."""
    where = f"{angle(lat, 'N', 'S', 2)},{angle(lon, 'E', 'W', 3)}"
    return sentence(f"GPRMC,{clock},{status},{where},0.0,0.0,{day},,,A")


def gst(clock: str, lat_m: float, lon_m: float) -> bytes:
    """The accuracy of a position."""
    return sentence(f"GPGST,{clock},1.0,,,,{lat_m},{lon_m},1.0")
