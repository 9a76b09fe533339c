"""Line icons, tinted by the theme, and the program's own.

One family (Lucide, ISC; the licence lies beside the files in `resources/icons/`), drawn with `currentColor`, so that a
token of the theme can be put in. Rendered once per colour, size and pixel density of the screens.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap

from cpdesk.paths import RESOURCES
from ui import theme, tokens

FOLDER = RESOURCES / "icons"


def icon(name: str, colour: str = "ink", size: int = tokens.ICON, gap: int = 0) -> QIcon:
    """The icon `name` (a file of `resources/icons`) in the theme's `colour`, greyed where its widget is disabled.

    `gap` leaves empty pixels at its right, for buttons, where Qt sets the word too close.
    """
    c = theme.colours()
    return _icon(name, getattr(c, colour), c.faint, size, gap, _densities())


def pixmap(name: str, colour: str = "ink", size: int = tokens.ICON) -> QPixmap:
    """The same as a picture, sharp on the densest screen."""
    return _render(name, getattr(theme.colours(), colour), size, _densities()[-1])


def of_the_program() -> QIcon:
    """The program's own icon, for window, task bar and the file's own look."""
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(RESOURCES / "cpdesk.svg"))
    made = QIcon()
    for size in (16, 24, 32, 48, 128, 256):
        image = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(QPixmap.fromImage(image))
    return made


def _densities() -> tuple[float, ...]:
    return tuple(sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str, size: int, gap: int, densities: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for density in densities:
        made.addPixmap(_render(name, colour, size, density, gap), QIcon.Mode.Normal)
        made.addPixmap(_render(name, faint, size, density, gap), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=1024)
def _render(name: str, colour: str, size: int, density: float, gap: int = 0) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    svg = _source(name).replace(b"currentColor", colour.encode()).replace(b'stroke-width="2"', b'stroke-width="1.75"')
    image = QImage(
        QSize(round((size + gap) * density), round(size * density)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, image.height(), image.height()))
    painter.end()
    image.setDevicePixelRatio(density)
    return QPixmap.fromImage(image)


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()
