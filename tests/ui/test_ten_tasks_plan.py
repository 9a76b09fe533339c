"""What an officer does most, each from the home page, with the keyboard alone: plan, progress, figures, packages.

As in `test_ten_tasks` the keys are counted and may become fewer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import exchange, plans, records
from tests.printing.reading import squeezed, whole
from tests.ui import meeting_hands, story
from tests.ui.hands import at_most, press, settle, write
from tests.ui.meeting_hands import DOWN, ENTER, ESC, TAB
from tests.ui.province_hands import Seat, Stick
from tests.ui.story import Story
from ui.main_window import MainWindow
from ui.pages.figures import FiguresPage

LEFT = Qt.Key.Key_Left
PROVINCES, DISTRICTS = "យុទ្ធនាការនៅសាលា ១០", "យុទ្ធនាការនៅសាលា ៥"
REASON = "តាមលទ្ធផលកិច្ចប្រជុំ"
NEW = "បង្កើតកន្លែងលេងកុមារ"


def test_an_activity_is_added_with_who_when_and_how_much(shown: MainWindow, told: Story) -> None:
    with at_most(steps=15, letters=33):
        press("Ctrl+3", ENTER, "Ctrl+End", "Ctrl+N")
        write(NEW)
        press(TAB)
        write("សង្")
        press(DOWN, TAB, TAB)  # the one that is offered; its partners come next
        write("១,២")
        press(TAB, TAB)
        press("End", LEFT, LEFT)
        write("2500000")  # on the sum of a year: into the first of its sources
        press(ENTER)
        press("Alt+Up")
    activities = plans.activities(told.desk, told.plan)
    assert activities[-1].id == told.activities[-1], "it was moved up"
    new = activities[-2]
    assert (new["text"], new["responsible"], new["year_quarters"]) == (NEW, told.bodies["social"], "2023Q1 2023Q2")
    (line,) = records.find(told.desk, "budget_line")
    assert (line["activity"], line["year"], line["amount"], line["currency"]) == (new.id, 2023, "2500000", "KHR")


def test_rows_from_excel_become_new_activities(shown: MainWindow, told: Story) -> None:
    QGuiApplication.clipboard().setText("ថ្មីមួយ\tការិ. អប់រំ\r\nថ្មីពីរ\tUNICEF\r\nថ្មីបី\t\r\n")
    before = [a.id for a in plans.activities(told.desk, told.plan)]
    with at_most(steps=4, letters=0):
        press("Ctrl+3", ENTER, "Ctrl+N", "Ctrl+V")
    after = plans.activities(told.desk, told.plan)
    assert [a.id for a in after if a.id in before] == before, "nothing that was there is written over"
    new = [a for a in after if a.id not in before]
    assert [(a["text"], a["responsible"]) for a in new] == [
        ("ថ្មីមួយ", told.bodies["school"]), ("ថ្មីពីរ", told.bodies["unicef"]), ("ថ្មីបី", None),
    ]  # fmt: skip
    at = [a.id for a in after].index(new[0].id)
    assert [a.id for a in after[at : at + 3]] == [a.id for a in new], "they stand together, where the line was begun"
    assert len({a["output"] for a in new}) == 1
    press("Ctrl+Z")
    assert [a.id for a in plans.activities(told.desk, told.plan)] == before, "all of it is one step"


def test_a_quarter_is_reported_and_the_report_printed(
    qtbot: QtBot, shown: MainWindow, told: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_hands.documents(tmp_path, monkeypatch)
    with at_most(steps=15, letters=23):
        press("Ctrl+4", ENTER)
        press("2", TAB)
        write("បើកវគ្គ ២ លើក")
        press(TAB)
        for people in ("10", "១២", "៣០", "3"):
            write(people)
            press(TAB)
        press(TAB)
        write("$50")
        press(ESC)
        file = meeting_hands.keep_paper(qtbot)
    settle(qtbot, shown)
    (report,) = records.find(told.desk, "progress")
    assert (report["activity"], report["status"]) == (told.activities[-1], "on_track")
    assert (report["year"], report["quarter"]) == (2025, 4)
    assert [report[name] for name in ("girls", "boys", "women", "men")] == [10, 12, 30, 3]
    assert (report["spent"], report["currency"]) == ("50", "USD")
    text = whole(file.read_bytes()).replace("\u200b", "")
    assert squeezed("បើកវគ្គ ២ លើក") in text and "៥៥" in text


def test_a_communes_figures_are_entered_and_summed(shown: MainWindow, told: Story) -> None:
    press("Ctrl+5", ENTER, "Ctrl+1")  # the list of measures is begun
    with at_most(steps=5, letters=4):
        press("Ctrl+5")
        for number in ("12", "១៥"):
            write(number)
            press(ENTER)
        press("Ctrl+1", "Ctrl+5")
    page = shown.page()
    assert isinstance(page, FiguresPage)
    found = records.find(told.desk, "figure")
    assert sorted((one["place"], one["value"]) for one in found) == [("080201", "12"), ("080202", "15")]
    across = page.model.across(1)
    assert across is not None and found[0]["measure"] == across.measure.id
    assert page.model.foot()[0].cells[across.key].text == "២៧"


# --- packages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def offices(tmp_path: Path) -> story.Exchange:
    """The province and a district that know each other, hold one plan, and each wrote something else in it."""
    made = story.two_offices(tmp_path)
    for desk, words in ((made.province, PROVINCES), (made.district, DISTRICTS)):
        records.save(desk, "activity", {"text": words}, made.activity)
    return made


def test_a_package_goes_to_the_stick_and_a_difference_is_settled(
    offices: story.Exchange, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = Stick(tmp_path / "stick", monkeypatch)
    province, district = (Seat(qtbot, desk, stick) for desk in (offices.province, offices.district))
    with district, at_most(steps=2, letters=0):
        press("Ctrl+7", ENTER)
        district.settle(lambda: bool(stick.names()))
    with province:
        with at_most(steps=3, letters=0):
            press("Ctrl+7", TAB, ENTER)  # at once, without looking into it first
            province.settle(lambda: bool(exchange.conflicts(province.desk)))
        assert records.get(province.desk, offices.activity)["text"] == DISTRICTS, "until somebody decides"
        with at_most(steps=9, letters=20):
            press("Alt+2", "2")
            province.reach("settle_reason")
            write(REASON)
            press(ENTER)
            province.settle()
        assert not exchange.conflicts(province.desk)
        assert records.get(province.desk, offices.activity)["text"] == PROVINCES
    (settled,) = exchange.decisions(province.desk, record=offices.activity)
    assert settled.reason == REASON
