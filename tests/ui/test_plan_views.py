"""The views of a plan by keyboard: quarters turned, money read, alignment filled in, versions compared and approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Self, TypeVar

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.errors import BadInput
from cpdesk.i18n import set_language, using
from cpdesk.tasks import carry, plans, records, versions
from tests.ui import hands, story
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.carry_over import CarryDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.plan import PlanPage
from ui.pages.plan_views import PlanPart, quarters
from ui.pages.plan_views.alignment import KEYS, AlignmentView
from ui.pages.plan_views.approval import ApprovalBar
from ui.pages.plan_views.budget import BudgetView
from ui.pages.plan_views.compare import CompareView
from ui.pages.plan_views.quarters import FIRST, QuartersView, quarter_of
from ui.pages.plans import PlansPage
from ui.widgets.buttons import Button
from ui.widgets.sheet import SheetView

Part = TypeVar("Part", bound=PlanPart)
Opener = TypeVar("Opener", bound=QDialog)
ENTER, SPACE, RIGHT, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down


def view(window: MainWindow, told: story.Story, name: str, sort: type[Part]) -> Part:
    """That view of the story's plan, with the focus where one begins."""
    window.go(Location("plan", told.plan, {"view": name}))
    page = window.page()
    assert isinstance(page, PlanPage)
    found = page.part(name)
    assert isinstance(found, sort)
    QApplication.processEvents()
    found.begin()
    QApplication.processEvents()
    return found


def while_open(sort: type[Opener], act: Callable[[Opener], object], run: Callable[[], object]) -> None:
    """Run what opens a dialog, and `act` in it as soon as it is there."""
    met: list[QWidget] = []

    def now() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            QTimer.singleShot(20, now)
            return
        met.append(dialog)
        try:
            if isinstance(dialog, sort):
                act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(50, now)
    run()
    assert len(met) == 1 and isinstance(met[0], sort), "the dialog was not opened"


def wait_for(there: Callable[[], bool]) -> None:
    """Let the window and its worker go on until that holds."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if there() else None)
    timer.start(10)
    QTimer.singleShot(10_000, loop.quit)
    loop.exec()
    assert there()


def cells(sheet: SheetView, row: int) -> list[str]:
    return [sheet.sheet.cell(row, n).text for n in range(len(sheet.sheet.columns()))]


def approve(told: story.Story) -> versions.Version:
    versions.submit(told.desk, told.plan)
    return versions.approve(told.desk, told.plan, told.people["chair"], "2022-12-05")


# --- quarters ---


def test_a_quarter_is_turned_by_space_and_taken_back(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "quarters", QuartersView)
    row = part.model.find(told.activities[0])
    part.sheet.set_current(row, FIRST + part.model.keys.index("2023Q4"))
    hands.press(SPACE)
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q1 2023Q2 2023Q4 2024Q1"
    assert part.model.planned(row, FIRST + 3), "the bar follows at once"
    hands.press("Ctrl+Z")
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q1 2023Q2 2024Q1"
    hands.press(SPACE, SPACE)
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q1 2023Q2 2024Q1"


def test_many_quarters_are_one_step(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "quarters", QuartersView)
    row = part.model.find(told.activities[0])
    part.sheet.set_current(row, FIRST + part.model.keys.index("2024Q2"))
    hands.press("Shift+Right", "Shift+Right", "Shift+Down", SPACE)
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q1 2023Q2 2024Q1 2024Q2 2024Q3 2024Q4"
    assert "2024Q3" in records.get(told.desk, told.activities[1]).text("year_quarters")
    hands.press("Ctrl+Z")
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q1 2023Q2 2024Q1"
    assert "2024Q3" not in records.get(told.desk, told.activities[1]).text("year_quarters")
    hands.press(Qt.Key.Key_Delete)
    assert "2024Q2" not in records.get(told.desk, told.activities[1]).text("year_quarters")


def test_a_click_turns_a_quarter(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "quarters", QuartersView)
    row, column = part.model.find(told.activities[0]), FIRST
    rect = part.sheet.cell_rect(row, column)
    QTest.mouseClick(part.sheet.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q2 2024Q1"
    text = part.sheet.cell_rect(row, 1)
    QTest.mouseClick(part.sheet.viewport(), Qt.MouseButton.LeftButton, pos=text.center())
    assert records.get(told.desk, told.activities[0])["year_quarters"] == "2023Q2 2024Q1", "words hold no tick"


def test_bars_tell_what_was_reported(shown: MainWindow, told: story.Story) -> None:
    done = {"activity": told.activities[0], "year": 2023, "quarter": 1, "status": "done"}
    records.save(told.desk, "progress", done)
    records.save(told.desk, "progress", done | {"quarter": 4, "status": "late"})
    part = view(shown, told, "quarters", QuartersView)
    row = part.model.find(told.activities[0])
    assert part.sheet.mark(row, FIRST).token == "chart_good"
    assert part.sheet.mark(row, FIRST + 1).token == "chart_none", "past, and nobody reported"
    part.sheet.set_current(row, FIRST + 3)
    assert part.sheet.accessibleDescription().endswith("មិនគ្រោងអនុវត្ត: យឺត")
    foot = part.model.foot()[0]
    assert foot.cells["2023Q1"].text == "៤"


def ground(part: QuartersView, key: str) -> str:
    """What lies under the first activity's cell of that quarter."""
    return part.model.cell(2, FIRST + part.model.keys.index(key)).ground


