"""Finished pages as pictures.

pypdfium2 is not made for two threads at once (it crashes), so `page_sizes` and `page_image` are called in the worker
only (see `ui.jobs`); the window's thread paints pictures.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

POINTS_PER_INCH = 72
# The paper is white in the dark too, and so are the colours of the pen on it.
MARKER, CHOSEN, CHOSEN_EDGE = QColor("#fff3a3"), QColor("#ffc766"), QColor("#b54708")
one_at_a_time = threading.Lock()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    import pypdfium2

    with one_at_a_time, pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_image(pdf: bytes, number: int, width: int) -> QImage:
    """Page `number` (from 0) as a picture `width` pixels wide, on white."""
    import pypdfium2

    with one_at_a_time, pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        page = document[number]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        try:
            form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}.get(bitmap.n_channels)
            data = bytes(bitmap.buffer)
            made = QImage(data, bitmap.width, bitmap.height, bitmap.stride, form or QImage.Format.Format_Grayscale8)
            return made.copy()  # the picture must own its bytes
        finally:
            bitmap.close()
            page.close()


class Sheet(QWidget):
    """One page on the desk: white, with a thin edge, in the shape of the paper. `show_image` fills it."""

    def __init__(self, name: str = "sheet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._ratio = 297 / 210
        self._pixmap = QPixmap()
        self._marks: Sequence[QRectF] = ()
        self._chosen: Sequence[QRectF] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_shape(self, width: float, height: float) -> None:
        """The page's size in any unit."""
        ratio = height / width if width else self._ratio
        if ratio != self._ratio:
            self._ratio = ratio
            self.updateGeometry()

    def show_image(self, image: QImage) -> None:
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def clear(self) -> None:
        self._pixmap = QPixmap()
        self.update()

    def mark(self, found: Sequence[QRectF], chosen: Sequence[QRectF] = ()) -> None:
        """Show places that were found, in parts of the page's width and height, and among them the one looked at."""
        self._marks, self._chosen = found, chosen
        self.update()

    def has_image(self, width: int) -> bool:
        """Whether it holds a picture of that many pixels in width."""
        return self._pixmap.width() == width

    def wanted_width(self) -> int:
        """Pixels of the screen that the page is wide."""
        return max(1, round((self.width() - 2) * self.devicePixelRatio()))

    def heightForWidth(self, width: int) -> int:
        return round(width * self._ratio)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._pixmap.isNull():
            painter.drawPixmap(QRectF(self.rect().adjusted(1, 1, -1, -1)), self._pixmap, QRectF(self._pixmap.rect()))
        self._paint_marks(painter)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        """As a marker pen does: the letters stay black. A frame tells the chosen one without its colour."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(MARKER)
        for place in self._marks:
            painter.drawRect(self._on_page(place))
        painter.setPen(QPen(CHOSEN_EDGE, 2))
        painter.setBrush(CHOSEN)
        for place in self._chosen:
            painter.drawRect(self._on_page(place))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _on_page(self, place: QRectF) -> QRectF:
        wide, high = self.width(), self.height()
        return QRectF(place.x() * wide, place.y() * high, place.width() * wide, place.height() * high)
