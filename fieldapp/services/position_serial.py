"""A receiver at a serial port (USB, UART, Bluetooth): NMEA at a chosen speed, found again after unplugging.

Reading is left to the system's own notifications, so the window never waits for a byte. What cannot be read
at all is most often the wrong speed, and is said to be.
"""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QObject, Slot
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from fieldapp.geo.nmea import place_of
from fieldapp.services.position_feeds import (
    RETRY_FIRST_MS,
    SILENCE_MS,
    NmeaEar,
    PositionFeed,
    single_shot,
)
from sync.contract.records import PlaceSource

RETRY_MAX_MS = 5_000
_CODES = {
    QSerialPort.SerialPortError.DeviceNotFoundError: "position_serial_missing",
    QSerialPort.SerialPortError.PermissionError: "position_serial_denied",
    QSerialPort.SerialPortError.ResourceError: "position_serial_missing",
}


class SerialFeed(PositionFeed):
    """One serial port; opened now, and again whenever it has gone."""

    def __init__(self, device: str, baud: int, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = False
        self._retry_ms = RETRY_FIRST_MS
        self._ear = NmeaEar()
        self._port = QSerialPort(self)
        self._port.setPortName(device)
        self._port.setBaudRate(baud)
        self._port.readyRead.connect(self._read)
        self._port.errorOccurred.connect(self._error)
        self._retry = single_shot(self, self._open)
        self._silence = single_shot(self, self._silent)

    def start(self) -> None:
        """Open the port, now and after every loss."""
        self._wanted = True
        self._open()

    def stop(self) -> None:
        """Let go of the port."""
        self._wanted = False
        self._retry.stop()
        self._silence.stop()
        self._port.close()

    @Slot()
    def _open(self) -> None:
        self._ear = NmeaEar()
        self._port.close()
        if self._port.open(QIODevice.OpenModeFlag.ReadOnly):
            self._silence.start(SILENCE_MS)
            self.failed.emit("")

    @Slot()
    def _read(self) -> None:
        self._silence.start(SILENCE_MS)
        self._retry_ms = RETRY_FIRST_MS
        fixes = self._ear.hear(bytes(self._port.readAll().data()))
        if self._ear.turned is not None:
            self.failed.emit("" if self._ear.turned else "position_serial_garbage")
        for fix in fixes:
            self.fixed.emit(place_of(fix, PlaceSource.GNSS))

    @Slot()
    def _silent(self) -> None:
        self.failed.emit("position_serial_silent")

    @Slot(QSerialPort.SerialPortError)
    def _error(self, error: QSerialPort.SerialPortError) -> None:
        if error == QSerialPort.SerialPortError.NoError or not self._wanted:
            return
        self._silence.stop()
        self.failed.emit(_CODES.get(error, "position_serial_denied"))
        if not self._retry.isActive():
            # The port may not be closed while it is telling of its error.
            self._retry.start(self._retry_ms)
            self._retry_ms = min(2 * self._retry_ms, RETRY_MAX_MS)


def serial_ports() -> list[tuple[str, str]]:
    """The serial ports the system shows, as path and what is plugged in there; those with a maker first."""
    found = [(one.systemLocation(), one.description()) for one in QSerialPortInfo.availablePorts()]
    return sorted(found, key=lambda port: (not port[1], port[0]))
