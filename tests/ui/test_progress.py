"""The page on progress: what is owed first, a report written by keyboard, and the sheet for the meeting room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.charts import Columns, Rows, Split
from cpdesk.khmer import digits
from cpdesk.tasks import progress, records
from cpdesk.tasks.progress import Period
from tests.ui import story
from tests.ui.hands import press, settle, window, write
from ui.chrome.sidebar import NavButton
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.pages.home import HomePage
from ui.pages.progress import ProgressPage
from ui.pages.progress_parts import compute
from ui.pages.review import ReviewPage, Room

ENTER, ESC, TAB, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up
Q2 = Period(2023, 2)


@pytest.fixture
def told(told: story.Story) -> story.Story:
    """The story with an indicator and a budget for its first activity, which was reported in the first quarter."""
    first = told.activities[0]
    indicator = records.save(told.desk, "indicator", {"of": first, "text": "ចំនួនវគ្គ", "unit": "វគ្គ", "order": 1024}).id
    records.save(told.desk, "target", {"indicator": indicator, "year": 2023, "value": "8"})
    line = {"activity": first, "year": 2023, "amount": "1000000", "currency": "KHR", "source": "state"}
    records.save(told.desk, "budget_line", line)
    report = {"activity": first, "year": 2023, "quarter": 1, "status": "at_risk", "next_step": "បន្តវគ្គទី២"}
    records.save(told.desk, "progress", report)
    return told


@pytest.fixture
def page(qtbot: QtBot, shown: MainWindow, told: story.Story) -> Iterator[ProgressPage]:
    """The page on the second quarter of 2023: five activities owe their reports."""
    shown.context.go("progress", told.plan, year=2023, quarter=2)
    made = shown.page()
    assert isinstance(made, ProgressPage)
    QApplication.processEvents()
    yield made
    settle(qtbot, shown)


def report(told: story.Story, activity: int = 0, period: Period = Q2) -> dict[str, object]:
    found = progress.report(told.desk, told.activities[activity], period)
    return {} if found is None else {name: value for name, value in found.values.items() if value is not None}


def words(widget: QWidget) -> str:
    labels = [label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


# --- the list -------------------------------------------------------------------------------------------------------
def test_what_is_owed_stands_first(page: ProgressPage, told: story.Story) -> None:
    owed = [told.activities[n] for n in (0, 1, 2, 4, 5)]
    assert page.findChild(QWidget, "rows_owed").ids() == owed  # type: ignore[union-attr]
    assert page.head.owed.text() == "៥ សកម្មភាព មិនទាន់រាយការណ៍"
    assert page.title() == "ត្រីមាសទី២ ឆ្នាំ២០២៣"
    others = page.findChild(QWidget, "rows_others")
    assert others is not None and not others.isVisible()
    more = page.findChild(QWidget, "more_others")
    assert more is not None
    more.setFocus()
    press(ENTER)
    assert others.ids() == [told.activities[3], told.activities[6]]  # type: ignore[attr-defined]


def test_the_quarter_is_turned_by_keys_within_the_plan(page: ProgressPage) -> None:
    press("Ctrl+PgDown")
    assert page.period == Period(2023, 3)
    press("Ctrl+PgUp", times=5)
    assert page.period == Period(2023, 1)
    assert page.title() == "ត្រីមាសទី១ ឆ្នាំ២០២៣"
    assert not page.head.picker.back.isEnabled()


def test_the_way_back_leads_to_the_same_quarter(page: ProgressPage, shown: MainWindow) -> None:
    press("Ctrl+PgDown")
    shown.context.go("plans")
    press("Alt+Left")
    assert shown.page() is page and page.period == Period(2023, 3)


# --- a report -------------------------------------------------------------------------------------------------------
def test_a_report_is_written_by_keyboard(qtbot: QtBot, page: ProgressPage, told: story.Story) -> None:
    press(ENTER)  # on the first row that is owed
    card = page._card
    assert card is not None and card.isVisible() and card.activity == told.activities[0]
    assert "បន្តវគ្គទី២" in card.before.plain()
    press("2")
    assert report(told)["status"] == "on_track"
    press(TAB)
    write("5")
    press(TAB)
    write("បើកវគ្គ ២ លើក")
    press(TAB)
    for count in ("10", "១២", "", "3"):
        write(count)
        press(TAB)
    press(TAB)
    write("$50")
    press(TAB)
    kept = report(told)
    assert (kept["girls"], kept["boys"], kept.get("women"), kept["men"]) == (10, 12, None, 3)
    assert (kept["spent"], kept["currency"]) == ("50", "USD")
    assert kept["summary"] == "បើកវគ្គ ២ លើក"
    assert kept["reported_on"] == date.today().isoformat()
    indicator = records.find(told.desk, "indicator")[0].id
    assert progress.year_value(told.desk, indicator, 2023) == 5
    assert card.form.people.plain() == "សរុប ២៥ (ស ១០)"
    press(ESC)
    assert not card.isVisible()
    qtbot.waitUntil(lambda: page.board.focused() == told.activities[0])
    assert page.findChild(QWidget, "rows_told").ids() == [told.activities[0]]  # type: ignore[union-attr]


def test_on_to_the_next_that_is_owed(page: ProgressPage, told: story.Story, shown: MainWindow) -> None:
    for number, activity in enumerate((0, 1, 2, 4, 5), 1):
        press("Ctrl+Return")
        assert page._card is not None and page._card.activity == told.activities[activity], number
        press("5")
    said: list[str] = []
    shown.context.said.connect(lambda text, _tone: said.append(text))
    press("Ctrl+Return")
    assert page.board.open_id == "" and said == ["សកម្មភាពទាំងអស់ក្នុងត្រីមាសនេះ បានរាយការណ៍រួចហើយ។"]
    assert progress.owed(told.desk, told.plan, Q2) == []
    assert page.head.all_told.isVisible() and not page.head.owed.isVisible()


def test_an_open_report_stays_in_its_place(qtbot: QtBot, page: ProgressPage, told: story.Story) -> None:
    press(DOWN, ENTER)
    press("4")
    qtbot.wait(50)
    owed = page.findChild(QWidget, "rows_owed")
    assert owed is not None and owed.open_id == told.activities[1]  # type: ignore[attr-defined]
    assert page._card is not None and page._card.isVisible()


def test_undo_takes_the_report_back(qtbot: QtBot, page: ProgressPage, told: story.Story) -> None:
    press(ENTER)
    press("4")
    assert report(told)["status"] == "late"
    press(ESC)
    press("Ctrl+Z")
    assert report(told) == {}
    qtbot.waitUntil(lambda: len(page.review.owed) == 5 if page.review else False)


def test_what_is_not_understood_stays_and_is_said(page: ProgressPage, told: story.Story) -> None:
    press(ENTER)
    assert page._card is not None
    line = page._card.form.indicators.lines()[0]
    line.editor.focus()
    write("ប្រាំ")
    press(TAB)
    assert line.editor.problem()
    assert records.count(told.desk, "actual") == 0
    girls = page._card.form.editors["girls"]
    girls.focus()
    write("-4")
    press(TAB)
    assert girls.problem() and "girls" not in report(told)


def test_a_quarter_that_was_reported_twice(page: ProgressPage, told: story.Story) -> None:
    whole = {"activity": told.activities[0], "year": 2023, "quarter": 2}
    for summary in ("មួយ", "ពីរ"):
        records.save(told.desk, "progress", {**whole, "status": "done", "summary": summary})
    page.refresh()
    page.open_report(told.activities[0])
    card = page._card
    assert card is not None and card.twin.isVisible()
    shown_now = card.form.editors["summary"].value()
    assert ("ពីរ" if shown_now == "មួយ" else "មួយ") in card.twin.text()
    drop = card.twin.findChild(QWidget, "report_twin_do")
    assert drop is not None
    drop.setFocus()
    press(ENTER)
    assert [one["summary"] for one in progress.reports(told.desk, told.activities[0])[1:]] == [shown_now]
    assert not card.twin.isVisible()
    card.delete.setFocus()
    press(ENTER)
    assert report(told) == {} and page.board.open_id == told.activities[0]
    assert card.form.record is None and not card.delete.isVisible()


def test_a_plan_without_activities_leads_to_the_plan(qtbot: QtBot, shown: MainWindow, told: story.Story) -> None:
    for objective in records.find(told.desk, "objective"):
        records.delete(told.desk, objective.id)
    shown.context.go("progress", told.plan)
    page = shown.page()
    assert isinstance(page, ProgressPage) and page.bare.isVisible() and not page.empty.isVisible()
    assert page.bare.button is not None and page.bare.button.hasFocus()
    settle(qtbot, shown)


def test_pressing_the_status_again_takes_it_back(page: ProgressPage, told: story.Story) -> None:
    press(ENTER, "3")
    assert report(told)["status"] == "at_risk"
    press(Qt.Key.Key_Space)
    assert "status" not in report(told)
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert report(told)["status"] == "done"


def test_a_report_elsewhere_leads_here(shown: MainWindow, told: story.Story) -> None:
    from ui.pages.places import place

    found = records.find(told.desk, "progress")[0]
    there = place(told.desk, found)
    assert there is not None
    shown.go(there)
    page = shown.page()
    assert isinstance(page, ProgressPage) and page.period == Period(2023, 1)
    assert page._card is not None and page._card.form.record == found.id


def test_indicators_of_objectives_are_reported_too(page: ProgressPage, told: story.Story) -> None:
    objective = records.find(told.desk, "objective")[0].id
    indicator = records.save(told.desk, "indicator", {"of": objective, "text": "អត្រាហិង្សា", "cumulative": False}).id
    page.refresh()
    assert page.higher.isVisible()
    (line,) = page.higher_lines.lines()
    line.editor.focus()
    write("12,5")
    press(TAB)
    assert progress.last_actual(told.desk, indicator) is not None


# --- charts ---------------------------------------------------------------------------------------------------------
def test_the_charts_say_what_the_reports_say(page: ProgressPage, told: story.Story) -> None:
    overview = page.overview
    assert overview.people.empty.isVisible() and not overview.people.chart.isVisible()
    first = told.activities[0]
    values = {"status": "done", "girls": 4, "with_disability": 1, "spent": "250000", "currency": "KHR"}
    records.save(told.desk, "progress", {"activity": first, "year": 2023, "quarter": 2, **values})
    indicator = records.find(told.desk, "indicator")[0].id
    records.save(told.desk, "actual", {"indicator": indicator, "year": 2023, "quarter": 2, "value": "6"})
    page.refresh()
    rows, columns, split = (card.chart.chart() for card in (overview.objectives, overview.money, overview.people))
    assert isinstance(rows, Rows) and isinstance(columns, Columns) and isinstance(split, Split)
    assert [item.value for item in rows.items] == [75, None]
    assert columns.unit == "ពាន់រៀល"
    assert columns.series[0].values == (500, 500, None, None)
    assert columns.series[1].values == (None, 250, None, None)
    assert [part.value for part in split.parts] == [4, None, None, None]
    assert "១ នាក់" in split.note


# --- elsewhere ------------------------------------------------------------------------------------------------------
def test_a_desk_without_a_plan_is_told_how_to_begin(qtbot: QtBot, told: story.Story) -> None:
    records.delete(told.desk, told.plan)
    made = window(qtbot, told.desk)
    made.context.go("progress")
    page = made.page()
    assert isinstance(page, ProgressPage) and page.empty.isVisible() and not page.board.isVisible()
    assert page.empty.button is not None and page.empty.button.hasFocus()
    settle(qtbot, made)


def test_the_sheet_for_the_room_tells_what_is_stuck(page: ProgressPage, told: story.Story, shown: MainWindow) -> None:
    values = {"status": "late", "difficulty": "ខ្វះគ្រូ", "solution": "ស្នើបន្ថែម", "girls": 7}
    records.save(told.desk, "progress", {"activity": told.activities[1], "year": 2023, "quarter": 2, **values})
    press("F5")
    room = shown.page()
    assert isinstance(room, ReviewPage) and room.period == Q2
    sheet = room.sheet
    assert sheet.tiles["reports"].value.plain() == "១ / ៥"
    assert sheet.tiles["late"].value.plain() == "២"
    assert sheet.tiles["people"].value.plain() == "៧"
    assert "យុទ្ធនាការ" in words(sheet.stuck) and "បណ្តុះបណ្តាល" in words(sheet.stuck)
    assert "ខ្វះគ្រូ" in words(sheet.hard) and "ស្នើបន្ថែម" in words(sheet.hard)
    press("Ctrl+PgUp")
    assert room.period == Period(2023, 1) and sheet.tiles["late"].value.plain() == "១"


def test_the_whole_screen_is_left_by_escape(page: ProgressPage, shown: MainWindow, qtbot: QtBot) -> None:
    press("F5", "F11")
    room = shown.findChild(Room, "room")
    assert room is not None
    qtbot.waitUntil(room.isActiveWindow)
    press(Qt.Key.Key_Right)
    assert room.sheet.heading.plain() == "ត្រីមាសទី៣ ឆ្នាំ២០២៣"
    press(ESC)
    qtbot.waitUntil(lambda: shown.findChild(Room, "room") is None)
    assert isinstance(shown.page(), ReviewPage)


def test_home_leads_to_what_is_owed(qtbot: QtBot, told: story.Story) -> None:
    made = window(qtbot, told.desk)
    page = made.page()
    assert isinstance(page, HomePage)
    now = progress.current(told.desk, date.today())
    assert now == (told.plan, Period(2025, 4))
    button = page.plan.findChild(QWidget, "home_owed")
    assert button is not None
    button.setFocus()
    press(ENTER)
    there = made.page()
    assert isinstance(there, ProgressPage) and there.period == Period(2025, 4)
    assert there._card is not None and there._card.isVisible()
    settle(qtbot, made)


def test_the_sidebar_counts_what_is_owed_now(qtbot: QtBot, told: story.Story) -> None:
    made = window(qtbot, told.desk)
    section = made.findChild(NavButton, "nav_progress")
    assert section is not None
    owed = progress.owed_now(told.desk, date.today())
    assert owed and section.count == "".join("០១២៣៤៥៦៧៨៩"[int(figure)] for figure in str(owed))
    for activity in progress.owed(told.desk, told.plan, Period(2025, 4)):
        records.save(told.desk, "progress", {"activity": activity.id, "year": 2025, "quarter": 4, "status": "done"})
    made.context.touched("progress")
    qtbot.waitUntil(lambda: not section.count)
    settle(qtbot, made)


def test_a_long_plan_is_read_beside_the_work(qtbot: QtBot, told: story.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compute, "AT_ONCE", 3)
    made = window(qtbot, told.desk)
    made.context.go("progress", told.plan, year=2023, quarter=2, chosen=told.activities[4])
    page = made.page()
    assert isinstance(page, ProgressPage)
    qtbot.waitUntil(lambda: page.board.open_id == told.activities[4], timeout=20_000)
    assert page._card is not None and page._card.isVisible()
    settle(qtbot, made)


def test_evidence_makes_the_report_that_it_belongs_to(
    qtbot: QtBot, page: ProgressPage, told: story.Story, tmp_path: Path
) -> None:
    scan = tmp_path / "បញ្ជីវត្តមាន.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    page.open_report(told.activities[2])
    card = page._card
    assert card is not None and card.form.record is None
    card.evidence.attach_files([scan])
    qtbot.waitUntil(lambda: bool(records.count(told.desk, "attachment")), timeout=20_000)
    found = progress.report(told.desk, told.activities[2], Q2)
    assert found is not None and card.form.record == found.id
    assert records.children(told.desk, "attachment", found.id)[0]["file_name"] == scan.name
    assert told.activities[2] in [one.id for one in progress.owed(told.desk, told.plan, Q2)]  # it says no status yet


def test_the_quarter_is_printed(qtbot: QtBot, page: ProgressPage, shown: MainWindow) -> None:
    press("Ctrl+P")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=30_000)
    dialog.close()


def test_home_tells_what_the_checks_found(qtbot: QtBot, shown: MainWindow, told: story.Story) -> None:
    page = shown.page()
    assert isinstance(page, HomePage)
    settle(qtbot, shown, lambda: shown.context.findings > 0)
    assert page.found.count.text() == digits.count(shown.context.findings)
    look = page.found.findChild(QWidget, "home_checks")
    assert look is not None
    look.setFocus()
    press(ENTER)
    there = shown.page()
    assert there is not None and there.name == "checks"
    settle(qtbot, shown)