def test_the_quarter_of_today_is_marked(shown: MainWindow, told: story.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [quarter_of(date(2024, month, 1)) for month in (1, 3, 4, 12)] == ["2024Q1", "2024Q1", "2024Q2", "2024Q4"]

    class Then(date):
        @classmethod
        def today(cls) -> Self:
            return cls(2024, 5, 2)

    monkeypatch.setattr(quarters, "date", Then)
    part = view(shown, told, "quarters", QuartersView)
    part.show_plan(told.plan)
    marked = [column.key for column in part.model.columns() if column.title.startswith("▸")]
    assert marked == ["2024Q2"]
    assert ground(part, "2024Q2") == "accent_soft" and ground(part, "2024Q1") == ""


def test_an_edit_of_an_approved_plan_says_so_and_ctrl_z_approves_it_again(shown: MainWindow, told: story.Story) -> None:
    approved = approve(told)
    part = view(shown, told, "quarters", QuartersView)
    part.sheet.set_current(part.model.find(told.activities[0]), FIRST)
    hands.press(SPACE)
    plan = records.get(told.desk, told.plan)
    assert (plan["state"], plan["version"]) == ("draft", 4)
    hands.press("Ctrl+Z")
    stands = versions.standing(told.desk, told.plan)
    assert stands.unchanged is True and stands.approved == approved


# --- budget ---


def test_the_budget_adds_up_on_the_page(shown: MainWindow, told: story.Story) -> None:
    line = {"activity": told.activities[0], "year": 2023, "source": "state", "amount": "6000000", "currency": "KHR"}
    records.save(told.desk, "budget_line", line)
    dollars = {"year": 2024, "source": "un", "amount": "500", "currency": "USD"}
    records.save(told.desk, "budget_line", line | dollars)
    part = view(shown, told, "budget", BudgetView)
    assert part.total.plain() == "?" and "អត្រាប្តូរប្រាក់" in part.warning.text(), "no rate, no guess"
    part.form.editors["rate"].focus()
    hands.write("4000")
    hands.press(ENTER)
    assert records.get(told.desk, told.plan)["rate"] == "4000"
    assert part.total.plain() == "៨.០០០.០០០ ៛"
    assert part.warning.isHidden()
    assert cells(part.sources.sheet, 0) == [
        "ថវិការដ្ឋ", "៦.០០០.០០០", "", "", "", "", "", "៦.០០០.០០០", "", "៦.០០០.០០០", "៧៥%",
    ]  # fmt: skip
    assert cells(part.sources.sheet, 1)[0] == "អង្គការសហប្រជាជាតិ"
    assert cells(part.objectives.sheet, 0)[-2:] == ["៨.០០០.០០០", "១០០%"]
    assert cells(part.objectives.sheet, 1)[1:] == [""] * 10, "nothing known is blank, not 0"
    assert part.without.plain() == "សកម្មភាព ៦ មិនទាន់មានថវិកា។"


def test_an_empty_budget_teaches(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "budget", BudgetView)
    assert part.empty.isVisible() and not part.head.isVisible()


# --- alignment ---


def test_alignment_is_filled_in_by_keyboard(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "alignment", AlignmentView)
    last = part.model.find(told.activities[2])
    part.sheet.set_current(last, KEYS.index("investment"))
    hands.write("មានការសន្យាគាំទ្រ")
    hands.press(ENTER)
    assert records.get(told.desk, told.activities[2])["investment"] == "pledged"
    part.sheet.set_current(last, KEYS.index("investment_line"))
    hands.write("ជំពូក ៣")
    hands.press(ENTER)
    assert records.get(told.desk, told.activities[2])["investment_line"] == "ជំពូក ៣"
    assert "ជំពូកវិនិយោគ" not in cells(part.sheet, last)[-1]
    hands.press("Ctrl+Z")
    assert records.get(told.desk, told.activities[2])["investment_line"] is None


def test_a_word_that_is_no_state_is_refused_and_nothing_is_kept(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "alignment", AlignmentView)
    found = part.model.apply([(0, KEYS.index("investment_line"), "ថ្មី"), (1, KEYS.index("investment"), "ប្រហែល")])
    assert found and found[0].row == 1
    assert records.get(told.desk, told.activities[0])["investment_line"] is None


def test_only_what_lacks_something(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "alignment", AlignmentView)
    assert part.model.rows() == 7
    button = part.filter.findChild(Button, "alignment_filter_ready")
    assert button is not None
    button.click()
    assert part.model.rows() == 0 and part.none.isVisible()
    state = part.state()
    part.restore({"filter": "missing"})
    assert part.model.rows() == 7 and state["filter"] == "ready"
    assert part.tiles["ongoing"].count.plain() == "២"


# --- compare ---


def test_changes_are_marked_and_walked_through_by_f8(shown: MainWindow, told: story.Story) -> None:
    approve(told)
    records.save(told.desk, "activity", {"text": "ពាក្យថ្មី", "group": "កុមារ"}, told.activities[0])
    records.delete(told.desk, told.activities[6])
    part = view(shown, told, "compare", CompareView)
    assert part.chips["changed"].text() == "≠ ផ្លាស់ប្តូរ ១" and part.chips["removed"].text() == "− ដកចេញ ១"
    assert not part.chips["added"].isVisible()
    first = [part.model.line(row) for row in range(3)]
    assert first[0] is not None and first[0].band is not None and first[0].band.text.startswith("១.១.១")
    assert cells(part.sheet, 1)[0] == "≠" and cells(part.sheet, 1)[3] == "ពាក្យថ្មី"
    assert cells(part.sheet, 2) == ["+", "ក្រុមកុមារគោលដៅ", "", "កុមារ"]
    walked = []
    for _turn in range(4):
        hands.press("F8")
        walked.append(part.sheet.current()[0])
    assert walked == [1, 2, 4, 5]
    hands.press("Shift+F8")
    assert part.sheet.current()[0] == 4
    assert part.model.line(3) is not None


def test_everything_can_be_shown_and_sides_changed(shown: MainWindow, told: story.Story) -> None:
    approve(told)
    records.save(told.desk, "activity", {"group": "កុមារ"}, told.activities[0])
    part = view(shown, told, "compare", CompareView)
    few = part.model.rows()
    part.only.set_current("all")
    part.only.chosen.emit("all")
    assert part.model.rows() > few
    part.swap()
    assert part.found is not None and part.found.left.version is None
    assert part.chips["changed"].isVisible()
    part.only.set_current("changes")
    part.only.chosen.emit("changes")
    assert cells(part.sheet, 1) == ["−", "ក្រុមកុមារគោលដៅ", "កុមារ", ""]


def test_the_same_on_both_sides_says_so(shown: MainWindow, told: story.Story) -> None:
    approve(told)
    part = view(shown, told, "compare", CompareView)
    assert part.none.isVisible() and not part.sheet.isVisible() and not part.next.isEnabled()


def test_large_plans_are_compared_beside_the_work(
    shown: MainWindow, told: story.Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.plan_views.compare.AT_ONCE", 1)
    approve(told)
    records.save(told.desk, "activity", {"text": "ពាក្យថ្មី"}, told.activities[0])
    part = view(shown, told, "compare", CompareView)
    assert part.chips["changed"].text() == "≠ ផ្លាស់ប្តូរ ១" and not part.problem.text()
    part.swap()
    stop = shown.status.findChild(Button, "job_cancel")
    assert stop is not None and part.found is None and part.problem.text() and not part.next.isEnabled()
    stop.click()
    hands.settle(qtbot, shown)
    assert part.found is not None or "ឈប់" in part.problem.text()


def test_a_plan_alone_has_nothing_to_compare(shown: MainWindow, told: story.Story) -> None:
    part = view(shown, told, "compare", CompareView)
    assert part.empty.isVisible() and not part.top.isVisible()


def test_a_version_found_elsewhere_is_opened_against_now(shown: MainWindow, told: story.Story) -> None:
    version = approve(told)
    where = {"view": "compare", "part": "plan_version", "focus": version.id, "chosen": version.id}
    shown.go(Location("plan", told.plan, dict(where)))
    page = shown.page()
    assert isinstance(page, PlanPage)
    part = page.part("compare")
    assert isinstance(part, CompareView)
    assert part.found is not None and part.found.left.version == version.id and part.found.right.version is None


# --- approval ---


def bar(window: MainWindow) -> ApprovalBar:
    found = window.findChild(ApprovalBar, "approval_bar")
    assert found is not None
    return found


def test_from_draft_to_approved_by_keyboard(shown: MainWindow, told: story.Story) -> None:
    view(shown, told, "quarters", QuartersView)
    here = bar(shown)
    assert here.submit_button.isVisible() and not here.approve_button.isVisible()
    here.submit_button.setFocus()
    hands.press(ENTER)
    assert records.get(told.desk, told.plan)["state"] == "in_review"
    assert here.approve_button.isVisible() and not here.submit_button.isVisible()

    def sign(dialog: ApproveDialog) -> None:
        assert dialog.person.value() == told.people["chair"], "who leads the committee"
        hands.press(ENTER)

    here.approve_button.setFocus()
    while_open(ApproveDialog, sign, lambda: hands.press(ENTER))
    plan = records.get(told.desk, told.plan)
    assert plan["state"] == "approved" and plan["approved_by"] == told.people["chair"]
    assert "លោកជំទាវ ហ៊ុន កុសនី" in here.words.plain() and plan.text("approved_hash")[:8] in here.toolTip()
    shown.context.undo.undo()
    assert records.get(told.desk, told.plan)["state"] == "in_review"


def test_a_large_plan_is_frozen_beside_the_work(
    shown: MainWindow, told: story.Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dialogs.approve.AT_ONCE", 1)
    records.save(told.desk, "plan", {"state": "in_review"}, told.plan)
    view(shown, told, "quarters", QuartersView)

    def sign(dialog: ApproveDialog) -> None:
        dialog.approve()
        assert dialog.isVisible() and dialog.row.is_busy()
        wait_for(lambda: dialog.approved is not None)

    while_open(ApproveDialog, sign, bar(shown).approve)
    assert records.get(told.desk, told.plan)["state"] == "approved"
    shown.context.undo.undo()
    assert records.get(told.desk, told.plan)["state"] == "in_review"


def test_an_author_is_told_in_the_dialog(shown: MainWindow, told: story.Story) -> None:
    view(shown, told, "quarters", QuartersView)
    versions.submit(told.desk, told.plan)
    author = records.save(told.desk, "person", {"name_km": "សុខ សុភា"}).id
    said: list[str] = []

    def sign(dialog: ApproveDialog) -> None:
        dialog.person.set_value(author)
        dialog.approve()
        said.append(dialog.problem.text())
        dialog.person.set_value(None)
        dialog.approve()
        said.append(dialog.problem.text())

    bar(shown).show_plan(told.plan)
    while_open(ApproveDialog, sign, bar(shown).approve)
    assert "សុខ សុភា" in said[0] and said[1] == "តើអ្នកណាអនុម័តផែនការនេះ?"
    assert records.get(told.desk, told.plan)["state"] == "in_review"


def test_review_can_go_back_and_a_plan_be_closed(shown: MainWindow, told: story.Story) -> None:
    view(shown, told, "quarters", QuartersView)
    here = bar(shown)
    here.submit()
    here.send_back()
    assert records.get(told.desk, told.plan)["state"] == "draft"
    approve(told)
    here.show_plan(told.plan)
    assert [action.id for action in here.commands()] == ["next_plan", "close_plan"]
    here.close_plan()
    assert records.get(told.desk, told.plan)["state"] == "closed"


def test_what_parts_from_the_approval_is_told(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    """As a merge brings it: written before the approval was known, and so without a next version."""
    from cpdesk.kinds import Value
    from cpdesk.records import kind
    from cpdesk.store import writer

    approve(told)
    late: dict[str, Value] = {"text": "មកដល់យឺត"}
    writer.save(told.desk, kind("activity"), late, told.activities[0])
    view(shown, told, "quarters", QuartersView)
    here = bar(shown)
    qtbot.waitUntil(here.differs.isVisible)
    here.compare.click()
    page = shown.page()
    assert isinstance(page, PlanPage) and page.views.current() == "compare"
    here.again.click()
    plan = records.get(told.desk, told.plan)
    assert (plan["state"], plan["version"], plan["approved_hash"]) == ("draft", 4, None)
    assert not here.differs.isVisible()
    with pytest.raises(BadInput):
        versions.next_version(told.desk, told.plan)


# --- the next plan ---


def test_the_next_plan_starts_from_the_last_by_keyboard(shown: MainWindow, told: story.Story) -> None:
    for n, status in ((0, "done"), (1, "late")):
        values = {"activity": told.activities[n], "year": 2025, "quarter": 4, "status": status}
        records.save(told.desk, "progress", values)
    shown.go(Location("plans"))
    page = shown.page()
    assert isinstance(page, PlansPage)
    page.begin()
    hands.press(Qt.Key.Key_Tab)

    def choose(dialog: CarryDialog) -> None:
        assert dialog.title.value() == "ផែនការកិច្ចការពារកុមារ ២០២៦–២០២៨"
        assert told.activities[0] not in dialog.wanted and len(dialog.wanted) == 6
        dialog.sheet.setFocus()
        assert dialog.sheet.choose(told.activities[1])
        hands.press(SPACE)
        assert told.activities[1] not in dialog.wanted
        assert dialog.count.plain() == "សកម្មភាព ៥ ក្នុងចំណោម ៧ ត្រូវបន្ត"
        dialog.first.focus()
        dialog.first.line.selectAll()
        hands.write("2027")
        assert dialog.title.value() == "ផែនការកិច្ចការពារកុមារ ២០២៧–២០២៨"
        yes = dialog.findChild(Button, "carry_yes")
        assert yes is not None
        yes.setFocus()
        hands.press(ENTER)
        wait_for(lambda: dialog.made is not None)

    while_open(CarryDialog, choose, lambda: hands.press(ENTER))
    plan = shown.page()
    assert isinstance(plan, PlanPage) and plan.record != told.plan
    made = records.get(told.desk, str(plan.record))
    assert (made["previous"], made["first_year"], made["last_year"]) == (told.plan, 2027, 2028)
    going = [a["carried_from"] for a in plans.activities(told.desk, made.id)]
    assert going == [told.activities[n] for n in (2, 3, 4, 5, 6)]
    shown.context.undo.undo()
    assert records.count(told.desk, "plan") == 1


def test_years_out_of_order_are_told_in_the_dialog(shown: MainWindow, told: story.Story) -> None:
    def choose(dialog: CarryDialog) -> None:
        dialog.last.set_value(2020)
        dialog.make()
        wait_for(lambda: not dialog._busy)
        assert "ឆ្នាំបញ្ចប់" in dialog.problem.text() and dialog.made is None
        dialog.first.set_value(None)
        dialog.make()
        assert "ឆ្នាំចាប់ផ្តើម" in dialog.problem.text()

    shown.go(Location("plans"))
    page = shown.page()
    assert isinstance(page, PlansPage)
    while_open(CarryDialog, choose, lambda: page.start_next(told.plan))
    assert records.count(told.desk, "plan") == 1


def test_both_languages_and_a_small_screen_cut_nothing(shown: MainWindow, told: story.Story) -> None:
    """Buttons and chips of the views have the room of their words."""
    approve(told)
    carry.carry_over(told.desk, told.plan, title="បន្ទាប់", first_year=2026, last_year=2028)
    shown.resize(1024, 600)
    parts: tuple[tuple[str, type[PlanPart]], ...] = (
        ("quarters", QuartersView), ("budget", BudgetView), ("alignment", AlignmentView), ("compare", CompareView),
    )  # fmt: skip
    for name, sort in parts:
        part = view(shown, told, name, sort)
        assert part.width() <= 1024
        for button in part.findChildren(Button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()


def test_words_come_in_english_too(told: story.Story, qtbot: QtBot) -> None:
    with using("en"):
        set_language("en")
        made = hands.window(qtbot, told.desk)
        part = view(made, told, "alignment", AlignmentView)
        assert part.lacks.plain().startswith("Missing for the integration workshop: Investment 1")
        hands.settle(qtbot, made)
