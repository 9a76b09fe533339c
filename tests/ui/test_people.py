"""People and bodies: found as one types, kept as typed, with what they said and have to do beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.khmer.masking import masked
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records
from tests.ui import story
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.people import PeoplePage
from ui.widgets.buttons import Button
from ui.widgets.editors.masked import MaskedEditor
from ui.widgets.text import Text


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "people.cpdesk")
    yield made
    made.desk.close()


@pytest.fixture
def shown(told: story.Story, qtbot: QtBot) -> Iterator[MainWindow]:
    made = story.window(told.desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.go(Location("people"))
    yield made
    made.close()


def write(widget: QWidget, text: str) -> None:
    """Type `text` into a widget, one key event for each letter: QTest has no keys for Khmer."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def page_of(window: MainWindow) -> PeoplePage:
    page = window.page()
    assert isinstance(page, PeoplePage)
    return page


def listed(page: PeoplePage) -> list[str]:
    table = page.view().table
    return [str(table.index(row, 0).data()) for row in range(table.rowCount())]


def said_beside(page: PeoplePage, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy())
    qtbot.wait(1)
    side = page.view().side
    labels = [label for label in side.findChildren(QLabel) if label.isVisibleTo(side)]
    return "\n".join(label.plain() if isinstance(label, Text) else label.text() for label in labels)


def phone_of(page: PeoplePage) -> MaskedEditor:
    phone = page.view().side.phone
    assert phone is not None
    return phone


def test_people_stand_with_title_and_short_body(shown: MainWindow) -> None:
    page = page_of(shown)
    assert "លោកជំទាវ ហ៊ុន កុសនី" in listed(page)
    assert len(listed(page)) == 5
    table = page.view().table
    assert "ការិ. អប់រំ" in [table.index(row, 3).data() for row in range(5)]


