"""The registers on the page of official papers: numbers made void, gaps explained, a year on paper, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.kinds import Value
from cpdesk.tasks import records
from cpdesk.tasks.paperwork import register, series, templates
from tests.printing.reading import squeezed, whole
from tests.ui import hands, story
from tests.ui.hands import press, settle, write
from tests.ui.papers_hands import YEAR, child, drawn, form_of, numbered, page, retype
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.papers_parts import registers
from ui.pages.papers_parts.register_rows import EntryForm, GapForm
from ui.pages.places import place
from ui.widgets.buttons import Button

ENTER = Qt.Key.Key_Return


def test_the_example_follows_the_format(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "registers")
    card = found.registers.series
    assert card.example.plain() == series.Series().shown(1, YEAR)
    retype(card.form.editors["suffix"], "គ.ក.ស.ក")
    qtbot.waitUntil(lambda: card.example.plain().endswith("គ.ក.ស.ក"), timeout=5000)
    assert card.form.editors["format"].value() == "{លេខ}/{ឆ្នាំពីរខ្ទង់} {អក្សរកាត់}"
    retype(card.form.editors["format"], "{អក្សរកាត់}-{លេខ}")
    qtbot.waitUntil(lambda: card.example.plain() == "គ.ក.ស.ក-០០១", timeout=5000)
    assert series.series(told.desk).format == "{suffix}-{number}"
    retype(card.form.editors["format"], "{អក្សរកាត់}")
    qtbot.waitUntil(card.problem.isVisible, timeout=5000)
    assert "{លេខ}" in card.problem.text() and card.example.plain().startswith("០០១/")
    retype(card.form.editors["first"], "45")
    qtbot.waitUntil(lambda: card.example.plain().startswith("០៤៥/"), timeout=5000)


def test_a_number_is_made_void_by_keyboard(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, "a", "b")
    found = page(shown, qtbot, "registers")
    ids = [one.id for one in register.entries(told.desk)]
    assert found.registers.rows.ids() == [ids[1], ids[0]], "the newest first"
    first = found.registers.rows.row(ids[1])
    assert first is not None and first.hasFocus()
    press(Qt.Key.Key_Down, ENTER)
    form = found.registers._form
    assert isinstance(form, EntryForm)
    button = child(form, Button, "entry_void")
    button.setFocus()
    press(ENTER)
    assert form.problem.isVisible() and not register.entries(told.desk)[0].voided, "without a reason it stands"
    form.reason.focus()
    write("បោះពុម្ពខុស")
    button.setFocus()
    press(ENTER)
    entry = register.entries(told.desk)[0]
    assert (entry.voided, entry.reason) == (True, "បោះពុម្ពខុស")
    row = found.registers.rows.row(entry.id)
    assert row is not None and row.hasFocus() and "បោះពុម្ពខុស" in row.face.spoken()
    shown.actions_.trigger("undo")
    qtbot.waitUntil(lambda: "បោះពុម្ពខុស" not in row.face.spoken())
    assert not register.entries(told.desk)[0].voided


def test_a_gap_is_explained_by_keyboard(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, "a")
    series.put_series(told.desk, series.LETTERS, {"first": 9})
    numbered(told.desk, "b")
    found = page(shown, qtbot, "registers")
    press(Qt.Key.Key_Down, ENTER)
    assert isinstance(found.registers._form, GapForm)
    write("ក្នុងសៀវភៅចាស់")
    press(Qt.Key.Key_Escape)
    assert [gap.reason for gap in register.gaps(told.desk)] == ["ក្នុងសៀវភៅចាស់"]
    row = found.registers.rows.row("gap 2")
    assert row is not None and "ក្នុងសៀវភៅចាស់" in row.face.spoken() and row.hasFocus()
    settle(qtbot, shown)


def test_an_entry_leads_to_its_paper_and_its_record(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, told.meeting)
    found = page(shown, qtbot, "registers")
    press(ENTER)
    form = found.registers._form
    assert isinstance(form, EntryForm) and form.paper.hasFocus()
    press(ENTER)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog) and (dialog.paper.form, dialog.paper.id_) == ("invitation", told.meeting)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=10_000)
    settle(qtbot, shown)
    dialog.reject()
    child(form, Button, "entry_record").click()
    here = shown.page()
    assert here is not None and (here.name, here.record) == ("meeting", told.meeting)
    shown.back()
    assert shown.page() is found and found.section() is found.registers
    settle(qtbot, shown)


def test_the_register_is_printed(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, "a")
    page(shown, qtbot, "registers")
    press("Ctrl+P")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog) and dialog.paper.form == "letter_register"
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=10_000)
    assert squeezed("បញ្ជីលេខលិខិត") in whole(dialog.pdf)
    settle(qtbot, shown)
    dialog.reject()


def test_years_are_turned_and_another_register_is_made(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, "a")
    found = page(shown, qtbot, "registers")
    press("Alt+PgUp")
    assert found.registers.year == YEAR - 1 and found.registers.rows.ids() == []
    assert found.registers.nothing.isVisible()
    press("Alt+PgDown")
    assert len(found.registers.rows.ids()) == 1
    shown.actions_.trigger("new_register")
    qtbot.waitUntil(lambda: hands.target().objectName() == "register_name_input")
    write("សេចក្តីសម្រេច")
    press(ENTER)
    assert QApplication.activeModalWidget() is None
    shown.activateWindow()  # a system does so by itself
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.waitUntil(lambda: hands.target().objectName() == "suffix_input")
    assert found.registers.series.key == "សេចក្តីសម្រេច" and found.registers.series.picker.isVisible()
    assert found.registers.rows.ids() == []
    found.forms.choose("minutes")
    press("Alt+2")
    drawn(shown, qtbot)
    assert "series" in form_of(found).editors, "with two registers there is a choice"
    settle(qtbot, shown)


def test_a_double_number_is_told_and_the_checks_lead_here(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, "a", "b")
    first, second = register.entries(told.desk)
    records.save(told.desk, "letter", {"number": first.number, "shown": first.shown}, second.id)
    found = page(shown, qtbot, "registers")
    assert found.registers.doubles.isVisible() and first.shown in found.registers.doubles.text()
    there = place(told.desk, records.get(told.desk, second.id))
    assert there is not None
    shown.go(Location("home"))
    shown.go(there)
    qtbot.waitUntil(lambda: found.registers.rows.open_id == second.id)
    settle(qtbot, shown)


def test_each_record_of_paperwork_has_its_place_on_the_page(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    desk = told.desk
    templates.put_phrase(desk, "agenda", "ក")
    templates.put_paper(desk, "minutes", {"title": "ក"})
    series.put_series(desk, "decisions", {"name": "សេចក្តីសម្រេច"})
    found = page(shown, qtbot)
    wanted: dict[str, tuple[str, Callable[[], Value], str]] = {
        "phrase": ("phrases", lambda: found.phrases.rows.open_id, "agenda"),
        "paper": ("forms", lambda: found.forms.chosen, "minutes"),
        "series": ("registers", lambda: found.registers.series.key, "decisions"),
    }
    for kind, (section, tell, answer) in wanted.items():
        there = place(desk, records.find(desk, kind)[0])
        assert there is not None
        shown.go(there)
        assert shown.page() is found and found.section().key == section
        for _turn in range(20):
            qtbot.wait(20)
        assert tell() == answer
        drawn(shown, qtbot)


def test_a_year_of_many_letters_opens_at_once(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    numbered(told.desk, *(f"x{n}" for n in range(registers.MOST + 20)))
    found = page(shown, qtbot, "registers")
    assert len(found.registers.rows.ids()) == registers.MOST and found.registers.earlier.isVisible()
    found.registers.earlier.click()
    assert len(found.registers.rows.ids()) == registers.MOST + 20 and not found.registers.earlier.isVisible()
    settle(qtbot, shown)
