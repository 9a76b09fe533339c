"""Everything without a mouse: Tab reaches all and leaves all, the focus is seen, two presses lead to any page."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

import ui
from tests.ui import tour
from tests.ui.hands import press
from ui import theme
from ui.lists.rows import Row
from ui.main_window import MainWindow
from ui.widgets.sheet import SheetView

TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
MOST = 4000  # steps; a sheet is gone through cell by cell


def stops_for_tab(root: QWidget) -> set[QWidget]:
    """What Tab must come to: all that can be seen, may be used and takes the focus by Tab."""
    found = set()
    for one in root.findChildren(QWidget):
        by_tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and one.isVisible() and one.isEnabled() and one.focusProxy() is None and one.window() is root:
            found.add(one)
    return found


def walk(made: MainWindow, key: Qt.Key) -> list[QWidget]:
    """Where the focus goes with one key until it is where it began; a sheet or a list of rows is one place."""
    began = place_of(QApplication.focusWidget())
    seen = [began]
    for _step in range(MOST):
        focus = QApplication.focusWidget()
        assert focus is not None, f"after {seen[-1].objectName()} nothing has the focus"
        if isinstance(focus, SheetView) or (focus.parentWidget() and isinstance(place_of(focus), SheetView)):
            place_of(focus).focusNextPrevChild(key == TAB)  # F6 does: the cells between are the sheet's own matter
            if place_of(QApplication.focusWidget()) is seen[-1]:
                press("F6" if key == TAB else "Shift+F6")
        else:
            QTest.keyClick(focus, key)
        here = place_of(QApplication.focusWidget())
        if here is began:
            return seen
        if here is not seen[-1]:
            seen.append(here)
    raise AssertionError(f"Tab does not come back: {[one.objectName() for one in seen[-6:]]}")


def place_of(widget: QWidget | None) -> QWidget:
    """The stop that the focus stands on: a row stands for its list, the viewport of a sheet for the sheet."""
    assert widget is not None
    if isinstance(widget, Row):
        return widget._rows
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, SheetView):
            return around
        around = around.parentWidget()
    return widget


def jumps(page: QWidget, seen: list[QWidget]) -> list[str]:
    """Where Tab goes up and not to the right, besides once from the end of the page to its beginning."""
    inside = [one for one in seen if page.isAncestorOf(one)]
    at = [(one, one.mapTo(page, QPoint(0, 0))) for one in inside]
    found = []
    for (one, here), (other, there) in zip(at, at[1:] + at[:1], strict=True):
        if there.y() < here.y() - 30 and there.x() < here.x() + one.width() / 2:
            found.append(f"{one.objectName()} to {other.objectName()}")
    return found


def test_each_page_by_tab_by_keys_and_under_the_wheel(demo_desk: Path, qapp: QApplication) -> None:
    """Tab reaches everything and is held nowhere, forwards and back again, in the order in which one reads; keys mean
    one thing; the wheel changes no value.
    """
    with tour.window(demo_desk) as made:
        for stop in tour.stops(made.context.desk):
            page = tour.visit(made, stop)
            seen = walk(made, TAB)
            lost = {one.objectName() for one in stops_for_tab(made) - set(seen)}
            assert not lost, f"{stop.name}: Tab does not come to {lost}"
            assert set(walk(made, BACKTAB)) == set(seen), f"{stop.name}: back is another way than forth"
            assert len(jumps(page, seen)) <= 3, f"{stop.name}: {jumps(page, seen)}"
            assert doubled(made) == [], stop.name
            assert turned(page) == set(), stop.name


def value_of(widget: QWidget) -> object:
    """What the wheel could change."""
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    if isinstance(widget, QAbstractSpinBox | QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QAbstractSlider):
        return widget.value()
    return widget.isChecked() if isinstance(widget, QAbstractButton) else None


KINDS = (QComboBox, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QAbstractSlider, QAbstractButton)


def turned(page: QWidget) -> set[str]:
    """What the wheel changes on that page: it should be nothing."""
    found = set()
    for widget in page.findChildren(QWidget):
        if isinstance(widget, KINDS) and not isinstance(widget, QScrollBar) and widget.isVisible():
            before = value_of(widget)
            for with_focus in (False, True):
                if with_focus:
                    widget.setFocus()
                turn(widget)
            if value_of(widget) != before:
                found.add(widget.objectName())
    return found


def turn(widget: QWidget) -> None:
    """One notch of the wheel over the middle of the widget."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def sort_of(widget: QWidget) -> tuple[object, ...]:
    """What looks alike: class and what the style sheet reads."""
    return (type(widget), *(widget.property(key) for key in ("role", "kind", "state", "tone")))


