"""Room for every word: on every page, in both languages, on small and large screens, with small and large letters.

Khmer needs the whole line height of its font, or a subscript or a stacked vowel is cut; what cannot stand whole is
shortened with … and told whole in its tool tip; nothing lies over its neighbour or beyond the window.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from cpdesk import i18n
from tests.ui import tour
from ui import theme
from ui.chrome.sidebar import NavButton
from ui.chrome.topbar import SearchBox
from ui.main_window import MainWindow
from ui.widgets.notices import Toast
from ui.widgets.surfaces import Chip
from ui.widgets.text import ElidedText, Text
from ui.widgets.tips import untipped

SMALL, USUAL, LARGE = (1024, 600), (1366, 768), (3840, 2160)
AIR = 1  # pixel that rounding may take
# Letters of 200 % are for screens from 1366 on: on 1024 × 600 a word of the sidebar would fill a third of the page.
EVERYWHERE = [(SMALL, 1.0), (SMALL, 1.5), *product((USUAL, LARGE), (1.0, 1.5, 2.0))]


def where(widget: QWidget) -> str:
    """For the message of a test that fails."""
    up: QWidget | None = widget
    names = []
    while up is not None:
        names.append(up.objectName() or type(up).__name__)
        up = up.parentWidget()
    return " < ".join(names[:6])


def too_small(widget: QWidget) -> str:
    """Why the words of that widget have no room; "" where they have."""
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, NavButton | SearchBox):
        return ""  # they draw themselves, and shorten what they draw
    metrics = widget.fontMetrics()
    line = metrics.lineSpacing()
    if isinstance(widget, QPushButton) and widget.text():
        lines = widget.text().count("\n") + 1
        if widget.height() < line * lines:
            return f"{widget.height()} px high for {lines} lines of {line}"
        need = metrics.horizontalAdvance(max(widget.text().replace("&&", "&").splitlines(), key=len))
        need += 0 if widget.icon().isNull() else widget.iconSize().width() + 4
        if widget.width() + AIR < need and not widget.toolTip():
            return f"{widget.width()} px wide for {need}: {widget.text()}"
    if isinstance(widget, QLineEdit | QComboBox) and widget.height() < line:
        return f"{widget.height()} px high for a line of {line}"
    if isinstance(widget, QPlainTextEdit) and widget.viewport().height() + 2 * AIR < line:
        return f"{widget.viewport().height()} px high for a line of {line}"
    if isinstance(widget, QHeaderView) and widget.height() + AIR < line:
        return f"{widget.height()} px high for a line of {line}"
    return ""


def _label(label: QLabel) -> str:
    text = label.text()
    if not text or (label.height() == 0 and not label.wordWrap()):
        return ""
    metrics, room = label.fontMetrics(), label.contentsRect()
    if isinstance(label, ElidedText):
        if room.height() + AIR < metrics.lineSpacing():
            return f"{room.height()} px high for a line of {metrics.lineSpacing()}: {text}"
        told = text in (label.shown(), untipped(label.toolTip()))
        return "" if told else f"shortened without a tool tip: {text}"
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        return f"{label.height()} px high for {need}: {text}" if label.height() + AIR < need else ""
    lines = text.split("\n")
    wide = max(metrics.horizontalAdvance(one) for one in lines)
    if room.height() + AIR < metrics.lineSpacing() * len(lines):
        return f"{room.height()} px high for {len(lines)} lines of {metrics.lineSpacing()}: {text}"
    told = isinstance(label, Text | Chip) and bool(label.toolTip())
    return f"{room.width()} px wide for {wide}: {text}" if room.width() + AIR < wide and not told else ""


def beyond(widget: QWidget) -> str:
    """How far a widget with words stands out of the one it is in."""
    around = widget.parentWidget()
    if around is None or isinstance(around, QScrollArea) or isinstance(around.parentWidget(), QAbstractScrollArea):
        return ""
    out = widget.geometry().right() - around.rect().right()
    low = widget.geometry().bottom() - around.rect().bottom()
    return f"{out} px too far to the right" if out > AIR else f"{low} px too low" if low > AIR else ""


def overlaps(holder: QWidget) -> Iterator[str]:
    """Neighbours of one layout that lie over each other."""
    layout = holder.layout()
    if layout is not None:
        shown = list(_laid_out(layout))
        for one, other in combinations(shown, 2):
            over = one.geometry().intersected(other.geometry())
            if over.width() > AIR and over.height() > AIR:
                yield f"{where(one)} lies over {where(other)}"


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        widget, inner = item.widget(), item.layout()
        if widget is not None and widget.isVisible():
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


WORDS = (QLabel, QPushButton, QLineEdit, QComboBox, QPlainTextEdit, QHeaderView)


def faults(made: MainWindow, page: QWidget) -> list[str]:
    """What has no room in the window now."""
    found = []
    made.grab()  # what is shortened is known once it was painted
    for widget in made.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, Toast) or widget.window() is not made:
            continue
        if isinstance(widget, WORDS):
            why = too_small(widget) or beyond(widget)
            if why:
                found.append(f"{where(widget)}: {why}")
        if isinstance(widget, QScrollArea) and widget.widget() is not None and _only_down(widget):
            over = widget.widget().width() - widget.viewport().width()
            if over > AIR:
                found.append(f"{where(widget)}: {over} px wider than what is seen of it")
        found += overlaps(widget)
    across = QRect(page.mapTo(made, page.rect().topLeft()), page.size())
    if across.right() > made.width() or across.bottom() > made.height():
        found.append(f"the page is {across}, the window {made.size()}")
    return found


def _only_down(area: QScrollArea) -> bool:
    return area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def on_every_page(desk: Path, lang: str, size: tuple[int, int], scale: float) -> list[str]:
    """All that has no room anywhere."""
    i18n.set_language(lang)
    theme.current().apply(scale=scale)
    found = []
    with tour.window(desk, size) as made:
        for stop in tour.stops(made.context.desk):
            page = tour.visit(made, stop)
            found += [f"{stop.name}: {fault}" for fault in faults(made, page)]
            if (made.width(), made.height()) != size:
                found.append(f"{stop.name}: the window grew from {size} to {made.size().toTuple()}")
                made.resize(*size)
    return found


@pytest.mark.parametrize(("size", "scale"), [(SMALL, 1.5), (USUAL, 1.0)])
def test_nothing_is_clipped(demo_desk: Path, qapp: QApplication, size: tuple[int, int], scale: float) -> None:
    found = on_every_page(demo_desk, "km", size, scale)
    assert not found, "\n".join(found)


@pytest.mark.skipif(not os.environ.get("CPDESK_LONG_TESTS"), reason="every size of everything takes minutes")
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize(("size", "scale"), EVERYWHERE)
def test_nothing_is_clipped_anywhere(
    demo_desk: Path, qapp: QApplication, lang: str, size: tuple[int, int], scale: float
) -> None:
    found = on_every_page(demo_desk, lang, size, scale)
    assert not found, "\n".join(found)
