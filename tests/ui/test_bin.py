"""What was deleted or overwritten comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cpdesk.khmer import digits
from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import press, write
from ui.dialogs.history import HistoryDialog
from ui.main_window import MainWindow
from ui.pages.bin import BinPage


def opened(shown: MainWindow) -> BinPage:
    shown.context.go("bin")
    page = shown.page()
    assert isinstance(page, BinPage)
    return page


def titles(page: BinPage) -> list[str]:
    return [str(page.model.index(n, 0).data()) for n in range(page.model.rowCount())]


def test_the_bin_teaches_while_it_is_empty(shown: MainWindow) -> None:
    page = opened(shown)
    assert page.empty.isVisibleTo(page) and not page.list.isVisibleTo(page) and not page.tools.isVisibleTo(page)


def test_a_meeting_comes_back_with_its_parts_and_is_shown_by_one_key(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    desk = told.desk
    gone = records.delete(desk, told.meeting).ids
    records.delete(desk, told.people["partner"])
    page = opened(shown)
    assert page.list.hasFocus() and page.chosen()[0].record.id == told.people["partner"], "the last deleted first"
    assert "សុខ សុភា" in page.model.words(page.chosen()[0])[1]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert records.bin(desk) == []
    assert len(gone) > 1 and all(not records.get(desk, id_).deleted for id_ in gone)
    assert digits.count(len(gone) - 1) in page.told.text()
    press("Ctrl+Return")
    shown_page = shown.page()
    assert shown_page is not None and (shown_page.name, shown_page.record) == ("meeting", told.meeting)


def test_several_come_back_at_once_and_go_again_by_one_undo(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    people = list(told.people.values())[:3]
    for person in people:
        records.delete(told.desk, person)
    page = opened(shown)
    press("Shift+Down", "Shift+Down", Qt.Key.Key_Return)
    assert records.bin(told.desk) == [] and "៣" in page.told.text()
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert {one.id for one in records.bin(told.desk)} == set(people)


def test_a_part_comes_back_into_its_place_with_its_whole(shown: MainWindow, told: story.Story) -> None:
    desk = told.desk
    for order, title in ((1024, "ទីមួយ"), (2048, "ទីពីរ")):
        records.save(desk, "agenda_item", {"meeting": told.meeting, "order": order, "title": title})
    item = records.children(desk, "agenda_item", told.meeting)[0]
    records.delete(desk, item.id)
    records.delete(desk, told.meeting)
    page = opened(shown)
    assert titles(page) == [records.title(desk, told.meeting), item.title]
    press(Qt.Key.Key_Down)
    assert records.title(desk, told.meeting) in page.model.words(page.chosen()[0])[1]
    press(Qt.Key.Key_Return)
    assert [one.title for one in records.children(desk, "agenda_item", told.meeting)] == ["ទីមួយ", "ទីពីរ"]
    assert not records.get(desk, told.meeting).deleted and records.title(desk, told.meeting) in page.told.text()


def test_the_bin_is_narrowed_by_words_and_by_sort(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    records.delete(told.desk, told.meeting)
    records.delete(told.desk, told.people["partner"])
    page = opened(shown)
    name = records.title(told.desk, told.people["partner"])
    page.line.setFocus()
    write(name[:4])
    qtbot.waitUntil(lambda: titles(page) == [name])
    write("ឈឈឈ")
    qtbot.waitUntil(lambda: titles(page) == [])
    assert page.nothing.isVisibleTo(page) and not page.empty.isVisibleTo(page)
    page.line.clear()
    page.families.set_current("meetings")
    page.families.chosen.emit("meetings")
    assert titles(page) == [records.title(told.desk, told.meeting)]


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
