"""One frame out of the sink: its JPEG bytes for keeping, and a small picture for looking at.

Safe in any thread. Frames whose bytes lie ready as RGB are read in place; a camera's own JPEG is kept as it
came; everything else (NV12, YUYV, turned frames) goes through Qt's conversion first. That heeds how the
sensor stands, not how the frame is to be presented, so this is done here: both pictures are turned upright,
and only the one that is looked at is mirrored. What is kept shows writing the right way round.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from fieldapp.capture.images.encode import encode_frame
from fieldapp.capture.images.encode_strips import encode_strips
from sync.contract.errors import RetryLater

Pixels = QVideoFrameFormat.PixelFormat

STRIPS = min(4, os.cpu_count() or 1)

_LAYOUTS = {
    Pixels.Format_RGBX8888: ("RGBX", QImage.Format.Format_RGBX8888),
    Pixels.Format_RGBA8888: ("RGBX", QImage.Format.Format_RGBX8888),
    Pixels.Format_BGRX8888: ("BGRX", QImage.Format.Format_RGB32),
    Pixels.Format_BGRA8888: ("BGRX", QImage.Format.Format_RGB32),
}
_START, _END, _TABLES, _SCAN = b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xc4", b"\xff\xda"
_DARK_SIDE = 16
_DARK_MOST = 8


def frame_jpeg(frame: QVideoFrame, run: Executor | None = None) -> bytes:
    """The frame as a JPEG file in full resolution; ``camera_no_frame`` when there is no picture in it.

    With an executor, several threads encode it together.
    """
    with _mapped(frame) as readable:
        if frame.pixelFormat() is Pixels.Format_Jpeg and _is_plain(frame):
            data = _whole_jpeg(bytes(frame.bits(0)))
            if data:
                return data
        layout = _LAYOUTS.get(frame.pixelFormat())
        if readable and layout is not None and _is_plain(frame):
            size = frame.width(), frame.height()
            return _encoded(frame.bits(0), *size, layout[0], frame.bytesPerLine(0), run)
    image = _turned(frame).convertToFormat(QImage.Format.Format_RGB888)
    if image.isNull():
        raise RetryLater("camera_no_frame")
    return _encoded(image.constBits(), image.width(), image.height(), "RGB", image.bytesPerLine(), run)


def frame_picture(frame: QVideoFrame, box: QSize) -> QImage:
    """The frame as it is to be seen, no larger than a box; a null picture when there is none."""
    if not frame.isValid() or box.isEmpty():
        return QImage()
    with _mapped(frame) as readable:
        layout = _LAYOUTS.get(frame.pixelFormat())
        if readable and layout is not None and _is_plain(frame) and not frame.mirrored():
            whole = QImage(frame.bits(0), frame.width(), frame.height(), frame.bytesPerLine(0), layout[1])
            return _fitted(whole, box)
    image = _fitted(_turned(frame), box)
    return image.flipped(Qt.Orientation.Horizontal) if frame.mirrored() else image


def frame_upright(frame: QVideoFrame) -> QImage:
    """The whole frame upright, writing the right way round; ``camera_no_frame`` when there is none."""
    with _mapped(frame) as readable:
        layout = _LAYOUTS.get(frame.pixelFormat())
        if readable and layout is not None and _is_plain(frame):
            size = frame.width(), frame.height()
            return QImage(frame.bits(0), *size, frame.bytesPerLine(0), layout[1]).copy()
    return _turned(frame)


def is_dark(picture: QImage) -> bool:
    """Whether nothing at all can be seen: a covered lens, or a driver that sends empty frames."""
    if picture.isNull():
        return False
    small = picture.scaled(_DARK_SIDE, _DARK_SIDE).convertToFormat(QImage.Format.Format_Grayscale8)
    return max(bytes(small.constBits())) <= _DARK_MOST


def _fitted(image: QImage, box: QSize) -> QImage:
    """Quickly to twice the size, then smoothly: fine grain neither flickers nor takes long."""
    if image.isNull():
        return image
    keep, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
    if image.width() > 2 * box.width() or image.height() > 2 * box.height():
        image = image.scaled(box * 2, keep, mode.FastTransformation)
    return image.scaled(box, keep, mode.SmoothTransformation)


def _encoded(
    data: bytes | bytearray | memoryview,
    width: int,
    height: int,
    layout: str,
    line: int,
    run: Executor | None,
) -> bytes:
    if run is None:
        return encode_frame(data, width, height, layout=layout, bytes_per_line=line)
    return encode_strips(data, width, height, run, layout=layout, bytes_per_line=line, strips=STRIPS)


def _turned(frame: QVideoFrame) -> QImage:
    image = frame.toImage()
    if frame.rotation() is QtVideo.Rotation.None_:
        return image
    return image.transformed(QTransform().rotate(float(frame.rotation().value)))


def _is_plain(frame: QVideoFrame) -> bool:
    described = frame.surfaceFormat()
    return (
        frame.rotation() is QtVideo.Rotation.None_
        and described.rotation() is QtVideo.Rotation.None_
        and not described.isMirrored()
        and described.scanLineDirection() is QVideoFrameFormat.Direction.TopToBottom
    )


def _whole_jpeg(data: bytes) -> bytes:
    """A camera's own JPEG as it came, without padding; "" for one that leaves its tables out."""
    end = data.rfind(_END)
    head = data[: max(0, data.find(_SCAN))]
    return data[: end + 2] if data.startswith(_START) and _TABLES in head and end > 0 else b""


@contextmanager
def _mapped(frame: QVideoFrame) -> Iterator[bool]:
    if not frame.isValid():
        raise RetryLater("camera_no_frame")
    readable = frame.map(QVideoFrame.MapMode.ReadOnly)
    try:
        yield readable
    finally:
        if readable:
            frame.unmap()
