"""The matrix by keys alone: cells written, pasted from Excel and back, lines chosen and moved, columns put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import plans, records, versions
from tests.ui import story
from tests.ui.hands import press, write
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.plan import PlanPage
from ui.pages.plan_views.matrix import MatrixView

Key = Qt.Key


@pytest.fixture
def view(shown: MainWindow, told: story.Story) -> MatrixView:
    shown.go(Location("plan", told.plan))
    page = shown.page()
    assert isinstance(page, PlanPage)
    found = page.part("matrix")
    assert isinstance(found, MatrixView)
    found.sheet.setFocus()
    return found


def at(view: MatrixView, id_: str, key: str) -> None:
    """Stand on a cell, and call its column up where it is away."""
    view.sheet.show_column(key, True)
    assert view.choose(id_, key)
    view.sheet.setFocus()


def text(view: MatrixView, id_: str, key: str) -> str:
    keys = [column.key for column in view.model.columns()]
    return view.model.cell(view.model.find(id_), keys.index(key)).text


def paste(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    press("Ctrl+V")


def test_a_row_is_filled_in_without_the_mouse(view: MatrixView, told: story.Story) -> None:
    first = told.activities[2]
    at(view, first, "quarters.2025")
    write("១,៤")
    press(Key.Key_Return)
    at(view, first, "investment")
    press(Key.Key_F2)
    box = view.sheet.box()
    assert box is not None and box.list.isVisible(), "the choices are shown"
    box.selectAll()
    write("កំពុង")
    press(Key.Key_Down, Key.Key_Return)
    at(view, first, "budget.2024.un")
    write("$250")
    press(Key.Key_Return)
    record = records.get(told.desk, first)
    assert record.text("year_quarters").endswith("2025Q1 2025Q4") and record["investment"] == "ongoing"
    assert text(view, first, "budget.2024.un") == "$២៥០"
    words = view.model.foot()
    assert len(words) == 3, "where there are dollars, riel and dollars are told apart"


def test_a_block_from_excel_is_one_step(view: MatrixView, told: story.Story) -> None:
    at(view, told.activities[2], "budget.2023.state")
    view.sheet.show_column("budget.2023.sub_national", True)
    paste("1,000,000\t$20\r\n២.០០០.០០០ ៛\t\r\n")
    assert text(view, told.activities[2], "budget.2023.state") == "១.០០០.០០០ ៛"
    assert text(view, told.activities[2], "budget.2023.sub_national") == "$២០"
    assert text(view, told.activities[3], "budget.2023.state") == "២.០០០.០០០ ៛", "over the heading between them"
    assert view.context.undo.can_undo
    press("Ctrl+Z")
    view.context.touched()
    QApplication.processEvents()
    assert text(view, told.activities[2], "budget.2023.state") == ""
    assert records.count(told.desk, "budget_line") == 0
    press("Ctrl+Shift+Z")
    QApplication.processEvents()
    assert text(view, told.activities[3], "budget.2023.state") == "២.០០០.០០០ ៛"


def test_a_paste_that_cannot_be_read_changes_nothing(view: MatrixView, told: story.Story) -> None:
    at(view, told.activities[0], "target.2023")
    paste("12\r\nមិនដឹង\r\n")
    assert records.count(told.desk, "target") == 0 and not view.context.undo.can_undo
    here = view.current()
    assert here is not None and here.id == told.activities[1], "one stands on what was refused"


def test_what_is_copied_is_what_a_spreadsheet_takes(view: MatrixView, told: story.Story) -> None:
    first = told.activities[0]
    records.save(told.desk, "activity", {"text": 'ពីរ\nបន្ទាត់ "នេះ"'}, first)
    at(view, first, "budget.2023.state")
    write("1500000")
    press(Key.Key_Return)
    view.read()
    at(view, first, "budget.2023.state")
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text().strip() == "1500000", "a bare number, so that Excel reckons with it"
    at(view, first, "text")
    press("Ctrl+C")
    copied = QGuiApplication.clipboard().text().replace("\r\n", "\n")
    assert copied == '"ពីរ\nបន្ទាត់ ""នេះ"""\n'
    at(view, told.activities[1], "text")
    press("Ctrl+V")
    assert records.get(told.desk, told.activities[1])["text"] == 'ពីរ\nបន្ទាត់ "នេះ"'


def test_all_of_the_matrix_comes_back_as_it_was_copied(view: MatrixView, told: story.Story) -> None:
    view.sheet.show_columns([column.key for column in view.model.columns()], True)
    matrix_before = [(r.id, r.values, r.text) for r in view.model.lines]
    view.sheet.go(0, 0)
    press("Ctrl+A", "Ctrl+C", "Ctrl+V")
    assert [(r.id, r.values, r.text) for r in view.model.lines] == matrix_before
    assert not view.context.undo.can_undo, "nothing was changed, so there is nothing to take back"


def test_rows_behind_the_last_become_new_activities(view: MatrixView, told: story.Story) -> None:
    last = told.activities[-1]
    at(view, last, "text")
    paste("ជំនួស\tUNICEF\r\nថ្មីមួយ\tការិ. អប់រំ\r\nថ្មីពីរ\t\r\n")
    found = plans.activities(told.desk, told.plan)
    assert [a.text("text") for a in found[-3:]] == ["ជំនួស", "ថ្មីមួយ", "ថ្មីពីរ"]
    assert found[-2]["responsible"] == told.bodies["school"] and found[-2]["output"] == found[-3]["output"]
    view.context.undo.undo()
    assert len(plans.activities(told.desk, told.plan)) == len(told.activities), "all of it is one step"


