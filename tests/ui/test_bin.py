"""What was deleted or overwritten comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import press
from ui.dialogs.history import HistoryDialog
from ui.main_window import MainWindow
from ui.widgets.notices import Toast


def test_the_bin_teaches_while_it_is_empty(shown: MainWindow) -> None:
    shown.context.go("bin")
    page = shown.page()
    assert page is not None and page.empty.isVisibleTo(page) and not page.card.isVisibleTo(page)  # type: ignore[attr-defined]


def test_a_meeting_comes_back_with_its_parts(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    desk = told.desk
    gone = records.delete(desk, told.meeting).ids
    records.delete(desk, told.people["partner"])
    shown.context.go("bin")
    back = shown.findChild(QPushButton, f"back_{told.people['partner']}")
    assert back is not None and back.hasFocus(), "the last deleted stands first"
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    press(Qt.Key.Key_Return)
    assert records.bin(desk) == []
    assert len(gone) > 1 and all(not records.get(desk, id_).deleted for id_ in gone)
    assert any("បានយក" in toast.text() for toast in shown.stack.findChildren(Toast))


def history_of(shown: MainWindow, told: story.Story, qtbot: QtBot) -> HistoryDialog:
    shown.context.go("plan", told.plan)
    shown.setFocus()  # on nothing that has a history of its own
    assert shown.actions_.trigger("history")
    dialog = shown.findChild(HistoryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.hasFocus())
    return dialog


def test_every_value_is_there_with_who_and_when(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    records.save(told.desk, "plan", {"title": "ផែនការថ្មី"}, told.plan)
    dialog = history_of(shown, told, qtbot)
    dialog.show_field("title")
    texts = [str(dialog.model.index(n, 0).data()) for n in range(dialog.model.rowCount())]
    assert texts == ["ផែនការថ្មី", "ផែនការកិច្ចការពារកុមារ ២០២៣–២០២៥"]
    assert "សុខ សុភា" in dialog.by.plain() and "ស្រុក" in dialog.by.plain()
    assert not dialog.back_button.isEnabled(), "what stands now need not come back"
    dialog.reject()


def test_back_to_a_value_is_a_change_that_can_be_undone(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    before = records.get(told.desk, told.plan)["title"]
    records.save(told.desk, "plan", {"title": "ផែនការថ្មី"}, told.plan)
    dialog = history_of(shown, told, qtbot)
    dialog.show_field("title")
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.findChild(HistoryDialog) is None)
    assert records.get(told.desk, told.plan)["title"] == before
    assert len([c for c in records.history(told.desk, told.plan) if c.field == "title"]) == 3
    shown.context.undo.undo()
    assert records.get(told.desk, told.plan)["title"] == "ផែនការថ្មី"


def test_pages_without_a_record_have_no_history(shown: MainWindow) -> None:
    shown.context.go("plans")
    assert not shown.actions_.trigger("history")
