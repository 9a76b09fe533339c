"""What does not fit together, in the window: counted in the sidebar, one key from where it is settled, gone then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import checks, records
from tests.ui import hands, story
from ui.checking import Watch, watch
from ui.keeper import Keeper
from ui.lists.rows import Row
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.checks import FIRST, ChecksPage, Group


def opened(shown: MainWindow, qtbot: QtBot) -> ChecksPage:
    shown.go(Location("checks"))
    page = shown.page()
    assert isinstance(page, ChecksPage)
    hands.settle(qtbot, shown, lambda: watch(shown.context).found is not None)
    page.begin()
    return page


def group(page: ChecksPage, key: str) -> Group:
    return next(one for one in page.groups if one.check.key == key)


def again(shown: MainWindow, qtbot: QtBot) -> Watch:
    """What changed is looked at again, without waiting for the moment after."""
    eye = watch(shown.context)
    hands.settle(qtbot, shown)  # a look that is under way saw the desk as it was
    eye.look()
    hands.settle(qtbot, shown)
    return eye


def test_findings_stand_in_groups_and_are_counted(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    lines = {one.check.key: len(one.found) for one in page.groups if one.isVisible()}
    assert lines["no_budget"] == lines["no_indicator"] == 7 and lines["follow_up_overdue"] == 1
    assert lines["no_investment"] == 5 and "no_responsible" not in lines
    found = watch(shown.context).found
    assert found is not None and shown.context.findings == checks.counted(found) == sum(lines.values())
    assert page.sum.plain().endswith("ចំណុចត្រូវដោះស្រាយ") and not page.empty.isVisible()


def test_the_sidebar_counts_beside_the_work(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    Keeper(shown)
    hands.settle(qtbot, shown, lambda: shown.context.findings > 0)
    before = shown.context.findings
    button = shown.sidebar._buttons["checks"]
    qtbot.waitUntil(lambda: button.count != "")
    for one in records.find(told.desk, "follow_up"):
        shown.context.undo.save("follow_up", {"state": "done", "done_on": "2022-07-01"}, one.id)
    shown.context.touched("follow_up")
    again(shown, qtbot)
    assert shown.context.findings == before - 1


def test_enter_leads_to_the_place_and_back_comes_back(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    rows = group(page, "no_budget").rows
    rows.focus_row(2)
    title = group(page, "no_budget").found[2].record
    hands.press(Qt.Key.Key_Return)
    here = shown.history.current()
    assert here is not None and (here.page, here.record) == ("plan", told.plan)
    assert here.state["chosen"] == title
    shown.back()
    assert shown.page() is page


def test_a_quarter_leads_to_its_reports(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    begun = {"activity": told.activities[-1], "year": 2024, "quarter": 1, "status": "late"}
    records.save(told.desk, "progress", begun)  # a draft owes reports once somebody reports on it
    shown.context.touched("progress")
    again(shown, qtbot)
    page = opened(shown, qtbot)
    one = group(page, "quarter_no_progress").found[1]
    group(page, "quarter_no_progress").rows.focus_row(1)
    hands.press(Qt.Key.Key_Return)
    here = shown.history.current()
    assert here is not None and here.record == told.plan and here.page in ("progress", "plan")
    assert (one.year, one.quarter) == (2023, 2)


def test_arrows_pass_from_group_to_group(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    shown_groups = [one for one in page.groups if one.isVisible()]
    shown_groups[1].rows.focus_row(-1)
    hands.press(Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row) and shown_groups[2].isAncestorOf(focus)
    hands.press(Qt.Key.Key_Up)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row) and shown_groups[1].isAncestorOf(focus)


def test_a_line_goes_when_it_is_settled_and_comes_back_with_undo(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    page = opened(shown, qtbot)
    overdue = group(page, "follow_up_overdue")
    id_ = overdue.found[0].record
    shown.context.undo.save("follow_up", {"state": "done", "done_on": "2022-07-01"}, id_)
    shown.context.touched("follow_up")
    again(shown, qtbot)
    assert not overdue.isVisible() and overdue.found == []
    hands.press("Ctrl+Z")
    again(shown, qtbot)
    assert overdue.isVisible() and [one.record for one in overdue.found] == [id_]


def test_many_show_a_few_until_all_are_asked_for(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    one = group(page, "no_budget")
    assert len(one.rows.ids()) == FIRST
    one.more.click()
    assert len(one.rows.ids()) == 7
    one.more.click()
    assert len(one.rows.ids()) == FIRST


def test_one_family_at_a_time(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    page.families._buttons["meetings"].click()
    assert [one.check.key for one in page.groups if one.isVisible()] == ["follow_up_overdue"]
    page.families._buttons["figures"].click()
    assert not any(one.isVisible() for one in page.groups) and page.empty.isVisible()
    state = page.state()
    page.show_family("all")
    page.restore(state)
    assert page.empty.isVisible(), "the choice is found again"


def test_two_alike_lead_to_both(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    twin = records.save(told.desk, "person", {"name_km": "ចាន់ សុភា"}).id
    shown.context.touched("person")
    again(shown, qtbot)
    page = opened(shown, qtbot)
    same = group(page, "same_person")
    assert {same.found[0].record, same.found[0].other} == {twin, told.people["secretary"]}
    for key, wanted in ((Qt.Key.Key_Return, same.found[0].record), (Qt.Key.Key_Right, same.found[0].other)):
        same.rows.focus_row(0)
        hands.press(key)
        here = shown.history.current()
        assert here is not None and (here.page, here.record) == ("people", wanted)
        shown.back()


def test_what_is_gone_meanwhile_is_said(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown, qtbot)
    one = group(page, "follow_up_overdue").found[0]
    records.delete(told.desk, one.record)
    page.jump(one)
    hands.settle(qtbot, shown)
    assert shown.page() is page and not group(page, "follow_up_overdue").found


def test_the_words_follow_the_language(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    opened(shown, qtbot)
    shown.use_language("en")
    hands.settle(qtbot, shown, lambda: isinstance(shown.page(), ChecksPage) and shown.page().isVisible())  # type: ignore[union-attr]
    page = shown.page()
    assert isinstance(page, ChecksPage)
    hands.settle(qtbot, shown, lambda: "things to settle" in page.sum.plain())
    assert "day" in group(page, "follow_up_overdue").rows._rows[0].accessibleName()
    shown.use_language("km")
    hands.settle(qtbot, shown)