def changed(one: QImage, other: QImage) -> int:
    """How many pixels differ."""
    if one.size() != other.size():
        return one.width() * one.height()
    made = [
        Image.frombytes("RGBA", (image.width(), image.height()), bytes(image.constBits()))
        for image in (each.convertToFormat(QImage.Format.Format_RGB32) for each in (one, other))
    ]
    counts = ImageChops.difference(*made).convert("RGB").convert("L").histogram()
    return sum(counts[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_on_everything(demo_desk: Path, qapp: QApplication, scheme: str) -> None:
    """With the focus a control looks other than without, by more than the caret of a text box."""
    theme.current().apply(scheme)
    known: set[tuple[object, ...]] = set()
    with tour.window(demo_desk) as made:
        for stop in tour.stops(made.context.desk):
            tour.visit(made, stop)
            for widget in stops_for_tab(made):
                if sort_of(widget) in known or not widget.visibleRegion().boundingRect().height():
                    continue
                known.add(sort_of(widget))
                aside = made.findChild(QWidget, "search" if widget.objectName() != "search" else "commands")
                aside.setFocus()
                without = widget.grab().toImage()
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                differs = changed(without, widget.grab().toImage())
                enough = min(150, (widget.width() + widget.height()) // 2)
                assert differs >= enough, f"{stop.name}: {widget.objectName()} does not show the focus ({differs})"
    assert len(known) > 20


def ways(desk_stops: list[tour.Stop]) -> dict[str, tuple[str, ...]]:
    """The presses that lead to each view from anywhere."""
    views = [stop.name for stop in desk_stops if stop.page == "plan"]
    return {
        "home": ("Ctrl+1",),
        "meetings": ("Ctrl+2",),
        "plans": ("Ctrl+3",),
        "progress": ("Ctrl+4",),
        "figures": ("Ctrl+5",),
        "people": ("Ctrl+6",),
        "exchange": ("Ctrl+7", "Alt+1"),
        "exchange-differences": ("Ctrl+7", "Alt+2"),
        "exchange-send": ("Ctrl+7", "Alt+3"),
        "exchange-offices": ("Ctrl+7", "Alt+4"),
        "checks": ("Ctrl+8",),
        "meeting": ("Ctrl+2", "Return"),
        "live": ("Ctrl+2", "Ctrl+Shift+M"),
        "thread": ("Ctrl+3", "Ctrl+T"),
        "review": ("Ctrl+4", "F5"),
        "papers-letterhead": ("Ctrl+0", "Alt+1"),
        "papers-forms": ("Ctrl+0", "Alt+2"),
        "papers-phrases": ("Ctrl+0", "Alt+3"),
        "papers-registers": ("Ctrl+0", "Alt+4"),
        "audit": ("Ctrl+Shift+A",),
        "bin": ("Ctrl+9",),
        "settings": ("Ctrl+,",),
        "help": ("F1",),
        **{name: ("Ctrl+3", f"Alt+{number}") for number, name in enumerate(views, 1)},
    }


def test_two_presses_lead_to_every_page_and_esc_back(demo_desk: Path, qapp: QApplication) -> None:
    """From anywhere: the first press is one that holds on every page. Esc may first close what stands open there."""
    with tour.window(demo_desk) as made:
        found = tour.stops(made.context.desk)
        known = ways(found)
        general = {key for action in made.actions_.general() for key in action.shortcuts()}
        for before, stop in zip(found[-1:] + found, found, strict=False):
            keys = known[stop.name]
            assert len(keys) <= 2 and keys[0] in general, stop.name
            tour.visit(made, before)
            for key in keys:
                press(key)
                tour.settle(made)
            page = made.page()
            assert page is not None and page.name == stop.page, f"{keys} lead to {page and page.name}, not {stop.name}"
            view = stop.state.get("view") or stop.state.get("section")
            assert view is None or page.state().get("view", page.state().get("section")) == view, stop.name
            for _turn in range(2):
                if made.page() is page and stop.page != before.page:
                    press(Qt.Key.Key_Escape)
                    tour.settle(made)
            assert made.page() is not page or stop.page == before.page, f"Esc stays on {stop.name}"


EDITS = {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End"}
OURS_TOO = {"Ctrl+Z"}  # undo: a text box keeps its own while one types in it


def doubled(made: MainWindow) -> list[str]:
    """Keys that two commands have (Qt does neither then), or with which one writes; every one is a declared one."""
    found, taken = [], {}
    for action in made.actions_.all():
        for key in action.shortcuts():
            name = QKeySequence(key).toString()
            other = taken.setdefault(name, action.id)
            if other != action.id or not name:
                found.append(f"{key} is {other} and {action.id}")
            if name in EDITS - OURS_TOO:
                found.append(f"{action.id} takes {key} from text boxes")
    live = [key.toString() for one in made.findChildren(QAction) for key in one.shortcuts()]
    found += [f"{key} is there twice" for key in sorted(set(live)) if live.count(key) > 1]
    return found + [f"{key} is declared nowhere" for key in sorted(set(live) - set(taken))]


def test_what_the_mouse_can_do_keys_can_do() -> None:
    """A widget of ours that takes the mouse takes keys as well."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if found.name.endswith("__main__"):
            continue
        for name, one in vars(import_module(found.name)).items():
            if not (isinstance(one, type) and issubclass(one, QWidget) and one.__module__ == found.name):
                continue
            mouse = {"mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent"} & set(vars(one))
            native = issubclass(one, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView)
            keys = any("keyPressEvent" in vars(base) for base in one.__mro__ if base.__module__.startswith("ui."))
            assert not mouse or keys or native, f"{found.name}.{name} can be used by the mouse alone"
