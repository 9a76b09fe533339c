"""The page of a meeting: rows, ticks, counts, order, bin and undo, the index, and the page preview."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import language, set_language, using
from cpdesk.tasks import records
from tests.ui import consultation
from tests.ui.consultation import Consultation
from tests.ui.hands import press, settle, window, write
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.meeting import MeetingPage
from ui.widgets.editors import Editor

LATIN = re.compile("[A-Za-z]{2,}")
NOT_OURS = {"Shift", "MB", "USAID", "Ctrl", "Alt", "Down", "Enter", "USB", "PDF", "Excel"}
Opened = tuple[Consultation, MainWindow, MeetingPage]


def go(shown: MainWindow, record: str | None) -> MeetingPage:
    shown.go(Location("meeting", record))
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, MeetingPage)
    return page


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Opened:
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    return made, shown, go(shown, made.meeting)


def holds_focus(widget: QWidget | None) -> bool:
    focus = QApplication.focusWidget()
    return widget is not None and focus is not None and widget.isAncestorOf(focus)


def shown_words(page: QWidget, id_: str) -> str:
    row = page.findChild(QWidget, f"row_{id_}")
    assert row is not None
    return row.accessibleName()


def test_every_part_stands_on_the_page(opened: Opened) -> None:
    made, _shown, page = opened
    counts = [len(section.rows.ids()) for section in page.sections]
    assert counts == [len(consultation.AGENDA), 8, 1, len(consultation.INPUTS), len(consultation.FOLLOW_UPS)]
    assert page.people.counts.text() == "សរុប ៧នាក់ ស្រី ៤នាក់"
    assert page.people.quorum.text() == "កូរ៉ុមគ្រប់ ៧/៧"
    first = records.children(made.desk, "attendance", made.meeting)[0]
    assert "លោកជំទាវ ហ៊ុន កុសនី" in shown_words(page, first.id) and "មានវត្តមាន" in shown_words(page, first.id)


def test_number_keys_tick_who_came_and_the_counts_follow(opened: Opened) -> None:
    made, _shown, page = opened
    rows = [r.id for r in records.children(made.desk, "attendance", made.meeting)]
    page.people.rows.focus(rows[2])
    write("៤")  # a Khmer keyboard types Khmer digits
    assert records.get(made.desk, rows[2])["status"] == "absent"
    assert page.people.counts.text() == "សរុប ៦នាក់ ស្រី ៣នាក់"
    press(Qt.Key.Key_Space)
    assert records.get(made.desk, rows[2])["status"] == "present"
    press(Qt.Key.Key_Down, "3")
    assert records.get(made.desk, rows[3])["status"] == "apology"
    press("Ctrl+Z")
    assert records.get(made.desk, rows[3])["status"] == "late"
    assert QApplication.focusWidget() is page.people.rows.row(rows[3])


def test_who_is_on_the_list_is_not_added_twice(opened: Opened) -> None:
    made, _shown, page = opened
    third = records.children(made.desk, "attendance", made.meeting)[3]
    page.people.set_status(third.id, "absent")
    page.people.add_person(made.people[3])
    assert records.count(made.desk, "attendance") == 8
    assert records.get(made.desk, third.id)["status"] == "present"


def test_rows_move_and_go_to_the_bin_and_come_back(opened: Opened) -> None:
    made, _shown, page = opened
    before = page.agenda.rows.ids()
    page.agenda.rows.focus(before[0])
    press("Alt+Down")
    after = [r.id for r in records.children(made.desk, "agenda_item", made.meeting)]
    assert after == [before[1], before[0], *before[2:]] == page.agenda.rows.ids()
    assert QApplication.focusWidget() is page.agenda.rows.row(before[0])
    press(Qt.Key.Key_Delete)
    assert records.get(made.desk, before[0]).deleted and before[0] not in page.agenda.rows.ids()
    press("Ctrl+Z")
    assert not records.get(made.desk, before[0]).deleted and before[0] in page.agenda.rows.ids()
    press("Ctrl+Z")
    assert page.agenda.rows.ids() == before, "the move is taken back too"
    press("Ctrl+Shift+Z")
    assert page.agenda.rows.ids() == after


def test_the_invited_committee_goes_and_comes_as_one(opened: Opened) -> None:
    made, shown, _page = opened
    meeting = records.save(made.desk, "meeting", {"subject": "លើកទី៧", "organiser": made.committee}).id
    page = go(shown, meeting)
    page.people.invite()
    assert len(page.people.rows.ids()) == len(made.people)
    page.people.rows.focus_row(0)
    press("Ctrl+Z")
    assert page.people.rows.ids() == []
    press("Ctrl+Shift+Z")
    assert len(page.people.rows.ids()) == len(made.people)


def test_the_last_row_can_be_brought_back_from_the_empty_line(opened: Opened) -> None:
    made, _shown, page = opened
    (only,) = page.presentations.rows.ids()
    page.presentations.rows.focus(only)
    press(Qt.Key.Key_Delete)
    assert page.presentations.rows.ids() == []
    press("Ctrl+Z")
    assert page.presentations.rows.ids() == [only]
    assert not records.get(made.desk, only).deleted


def test_escape_closes_the_open_row_and_not_the_page(opened: Opened) -> None:
    made, shown, page = opened
    id_ = page.follow_ups.rows.ids()[0]
    page.follow_ups.rows.focus(id_)
    press(Qt.Key.Key_Return)
    write("សំខាន់៖ ")
    press(Qt.Key.Key_Escape)
    assert shown.page() is page and page.follow_ups.rows.open_id == ""
    assert str(records.get(made.desk, id_)["text"]).startswith("សំខាន់៖ ")
    assert QApplication.focusWidget() is page.follow_ups.rows.row(id_)


def test_what_was_typed_and_not_finished_is_kept_when_one_leaves(opened: Opened) -> None:
    made, shown, page = opened
    page.follow_ups.begin()
    write("រៀបចំសិក្ខាសាលាសមាហរណកម្ម")
    shown.go(Location("meetings"))
    texts = [f["text"] for f in records.children(made.desk, "follow_up", made.meeting)]
    assert texts[-1] == "រៀបចំសិក្ខាសាលាសមាហរណកម្ម"


def test_a_row_is_where_tab_expects_it(opened: Opened) -> None:
    _made, _shown, page = opened
    page.inputs.begin()
    press("Shift+Tab")
    assert page.inputs.draft is not None and holds_focus(page.inputs.draft.editors["agenda_item"])
    press("Shift+Tab")
    assert QApplication.focusWidget() is page.inputs.rows.row(page.inputs.rows.ids()[-1])
    press(Qt.Key.Key_Tab)
    assert holds_focus(page.inputs.draft)


def test_open_follow_ups_of_earlier_meetings_head_the_agenda(opened: Opened) -> None:
    made, shown, page = opened
    head = page.findChild(QWidget, "left_from_before")
    assert head is not None and not head.isVisible()
    later = records.save(made.desk, "meeting", {"subject": "លើកទី៧", "date": "2022-09-30"}).id
    page = go(shown, later)
    assert head.isVisible()
    box = head.findChild(QWidget, f"done_{made.follow_ups[1]}")
    assert box is not None
    box.setFocus()
    press(Qt.Key.Key_Space)
    done = records.get(made.desk, made.follow_ups[1])
    assert (done["state"], done["done_on"]) == ("done", date.today().isoformat())
    assert head.findChild(QWidget, f"tick_{made.follow_ups[0]}") is not None


def test_a_new_meeting_comes_into_being_with_its_first_words(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.people(consultation.empty_desk(tmp_path))
    shown = window(qtbot, made.desk)
    go(shown, None)
    shown.go(Location("meetings"))
    assert records.count(made.desk, "meeting") == 0, "looking at an empty page makes nothing"
    page = go(shown, None)
    page.agenda.begin()
    write("ផ្សេងៗ")
    press(Qt.Key.Key_Return)
    (meeting,) = records.find(made.desk, "meeting")
    assert (meeting["date"], meeting["state"]) == (date.today().isoformat(), "planned")
    here = shown.history.current()
    assert here is not None and here.record == meeting.id == shown.seen[0], "where the next day begins"
    shown.go(Location("meetings"))
    shown.back()
    assert page.record == meeting.id and page.agenda.rows.ids()


def test_the_index_follows_and_jumps(opened: Opened) -> None:
    _made, _shown, page = opened
    assert page.rail.current() == "facts"
    bar = page.area.verticalScrollBar()
    bar.setValue(page.inputs.y())
    assert page.rail.current() == "input"
    page.rail.chosen.emit("follow_up")
    assert abs(bar.value() - page.follow_ups.y()) <= 1
    assert holds_focus(page.follow_ups.draft)


def test_the_page_preview_follows_what_is_typed(qtbot: QtBot, opened: Opened) -> None:
    _made, shown, page = opened
    settle(qtbot, shown, lambda: page.paper.drawn == 1)
    assert page.paper.isVisible() and not page._print.isVisible()
    page.inputs.begin()
    page.context.undo.save("meeting", {"venue": "សាលាស្រុក"}, page.record)
    page.context.touched("meeting")
    settle(qtbot, shown, lambda: page.paper.drawn == 2)
    shown.resize(1024, 600)
    QApplication.processEvents()
    assert not page.paper.isVisible() and page._print.isVisible()


def test_a_long_meeting_makes_no_more_editors(opened: Opened) -> None:
    made, shown, page = opened
    before = len(page.findChildren(Editor))
    guests = [
        ("attendance", {"meeting": made.meeting, "name": f"ភ្ញៀវទី{n}", "order": 99_999 + n, "status": "present"}, None)
        for n in range(120)
    ]
    items = [("agenda_item", {"meeting": made.meeting, "title": f"ទី{n}", "order": 99_999 + n}, None) for n in range(40)]
    records.save_many(made.desk, [*guests, *items])
    go(shown, None)
    page = go(shown, made.meeting)
    assert (len(page.people.rows.ids()), len(page.agenda.rows.ids())) == (128, 44)
    assert len(page.findChildren(Editor)) == before


def test_rows_are_as_tall_as_their_words(opened: Opened) -> None:
    _made, _shown, page = opened
    rows = page.inputs.rows
    long = rows.row(rows.ids()[1])
    assert long is not None
    short = long.height()
    page.context.undo.save("input", {"text": "កុមារងាយរងគ្រោះ " * 60}, long.face.id)
    page.context.touched("input")
    QApplication.processEvents()
    assert long.height() > 3 * short
    last = rows.row(rows.ids()[-1])
    assert last is not None and last.y() == long.y() + long.height() and rows.height() == last.y() + last.height()


def test_the_window_stays_english_while_paper_is_made_in_khmer() -> None:
    set_language("en")
    inside, go_on = threading.Event(), threading.Event()

    def paper() -> None:
        with using("km"):
            inside.set()
            go_on.wait(5)

    thread = threading.Thread(target=paper)
    thread.start()
    inside.wait(5)
    assert language() == "en"
    go_on.set()
    thread.join()


def test_a_day_ahead_is_not_late(opened: Opened) -> None:
    made, _shown, page = opened
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    records.save(made.desk, "follow_up", {"due": tomorrow}, made.follow_ups[0])
    page.follow_ups.refresh()
    assert "ហួស" not in shown_words(page, made.follow_ups[0])
    assert "ហួស" in shown_words(page, made.follow_ups[1])


def words_of(widget: QWidget) -> set[str]:
    """Every word that the widgets inside show, say to a screen reader, or tell in a tip."""
    said: list[str] = []
    for child in widget.findChildren(QWidget):
        said += [child.accessibleName(), child.toolTip()]
        for getter in ("text", "placeholderText"):
            found = getattr(child, getter, None)
            if callable(found) and isinstance(child, QLabel | QAbstractButton | QLineEdit | QPlainTextEdit):
                said.append(str(found()) if not isinstance(child, QLineEdit) or getter != "text" else "")
    return {word for text in said for word in LATIN.findall(text)}


@pytest.mark.parametrize("place", ["home", "meetings", "meeting"])
def test_no_english_in_khmer(opened: Opened, place: str) -> None:
    made, shown, page = opened
    page.inputs.open_row(page.inputs.rows.ids()[0])
    page.people.open_row(page.people.rows.ids()[-1])
    shown.go(Location(place, made.meeting if place == "meeting" else None))
    shown_page = shown.page()
    assert shown_page is not None
    assert words_of(shown_page) - NOT_OURS == set()


def test_another_language_keeps_what_was_typed(qtbot: QtBot, opened: Opened) -> None:
    made, shown, page = opened
    page.follow_ups.begin()
    write("ពង្រឹងសមត្ថភាព")
    shown.use_language("en")
    qtbot.waitUntil(lambda: shown.page() is not page)
    again = shown.page()
    assert isinstance(again, MeetingPage) and again.record == made.meeting
    assert again.people.counts.text() == "Total 7, women 4"
    assert [f["text"] for f in records.children(made.desk, "follow_up", made.meeting)][-1] == "ពង្រឹងសមត្ថភាព"
    again.agenda.begin()
    write("x")
    press(Qt.Key.Key_Return)
    assert len(again.agenda.rows.ids()) == len(consultation.AGENDA) + 1


def test_the_title_before_a_new_name_tells_who_is_a_woman(opened: Opened) -> None:
    made, _shown, page = opened
    page.people.begin()
    write("លោកស្រី កែវ ចន្ទា")
    press(Qt.Key.Key_Return)
    guest = records.children(made.desk, "attendance", made.meeting)[-1]
    assert (guest["title"], guest["name"], guest["sex"]) == ("លោកស្រី", "កែវ ចន្ទា", "female")
    assert page.people.counts.text() == "សរុប ៨នាក់ ស្រី ៥នាក់"