def test_the_search_finds_inside_names_as_one_types(shown: MainWindow, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.search_line.setFocus()
    write(page.search_line, "សុភា")
    qtbot.waitUntil(lambda: listed(page) == ["លោកស្រី ចាន់ សុភា"], timeout=2000)
    page.search_line.clear()
    write(page.search_line, "zzz")
    qtbot.waitUntil(lambda: listed(page) == [], timeout=2000)
    assert page.view().nothing.isVisible(), "an empty list says what to do"


def test_a_new_person_comes_into_being_with_the_first_words(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    assert shown.actions_.trigger("new")
    side = page.view().side
    assert side.record is None and side.form.record is None
    assert records.count(told.desk, "person") == 5, "nothing is kept before there are words"
    write(side.form.editors["name_km"].control, "ម៉ៅ ពិសី")
    assert side.form.flush()
    assert records.count(told.desk, "person") == 6
    qtbot.waitUntil(lambda: "ម៉ៅ ពិសី" in listed(page), timeout=2000)
    assert page.view().list.current_id() == side.record
    assert shown.actions_.trigger("undo")
    assert records.count(told.desk, "person") == 5
    qtbot.waitUntil(lambda: side.record is None, timeout=2000)
    assert "ម៉ៅ ពិសី" not in listed(page), "the list does not stay with what is gone"
    assert side.form.editors["name_km"].value() is None, "nor does the form"


def test_a_name_is_taken_apart_where_no_title_is_lost(shown: MainWindow, told: story.Story) -> None:
    page = page_of(shown)
    page.open(told.people["vice"])
    form = page.view().side.form
    name, position = form.editors["name_km"], form.editors["position"]

    def typed(text: str) -> tuple[object, ...]:
        name.focus()
        name.control.selectAll()  # type: ignore[attr-defined]
        write(name.control, text)
        position.focus()
        person = records.get(told.desk, told.people["vice"])
        return person["title"], person["name_km"], person["sex"]

    assert typed("លោក សុខ វណ្ណៈ") == ("លោក", "សុខ វណ្ណៈ", "male")
    assert typed("ឯកឧត្តម សុខ វណ្ណា") == ("លោក", "ឯកឧត្តម សុខ វណ្ណា", "male"), "which of two titles holds, a person says"
    records.save(told.desk, "person", {"title": None}, told.people["vice"])
    shown.context.touched("person")
    QApplication.processEvents()
    name.focus()
    position.focus()
    assert records.get(told.desk, told.people["vice"])["name_km"] == "ឯកឧត្តម សុខ វណ្ណា", "nobody typed in it"
    assert typed("ឯកឧត្តម សុខ វណ្ណា ") == ("ឯកឧត្តម", "សុខ វណ្ណា", "male")


def test_a_phone_number_is_covered_until_one_asks(shown: MainWindow, told: story.Story) -> None:
    page = page_of(shown)
    page.open(told.people["chair"])
    phone = phone_of(page)
    assert phone.line.text() == "••• ••• 678" and phone.line.isReadOnly()
    assert phone.value() == "012 345 678", "covered is not lost"
    phone.show_button.click()
    assert phone.line.text() == "012 345 678" and not phone.line.isReadOnly()
    page.open(told.people["vice"])
    assert phone.line.text() == "" and not phone.line.isReadOnly(), "a blank one is typed into at once"
    page.open(told.people["chair"])
    assert phone.line.text() == "••• ••• 678", "another look begins covered"


def test_a_covered_number_is_not_written_over(shown: MainWindow, told: story.Story) -> None:
    page = page_of(shown)
    page.open(told.people["chair"])
    page.leave()
    assert records.get(told.desk, told.people["chair"])["phone"] == "012 345 678"


@given(st.text(alphabet="0123456789០១២៣៤៥៦៧៨៩ +-/", max_size=30))
def test_at_most_three_digits_of_a_number_are_shown(text: str) -> None:
    shown = masked(text)
    assert len(shown) == len(text)
    assert sum(c.isdigit() for c in shown) <= 3


def test_what_a_person_said_and_owes_is_one_click_away(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.open(told.people["partner"])
    page.view().side.parts._buttons["links"].click()
    assert "ស្នើបន្ថែមសាលារៀន ៣" in said_beside(page, qtbot)
    page.open(told.people["teacher"])
    beside = said_beside(page, qtbot)
    assert "ការងារត្រូវធ្វើ · ១" in beside and "ចងក្រងបញ្ជីសាលារៀនគោលដៅ" in beside
    links = [b for b in page.view().side.links.findChildren(Button) if b.isVisibleTo(page)]
    next(b for b in links if b.text() == "បើកកិច្ចប្រជុំ").click()
    there = shown.history.current()
    assert there is not None and (there.page, there.record) == ("meeting", told.meeting)


def test_members_stand_in_the_order_of_their_roles(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.open(told.bodies["committee"])
    assert page.segments.current() == "body"
    page.view().side.show_part("members")
    beside = said_beside(page, qtbot)
    assert "សមាជិក · ៤" in beside and "ប្រធាន · ចាប់ពី ១៥/០១/២០២១" in beside
    names = [line.membership["person"] for line in page.view().side.members.rows]
    assert names[:2] == [told.people["chair"], told.people["vice"]]


def test_a_member_is_added_by_two_letters_and_taken_away(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.open(told.bodies["committee"])
    page.view().side.show_part("members")
    members = page.view().side.members
    members.picker.setFocus()
    write(members.picker, "ម៉ារី")
    assert told.people["partner"] in members.picker.hits()
    members.picker.picked.emit(told.people["partner"])
    qtbot.waitUntil(lambda: len(members.rows) == 5, timeout=2000)
    members.add(told.people["partner"])
    assert records.count(told.desk, "membership", {"body": told.bodies["committee"]}) == 5, "nobody sits there twice"
    next(line for line in members.rows if line.membership["person"] == told.people["partner"]).remove()
    qtbot.waitUntil(lambda: len(members.rows) == 4, timeout=2000)
    page.context.undo.undo()
    assert records.count(told.desk, "membership", {"body": told.bodies["committee"]}) == 5


def test_role_and_days_are_changed_in_the_row(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.open(told.bodies["committee"])
    page.view().side.show_part("members")
    line = page.view().side.members.rows[-1]
    line.toggle()
    assert line._form is not None
    combo = line._form.editors["role"]
    combo.set_value("permanent_member")
    combo._picked(0)  # type: ignore[attr-defined]
    page.leave()
    assert records.get(told.desk, line.membership.id)["role"] == "permanent_member"
    qtbot.wait(5)
    again = next(r for r in page.view().side.members.rows if r.membership.id == line.membership.id)
    assert again.is_open(), "a form that is open stays open"


def test_delete_goes_to_the_bin_and_says_the_way_back(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.open(told.people["partner"])
    assert shown.actions_.trigger("delete")
    assert records.get(told.desk, told.people["partner"]).deleted
    qtbot.waitUntil(lambda: len(listed(page)) == 4, timeout=2000)
    assert shown.actions_.trigger("undo")
    assert not records.get(told.desk, told.people["partner"]).deleted


def test_back_stands_where_one_stood(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = page_of(shown)
    page.show_view("body")
    page.view().choose(told.bodies["unicef"])
    shown.go(Location("plans"))
    shown.back()
    again = page_of(shown)
    assert again.segments.current() == "body"
    assert again.view().side.record == told.bodies["unicef"]


def test_empty_lists_teach(tmp_path: Path, qtbot: QtBot) -> None:
    desk = desks.create(tmp_path / "empty.cpdesk", "0802", "សុខ")
    window = story.window(desk)
    qtbot.addWidget(window)
    window.show()
    window.go(Location("people"))
    page = page_of(window)
    assert page.stack.currentWidget() is page._empties["person"]
    page.show_view("body")
    assert page.stack.currentWidget() is page._empties["body"]
    button = page._empties["body"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.view(), "the form is there to write into"
    assert records.count(desk, "body") == 0
    window.close()
    desk.close()
