"""A picture of the window in the help: framed, as wide as there is room, sharp on dense screens, told in words.

The pictures are made in the light scheme with `RATIO` pixels for one of the window's; they stay light in the dark one,
as a sheet of paper does.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme, tokens

RATIO = 1.5
LEAST = 120


class Shot(QLabel):
    """Never wider than it was in the window (with larger text: as much wider), never cut."""

    def __init__(self, file: Path, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"shot_{file.stem}")
        self.setAccessibleName(words)
        self._whole = QPixmap(str(file))
        self._fitted = QPixmap()
        self.setPixmap(QPixmap(1, 1))  # so that a screen reader takes it for a picture; it is painted below
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(theme.scaled(self._whole.width() / RATIO))

    def is_there(self) -> bool:
        return not self._whole.isNull()

    def sizeHint(self) -> QSize:
        wide = self.maximumWidth()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self.heightForWidth(LEAST))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._whole.height() / max(1, self._whole.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        place = QRectF(0.5, 0.5, self.width() - 1, self.heightForWidth(self.width()) - 1)
        wanted = QSize(round(place.width() * ratio), round(place.height() * ratio))
        if self._fitted.size() != wanted:
            self._fitted = self._whole.scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corners.addRoundedRect(place, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setClipPath(corners)
        painter.drawPixmap(place, self._fitted, QRectF(self._fitted.rect()))
        painter.setClipping(False)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawPath(corners)
        painter.end()
