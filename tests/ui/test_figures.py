"""Figures are written like a spreadsheet, mean four things where there is no number, and lead to a priority."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED
from cpdesk.printing.document import Listing
from cpdesk.tasks import Desk, figures, forms, records
from cpdesk.tasks import desk as desks
from tests.ui import hands, story
from tests.ui.hands import press, write
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages import places
from ui.pages.figures import FiguresPage
from ui.pages.figures_parts.measures_dialog import MeasuresDialog
from ui.pages.figures_parts.model import View
from ui.pages.figures_parts.priority_dialog import PriorityDialog
from ui.widgets.sheet import Cell

COMMUNES = ["080201", "080202", "080203", "080204", "080206", "080207", "080208", "080211"]
KOKIR = "080206"
ENTER = Qt.Key.Key_Return


def measure(desk: Desk, name: str, order: int, **more: object) -> str:
    return records.save(desk, "measure", {"name_km": name, "short": name, "order": order, **more}).id


@pytest.fixture
def page(told: story.Story, shown: MainWindow) -> FiguresPage:
    """The page of Kien Svay's figures of 2022: two measures, a rate's base, one commune that has nothing yet."""
    base = measure(told.desk, "កុមារសរុប", 9, sort="population")
    first = measure(told.desk, "បោះបង់សាលា", 1, weight="3", base=base, unit="កុមារ")
    second = measure(told.desk, "ហិង្សា", 2, weight="1", unit="កុមារ")
    entries = [
        figures.Entry(m, place, 2022, "all", "all", "all", text)
        for n, place in enumerate(COMMUNES[:7])
        for m, text in ((first, str(10 + n)), (second, str(20 + n)), (base, "2000"))
    ]
    figures.write(told.desk, entries, source="CDB")
    return opened(shown)


def opened(shown: MainWindow, **state: object) -> FiguresPage:
    shown.go(Location("figures", None, dict(state)))
    QApplication.processEvents()
    found = shown.page()
    assert isinstance(found, FiguresPage)
    if found.grid is not None and found.grid.measures:
        found.sheet.setFocus()
    return found


def cell(page: FiguresPage, place: str, column: int) -> Cell:
    return page.model.cell(page.model.find(place), column)


def kept(page: FiguresPage, place: str, column: int) -> object:
    """What the desk holds for that cell."""
    across = page.model.across(column)
    assert across is not None and page.grid is not None
    return figures.grid(page.context.desk, page.grid.year).value(place, across.measure.id, across.cell)


def test_an_empty_page_teaches_and_begins_with_the_list(told: story.Story, shown: MainWindow) -> None:
    page = opened(shown)
    assert page.stack.currentWidget() is page.empty and page.empty.button is not None
    assert page.empty.button.hasFocus()
    press(ENTER)
    assert page.stack.currentWidget() is page.content and page.sheet.hasFocus()
    assert page.model.rowCount() == 8 and page.model.columnCount() > 20
    press("Ctrl+Z")
    assert records.count(told.desk, "measure") == 0 and page.stack.currentWidget() is page.empty


def test_numbers_are_typed_down_a_column_and_four_states_stay_four(page: FiguresPage) -> None:
    page.sheet.set_current(0, 1)
    for text in ("០", "-", "*", "១.២៣៤"):
        write(text)
        press(ENTER)
    press(Qt.Key.Key_Delete)
    assert [kept(page, place, 1) for place in COMMUNES[:5]] == ["0", NOT_COLLECTED, SUPPRESSED, "1234", None]
    shown = [cell(page, place, 1) for place in COMMUNES[:5]]
    assert [one.text for one in shown] == ["០", "–", "", "១.២៣៤", ""]
    assert [one.look for one in shown] == ["text", "text", "hatch", "text", "text"]
    assert [one.to_copy for one in shown] == ["0", "-", "*", "1234", ""]
    foot = page.model.foot()
    across = page.model.across(1)
    assert across is not None
    assert [row.cells[across.key].text for row in foot] == ["១.២៦៥", "៤/៨"], "0 + 1234 + 15 + 16, of four places"
    press("Ctrl+Z", times=5)
    assert kept(page, COMMUNES[0], 1) == "10" and kept(page, KOKIR, 1) == "14"


def test_what_is_no_figure_is_refused_where_it_stands(page: FiguresPage) -> None:
    page.sheet.set_current(0, 1)
    write("ច្រើន")
    press(ENTER)
    assert page.sheet.is_writing() and kept(page, COMMUNES[0], 1) == "10"
    press(Qt.Key.Key_Escape)
    assert cell(page, COMMUNES[0], 1).text == "១០"


def test_a_block_is_pasted_in_one_step_or_not_at_all(page: FiguresPage) -> None:
    page.sheet.set_current(0, 1)
    QGuiApplication.clipboard().setText("1\t2\n3\tច្រើន\n")
    press("Ctrl+V")
    assert kept(page, COMMUNES[0], 1) == "10", "nothing of it was taken"
    QGuiApplication.clipboard().setText("1\t-\n៣\t4\n")
    page.sheet.set_current(0, 1)
    press("Ctrl+V")
    assert [kept(page, p, c) for p in COMMUNES[:2] for c in (1, 2)] == ["1", NOT_COLLECTED, "3", "4"]
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text().split() == ["1", "-", "3", "4"]
    (new,) = [r for r in records.find(page.context.desk, "figure") if r["value"] == "4"]
    assert new["source"] == "CDB", "what is typed beside figures of a source is of that source"
    press("Ctrl+Z")
    assert [kept(page, p, c) for p in COMMUNES[:2] for c in (1, 2)] == ["10", "20", "11", "21"]


def test_sexes_are_told_apart_and_checked_against_the_total(page: FiguresPage) -> None:
    for sex, text in (("female", "8"), ("male", "9")):
        page.which.sex.set_current(sex)
        page.which.changed.emit()
        page.sheet.setFocus()
        page.sheet.set_current(page.model.find(KOKIR), 1)
        write(text)
        press(ENTER)
    page.which.sex.set_current("all")
    page.which.changed.emit()
    found = cell(page, KOKIR, 1)
    assert found.text == "១៤" and "១៧" in found.problem
    page.choose(KOKIR, page.model.across(1).measure.id)  # type: ignore[union-attr]
    assert "១៧" in page.facts.problem.plain()
    page.sheet.setFocus()
    press(Qt.Key.Key_Delete)
    found = cell(page, KOKIR, 1)
    assert found.text == "១៧" and found.edit == "" and not found.problem, "blank, it is both together"


def test_ages_and_disability_are_columns_of_each_measure(page: FiguresPage) -> None:
    page.which.by.set_current("age_group")
    page.which.changed.emit()
    columns = page.model.columns()
    assert len(columns) == 1 + 3 * 4 and columns[1].group == columns[4].group == "បោះបង់សាលា"
    page.sheet.setFocus()
    page.sheet.set_current(0, 2)
    write("4")
    press(ENTER)
    assert kept(page, COMMUNES[0], 2) == "4"
    page.which.by.set_current("disability")
    page.which.changed.emit()
    assert page.model.columnCount() == 1 + 3 * 2


def test_rates_are_read_only_and_of_the_base(page: FiguresPage) -> None:
    page.which.what.set_current("rates")
    page.which.changed.emit()
    assert page.model.columnCount() == 2, "only what is compared with another measure"
    assert cell(page, KOKIR, 1).text == "០,៧" and cell(page, KOKIR, 1).read_only
    assert page.model.foot()[0].cells[page.model.across(1).key].text == "០,៧"  # type: ignore[union-attr]


def test_what_stands_out_is_counted_and_reached_by_a_key(page: FiguresPage, qtbot: QtBot) -> None:
    page.sheet.set_current(page.model.find(KOKIR), 2)
    write("2600")
    press(ENTER)
    qtbot.waitUntil(lambda: not page.doubts.is_looking())
    assert page.doubts.isVisible() and "១" in page.doubts.text()
    page.sheet.set_current(0, 1)
    press("F8")
    assert page.sheet.current() == (page.model.find(KOKIR), 2)
    assert page.facts.problem.plain()


def test_the_ranking_follows_and_says_why(page: FiguresPage) -> None:
    assert page.ranking is not None and page.ranking.places[0].place == "080208"
    page.sheet.set_current(0, 1)
    write("500")
    press(ENTER)
    assert page.ranking.places[0].place == COMMUNES[0]
    assert page.ranks.why.plain().startswith(page.ranking.names["080202"]), "of the place in hand"
    page.ranks.picked.emit(COMMUNES[0])
    assert page.sheet.current()[0] == 0 and "បោះបង់សាលា" in page.ranks.why.plain()
    assert page.ranks.chart.accessibleDescription().splitlines()[0].startswith(page.ranking.names[COMMUNES[0]])


def test_weights_are_the_committees(page: FiguresPage, told: story.Story, qtbot: QtBot) -> None:
    before = [one.score for one in page.ranking.places] if page.ranking else []
    page.edit_measures("weight")
    dialog = page.window().findChild(MeasuresDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.sheet.hasFocus)
    assert dialog.sheet.current()[1] == 2
    write("៧")
    press(ENTER)
    assert records.find(told.desk, "measure")[0]["weight"] == "7"
    dialog.begin()
    write("សូចនាករថ្មីរបស់យើង")
    press(ENTER)
    assert records.find(told.desk, "measure")[-1]["name_km"] == "សូចនាករថ្មីរបស់យើង"
    dialog.sheet.choose(records.find(told.desk, "measure")[-1].id, "base")
    dialog.sheet.setFocus()
    write("កុមារសរុប")
    press(ENTER)
    assert records.find(told.desk, "measure")[-1]["base"] == records.find(told.desk, "measure")[2].id
    dialog.move_line(-1)
    assert [r["name_km"] for r in records.find(told.desk, "measure")][2] == "សូចនាករថ្មីរបស់យើង"
    dialog.delete()
    assert records.count(told.desk, "measure") == 3
    dialog.accept()
    QApplication.processEvents()
    assert page.ranking is not None and [one.score for one in page.ranking.places] != before


def test_a_figure_becomes_a_priority_of_the_next_plan(page: FiguresPage, told: story.Story) -> None:
    page.sheet.set_current(page.model.find(KOKIR), 2)
    press("Ctrl+E")
    dialog = page.window().findChild(PriorityDialog)
    assert dialog is not None and dialog.isVisible()
    assert dialog.text.plain() == "ហិង្សា" and dialog.plan.currentData() == told.plan
    dialog.text.set_plain("កាត់បន្ថយអំពើហិង្សាលើកុមារ")
    dialog.keep()
    (made,) = records.children(told.desk, "priority", told.plan)
    assert made["text"] == "កាត់បន្ថយអំពើហិង្សាលើកុមារ" and made["places"] == KOKIR and made["reason"]
    across = page.model.across(2)
    assert across is not None and page.grid is not None
    assert page.grid.ids[KOKIR, across.measure.id, across.cell] in made.text("why")
    assert dialog.result() == QDialog.DialogCode.Accepted
    page.refresh()
    assert page.priorities.findChild(type(page.side_button), "make_priority") is page.priorities.make


def test_a_link_to_a_figure_stands_at_its_cell(page: FiguresPage, shown: MainWindow, told: story.Story) -> None:
    across = page.model.across(2)
    assert across is not None and page.grid is not None
    id_ = page.grid.ids[KOKIR, across.measure.id, across.cell]
    page.where.step(1)
    there = places.place(told.desk, records.get(told.desk, id_))
    assert there is not None
    shown.go(there)
    QApplication.processEvents()
    assert page.where.year == 2022 and page.sheet.current() == (page.model.find(KOKIR), 2)


def test_years_are_stepped_through_and_begun(page: FiguresPage) -> None:
    press("Alt+PgDown")
    assert page.where.year == 2023 and cell(page, KOKIR, 1).text == ""
    page.sheet.setFocus()
    page.sheet.set_current(page.model.find(KOKIR), 1)
    write("15")
    press(ENTER)
    assert kept(page, KOKIR, 1) == "15"
    page.sheet.set_current(page.model.find(KOKIR), 1)
    assert page.trend.chart.isVisibleTo(page.trend) and "១៥" in page.trend.chart.accessibleDescription()
    press("Alt+PgUp")
    assert page.where.year == 2022


def test_the_source_is_said_of_all_in_sight(page: FiguresPage, told: story.Story) -> None:
    assert page.source.text() == "CDB"
    page.source.line.setText("មូលដ្ឋានទិន្នន័យឃុំ ២០២២")
    page.source.keep()
    assert {r["source"] for r in records.find(told.desk, "figure")} == {"មូលដ្ឋានទិន្នន័យឃុំ ២០២២"}


def test_it_stands_again_where_it_stood(page: FiguresPage, shown: MainWindow) -> None:
    page.which.set_view(View("female", "", False))
    page.which.changed.emit()
    page.sheet.set_current(3, 2)
    state = page.state()
    page.which.set_view(View())
    page.where.go(year=2020)
    page.refresh()
    page.restore(state)
    assert page.state() == state and page.which.sex.current() == "female"


def test_a_province_sees_its_districts_summed_and_goes_into_one(qtbot: QtBot, tmp_path: Path) -> None:
    desk = desks.create(tmp_path / "08.cpdesk", "08", "សុខ សុភា")
    m = measure(desk, "បោះបង់សាលា", 1, weight="1")
    figures.write(desk, [figures.Entry(m, p, 2022, "all", "all", "all", "5") for p in COMMUNES[:6]])
    window = hands.window(qtbot, desk)
    page = opened(window)
    assert [page.model.rowCount(), cell(page, "0802", 1).text, cell(page, "0802", 1).read_only] == [11, "៣០", True]
    assert cell(page, "0802", 1).note, "six of eight communes"
    page.sheet.set_current(page.model.find("0802"), 1)
    write("7")
    assert not page.sheet.is_writing()
    page.where.go("08*")
    page.where.changed.emit()
    assert page.model.rowCount() == 127 + 11 and page.model.band(0) is not None
    page.restore({"year": 2022, "measure": m, "place": KOKIR, "sex": "all"})
    assert page.where.area == "0802" and page.model.rowCount() == 8
    page.where.step(1)
    page.where.go("08")
    page.refresh()
    assert page.model.rowCount() == 13
    hands.settle(qtbot, window)


def test_a_small_window_keeps_the_sheet(page: FiguresPage, shown: MainWindow, qtbot: QtBot) -> None:
    shown.resize(1024, 600)
    qtbot.waitUntil(lambda: page.side.isHidden())
    assert page.side_button.isVisible() and page.sheet.height() > 180
    page.side_button.click()
    assert page.side.isVisible()


def previewed(page: FiguresPage, qtbot: QtBot) -> PreviewDialog:
    (dialog,) = page.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: dialog.view.is_drawn() and not dialog.context.jobs.is_busy(), timeout=20_000)
    return dialog


def offered(page: FiguresPage) -> list[QAction]:
    """The entries under the button of the profile."""
    page.print_button.click()
    menu = page.findChildren(QMenu, "figures_papers_menu")[-1]
    return [one for one in menu.actions() if not one.isSeparator()]


def test_the_profile_is_previewed(page: FiguresPage, qtbot: QtBot) -> None:
    press("Ctrl+P")
    dialog = previewed(page, qtbot)
    assert len(dialog.view.sheets) >= 2 and page.title() in dialog.windowTitle()
    assert (dialog.paper.form, dialog.paper.id_) == ("vulnerability_profile", "0802/2022")
    dialog.reject()


def test_a_profile_is_for_inside_or_for_the_public(
    page: FiguresPage, told: story.Story, qtbot: QtBot, tmp_path: Path
) -> None:
    page.sheet.set_current(0, 2)
    write("3")
    press(ENTER)
    inside, public, _hidden = offered(page)
    assert inside.text() == "សម្រាប់ផ្ទៃក្នុង៖ តួលេខពិត"
    public.trigger()
    dialog = previewed(page, qtbot)
    assert dialog.paper.id_ == "0802/2022/public" and "សាធារណៈ" in dialog.windowTitle()
    assert records.count(told.desk, "public_copy") == 0, "looking gives nothing out"
    dialog.save(tmp_path / "public.pdf")
    qtbot.waitUntil(lambda: records.count(told.desk, "public_copy") == 1, timeout=20_000)
    qtbot.waitUntil(lambda: not dialog.context.jobs.is_busy(), timeout=20_000)
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    offered(page)[2].trigger()
    dialog = previewed(page, qtbot)
    assert (dialog.paper.form, dialog.paper.id_) == ("hidden_list", "0802/2022")
    (listed,) = forms.documents(told.desk, dialog.paper.form, dialog.paper.id_)
    (table,) = (part for part in listed.parts if isinstance(part, Listing))
    assert "៣" in [cell.text for line in table.lines for cell in line.cells]
    dialog.reject()
