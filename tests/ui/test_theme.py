"""The tokens can be read, the fonts hold what is written in them, nothing of Khmer is cut."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics, QRawFont
from pytestqt.qtbot import QtBot

from ui import icons, theme, tokens
from ui.widgets.surfaces import Chip
from ui.widgets.text import Text

TALL = "ខ្ញុំស្ត្រីក្រុំឬៀក្ន្រ្យ៉ាំងពួឌ្ឍ"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = []
    for value in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()):
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
@pytest.mark.parametrize(("text", "ground"), tokens.READABLE)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    colours = tokens.SCHEMES[scheme]
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
def test_the_focus_can_be_seen(scheme: str) -> None:
    colours = tokens.SCHEMES[scheme]
    for ground in (colours.card, colours.ground, colours.hover):
        assert contrast(colours.accent, ground) >= 3


def test_the_bundled_fonts_are_the_ones_in_use(qapp: object) -> None:
    assert {tokens.FAMILY, tokens.BRAND_FAMILY} <= set(theme.load_fonts())
    for made in (theme.font(), theme.font(brand=True)):
        raw = QRawFont.fromFont(made)
        assert raw.familyName() == made.families()[0]
        for letter in "កខ្ញុំ០១៩។៕AZaz019-()%«»":
            assert raw.supportsCharacter(ord(letter)), letter
    symbols = QFont(tokens.SYMBOLS_FAMILY)
    raw = QRawFont.fromFont(symbols)
    for letter in "–“”·…→✓▸":
        assert raw.supportsCharacter(ord(letter)), letter


@pytest.mark.parametrize("size", (tokens.SMALL, tokens.TEXT, tokens.TITLE, tokens.HEADING))
@pytest.mark.parametrize("scale", (0.8, 1.0, 1.5, 2.0))
def test_a_line_is_tall_enough_for_stacked_khmer(qapp: object, size: int, scale: float) -> None:
    metrics = QFontMetrics(theme.font(size, scale=scale))
    ink = metrics.tightBoundingRect(TALL)
    assert -ink.top() <= metrics.ascent() + 1
    assert ink.bottom() <= metrics.descent() + 1
    assert metrics.lineSpacing() >= 1.7 * size * scale - 1


@pytest.mark.parametrize("make", (lambda: Text(TALL, wrap=False), lambda: Chip(TALL, "warning")))
def test_labels_leave_room_above_and_below(qtbot: QtBot, make: object) -> None:
    """The ink of the picture does not touch the edge of the label."""
    label = make()  # type: ignore[operator]
    qtbot.addWidget(label)
    label.adjustSize()
    picture = label.grab().toImage()
    ground = picture.pixel(0, picture.height() // 2)
    for y in (0, picture.height() - 1):
        inked = [x for x in range(8, picture.width() - 8) if picture.pixel(x, y) not in (ground, picture.pixel(8, y))]
        assert not inked


def test_every_icon_is_drawn(qapp: object) -> None:
    for path in sorted(icons.FOLDER.glob("*.svg")):
        picture = icons.pixmap(path.stem, "accent").toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height()))
    assert (icons.FOLDER / "LICENSE-lucide.txt").exists()


def test_the_text_grows(qapp: object) -> None:
    before = theme.line_height()
    theme.current().apply("dark", 1.5)
    assert theme.line_height() > before * 1.4
    assert theme.colours() is tokens.DARK
