"""Puts the tokens on the application: bundled fonts, Fusion, palette, style sheet.

Fonts are loaded from `fonts/` and nothing is taken from the system, so every machine shows the same Khmer.
Battambang's
own line spacing is 1.8 em, which is what keeps coeng and stacked vowels whole: no style here may set a
fixed text height below it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from cpdesk.paths import FONTS
from ui import tokens
from ui.stylesheet import stylesheet
from ui.tokens import SCHEMES, Colours


class Theme(QObject):
    """The scheme and text scale now in force.

    One per application, made by `install`; `changed` tells open windows to rebuild.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self.scheme = "light"
        self.scale = 1.0

    @property
    def colours(self) -> Colours:
        return SCHEMES[self.scheme]

    def apply(self, scheme: str = "light", scale: float = 1.0) -> None:
        """Use `light` or `dark`, with text `scale` times its normal size (0.8–2.0; outside is clamped)."""
        self.scheme = scheme if scheme in SCHEMES else "light"
        self.scale = min(2.0, max(0.8, scale))
        self._app.setFont(font(scale=self.scale))
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(stylesheet(self.colours, self.scale))
        self.changed.emit()


_theme: Theme | None = None


def install(app: QApplication, scheme: str = "light", scale: float = 1.0) -> Theme:
    """Load the fonts and dress `app`.

    Call once, before the first widget; a second call returns the same theme, applied anew.
    """
    global _theme
    load_fonts()
    if _theme is None:
        app.setStyle("Fusion")
        _theme = Theme(app)
    _theme.apply(scheme, scale)
    return _theme


def current() -> Theme:
    """The installed theme; RuntimeError before `install`."""
    if _theme is None:
        raise RuntimeError("theme.install(app) was not called")
    return _theme


def colours() -> Colours:
    return current().colours


def colour(token: str) -> QColor:
    """The colour of a token of `Colours` in the present scheme."""
    return QColor(getattr(colours(), token))


def scaled(pixels: float) -> int:
    """A size that must grow with the text."""
    return round(pixels * (_theme.scale if _theme else 1.0))


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register every bundled font file; the family names in order of file name."""
    names: list[str] = []
    for path in sorted(FONTS.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        names += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(names))


def font(size: int = tokens.TEXT, *, bold: bool = False, brand: bool = False, scale: float = 1.0) -> QFont:
    """The text font (or the brand font) at `size` pixels times `scale`."""
    made = QFont()
    made.setFamilies([tokens.BRAND_FAMILY if brand else tokens.FAMILY, tokens.FAMILY, tokens.SYMBOLS_FAMILY])
    made.setPixelSize(round(size * scale))
    made.setBold(bold)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


def line_height(size: int = tokens.TEXT) -> int:
    """Pixels that one line of Khmer needs at the present scale so that nothing is cut."""
    return QFontMetrics(font(size, scale=current().scale)).lineSpacing()


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, value in (
        (role.Window, c.ground),
        (role.WindowText, c.ink),
        (role.Base, c.card),
        (role.AlternateBase, c.sunken),
        (role.Text, c.ink),
        (role.Button, c.card),
        (role.ButtonText, c.ink),
        (role.BrightText, c.bad),
        (role.PlaceholderText, c.muted),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.ToolTipBase, c.ink),
        (role.ToolTipText, c.card),
        (role.Light, c.card),
        (role.Midlight, c.hover),
        (role.Mid, c.line),
        (role.Dark, c.edge),
        (role.Shadow, c.edge),
    ):
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.faint))
    return palette
