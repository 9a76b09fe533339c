"""The list of meetings, and the list widget under it, which never reads more than what is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import records
from cpdesk.tasks.undo import Undo
from tests.ui import consultation
from tests.ui.hands import press, settle, window, write
from ui.context import Context
from ui.jobs import Jobs
from ui.lists.record_list import PAGE, Column, RecordTable
from ui.navigation import Location
from ui.pages.meeting import MeetingPage
from ui.pages.meetings import MeetingsPage

MANY = 2 * PAGE + 50


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Context]:
    desk = consultation.empty_desk(tmp_path)
    first = date(2020, 1, 1)
    rows = [
        ("meeting", {"subject": f"លើកទី {n}", "date": (first + timedelta(days=n)).isoformat(), "state": "held"}, None)
        for n in range(MANY)
    ]
    records.save_many(desk, rows)
    context = Context(desk, Jobs(desk.other), Undo(desk))
    yield context
    context.jobs.close()
    desk.close()


def table_of(context: Context) -> RecordTable:
    return RecordTable(context, "meeting", [Column("x", lambda record: record.title)], descending=True)


def test_the_first_page_is_there_at_once_and_the_rest_follows(qtbot: QtBot, many: Context) -> None:
    table = table_of(many)
    with qtbot.waitSignal(table.completed, timeout=10_000):
        table.show()
        assert table.rowCount() == PAGE
        assert table.data(table.index(0, 0)) == f"លើកទី {MANY - 1}"
    assert table.rowCount() == MANY
    assert table.data(table.index(MANY - 1, 0)) == "លើកទី 0"
    assert sorted(table._pages) == [0, 2], "only what was looked at is read"


def test_a_change_elsewhere_keeps_the_place(qtbot: QtBot, many: Context) -> None:
    table = table_of(many)
    with qtbot.waitSignal(table.completed, timeout=10_000):
        table.show()
    third = table.id_at(3)
    assert third is not None
    records.save(many.desk, "meeting", {"subject": "ថ្មី"}, third)
    resets: list[None] = []
    table.modelReset.connect(lambda: resets.append(None))
    with qtbot.waitSignal(table.completed, timeout=10_000):
        table.refresh()
    assert table.data(table.index(3, 0)) == "ថ្មី" and not resets and table.rowCount() == MANY


def test_narrows_as_one_types(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    records.save(made.desk, "meeting", {"subject": "វគ្គបណ្តុះបណ្តាល", "date": "2022-01-01", "state": "planned"})
    shown = window(qtbot, made.desk)
    shown.go(Location("meetings"))
    page = shown.page()
    assert isinstance(page, MeetingsPage) and page.table.rowCount() == 2
    press("Ctrl+F")
    write("បណ្តុះ")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    write("xyz")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
    press("Ctrl+A", Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    page.states.set_current("planned")
    page.refresh()
    assert page.table.rowCount() == 1


def test_enter_opens_and_back_finds_the_row_again(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    shown.go(Location("meetings"))
    page = shown.page()
    assert isinstance(page, MeetingsPage)
    assert QApplication.focusWidget() is page.list
    assert page.delegate.facts(records.get(made.desk, made.meeting)).endswith("សរុប ៧នាក់ ស្រី ៤នាក់")
    press(Qt.Key.Key_Return)
    opened = shown.page()
    assert isinstance(opened, MeetingPage) and opened.record == made.meeting
    shown.back()
    assert shown.page() is page and page.list.current_id() == made.meeting
    settle(qtbot, shown)


def test_delete_puts_a_meeting_into_the_bin_and_undo_brings_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    other = records.save(made.desk, "meeting", {"subject": "វគ្គបណ្តុះបណ្តាល", "date": "2022-01-01", "state": "held"}).id
    shown = window(qtbot, made.desk)
    shown.go(Location("meetings"))
    page = shown.page()
    assert isinstance(page, MeetingsPage) and page.list.current_id() == made.meeting
    press(Qt.Key.Key_Delete)
    assert page.table.ids() == [other] and page.list.current_id() == other
    press("Ctrl+Z")
    assert page.table.rowCount() == 2
    page.filter.setFocus()
    write("វគ្គ")
    press(Qt.Key.Key_Home, Qt.Key.Key_Delete)
    assert records.count(made.desk, "meeting") == 2, "in a line the key takes a letter"
    settle(qtbot, shown)
