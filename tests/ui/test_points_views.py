"""Strong and weak points and priorities, written, moved and tied by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import points, records
from tests.ui import hands, story
from ui.lists.rows import Row
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.plan import PlanPage
from ui.pages.plan_views.priorities import PrioritiesView
from ui.pages.plan_views.swot import SwotView

ENTER = Qt.Key.Key_Return


def swot(shown: MainWindow, told: story.Story, **state: object) -> SwotView:
    shown.go(Location("plan", told.plan, {"view": "swot", **state}))
    page = shown.page()
    assert isinstance(page, PlanPage)
    part = page.part()
    assert isinstance(part, SwotView)
    return part


def ranked(shown: MainWindow, told: story.Story, **state: object) -> PrioritiesView:
    shown.go(Location("plan", told.plan, {"view": "priorities", **state}))
    page = shown.page()
    assert isinstance(page, PlanPage)
    part = page.part()
    assert isinstance(part, PrioritiesView)
    return part


def texts(told: story.Story, sort: str) -> list[object]:
    return [one["text"] for one in points.swot(told.desk, told.plan, sort)]


def put(told: story.Story, *lines: tuple[str, str]) -> list[str]:
    return [
        records.save(told.desk, "swot", {"plan": told.plan, "sort": sort, "order": n * 1024, "text": text}).id
        for n, (sort, text) in enumerate(lines, 1)
    ]


def test_points_are_typed_one_after_the_other(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = swot(shown, told)
    view.begin()
    for text in ("មានគណៈកម្មាធិការ", "មានដៃគូ"):
        hands.write(text)
        hands.press(ENTER)
    assert texts(told, "strength") == ["មានគណៈកម្មាធិការ", "មានដៃគូ"]
    hands.press(ENTER)  # an empty line passes on to the next quarter
    hands.write("ខ្វះទិន្នន័យ")
    hands.press(ENTER)
    assert texts(told, "weakness") == ["ខ្វះទិន្នន័យ"]
    row = view.quarters["weakness"].rows._rows[0]
    assert "គ្មានអ្វីឆ្លើយតប" in row.accessibleName(), "an unanswered weak point is marked"
    assert "១" in view.sum.plain() and view.quarters["strength"].count.text() == "២"
    hands.press("Ctrl+Z")
    assert texts(told, "weakness") == []


def test_a_point_is_answered_moved_and_given_to_another_quarter(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    first, second = put(told, ("weakness", "ទីមួយ"), ("weakness", "ទីពីរ"))
    view = swot(shown, told, chosen=second)
    quarter = view.quarters["weakness"]
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row) and focus.face.id == second
    hands.press("Alt+Up")
    assert [one.id for one in points.swot(told.desk, told.plan, "weakness")] == [second, first]
    hands.press(ENTER)
    answer = quarter._form.form.editors["answered_by"]  # type: ignore[union-attr]
    answer.focus()
    hands.write("១.១.២")
    qtbot.waitUntil(lambda: answer.picker.hits() == [told.activities[1]])  # type: ignore[attr-defined]
    hands.press(ENTER)
    assert records.get(told.desk, second)["answered_by"] == told.activities[1]
    hands.press(Qt.Key.Key_Escape)
    assert "១.១.២" in quarter.rows.row(second).accessibleName()  # type: ignore[union-attr]
    assert "គ្មានអ្វីឆ្លើយតប" not in quarter.rows.row(second).accessibleName()  # type: ignore[union-attr]
    quarter.open_line(second)
    sort = quarter._form.form.editors["sort"]  # type: ignore[union-attr]
    sort.set_value("threat")
    sort._picked(0)  # type: ignore[attr-defined]
    quarter.close_line(focus=True)
    assert texts(told, "threat") == ["ទីពីរ"]
    qtbot.waitUntil(lambda: view.quarters["threat"].rows.ids() == [second])


def test_delete_and_back(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    (only,) = put(told, ("opportunity", "មានកម្មវិធីវិនិយោគ"))
    view = swot(shown, told, chosen=only)
    hands.press(Qt.Key.Key_Delete)
    assert texts(told, "opportunity") == [] and view.quarters["opportunity"].rows.ids() == []
    hands.press("Ctrl+Z")
    assert texts(told, "opportunity") == ["មានកម្មវិធីវិនិយោគ"]
    assert view.quarters["opportunity"].rows.ids() == [only]


def test_the_quarters_stand_under_one_another_where_it_is_narrow(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    view = swot(shown, told)
    wide = view.quarters["weakness"].x()
    assert wide > view.quarters["strength"].x()
    view._arrange(1)
    QApplication.processEvents()
    assert view.quarters["weakness"].x() == view.quarters["strength"].x()


def test_the_first_priority_teaches_and_then_they_are_ranked(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    view = ranked(shown, told)
    assert view.ranked.empty.isVisible() and not view.loose.isVisible()
    view.begin()
    for text in ("កុមារក្រៅសាលា", "ពលកម្មកុមារ"):
        hands.write(text)
        hands.press(ENTER)
    found = points.priorities(told.desk, told.plan)
    assert [(one["rank"], one["text"]) for one in found] == [(1, "កុមារក្រៅសាលា"), (2, "ពលកម្មកុមារ")]
    assert not view.ranked.empty.isVisible()
    view.ranked.choose(found[1].id)
    hands.press("Alt+Up")
    assert [one["text"] for one in points.priorities(told.desk, told.plan)] == ["ពលកម្មកុមារ", "កុមារក្រៅសាលា"]
    assert view.side_title.plain() == "ខ្សែរឿងនៃអាទិភាពទី១", "the thread follows the line"


def test_activities_are_chosen_that_answer_it(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    first = records.save(told.desk, "priority", {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា"}).id
    view = ranked(shown, told, chosen=first)
    assert "គ្មានសកម្មភាពឆ្លើយតប" in view.ranked.rows.row(first).accessibleName()  # type: ignore[union-attr]
    hands.press(ENTER)
    answering = view.ranked._answering
    assert answering is not None
    answering.focus()
    hands.write("យុទ្ធនាការ")
    qtbot.waitUntil(lambda: answering.picker.hits() == [told.activities[1]])
    hands.press(ENTER)
    assert records.get(told.desk, told.activities[1])["priority"] == first
    hands.press(Qt.Key.Key_Escape)
    assert "១.១.២" in view.ranked.rows.row(first).accessibleName()  # type: ignore[union-attr]
    hands.press("Ctrl+Z")
    assert records.get(told.desk, told.activities[1])["priority"] is None


def test_figures_and_inputs_are_the_reasons(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    measure = records.save(told.desk, "measure", {"name_km": "កុមារបោះបង់ការសិក្សា"}).id
    cell = {"measure": measure, "place": "080201", "year": 2022, "sex": "all", "value": "314"}
    figure = records.save(told.desk, "figure", cell).id
    first = records.save(told.desk, "priority", {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា"}).id
    view = ranked(shown, told, chosen=first)
    hands.press(ENTER)
    why = view.ranked._form.form.editors["why"]  # type: ignore[union-attr]
    why.focus()
    hands.write("បោះបង់")
    picker = why.picker  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: figure in picker.hits())
    hands.press(*[Qt.Key.Key_Down] * picker.hits().index(figure), ENTER)
    assert records.get(told.desk, first)["why"] == figure
    hands.press(Qt.Key.Key_Escape)
    assert "៣១៤" in view.ranked.rows.row(first).accessibleName()  # type: ignore[union-attr]


def test_a_loose_activity_is_given_its_priority(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    first = records.save(told.desk, "priority", {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា"}).id
    view = ranked(shown, told)
    assert len(view.loose.rows.ids()) == 7 and view.loose.count.text() == "៧"
    loose = view.loose.rows.ids()[0]
    menu = view.loose.menu(loose)
    choice = menu.findChild(QAction, f"answer_{first}")
    assert isinstance(choice, QAction) and "១. កុមារក្រៅសាលា" in choice.text()
    choice.trigger()
    assert records.get(told.desk, loose)["priority"] == first
    assert loose not in view.loose.rows.ids() and view.loose.count.text() == "៦"
    menu.deleteLater()


def test_keys_go_from_the_last_priority_to_the_loose_ones_and_back(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    records.save(told.desk, "priority", {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា"})
    view = ranked(shown, told)
    view.begin()
    hands.press(Qt.Key.Key_Down, ENTER)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row) and view.loose.isAncestorOf(focus)
    hands.press(Qt.Key.Key_Up)
    focus = QApplication.focusWidget()
    assert focus is not None and view.ranked.draft.isAncestorOf(focus)


def test_a_form_says_gently_what_looks_like_a_named_child(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    view = swot(shown, told)
    view.begin()
    hands.write("បានជួយ សុខ ដារ៉ា អាយុ ១២ ឆ្នាំ")
    hands.press(ENTER)
    draft = view.quarters["strength"].draft
    assert draft.hint.isVisible() and "ឈ្មោះកុមារ" in draft.hint.text()
    assert texts(told, "strength") == ["បានជួយ សុខ ដារ៉ា អាយុ ១២ ឆ្នាំ"], "it is kept all the same"
    hands.write("កុមារ ៣១៤ នាក់")
    hands.press(ENTER)
    assert not draft.hint.isVisible()
