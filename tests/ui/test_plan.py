"""A plan is written in its table: by keys, in place, and what was said leads to each line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import using
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, plans, records
from cpdesk.tasks.matrix import Row, number
from tests.ui import story
from tests.ui.hands import read, settle
from ui.lists import plan_rows
from ui.main_window import MainWindow
from ui.navigation import Location, ScrollPage
from ui.pages.exchange import ExchangePage
from ui.pages.plan import PlanPage, span
from ui.pages.plan_views.matrix import MatrixView
from ui.pages.plans import PlansPage
from ui.registry import PageSpec
from ui.widgets.buttons import Button
from ui.widgets.sheet import Cell, paint
from ui.widgets.text import Text


class MeetingSpot(ScrollPage):
    """Stands where the page of a meeting is, to see that one comes there."""

    name = "meeting"

    def title(self) -> str:
        return records.get(self.context.desk, str(self.record)).title


SPECS = (
    PageSpec("plans", lambda: "ផែនការ", "list-tree", "ui.pages.plans:PlansPage"),
    PageSpec("plan", lambda: "ផែនការ", "list-tree", "ui.pages.plan:PlanPage", place="inner", under="plans"),
    PageSpec("meeting", lambda: "កិច្ចប្រជុំ", "calendar-days", MeetingSpot, place="inner"),
)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "plan.cpdesk")
    yield made
    made.desk.close()


@pytest.fixture
def shown(told: story.Story, qtbot: QtBot) -> Iterator[MainWindow]:
    made = story.window(told.desk, SPECS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.go(Location("plan", told.plan))
    yield made
    made.close()


def page_of(window: MainWindow) -> PlanPage:
    page = window.page()
    assert isinstance(page, PlanPage)
    return page


def view_of(window: MainWindow) -> MatrixView:
    """The matrix of the plan in sight."""
    view = page_of(window).part("matrix")
    assert isinstance(view, MatrixView)
    return view


def codes(view: MatrixView) -> list[str]:
    return [number(row.code) for row in view.model.lines]


def texts(view: MatrixView) -> list[str]:
    return [row.text for row in view.model.lines]


def cell(view: MatrixView, id_: str, key: str) -> Cell:
    keys = [column.key for column in view.model.columns()]
    return view.model.cell(view.model.find(id_), keys.index(key))


def words(widget: QWidget) -> str:
    """All that stands in a widget, as a person reads it."""
    QApplication.processEvents()  # what was just added is shown by the next turn of the loop
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.plain() if isinstance(label, Text) else label.text() for label in labels)


def write(
    qtbot: QtBot, view: MatrixView, text: str, key: Qt.Key | None = Qt.Key.Key_Return, ctrl: bool = False
) -> None:
    """Type into the open cell and leave it with `key`."""
    editor = view.sheet.box()
    assert editor is not None, "no cell is open for writing"
    editor.selectAll()
    editor.insertPlainText(text)
    if key is not None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(editor, key, held)
    QApplication.processEvents()


def test_bands_and_lines_bear_the_numbers_that_people_say(shown: MainWindow) -> None:
    view = view_of(shown)
    assert codes(view) == [
        "១", "១.១", "១.១.១", "១.១.២", "១.១.៣", "១.២", "១.២.១", "១.២.២", "២", "២.១", "២.១.១", "២.១.២",
    ]  # fmt: skip
    assert plan_rows.heading(view.model.lines[0]).startswith("គោលបំណង ១ · កាត់បន្ថយ")
    with using("en"):
        assert number(view.model.lines[2].code) == "1.1.1"


def test_cells_say_what_officials_say(shown: MainWindow, told: story.Story) -> None:
    view, first = view_of(shown), told.activities[0]
    assert cell(view, first, "responsible").text == "ការិ. សង្គមកិច្ច", "a body by its short name"
    assert cell(view, first, "places").text == "៨ ឃុំ", "many places by their number"
    assert cell(view, first, "places").to_copy.count("ឃុំ") == 8, "all of them for other programs"
    assert cell(view, first, "quarters.2023").marks == (True, True, False, False)
    assert cell(view, first, "quarters.2024").marks == (True, False, False, False)
    investment = cell(view, first, "investment")
    assert (investment.text, investment.tone) == ("កំពុងដំណើរការ", "good")


def test_no_line_cuts_its_words(shown: MainWindow) -> None:
    view = view_of(shown)
    for width in (1366, 1024, 900):
        shown.resize(width, 700)
        view.sheet.grab()
        for at in view.sheet.seen_rows():
            row = view.model.lines[at]
            if not row.is_band:
                room = view.sheet.columns.widths[1]
                assert view.sheet.lines.height(at) >= paint.cell_height(Cell(row.text), room)


def test_an_activity_is_written_in_place(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    view.choose(told.activities[0])
    qtbot.keyClick(view.sheet, Qt.Key.Key_F2)
    write(qtbot, view, "បណ្តុះបណ្តាលអាជ្ញាធរមូលដ្ឋាន")
    assert records.get(told.desk, told.activities[0])["text"] == "បណ្តុះបណ្តាលអាជ្ញាធរមូលដ្ឋាន"
    here = view.current()
    assert here is not None and here.id == told.activities[1], "Enter goes on to the next line"
    assert view.context.undo.undo() is not None
    assert str(records.get(told.desk, told.activities[0])["text"]).startswith("បណ្តុះបណ្តាលគណៈកម្មាធិការ")


def test_control_enter_goes_on_with_activities_of_the_same_output(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    view = view_of(shown)
    view.choose(told.activities[0])
    qtbot.keyClick(view.sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write(qtbot, view, "សកម្មភាពទីមួយ", ctrl=True)
    write(qtbot, view, "សកម្មភាពទីពីរ")
    output = str(records.get(told.desk, told.activities[0])["output"])
    found = [a.text("text") for a in records.children(told.desk, "activity", output)]
    assert found[1:3] == ["សកម្មភាពទីមួយ", "សកម្មភាពទីពីរ"], "each behind the one before it"
    assert codes(view)[2:7] == ["១.១.១", "១.១.២", "១.១.៣", "១.១.៤", "១.១.៥"]
    assert records.get(told.desk, view.model.lines[3].id or "")["output"] == output


def test_a_line_that_was_left_empty_was_never_there(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    before = records.count(told.desk, "activity")
    view.choose(told.activities[0])
    view.begin_line("activity")
    write(qtbot, view, "   ")
    view.begin_line("activity")
    write(qtbot, view, "មិនយកទេ", Qt.Key.Key_Escape)
    assert records.count(told.desk, "activity") == before
    assert all(row.id for row in view.model.lines)


def test_words_that_were_refused_stay_in_the_line(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    view.choose(told.activities[0])
    view.begin_line("activity")
    write(qtbot, view, "អត្ថបទ\0")
    editor = view.sheet.box()
    assert editor is not None and editor.reason.isVisible() and editor.reason.text(), "the refusal is said"
    assert editor is not None and editor.plain().startswith("អត្ថបទ"), "and nothing typed is lost"
    write(qtbot, view, "អត្ថបទខ្លី")
    assert "អត្ថបទខ្លី" in [a.text("text") for a in plans.activities(told.desk, told.plan)]


def test_a_line_that_differs_leads_to_the_decision(tmp_path: Path, qtbot: QtBot) -> None:
    two = story.two_offices(tmp_path)
    for desk, text in ((two.district, "ស្រុក"), (two.province, "ខេត្ត")):
        records.save(desk, "activity", {"text": text}, two.activity)
    exchange.export(two.district, tmp_path / "differs.cpsync")
    exchange.merge(two.province, [tmp_path / "differs.cpsync"])
    window = story.window(two.province)
    qtbot.addWidget(window)
    window.show()
    window.go(Location("plan", records.find(two.province, "plan")[0].id, {"chosen": two.activity}))
    view = view_of(window)
    assert view.side.differs.isVisible()
    view.side._decide()
    there = window.page()
    assert isinstance(there, ExchangePage) and there.settle.isVisible()
    here = there.settle.current()
    assert here is not None and here.id == two.activity
    window.close()
    two.province.close()
    two.district.close()


def test_leaving_the_page_keeps_what_stands_in_the_cell(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    view.choose(told.activities[2])
    view.begin_line("activity")
    write(qtbot, view, "មិនទាន់ចុច Enter", key=None)
    shown.go(Location("plans"))
    assert "មិនទាន់ចុច Enter" in [a.text("text") for a in plans.activities(told.desk, told.plan)]


def test_a_plan_is_begun_from_nothing_by_keys(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    shown.go(Location("plans"))
    listed = shown.page()
    assert isinstance(listed, PlansPage)
    assert shown.actions_.trigger("new")
    page = page_of(shown)
    view = view_of(shown)
    plan = records.get(told.desk, str(page.record))
    assert (plan["first_year"], plan["last_year"], plan["previous"]) == (2026, 2028, told.plan)
    assert plan["title"] == "ផែនការកិច្ចការពារកុមារ ២០២៦–២០២៨"
    assert page.facts.isVisible() and view.empty.isVisible()
    view.begin_line("objective")
    write(qtbot, view, "គោលបំណងទីមួយ")
    view.begin_line("output")
    write(qtbot, view, "លទ្ធផលទីមួយ")
    view.begin_line("activity")
    write(qtbot, view, "សកម្មភាពទីមួយ")
    assert list(zip(codes(view), texts(view), strict=True)) == [
        ("១", "គោលបំណងទីមួយ"), ("១.១", "លទ្ធផលទីមួយ"), ("១.១.១", "សកម្មភាពទីមួយ"),
    ]  # fmt: skip
    assert not view.empty.isVisible()


def test_a_proposed_title_follows_the_years(shown: MainWindow, told: story.Story) -> None:
    shown.go(Location("plans"))
    shown.actions_.trigger("new")
    page = page_of(shown)
    page.form.editors["last_year"].set_value(None)
    line = page.form.editors["last_year"]
    line.line.setText("២០៣០")  # type: ignore[attr-defined]
    line._typed("២០៣០")  # type: ignore[attr-defined]
    assert page.form.flush()
    assert records.get(told.desk, str(page.record))["title"] == "ផែនការកិច្ចការពារកុមារ ២០២៦–២០៣០"


def test_nothing_hangs_in_the_air(shown: MainWindow) -> None:
    assert plan_rows.draft([], -1, "activity", "p") is None
    assert plan_rows.draft([], -1, "output", "p") is None
    found = plan_rows.draft([], -1, "objective", "p")
    assert found is not None and found[0] == 0
    alone = [Row("objective", "o", "p", "1", {"text": "…"})]
    at, new = plan_rows.draft(alone, 0, "activity", "p") or (None, None)
    assert at == 1 and new is not None and new.parent == "o", "an activity may hang on an objective without outputs"


@pytest.mark.parametrize(
    ("line", "sort", "at", "after"),
    [
        (2, "activity", 3, 2),  # behind the activity one stands on
        (1, "activity", 5, 4),  # at the end of the output one stands on
        (0, "activity", 5, 4),  # in the first output of the objective
        (2, "output", 8, 5),  # at the end of the objective
        (1, "output", 5, 1),  # behind the output one stands on, and all it holds
        (-1, "objective", 12, 8),
        (-1, "activity", 12, 11),
    ],
)
def test_where_a_new_line_goes(shown: MainWindow, told: story.Story, line: int, sort: str, at: int, after: int) -> None:
    rows = view_of(shown).model.lines
    found = plan_rows.draft(rows, line, sort, told.plan)
    assert found is not None
    assert found[0] == at
    assert found[1].after == rows[after].id


def test_lines_are_moved_by_keys_also_to_the_next_output(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    first, second, third, fourth = told.activities[:4]
    view.choose(third)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(view.sheet, Qt.Key.Key_Up, alt)
    assert [a.id for a in plans.activities(told.desk, told.plan)][:4] == [first, third, second, fourth]
    qtbot.keyClick(view.sheet, Qt.Key.Key_Down, alt)
    qtbot.keyClick(view.sheet, Qt.Key.Key_Down, alt)
    assert records.get(told.desk, third)["output"] == records.get(told.desk, fourth)["output"]
    assert [a.id for a in plans.activities(told.desk, told.plan)][:4] == [first, second, third, fourth]
    here = view.current()
    assert here is not None and here.id == third, "the moved line stays chosen"


def test_delete_and_back(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    output = records.get(told.desk, told.activities[0])["output"]
    assert view.choose(str(output))
    qtbot.keyClick(view.sheet, Qt.Key.Key_Delete)
    assert len(plans.activities(told.desk, told.plan)) == 4
    assert "១.១.៣" not in codes(view)
    view.context.undo.undo()
    view.context.touched("output")
    qtbot.wait(1)
    assert len(plans.activities(told.desk, told.plan)) == 7
    assert "១.១.៣" in codes(view)


def test_the_thread_leads_to_the_meeting_in_one_click(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    view.choose(told.activities[1])
    said = words(view.side.steps)
    assert "ស្នើបន្ថែមសាលារៀន ៣" in said and "ចងក្រងបញ្ជីសាលារៀនគោលដៅ" in said
    assert "ជំពូក ២ ល.រ ១៤" in said and "២៣/០៦/២០២២" in said
    link = next(b for b in view.side.steps.findChildren(Button) if b.text() == "បើកកិច្ចប្រជុំ")
    link.click()
    there = shown.page()
    assert isinstance(there, MeetingSpot) and there.record == told.meeting
    shown.back()
    here = view_of(shown).current()
    assert here is not None and here.id == told.activities[1], "back stands on the same line"


def test_an_activity_without_a_thread_says_how_to_make_one(shown: MainWindow, told: story.Story) -> None:
    view = view_of(shown)
    view.choose(told.activities[2])
    assert "មិនទាន់មានធាតុចូល" in words(view.side.steps)


def test_the_form_beside_saves_every_field(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = view_of(shown)
    view.choose(told.activities[2])
    view.side.show_view("edit")
    form = view.side._forms["activity"]
    form.editors["year_quarters"]._pressed("2025Q4", True)  # type: ignore[attr-defined]
    combo = form.editors["investment"]
    combo.set_value("ongoing")
    combo._picked(0)  # type: ignore[attr-defined]
    assert form.flush()
    record = records.get(told.desk, told.activities[2])
    assert "2025Q4" in record.text("year_quarters") and record["investment"] == "ongoing"
    qtbot.wait(1)
    assert cell(view, told.activities[2], "investment").tone == "good", "the table shows it at once"


def test_the_list_of_plans_tells_years_state_and_how_much(shown: MainWindow, told: story.Story) -> None:
    shown.go(Location("plans"))
    page = shown.page()
    assert isinstance(page, PlansPage)
    said = words(page)
    for part in ("២០២៣–២០២៥", "ពង្រាង", "គោលបំណង ២", "លទ្ធផល ៣", "សកម្មភាព ៧"):
        assert part in said, part
    page._cards[told.plan].opened.emit()
    assert page_of(shown).record == told.plan


def test_an_empty_desk_teaches_what_a_plan_is(tmp_path: Path, qtbot: QtBot) -> None:
    desk = desks.create(tmp_path / "empty.cpdesk", "0802", "សុខ")
    window = story.window(desk, SPECS)
    qtbot.addWidget(window)
    window.show()
    window.start()
    page = window.page()
    assert isinstance(page, PlansPage) and page.empty.isVisible() and not page.list.isVisible()
    assert page.empty.button is not None
    page.empty.button.click()
    assert records.count(desk, "plan") == 1
    window.close()
    desk.close()


def test_years_are_written_as_a_span() -> None:
    assert span(2023, 2025) == "២០២៣–២០២៥"
    assert span(2023, 2023) == "២០២៣"
    assert span(None, None) == ""


def test_a_moved_line_and_a_line_between_two_are_one_step_each(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    page = page_of(shown)
    view = view_of(shown)
    output = records.get(told.desk, told.activities[0]).text("output")

    def order() -> list[str]:
        return [r.id for r in records.children(told.desk, "activity", output)]

    before = order()
    view.choose(before[0])
    view.move_line(1)
    assert order() == [before[1], before[0], *before[2:]]
    page.context.undo.undo()
    page.refresh()
    assert order() == before
    view.choose(before[0])
    view.begin_line("activity")
    write(qtbot, view, "នៅចន្លោះពីរ")
    assert len(order()) == len(before) + 1 and order()[0] == before[0] and order()[2:] == before[1:]
    page.context.undo.undo()
    assert order() == before, "written and put in its place at once, so taken back at once"


def test_the_list_of_plans_tells_money_and_standing(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    shown.go(Location("plans"))
    page = shown.page()
    assert isinstance(page, PlansPage)
    settle(qtbot, shown)
    card = page._cards[told.plan]
    before = read(card)
    assert "ថវិកា" not in before and card._standing is None, "nothing is told of what nobody wrote"
    activity = plans.activities(told.desk, told.plan)[0]
    money = {"activity": activity.id, "year": 2023, "amount": "12500000", "currency": "KHR", "source": "state"}
    shown.context.undo.save("budget_line", money)
    shown.context.undo.save("progress", {"activity": activity.id, "year": 2023, "quarter": 1, "status": "done"})
    shown.context.touched("budget_line", "progress")
    settle(qtbot, shown, lambda: page._cards[told.plan]._standing is not None)
    assert "ថវិកា ១២.៥០០.០០០ ៛ · សកម្មភាព ៦ មិនទាន់មានថវិកា។" in read(page._cards[told.plan])
    assert "រួចរាល់ ១" in read(page._cards[told.plan])
