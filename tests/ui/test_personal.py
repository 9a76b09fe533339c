"""What the office has on a person, in the window: covered, shown for a while, told, put right, and removed for good."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import settings
from cpdesk.khmer.digits import to_ascii
from cpdesk.records.officers import OFFICER
from cpdesk.store import wiping, writer
from cpdesk.tasks import backups, personal, records
from tests.ui import story
from tests.ui.hands import settle
from ui.dialogs.history import HistoryDialog
from ui.dialogs.personal import PersonalData
from ui.dialogs.personal_phones import PhonePurpose
from ui.dialogs.personal_remove import RemovePerson
from ui.dialogs.personal_unneeded import Unused
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.people import PeoplePage
from ui.widgets.buttons import Button
from ui.widgets.editors.masked import MaskedEditor
from ui.widgets.text import Text

NUMBER = "012 345 678"


def page_on(window: MainWindow, qtbot: QtBot, person: str) -> PeoplePage:
    window.go(Location("people", person))
    page = window.page()
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.view().side.record == person)
    return page


def rest(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.context.jobs.is_busy(), timeout=10_000)
    QApplication.processEvents()


def words_in(widget: QWidget) -> str:
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.plain() if isinstance(label, Text) else label.text() for label in labels)


def data_of(window: MainWindow, qtbot: QtBot, person: str) -> PersonalData:
    page = page_on(window, qtbot, person)
    assert window.actions_.trigger("personal")
    dialog = page.view().side.shown
    rest(window, qtbot)
    return dialog


# --- covered ----------------------------------------------------------------------------------------------------------
def test_a_number_that_was_shown_covers_itself(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    phone = page_on(shown, qtbot, told.people["chair"]).view().side.phone
    assert isinstance(phone, MaskedEditor)
    phone.show_button.click()
    assert phone.line.text() == NUMBER and phone.timer.isActive() and phone.timer.interval() <= 30_000
    phone.timer.timeout.emit()
    assert phone.line.text() == "••• ••• 678" and not phone.timer.isActive()
    phone.show_button.click()
    QTest.keyClick(phone.line, Qt.Key.Key_9)
    phone.timer.timeout.emit()
    assert "9" in phone.line.text() and "•" not in phone.line.text(), "who types is not interrupted"


def test_who_may_only_read_finds_no_way_to_uncover_it(told: story.Story, qtbot: QtBot) -> None:
    desk = told.desk
    desk.who = writer.save(desk, OFFICER, {"name": "ចាន់ ធារ៉ា", "reader": True}).id
    window = story.window(desk)
    qtbot.addWidget(window)
    window.show()
    phone = page_on(window, qtbot, told.people["chair"]).view().side.phone
    assert isinstance(phone, MaskedEditor) and not phone.show_button.isVisibleTo(window)
    phone.toggle()
    assert phone.line.text() == "••• ••• 678"
    settle(qtbot, window)


def test_no_list_history_or_palette_tells_the_number(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    who = told.people["chair"]
    records.save(told.desk, "person", {"phone": "011 222 345"}, who)
    page = page_on(shown, qtbot, who)
    page.search_line.setText("222 345")
    page._search()
    table = page.view().table
    cells = [str(table.index(row, n).data()) for row in range(table.rowCount()) for n in range(len(table.columns))]
    assert cells and not any("222" in to_ascii(cell) for cell in cells)
    dialog = HistoryDialog(shown.context, who, "phone", shown)
    qtbot.addWidget(dialog)
    dialog.show()
    listed = [str(dialog.model.index(row, 0).data()) for row in range(dialog.model.rowCount())]
    assert listed == ["••• ••• 345", "••• ••• 678"]
    assert "222" not in words_in(dialog) and "012" not in words_in(dialog), "nor what was changed in it"
    shown.actions_.trigger("search")
    palette = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "palette" and w.isVisible())
    palette.line.setText("222 345")  # type: ignore[attr-defined]
    rest(shown, qtbot)
    assert "011" not in words_in(palette)
    palette.close()
    dialog.close()


PAGES = ("home", "meetings", "people", "checks", "exchange", "papers", "bin")


def test_no_page_tells_a_number(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    """The chair, whose number the desk has, is on lists, in a meeting and in a committee."""
    places = [Location(name) for name in PAGES]
    places += [Location("meeting", told.meeting), Location("live", told.meeting), Location("plan", told.plan)]
    places += [Location("people", told.people["chair"]), Location("people", told.bodies["committee"])]
    for place in places:
        shown.go(place)
        rest(shown, qtbot)
        words = words_in(shown) + "".join(line.text() for line in shown.findChildren(QLineEdit))
        assert NUMBER.replace(" ", "") not in to_ascii(words).replace(" ", ""), place


def test_numbers_are_printed_whole_once_somebody_says_what_for(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    page = page_on(shown, qtbot, told.people["chair"])
    assert shown.actions_.trigger("phones")
    asked = page.asked
    assert isinstance(asked, PhonePurpose) and not asked.yes.isEnabled()
    asked.purpose.setText("អញ្ជើញប្រជុំ")
    assert asked.yes.isEnabled()
    asked.yes.click()
    preview = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "preview" and w.isVisible())
    assert preview.paper.choices.phones == "អញ្ជើញប្រជុំ"  # type: ignore[attr-defined]
    rest(shown, qtbot)
    preview.close()


def test_so_are_those_of_an_attendance_sheet(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    shown.go(Location("meeting", told.meeting))
    assert shown.actions_.trigger("print_phones")
    asked = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PhonePurpose) and w.isVisible())
    assert (asked.paper.form, asked.paper.id_) == ("attendance", told.meeting)
    asked.reject()
    rest(shown, qtbot)


# --- told and put right -----------------------------------------------------------------------------------------------
def test_all_that_is_kept_is_told_and_leads_to_where_it_stands(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    who = told.people["secretary"]
    dialog = data_of(shown, qtbot, who)
    words = words_in(dialog)
    assert "សមាជិកគណៈកម្មាធិការ" in words and "មន្ត្រីផែនការ" in words and "លេខាធិការ" in words
    seat = records.find(told.desk, "membership", {"person": who})[0]
    step = dialog.findChild(QWidget, f"personal_{seat.id}")
    assert step is not None
    dialog.go(told.meeting)
    qtbot.waitUntil(lambda: shown.history.current() == Location("meeting", told.meeting))
    dialog = data_of(shown, qtbot, who)
    dialog.correct()
    page = shown.page()
    assert isinstance(page, PeoplePage) and page.view().side.record == who
    assert page.view().side.form.isVisibleTo(page)


def test_what_the_person_says_is_kept_with_it(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    who = told.people["vice"]
    dialog = data_of(shown, qtbot, who)
    dialog.form.editors["objection"].set_value("តួនាទីនេះមិនត្រឹមត្រូវទេ")
    dialog.form._dirty.add("objection")
    dialog.accept()
    assert records.get(told.desk, who)["objection"] == "តួនាទីនេះមិនត្រឹមត្រូវទេ"
    assert shown.context.undo.undo()
    assert records.get(told.desk, who)["objection"] is None


# --- removed ----------------------------------------------------------------------------------------------------------
def asked_to_remove(window: MainWindow, qtbot: QtBot, person: str) -> RemovePerson:
    dialog = data_of(window, qtbot, person)
    dialog.remove()
    rest(window, qtbot)
    return dialog.asked


def test_nothing_goes_before_the_word_is_typed(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    who = told.people["partner"]
    asked = asked_to_remove(shown, qtbot, who)
    assert not asked.yes.isEnabled() and "លុប" in words_in(asked)
    asked.word.setText("លប់")
    assert not asked.yes.isEnabled()
    asked.word.setText(" លុប ")
    assert asked.yes.isEnabled()
    asked.reject()
    assert records.get(told.desk, who)["name_km"] == "លី ម៉ារីណា"


def test_a_person_is_removed_and_the_window_goes_on(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    desk, who = told.desk, told.people["secretary"]
    shown.context.undo.save("person", {"position": "អតីត"}, who)
    copy = backups.make(desk).file
    asked = asked_to_remove(shown, qtbot, who)
    assert copy.name in words_in(asked)
    asked.copies.setChecked(True)
    asked.word.setText("លុប")
    asked.yes.click()
    rest(shown, qtbot)
    assert records.get(desk, who).removed and not copy.exists()
    assert not wiping.owed(desk.db), "the window's own connection does not stand in the way"
    assert shown.context.undo.undo() is None, "nothing of them is left to take back"
    page = shown.page()
    assert isinstance(page, PeoplePage) and page.view().side.record != who
    for spec in ("home", "people", "bin", "meetings", "checks"):
        shown.go(Location(spec))
        rest(shown, qtbot)
    shown.go(Location("meeting", told.meeting))
    rest(shown, qtbot)
    shown.actions_.trigger("search")
    palette = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "palette" and w.isVisible())
    rest(shown, qtbot)
    assert "ចាន់ សុភា" not in words_in(palette)
    palette.close()


def test_what_cannot_be_removed_says_why(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    who = told.people["chair"]
    writer.save(told.desk, OFFICER, {"name": "ហ៊ុន កុសនី", "officer": True, "person": who})
    asked = asked_to_remove(shown, qtbot, who)
    assert "ហ៊ុន កុសនី" in words_in(asked) and not asked.word.isVisibleTo(asked)
    asked.word.setText("លុប")
    assert not asked.yes.isEnabled()
    asked.reject()


# --- needed no more ---------------------------------------------------------------------------------------------------
def test_people_who_are_needed_no_more_are_looked_at_and_removed(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    desk = told.desk
    people = [records.save(desk, "person", {"name_km": name}).id for name in ("កែវ ចាន់ថា", "ហេង សុខុម")]
    year = date.today().year - 9
    desk.db.execute("UPDATE op SET hlc = hlc - ? WHERE record IN (?, ?)", [
        (9 * 366 * 86_400_000) << 16, *(bytes.fromhex(id_) for id_ in people)
    ])  # fmt: skip
    assert [one.used.year <= year for one in personal.unneeded(desk)] == [True, True]
    page = page_on(shown, qtbot, told.people["chair"])
    assert shown.actions_.trigger("unneeded")
    dialog = page.unused
    assert isinstance(dialog, Unused)
    rest(shown, qtbot)
    assert set(dialog.ticks) == set(people) and not dialog.yes.isEnabled()
    dialog.years._buttons["10"].click()
    rest(shown, qtbot)
    assert dialog.ticks == {} and settings.load().retention_years == 10
    dialog.years._buttons["5"].click()
    rest(shown, qtbot)
    for tick in dialog.ticks.values():
        tick.setChecked(True)
    dialog.yes.click()
    asked = dialog.asked
    rest(shown, qtbot)
    asked.word.setText("លុប")
    asked.yes.click()
    rest(shown, qtbot)
    assert all(records.get(desk, id_).removed for id_ in people) and dialog.ticks == {}
    dialog.accept()


# --- by keys ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [PersonalData, RemovePerson, Unused, PhonePurpose])
def test_tab_reaches_and_leaves_everything(shown: MainWindow, told: story.Story, qtbot: QtBot, make: type) -> None:
    from ui.lists.printing import list_paper

    who = told.people["partner"]
    args: dict[type, tuple[object, ...]] = {
        PersonalData: (who,), RemovePerson: ((who,),), Unused: (), PhonePurpose: (list_paper("person"),),
    }  # fmt: skip
    dialog = make(shown.context, *args[make], shown)
    qtbot.addWidget(dialog)
    dialog.open()
    rest(shown, qtbot)
    wanted = {
        one.objectName()
        for one in dialog.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled() and not one.focusProxy()
    }
    seen: set[str] = set()
    for _step in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None and focus.window() is dialog
        seen.add(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    segments = {one.objectName() for one in dialog.findChildren(Button) if one.property("kind") == "segment"}
    assert wanted - segments <= seen and (not segments or segments & seen), "the arrows go from one to the next"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
