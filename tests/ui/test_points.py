"""What is said at a meeting stands under a point of its agenda: chosen by a digit, carried on, shown in the row."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Record, records
from tests.ui import consultation
from tests.ui.consultation import Consultation
from tests.ui.hands import press, window, write
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.meeting import MeetingPage
from ui.pages.meeting_parts.points import PointBox, PointEditor

ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down
Opened = tuple[Consultation, MainWindow, MeetingPage, list[str]]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Opened:
    """The page of the consultation, and the ids of its agenda."""
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    page = go(shown, made.meeting)
    return made, shown, page, page.agenda.rows.ids()


def go(shown: MainWindow, record: str) -> MeetingPage:
    shown.go(Location("meeting", record))
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, MeetingPage)
    return page


def last(made: Consultation, kind: str = "input") -> Record:
    return records.children(made.desk, kind, made.meeting)[-1]


def choice(page: MeetingPage) -> PointEditor:
    assert page.inputs.draft is not None
    editor = page.inputs.draft.editors["agenda_item"]
    assert isinstance(editor, PointEditor)
    return editor


def spoken(page: MeetingPage, id_: str) -> str:
    row = page.findChild(QWidget, f"row_{id_}")
    assert row is not None
    return row.accessibleName()


def test_a_digit_chooses_the_point_and_the_next_lines_stay_under_it(opened: Opened) -> None:
    made, _shown, page, agenda = opened
    before = records.count(made.desk, "input")
    page.inputs.begin()
    press("Shift+Tab")
    write("២")
    assert choice(page).value() == agenda[1]
    assert records.count(made.desk, "input") == before, "a point alone is no input yet"
    for text in ("មតិទី១", "មតិទី២"):
        page.inputs.begin()
        press(TAB)
        write(text)
        press(ENTER)
        assert (last(made)["text"], last(made)["agenda_item"]) == (text, agenda[1])
        assert spoken(page, last(made).id).startswith("៤, ចំណុចទី២" if text == "មតិទី១" else "៥, ចំណុចទី២")
    press("Shift+Tab", "3", ENTER, TAB)
    write("មតិទី៣")
    press(ENTER)
    assert last(made)["agenda_item"] == agenda[2]
    press("Shift+Tab", Qt.Key.Key_Backspace, ENTER, TAB)
    write("មតិទី៤")
    press(ENTER)
    assert last(made)["agenda_item"] is None


def test_arrows_go_through_the_agenda_and_do_not_leave_the_line(opened: Opened) -> None:
    _made, _shown, page, agenda = opened
    page.inputs.begin()
    press("Shift+Tab")
    press(DOWN, times=2)
    assert choice(page).value() == agenda[1]
    press(UP, times=3)
    assert choice(page).value() is None and choice(page).box.hasFocus()


def test_a_point_changed_in_a_line_that_is_already_kept_goes_with_it(opened: Opened) -> None:
    made, _shown, page, agenda = opened
    page.inputs.begin()
    press(TAB)
    write("មតិ")
    assert page.inputs.draft is not None and page.inputs.draft.flush()
    press("Shift+Tab", "Shift+Tab", "4")
    page.leave()
    assert last(made)["agenda_item"] == agenda[3]


def test_the_opened_row_offers_the_whole_words(opened: Opened) -> None:
    made, _shown, page, agenda = opened
    id_ = page.presentations.rows.ids()[0]
    page.presentations.rows.focus(id_)
    press(ENTER)
    box = page.presentations.findChild(QWidget, "open_presentation").findChild(PointBox)  # type: ignore[union-attr]
    assert box is not None
    assert box.itemText(2) == f"២. {consultation.AGENDA[1][0]}" and box.count() == len(agenda) + 1
    press(TAB, TAB, "2", Qt.Key.Key_Escape)
    assert records.get(made.desk, id_)["agenda_item"] == agenda[1]
    assert "ចំណុចទី២" in spoken(page, id_)
    press("Ctrl+Z")
    assert records.get(made.desk, id_)["agenda_item"] is None and "ចំណុច" not in spoken(page, id_)


def test_numbers_follow_the_agenda(opened: Opened) -> None:
    made, _shown, page, agenda = opened
    id_ = page.inputs.rows.ids()[0]
    records.save(made.desk, "input", {"agenda_item": agenda[2]}, id_)
    page.inputs.refresh()
    assert "ចំណុចទី៣" in spoken(page, id_)
    page.agenda.rows.focus(agenda[2])
    press("Alt+Up")
    assert "ចំណុចទី២" in spoken(page, id_) and choice(page).box.itemData(2) == agenda[2]
    press(Qt.Key.Key_Delete)
    assert consultation.AGENDA[2][0] in spoken(page, id_), "a point in the bin is still named"
    assert choice(page).box.findData(agenda[2]) == -1


def test_another_meeting_begins_without_a_point(opened: Opened) -> None:
    made, shown, page, _agenda = opened
    page.inputs.begin()
    press("Shift+Tab", "1")
    bare = records.save(made.desk, "meeting", {"subject": "គ្មានរបៀបវារៈ"}).id
    page = go(shown, bare)
    assert choice(page).value() is None and not choice(page).isVisible(), "nothing to choose from, nothing to see"
    page.agenda.begin()
    write("ផ្សេងៗ")
    press(ENTER)
    assert choice(page).isVisible() and choice(page).box.count() == 2


def test_two_digits_mean_a_point_beyond_nine(qtbot: QtBot) -> None:
    editor = PointEditor("របៀបវារៈ", lambda id_: id_, short=True)
    qtbot.addWidget(editor)
    editor.offer([(f"{n:032x}", f"ទី{n}") for n in range(1, 13)])
    for keys, number in (("12", 12), ("៩", 9)):
        editor.box._typed_at = 0.0  # a while later
        for key in keys:
            QApplication.sendEvent(editor.box, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key))
        assert editor.value() == f"{number:032x}"
    editor.offer([(f"{n:032x}", f"ទី{n}") for n in range(1, 4)])
    assert editor.value() == f"{9:032x}" and editor.box.currentText() == f"{9:032x}", "what is stored stays"
