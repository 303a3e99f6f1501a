"""The on-site record (现场笔录) as a PDF: drawn from the sheet alone, the same bytes for the same sheet.

The font is embedded, so that the paper can be read, searched and printed anywhere. Times of making, which
the writer puts in by itself, are set to the end of the visit; the document's id follows from the sheet.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import segno
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, QUrl, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from fieldapp.capture.visit import Paper
from fieldapp.services.visit_paper_text import body_html, footer_text, heading
from fieldapp.ui.fonts import application_font

DPI = 150
_WIDTH, _HEIGHT = 1240, 1754  # A4 at 150 dots an inch
_MARGIN, _FOOT, _QR = 106, 70, 190
_DATES = (
    (re.compile(rb"(?<=Date \(D:)\d{14}(?=Z?\))"), "%Y%m%d%H%M%S"),
    (re.compile(rb"(?<=Date \(D:)\d{14}[+-]\d\d'\d\d(?='?\))"), "%Y%m%d%H%M%S+00'00"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z?[\"<])"), "%Y-%m-%dT%H:%M:%S"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d(?=[\"<])"), "%Y-%m-%dT%H:%M:%S+00:00"),
)
_PICTURE = (270, 108)


def write_paper(paper: Paper) -> bytes:
    """The PDF's bytes. Any thread, with a running Qt application."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(DPI)
    writer.setTitle(heading(paper))
    writer.setCreator("fieldapp")
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), paper.qr.encode()))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    document = _document(paper)
    pages = document.pageCount()
    for page in range(pages):
        if page:
            writer.newPage()
        _draw_page(painter, document, page)
        _draw_foot(painter, footer_text(paper, page + 1, pages))
        if not page:
            _draw_qr(painter, paper.qr)
    painter.end()
    buffer.close()
    return _with_fixed_dates(bytes(buffer.data().data()), paper.sheet.ended_at)


def _document(paper: Paper) -> QTextDocument:
    document = QTextDocument()
    font = _font(22)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    for signer, data in sorted(paper.signatures.items()):
        image = QImage.fromData(data)
        document.addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"signature:{signer}"), image
        )
    document.setHtml(body_html(paper, _PICTURE, _QR + 20))
    document.setPageSize(QSizeF(_WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN - _FOOT))
    return document


def _font(pixels: int) -> QFont:
    """The app's font without local forms: a digit beside a letter is drawn by a glyph that is no character
    of its own, and could be read by eyes alone."""
    font = QFont(application_font())
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("locl"), 0)
    return font


def _draw_page(painter: QPainter, document: QTextDocument, page: int) -> None:
    size = document.pageSize()
    view = QRectF(0, page * size.height(), size.width(), size.height())
    painter.save()
    painter.translate(_MARGIN, _MARGIN - view.top())
    painter.setClipRect(view)
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context.palette = palette
    context.clip = view.adjusted(0, 1, 0, -1)  # a line that only touches the edge is the next page's
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, text: str) -> None:
    painter.setFont(_font(15))
    painter.setPen(QColor("black"))
    painter.drawText(QRectF(_MARGIN, _HEIGHT - _MARGIN - 30, _WIDTH - 2 * _MARGIN, 60), 0, text)


def _draw_qr(painter: QPainter, text: str) -> None:
    """As vectors: sharp at any size, and in front of everything."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=0))
    side = _QR / len(rows)
    left, top = _WIDTH - _MARGIN - _QR, _MARGIN
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(QRectF(left + x * side, top + y * side, side, side), QColor("black"))


def _with_fixed_dates(data: bytes, moment: datetime) -> bytes:
    """The same file with the times of its making set; of the same length, so every offset stays right."""
    for pattern, form in _DATES:
        data = pattern.sub(moment.astimezone(UTC).strftime(form).encode(), data)
    return data
