"""The thread in the window: a panel that can be walked along, a dialog over a meeting, a page of the whole plan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.tasks import records
from tests.ui import hands, story
from ui.dialogs.thread import ThreadDialog
from ui.lists.rows import Row
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.plan_thread import Step, ThreadPanel
from ui.pages.thread import ThreadPage
from ui.widgets.buttons import Button
from ui.widgets.text import Text


@pytest.fixture
def priority(told: story.Story) -> str:
    """A priority that rests on a figure and an input, and that the activity of the meeting's input answers."""
    desk = told.desk
    measure = records.save(desk, "measure", {"name_km": "កុមារបោះបង់ការសិក្សា", "short": "បោះបង់ការសិក្សា"}).id
    figure = {"measure": measure, "place": "080201", "year": 2022, "sex": "all", "value": "314"}
    why = [records.save(desk, "figure", figure).id, records.find(desk, "input")[0].id]
    values = {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា", "why": " ".join(why)}
    made = records.save(desk, "priority", values).id
    records.save(desk, "activity", {"priority": made}, told.activities[1])
    return made


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # a layout shows what is new in it a moment later
    return "\n".join(text.plain() for text in widget.findChildren(Text) if text.isVisibleTo(widget))


def panel(shown: MainWindow, qtbot: QtBot, id_: str) -> ThreadPanel:
    made = ThreadPanel(shown.context)
    qtbot.addWidget(made)
    made.resize(288, 600)
    made.show_thread(id_)
    made.show()
    return made


def button(inside: QWidget, name: str) -> Button:
    found = inside.findChild(Button, name)
    assert isinstance(found, Button), name
    return found


def test_an_activity_tells_figure_priority_input_follow_up_and_line(
    shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot
) -> None:
    made = panel(shown, qtbot, told.activities[1])
    said = words(made)
    for part in ("មកពីណា", "បោះបង់ការសិក្សា: ៣១៤", "អាទិភាពទី១", "ស្នើបន្ថែមសាលារៀន ៣", "នាំទៅដល់អ្វី",
                 "ចងក្រងបញ្ជីសាលារៀនគោលដៅ", "ជំពូក ២ ល.រ ១៤"):  # fmt: skip
        assert part in said, part
    assert said.index("៣១៤") < said.index("កុមារក្រៅសាលា") < said.index("ជំពូក ២"), "in the order of the story"


def test_each_step_is_one_click(shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot) -> None:
    made = panel(shown, qtbot, told.activities[1])
    said = records.find(told.desk, "input")[0].id
    button(made, f"step_{said}_open").click()
    here = shown.history.current()
    assert here is not None and (here.page, here.record) == ("meeting", told.meeting)
    button(made, f"step_{priority}_open").click()
    here = shown.history.current()
    assert here is not None and (here.page, here.record) == ("plan", told.plan)
    button(made, "thread_whole").click()
    assert isinstance(shown.page(), ThreadPage)


def test_the_panel_can_be_walked_along_and_back_by_keyboard(
    shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot
) -> None:
    made = panel(shown, qtbot, told.activities[1])
    with qtbot.waitActive(made):
        made.activateWindow()
    walk = button(made, f"step_{priority}_walk")
    walk.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert made.at() == priority and "កុមារក្រៅសាលា" in words(made)
    figure = records.find(told.desk, "figure")[0].id
    button(made, f"step_{figure}_walk").setFocus()
    hands.press(Qt.Key.Key_Return)
    assert made.at() == figure and "ទិន្នន័យ" in words(made)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "thread_back"
    hands.press(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert made.at() == priority and focus is not None
    assert focus.objectName() == f"step_{figure}_walk", "one stands where one went on from"
    button(made, "thread_back").setFocus()
    hands.press(Qt.Key.Key_Return)
    assert made.at() == told.activities[1]


def test_a_refresh_keeps_where_one_walked_and_another_line_does_not(
    shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot
) -> None:
    made = panel(shown, qtbot, told.activities[1])
    made.walk(priority)
    step = made.findChild(Step)
    made.show_thread(told.activities[1])
    assert made.at() == priority and made.findChild(Step) is step, "nothing changed, nothing is drawn anew"
    records.save(told.desk, "priority", {"text": "ផ្សេង"}, priority)
    made.show_thread(told.activities[1])
    assert made.at() == priority and "ផ្សេង" in words(made)
    made.show_thread(told.activities[0])
    assert made.at() == told.activities[0]
    made.show_thread(None)
    assert made.findChild(Step) is None or words(made) == ""


def test_what_has_no_thread_says_how_to_tie_it(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    bare = records.save(told.desk, "priority", {"plan": told.plan, "text": "ថ្មី"}).id
    assert "មូលហេតុ" in words(panel(shown, qtbot, bare))
    measure = records.save(told.desk, "measure", {"name_km": "ថ្មី"}).id
    assert "អាទិភាព" in words(panel(shown, qtbot, measure))


def test_in_a_meeting_an_input_shows_its_thread_by_one_key(
    shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot
) -> None:
    said = records.find(told.desk, "input")[0].id
    shown.go(Location("meeting", told.meeting, {"part": "input", "focus": said}))
    page = shown.page()
    assert page is not None
    row = page.findChild(Row, f"row_{said}")
    assert isinstance(row, Row)
    row.setFocus()
    hands.press(Qt.Key.Key_Return, "Ctrl+T")
    dialog = shown.findChild(ThreadDialog)
    assert isinstance(dialog, ThreadDialog) and dialog.isVisible()
    told_there = words(dialog.panel)
    assert "កុមារក្រៅសាលា" in told_there and "យុទ្ធនាការផ្សព្វផ្សាយ" in told_there
    button(dialog.panel, f"step_{told.activities[1]}_open").click()
    assert not dialog.isVisible(), "the way on closes it"
    here = shown.history.current()
    assert here is not None and (here.page, here.record) == ("plan", told.plan)


def test_the_whole_thread_reads_from_the_meeting_to_the_report(
    shown: MainWindow, told: story.Story, priority: str
) -> None:
    report = {"activity": told.activities[1], "year": 2023, "quarter": 2, "status": "on_track", "summary": "សាលា ៣"}
    records.save(told.desk, "progress", report)
    shown.go(Location("thread", told.plan))
    page = shown.page()
    assert isinstance(page, ThreadPage)
    spoken = "\n".join(row.accessibleName() for rows in page._lists for row in rows.findChildren(Row))
    for part in ("ពិនិត្យវឌ្ឍនភាព", "កុមារក្រៅសាលា", "៣១៤", "១.១.២", "ស្នើបន្ថែម", "ចងក្រងបញ្ជី", "សាលា ៣", "តាមផែនការ"):
        assert part in spoken, part
    assert page.breadcrumb()[-1].location == Location("plan", told.plan)


def test_arrows_go_through_the_whole_page_and_enter_leads_on(
    shown: MainWindow, told: story.Story, priority: str, qtbot: QtBot
) -> None:
    shown.go(Location("thread", told.plan))
    rows = sum(len(r.ids()) for r in shown.page()._lists)  # type: ignore[union-attr]
    seen = set()
    for _turn in range(rows):
        focus = QApplication.focusWidget()
        assert isinstance(focus, Row)
        seen.add(focus)
        hands.press(Qt.Key.Key_Down)
    assert len(seen) == rows, "each row once"
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row)
    last = focus.face.id
    hands.press(Qt.Key.Key_Return)
    here = shown.history.current()
    assert here is not None and here.page == "plan"
    shown.back()
    again = QApplication.focusWidget()
    assert isinstance(again, Row) and again.face.id == last, "back stands on the same line"


def test_on_a_large_desk_the_thread_is_read_beside_the_work(
    shown: MainWindow, told: story.Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.thread.AT_ONCE", -1)
    shown.go(Location("thread", told.plan))
    page = shown.page()
    assert isinstance(page, ThreadPage) and not page._lists
    qtbot.waitUntil(lambda: bool(page._lists))
    assert page.heading.plain() == records.title(told.desk, told.plan)
    focus = shown.focusWidget()
    assert focus is not None and page.isAncestorOf(focus), "and one stands in it"


def test_the_thread_of_an_empty_plan_teaches(shown: MainWindow, told: story.Story) -> None:
    plan = {"title": "ថ្មី", "first_year": 2026, "last_year": 2028, "office": "0802"}
    empty = records.save(told.desk, "plan", plan).id
    shown.go(Location("thread", empty))
    page = shown.page()
    assert isinstance(page, ThreadPage) and page.empty.isVisible() and page.empty.button is not None
    hands.press(Qt.Key.Key_Return)
    here = shown.history.current()
    assert here is not None and (here.page, here.record) == ("plan", empty)
