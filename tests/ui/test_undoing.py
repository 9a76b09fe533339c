"""Ctrl+Z across fields, rows and pages; from a field to its history, and back to what stood there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.tasks import figures, records
from tests.ui import story
from tests.ui.hands import press, settle, write
from ui.dialogs.history import HistoryDialog
from ui.forms.record_form import RecordForm
from ui.main_window import MainWindow
from ui.widgets.notices import Toast
from ui.widgets.sheet import SheetView

UNDO, REDO, TAB = "Ctrl+Z", "Ctrl+Shift+Z", Qt.Key.Key_Tab


def form_of(shown: MainWindow, told: story.Story) -> RecordForm:
    """The facts of the meeting, in sight."""
    shown.context.go("meeting", told.meeting)
    page = shown.page()
    assert page is not None
    return next(form for form in page.findChildren(RecordForm) if form.kind.name == "meeting")


def typed(form: RecordForm, field: str, text: str) -> None:
    """As a hand does: into the field, all of it replaced, and out of it."""
    form.editors[field].focus()
    press("Ctrl+A")
    write(text)
    press(TAB)


def said(shown: MainWindow) -> str:
    return " ".join(toast.text() for toast in shown.stack.findChildren(Toast))


def value(told: story.Story, field: str) -> object:
    return records.get(told.desk, told.meeting)[field]


def test_undo_goes_from_field_to_field_and_leads_there(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    form = form_of(shown, told)
    before = value(told, "venue"), value(told, "number")
    typed(form, "venue", "សាលប្រជុំថ្មី")
    typed(form, "number", "០៩")
    form.editors["subject"].focus()
    press(UNDO)
    settle(qtbot, shown)
    assert (value(told, "venue"), value(told, "number")) == ("សាលប្រជុំថ្មី", before[1])
    assert form.editors["number"].is_busy() and "លេខ" in said(shown)
    press(UNDO)
    settle(qtbot, shown)
    assert value(told, "venue") == before[0] and form.editors["venue"].is_busy() and "ទីកន្លែង" in said(shown)
    press(REDO, "Ctrl+Y")
    settle(qtbot, shown)
    assert (value(told, "venue"), value(told, "number")) == ("សាលប្រជុំថ្មី", "០៩")
    assert form.editors["number"].is_busy()


def test_a_text_box_first_takes_back_what_was_typed_in_it_and_nothing_is_done_twice(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    form = form_of(shown, told)
    venue, number = value(told, "venue"), value(told, "number")
    typed(form, "number", "៧")
    form.editors["venue"].focus()
    press(Qt.Key.Key_End)
    write(" ជាន់ទី២")
    form.flush()
    assert value(told, "venue") == f"{venue or ''} ជាន់ទី២"
    while form.editors["venue"].value() != venue:
        press(UNDO)  # in the box
    form.flush()
    assert value(told, "venue") == venue and value(told, "number") == "៧"
    press(UNDO)  # the box has nothing more: the page goes on, with the step before
    settle(qtbot, shown)
    assert value(told, "number") == number and value(told, "venue") == venue
    assert not shown.context.undo.can_undo


def test_undo_goes_on_after_other_pages_were_looked_at(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    before = value(told, "venue")
    typed(form_of(shown, told), "venue", "ផ្សេង")
    shown.context.go("plans")
    shown.context.go("home")
    shown.setFocus()
    press(UNDO)
    settle(qtbot, shown)
    assert value(told, "venue") == before
    assert records.title(told.desk, told.meeting) in said(shown), "in which meeting, where none is in sight"


def test_undo_of_a_deleted_row_stands_on_it_and_an_empty_box_is_not_deaf(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    form_of(shown, told)
    desk = told.desk
    row = records.save(desk, "agenda_item", {"meeting": told.meeting, "order": 1024, "title": "ទីមួយ"}).id
    shown.context.undo.delete(row)
    shown.context.touched("agenda_item")
    settle(qtbot, shown)
    line = shown.findChild(QLineEdit, "attendance_add")
    assert line is not None
    line.setFocus()
    press(UNDO)
    settle(qtbot, shown)
    focus = shown.focusWidget()
    assert not records.get(desk, row).deleted and focus is not None and focus.objectName() == f"row_{row}"


def test_a_figure_has_its_history(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    measure = records.save(told.desk, "measure", {"name_km": "បោះបង់ការសិក្សា", "order": 1024}).id
    figures.write(told.desk, [figures.Entry(measure, "080206", 2022, "all", "all", "all", "7")])
    (figure,) = records.find(told.desk, "figure")
    shown.context.go("figures", year=2022, measure=measure, place="080206", sex="all")
    settle(qtbot, shown)
    page = shown.page()
    assert page is not None
    sheet = next(one for one in page.findChildren(SheetView) if one.isVisibleTo(page))
    sheet.setFocus()
    press("Ctrl+H")
    dialog = history(shown, qtbot)
    assert dialog.model.record.id == figure.id and {one.field for one in dialog.model._shown} == {"value"}
    dialog.reject()


def test_what_others_wrote_meanwhile_stays_and_is_said(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    form = form_of(shown, told)
    typed(form, "venue", "ខ្ញុំ")
    records.save(told.desk, "meeting", {"venue": "គេ"}, told.meeting)
    shown.context.touched("meeting")
    settle(qtbot, shown)
    form.editors["subject"].focus()
    press(UNDO)
    settle(qtbot, shown)
    assert value(told, "venue") == "គេ" and "ទីកន្លែង" in said(shown) and not shown.context.undo.can_redo


def test_undo_works_again_after_the_menu_was_open(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    """A command that was greyed in the menu is not deaf for good."""
    form = form_of(shown, told)
    menu = shown.topbar.menu
    shown.actions_.fill(menu)
    menu.aboutToHide.emit()
    typed(form, "venue", "ផ្សេង")
    press(UNDO)
    settle(qtbot, shown)
    assert value(told, "venue") != "ផ្សេង"


def history(shown: MainWindow, qtbot: QtBot) -> HistoryDialog:
    dialog = shown.findChild(HistoryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.hasFocus())
    return dialog


def test_a_key_opens_the_history_of_the_field_and_back_to_this_is_one_step(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    form = form_of(shown, told)
    before = "ក្រុមការងារពិនិត្យផែនការកុមារ"
    records.save(told.desk, "meeting", {"opening": before}, told.meeting)
    records.save(told.desk, "meeting", {"opening": "ក្រុមការងារកែផែនការកុមារ"}, told.meeting)
    form.refresh()
    form.editors["opening"].focus()
    press("Ctrl+H")
    dialog = history(shown, qtbot)
    assert {one.field for one in dialog.model._shown} == {"opening"} and dialog.model.rowCount() == 2
    assert dialog.marked is not None, "what was changed, word by word"
    states = {span.state: span.text for span in dialog.marked.spans}
    assert states["gone"] == "ពិនិត្យ" and states["new"] == "កែ"
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.findChild(HistoryDialog) is None)
    assert value(told, "opening") == before
    shown.activateWindow()
    shown.context.undo.undo()
    assert value(told, "opening") == "ក្រុមការងារកែផែនការកុមារ" and not shown.context.undo.can_undo


def test_a_field_without_history_says_so(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    form = form_of(shown, told)
    form.editors["closing"].focus()
    press("Ctrl+H")
    dialog = history(shown, qtbot)
    assert dialog.model.rowCount() == 0 and dialog.value.plain() and not dialog.back_button.isEnabled()
    dialog.reject()


def test_the_menu_of_a_field_leads_to_its_history(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    form = form_of(shown, told)
    editor = form.editors["venue"]
    menu = QMenu(shown)
    assert editor.more is not None
    editor.more(menu)
    (entry,) = menu.actions()
    assert entry.text().endswith("Ctrl+H")
    entry.trigger()
    dialog = history(shown, qtbot)
    assert dialog._buttons["venue"].isChecked()
    dialog.reject()


def test_a_cell_of_the_matrix_has_its_history_and_leads_on_to_its_plan(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    activity = told.activities[0]
    records.save(told.desk, "activity", {"text": "ប្រែថ្មី"}, activity)
    shown.context.go("plan", told.plan, chosen=activity, column="text")
    settle(qtbot, shown)
    page = shown.page()
    assert page is not None
    sheet = next(one for one in page.findChildren(SheetView) if one.isVisibleTo(page))
    sheet.setFocus()
    press("Ctrl+H")
    dialog = history(shown, qtbot)
    assert dialog.model.record.id == activity and {one.field for one in dialog.model._shown} == {"text"}
    plan = dialog.findChild(QPushButton, "history_of_plan")
    assert plan is not None
    plan.click()
    qtbot.waitUntil(lambda: any(d.model.record.id == told.plan for d in shown.findChildren(HistoryDialog)))
    for one in shown.findChildren(HistoryDialog):
        one.reject()
