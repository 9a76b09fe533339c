"""Offices for the story of a province: each a desk and a window of its own, and one stick that goes round.

All that a person does goes through keys: `Seat.reach` is Tab until a named place has the focus, as a hand does it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Desk, records
from tests.ui import hands
from tests.ui.hands import press, target, write
from ui import drives
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Page
from ui.pages.exchange import ExchangePage
from ui.pages.plan import PlanPage
from ui.pages.plan_views.matrix import MatrixView

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up
MOST_STOPS = 40


class Volume:
    """A stick, as the system tells of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def isValid(self) -> bool:
        return True

    def isReady(self) -> bool:
        return True

    def isRoot(self) -> bool:
        return False

    def isReadOnly(self) -> bool:
        return False

    def rootPath(self) -> str:
        return str(self._folder)

    def name(self) -> str:
        return "KANDAL"

    def bytesAvailable(self) -> int:
        return 4_000_000_000


class Stick:
    """A folder that the system shows as a stick."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.folder = folder
        system = SimpleNamespace(mountedVolumes=lambda: [Volume(folder)])
        monkeypatch.setattr(drives, "QStorageInfo", system)
        monkeypatch.setattr(drives, "_MEDIA", (f"{folder.parent}/",))

    def names(self) -> set[str]:
        """What lies on it."""
        return {path.name for path in self.folder.iterdir()}


class Seat:
    """An office's laptop: open before a person, or closed while the stick is elsewhere."""

    def __init__(self, qtbot: QtBot, desk: Desk, stick: Stick) -> None:
        self.qtbot, self.desk, self.stick = qtbot, desk, stick
        self.window = hands.window(qtbot, desk)

    def __enter__(self) -> Seat:
        """Sit down before it."""
        self.come_to_front(self.window)
        return self

    def __exit__(self, *_why: object) -> None:
        self.settle()

    def settle(self, also: Callable[[], bool] = lambda: True) -> None:
        """Wait for the worker."""
        hands.settle(self.qtbot, self.window, also)

    def page(self) -> Page:
        found = self.window.page()
        assert found is not None
        return found

    def exchange(self, view: str) -> ExchangePage:
        """To the page on sending and receiving, to one of its views."""
        press("Ctrl+7")
        press(f"Alt+{('receive', 'differences', 'send', 'offices').index(view) + 1}")
        page = self.page()
        assert isinstance(page, ExchangePage) and page.views.current() == view
        return page

    def dialog(self, name: str) -> QDialog:
        """The dialog in front, once it is."""
        self.qtbot.waitUntil(lambda: in_front(self.window, name) is not None, timeout=10_000)
        found = in_front(self.window, name)
        assert found is not None
        self.come_to_front(found)
        return found

    def look_at_paper(self) -> None:
        """The preview that was asked for: wait for its pages, and close it."""
        paper = self.dialog("preview")
        assert isinstance(paper, PreviewDialog)
        self.settle(lambda: bool(paper.pdf))
        press(ESC)
        self.back_to_window()

    def back_to_window(self) -> None:
        """No dialog is open any more: the window has the keys again."""
        self.qtbot.waitUntil(lambda: not [d for d in self.window.findChildren(QDialog) if d.isVisible()])
        self.come_to_front(self.window)

    def come_to_front(self, widget: QWidget) -> None:
        hands.come_to_front(self.qtbot, widget)

    def reach(self, name: str) -> QWidget:
        """Go by Tab to what is called that."""
        return reach(lambda widget: widget.objectName() == name, name)


def in_front(window: MainWindow, name: str) -> QDialog | None:
    return next((one for one in window.findChildren(QDialog, name) if one.isVisible()), None)


def reach(wanted: Callable[[QWidget], bool], name: str) -> QWidget:
    """Press Tab until the wanted place has the focus; every stop on the way can be seen."""
    passed: list[str] = []
    for _stop in range(MOST_STOPS):
        here = QApplication.focusWidget()
        assert here is not None, f"the focus is nowhere, on the way to {name}, after {passed}"
        assert here.isVisible(), f"the focus is on {here.objectName()}, which nobody sees"
        if wanted(here):
            assert here.isEnabled(), f"{name} cannot be pressed"
            return here
        passed.append(here.objectName() or type(here).__name__)
        press(TAB)
    raise AssertionError(f"{name} is not reached by Tab: {passed}")


# --- work of a quarter ----------------------------------------------------------------------------------------------
def record(seat: Seat, code: str, n: int) -> None:
    """A meeting, an activity's progress, a figure."""
    press("Ctrl+1", "Ctrl+N")
    write(f"កិច្ចប្រជុំ {code}")
    press(TAB)
    write("០៥/១១/២០២៥")
    press(TAB)
    press("Ctrl+4")
    press("Ctrl+PgUp", times=2 * n)  # each another quarter
    press(ENTER)
    press("2", TAB)
    write(f"បានអនុវត្តនៅ {code}")
    press(TAB, ESC)
    press("Ctrl+5")
    write(str(40 + n))
    press(ENTER)
    (meeting,) = records.find(seat.desk, "meeting", search=code)
    assert meeting["date"] == "2025-11-05"
    (report,) = records.find(seat.desk, "progress")
    assert (report["status"], report["summary"]) == ("on_track", f"បានអនុវត្តនៅ {code}")
    (figure,) = records.find(seat.desk, "figure")
    assert figure["value"] == str(40 + n)


def walk_to(seat: Seat, activity: str) -> MatrixView:
    """To that line of the plan, by arrows."""
    press("Ctrl+3", ENTER)
    page = seat.page()
    assert isinstance(page, PlanPage)
    view = page.part()
    assert isinstance(view, MatrixView)
    press("Ctrl+Home", Qt.Key.Key_Right)  # the first line, its words
    for _line in range(len(view.model.lines)):
        here = view.current()
        if here is not None and here.id == activity:
            return view
        press(DOWN)
    raise AssertionError(activity)


def rewrite(seat: Seat, activity: str, text: str) -> None:
    walk_to(seat, activity)
    write(text)
    press(ENTER)
    assert records.get(seat.desk, activity)["text"] == text


def put_away(seat: Seat, activity: str) -> None:
    walk_to(seat, activity)
    press("Ctrl+Delete")
    assert records.get(seat.desk, activity).deleted


def hand_in(seat: Seat, to: str) -> Path:
    """Write a package onto the stick."""
    before = seat.stick.names()
    page = seat.exchange("send")
    if page.send.to.currentData() != to:
        box = seat.reach("send_to")
        assert isinstance(box, QComboBox)
        press(Qt.Key.Key_Home)
        for _office in range(box.count()):
            if box.currentData() == to:
                break
            press(DOWN)
        seat.reach("send_write")
    assert page.send.to.currentData() == to
    press(ENTER)
    seat.settle(lambda: bool(page.send.result.text()))
    (name,) = seat.stick.names() - before
    assert name in page.send.result.text()
    assert target() is page.send.write_button, "the hands stay where they were"
    return seat.stick.folder / name