def test_lines_pasted_into_a_new_heading_are_its_words(view: MatrixView, told: story.Story) -> None:
    view.begin_line("objective")
    paste("កុមារទាំងអស់\r\nមានសុវត្ថិភាព")
    press(Key.Key_Return)
    assert "កុមារទាំងអស់ មានសុវត្ថិភាព" in [one["text"] for one in records.find(told.desk, "objective")]


def test_a_cell_that_cannot_be_read_stops_the_lines_pasted_into_a_new_one(view: MatrixView, told: story.Story) -> None:
    view.begin_line("activity")
    paste("ថ្មីមួយ\r\n\tការិ. អប់រំ\r\n")
    box = view.sheet.box()
    assert box is not None and box.accessibleDescription(), "it stays open and says why"
    assert len(plans.activities(told.desk, told.plan)) == len(told.activities), "nothing was changed"
    press(Key.Key_Escape)


def test_fill_down_writes_the_same_into_the_chosen_lines(view: MatrixView, told: story.Story) -> None:
    at(view, told.activities[0], "responsible")
    press("Shift+Down", "Shift+Down", "Ctrl+D")
    assert {records.get(told.desk, id_)["responsible"] for id_ in told.activities[:3]} == {told.bodies["social"]}
    view.context.undo.undo()
    assert records.get(told.desk, told.activities[1])["responsible"] == told.bodies["school"]


def test_chosen_lines_are_moved_and_put_away_together(view: MatrixView, told: story.Story) -> None:
    first, second, third, *_rest = told.activities
    at(view, first, "text")
    press("Shift+Down", "Alt+Down")
    assert [a.id for a in plans.activities(told.desk, told.plan)][:3] == [third, first, second]
    assert [row.id for row in view.chosen_lines()] == [first, second], "they stay chosen"
    press("Ctrl+Delete")
    assert len(plans.activities(told.desk, told.plan)) == len(told.activities) - 2
    view.context.undo.undo()
    assert len(plans.activities(told.desk, told.plan)) == len(told.activities), "one step"


def test_escape_leaves_the_cell_and_not_the_page(view: MatrixView, shown: MainWindow, told: story.Story) -> None:
    view.begin_line("activity")
    write("មិនយកទេ")
    press(Key.Key_Escape)
    assert shown.page() is not None and isinstance(shown.page(), PlanPage)
    assert not view.sheet.is_writing() and all(row.id for row in view.model.lines)


def test_the_sum_of_a_year_opens_its_sources(view: MatrixView, told: story.Story) -> None:
    at(view, told.activities[0], "budget.2024")
    press(Key.Key_F2)
    at_now = view.sheet.current()[1]
    assert view.model.columns()[at_now].key == "budget.2024.state"
    assert {f"budget.2024.{source}" for source in ("state", "un", "donor")} <= {
        view.model.columns()[n].key for n in view.sheet.columns.order
    }


def test_columns_that_were_put_away_stay_away(view: MatrixView, shown: MainWindow, told: story.Story) -> None:
    view.sheet.show_column("places", False)
    shown.rebuild()
    page = shown.page()
    assert isinstance(page, PlanPage)
    again = page.part("matrix")
    assert isinstance(again, MatrixView)
    assert "places" in again.sheet.hidden_keys()


def test_an_approved_plan_opens_its_next_version_and_says_so(
    view: MatrixView, shown: MainWindow, told: story.Story
) -> None:
    undo = view.context.undo
    versions.submit(undo, told.plan)
    versions.approve(undo, told.plan, told.people["chair"], "2022-12-20")
    said: list[str] = []
    view.context.said.connect(lambda words, _tone: said.append(words))
    view.context.touched("plan")
    QApplication.processEvents()
    before = records.get(told.desk, told.plan)
    assert before["state"] == "approved"
    at(view, told.activities[0], "group")
    write("កុមារ")
    press(Key.Key_Return)
    QApplication.processEvents()
    after = records.get(told.desk, told.plan)
    assert after["state"] == "draft" and after["version"] == int(str(before["version"])) + 1
    assert len(said) == 1 and "ជំនាន់" in said[0]
    at(view, told.activities[1], "group")
    write("កុមារ")
    press(Key.Key_Return)
    QApplication.processEvents()
    assert len(said) == 1, "once"


def test_the_views_are_turned_by_keys(view: MatrixView, shown: MainWindow) -> None:
    page = shown.page()
    assert isinstance(page, PlanPage)
    for number, spec in enumerate(page.specs, 1):
        press(f"Alt+{number}")
        assert page.views.current() == spec.name and page.stack.currentWidget() is page.part()
    shown.go(Location("plans"))
    shown.back()
    assert page.views.current() == page.specs[-1].name, "back stands in the same view"


def test_a_typed_word_is_kept_when_one_leaves_the_page(view: MatrixView, shown: MainWindow, told: story.Story) -> None:
    at(view, told.activities[0], "group")
    write("កុមារក្រីក្រ")
    shown.go(Location("plans"))
    assert records.get(told.desk, told.activities[0])["group"] == "កុមារក្រីក្រ"


def test_a_desk_changed_elsewhere_is_read_again(view: MatrixView, told: story.Story, qtbot: QtBot) -> None:
    at(view, told.activities[0], "group")
    write("ក")
    press(Key.Key_Return)
    records.save(told.desk, "activity", {"group": "ខ"}, told.activities[1])
    view.context.touched("activity")
    qtbot.waitUntil(lambda: text(view, told.activities[1], "group") == "ខ")
