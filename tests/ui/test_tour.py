"""Five tips beside their controls: by keyboard, in both languages, and once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk import settings
from tests.ui import story
from tests.ui.hands import press, write
from ui import sample
from ui.main_window import MainWindow
from ui.widgets import tour
from ui.widgets.surfaces import PressChip
from ui.widgets.tour import SEEN, Tour, tips

ENTER, RIGHT, LEFT, ESC = Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape


def begun(shown: MainWindow) -> Tour:
    assert shown.actions_.trigger("tips")
    found = shown.findChild(Tour)
    assert found is not None
    return found


def beside(shown: MainWindow, found: Tour) -> None:
    """The tip lies in the window, does not cover what it speaks of, and stands next to it."""
    anchor = found.anchor()
    at = QRect(anchor.mapTo(shown, QPoint(0, 0)), anchor.size())
    assert shown.rect().contains(found.geometry()), found.title.plain()
    assert not found.geometry().intersects(at), found.title.plain()
    near = at.adjusted(-60, -60, 60, 60)
    assert found.geometry().intersects(near), found.title.plain()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_five_tips_stand_beside_their_controls(shown: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    shown.resize(*size)
    found = begun(shown)
    assert len(tips()) == 5 and found.hasFocus()
    titles = []
    for _turn in tips():
        qtbot.waitUntil(lambda: shown.rect().contains(found.geometry()))
        beside(shown, found)
        assert found.text.plain() and found.accessibleName().startswith(found.title.plain())
        titles.append(found.title.plain())
        press(RIGHT)
    assert len(set(titles)) == 5 and shown.findChild(Tour) is None, "after the last one they are gone"


def test_a_control_that_is_scrolled_away_is_not_pointed_at(shown: MainWindow, qtbot: QtBot) -> None:
    found = begun(shown)
    press(RIGHT, RIGHT)
    assert found.anchor().objectName() in ("new_meeting", "start_meeting")
    shown.context.go("help")
    qtbot.waitUntil(lambda: found.anchor().objectName() == "nav_meetings" and found.x() < shown.width() // 2)
    beside(shown, found)
    found.put_away()


def test_keys_go_on_and_back_and_away(shown: MainWindow) -> None:
    home = shown.page()
    shown.context.go("meetings")
    found = begun(shown)
    press(ENTER, RIGHT)
    assert found.at == 2
    press(LEFT)
    assert found.at == 1
    press(LEFT, LEFT, LEFT)
    assert found.at == 0, "before the first there is none"
    press(ESC)
    assert shown.findChild(Tour) is None
    page = shown.page()
    assert page is not None and page.name == "meetings" and page is not home, "Esc puts the tips away, no more"
    focus = QApplication.focusWidget()
    assert focus is not None and page.isAncestorOf(focus), "and the hands are where they were"


def test_they_are_shown_once(shown: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "AFTER_MS", 0)
    tour.offer(shown)
    qtbot.waitUntil(lambda: shown.findChild(Tour) is not None)
    settings.change(font_scale=110)
    press(ESC)
    kept = settings.load()
    assert kept.others[SEEN] is True and kept.font_scale == 110, "other choices stay as they are"
    tour.offer(shown)
    qtbot.wait(30)
    assert shown.findChild(Tour) is None


def test_who_is_typing_already_goes_on_typing(shown: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "AFTER_MS", 0)
    shown.context.go("meeting")
    before = QApplication.focusWidget()
    tour.offer(shown)
    qtbot.waitUntil(lambda: shown.findChild(Tour) is not None)
    write("ប្រជុំ")
    assert QApplication.focusWidget() is before
    found = shown.findChild(Tour)
    assert found is not None and found.isVisible()
    found.put_away()
    assert QApplication.focusWidget() is before


def test_another_language_goes_on_with_the_same_tip(shown: MainWindow, qtbot: QtBot) -> None:
    found = begun(shown)
    press(ENTER, ENTER, ENTER)
    khmer = found.title.plain()
    shown.use_language("en")
    qtbot.waitUntil(lambda: found.title.plain() != khmer)
    assert found.at == 3 and found.title.plain() == "Send and receive by USB stick"
    qtbot.waitUntil(lambda: found.anchor().objectName() == "nav_exchange")
    shown.use_language("km")
    qtbot.waitUntil(lambda: found.title.plain() == khmer)
    found.put_away()


# --- the sample -----------------------------------------------------------------------------------------------------
def test_the_sample_says_so_and_leads_home(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    path = told.desk.path
    sample.mark(shown, path)
    assert shown.sidebar.findChild(PressChip, "desk_mark") is None, "one's own desk bears no mark"
    own = path.with_name("own.cpdesk")
    own.touch()
    sample.made(path, own)
    sample.mark(shown, path)
    wanted: list[str] = []
    shown.context.desk_wanted.connect(wanted.append)
    mark = shown.sidebar.findChild(PressChip, "desk_mark")
    assert mark is not None and mark.text() == "គំរូ"
    QApplication.processEvents()
    mark.setFocus()
    press(ENTER)
    assert wanted == [str(own)]
    shown.use_language("en")
    qtbot.waitUntil(lambda: shown.status.notes().get("sample") == "To my own desk")
    own.unlink()
    assert sample.own_desk(path) is None and sample.is_sample(path), "a desk that is gone is not led to"
