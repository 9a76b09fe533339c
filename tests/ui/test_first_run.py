"""From nothing to a desk with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk import paths, settings
from cpdesk.i18n import language
from cpdesk.khmer.spelling import fold
from cpdesk.tasks import meetings, records
from cpdesk.tasks.demo import today
from cpdesk.tasks.desk import office, open_desk
from tests.ui.hands import press, write
from ui import sample
from ui.dialogs.first_officer import OfficerStep
from ui.dialogs.first_run import FirstRun, sample_folder
from ui.dialogs.first_steps import FileStep, OfficeStep, default_file

ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where desks go in this test, in place of the person's documents."""
    monkeypatch.setattr(paths, "default_desks", lambda: tmp_path / "Documents" / "cpdesk")
    return tmp_path / "Documents" / "cpdesk"


@pytest.fixture
def wizard(qtbot: QtBot, folder: Path) -> Iterator[FirstRun]:
    made = FirstRun()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settled()
    yield made


def settled() -> None:
    for _turn in range(3):
        QApplication.processEvents()


def to_the_file(wizard: FirstRun) -> None:
    """Answer the first three questions."""
    press(ENTER)
    settled()
    write("កៀនស្វា")
    press(ENTER)
    settled()
    write("សុខ  សុភា ")
    without_a_password()
    assert wizard.at == 3, wizard.said.plain()


def without_a_password() -> None:
    """From the name on: choose to have none for now, and go on."""
    press(TAB, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    press("Shift+Tab", ENTER)
    settled()


def test_four_answers_make_a_desk(wizard: FirstRun, folder: Path, qtbot: QtBot) -> None:
    assert language() == "km"
    to_the_file(wizard)
    press(ENTER)
    qtbot.waitUntil(lambda: not wizard.isVisible())
    assert wizard.made == folder / "0802-kien-svay.cpdesk"
    assert not wizard.isVisible()
    assert settings.load().last_desk == wizard.made
    with open_desk(wizard.made) as desk:
        assert (desk.office, desk.officer) == ("0802", "សុខ សុភា")
        assert office(desk).title == "រដ្ឋបាលស្រុកកៀនស្វាយ"


def test_the_office_is_found_in_both_scripts_and_shows_its_path(wizard: FirstRun) -> None:
    press(ENTER)
    settled()
    step = wizard.step()
    assert isinstance(step, OfficeStep)
    for words in ("kien svay", "កៀនស្វាយ", "0802"):
        step.line.clear()
        write(words)
        assert step.code == "0802", words
        assert fold(step.said.plain()) == fold("ខេត្តកណ្តាល › ស្រុកកៀនស្វាយ")
    step.line.clear()
    write("kien")
    press(DOWN)
    assert step.code not in ("", "0802")
    step.line.clear()
    write("zzzz")
    assert step.code == "" and "រកមិនឃើញ" in step.said.plain()
    press(ENTER)
    assert wizard.at == 1 and wizard.said.plain(), "without an office it does not go on, and says why"


def test_the_language_holds_at_once(wizard: FirstRun, qtbot: QtBot) -> None:
    press(DOWN)
    qtbot.waitUntil(lambda: wizard.heading.plain().startswith("Which language"))
    assert language() == "en" and settings.load().language == "en"
    settled()
    press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: not wizard.heading.plain().startswith("Which"))
    assert language() == "km"


def test_esc_goes_back_and_answers_stay(wizard: FirstRun) -> None:
    to_the_file(wizard)
    for _turn in range(3):
        press(Qt.Key.Key_Escape)
        settled()
    assert wizard.at == 0 and wizard.isVisible()
    for _turn in range(2):
        press(ENTER)
        settled()
    step = wizard.step()
    assert isinstance(step, OfficerStep)
    step.line.setFocus()
    without_a_password()
    assert wizard.at == 3 and (wizard.code, wizard.officer) == ("0802", "សុខ សុភា")
    for _turn in range(4):
        press(Qt.Key.Key_Escape)
        settled()
    assert not wizard.isVisible() and wizard.made is None


def test_a_name_is_asked_for(wizard: FirstRun) -> None:
    press(ENTER)
    settled()
    write("0802")
    press(ENTER)
    settled()
    press(ENTER)
    assert wizard.at == 2 and wizard.said.plain()


def test_a_file_that_is_there_is_not_touched(wizard: FirstRun, folder: Path) -> None:
    to_the_file(wizard)
    step = wizard.step()
    assert isinstance(step, FileStep)
    folder.mkdir(parents=True)
    (folder / "0802-kien-svay.cpdesk").write_text("mine")
    press(ENTER)
    settled()
    assert wizard.made is None and wizard.said.plain()
    assert (folder / "0802-kien-svay.cpdesk").read_text() == "mine"
    assert default_file("0802") == folder / "0802-kien-svay-2.cpdesk"


def test_the_sample_stands_beside_ones_own_desk(wizard: FirstRun, folder: Path, qtbot: QtBot) -> None:
    to_the_file(wizard)
    press(DOWN, ENTER)
    qtbot.waitUntil(lambda: wizard.made is not None and not wizard.isVisible(), timeout=60_000)
    assert wizard.made == folder / "sample" / "desks" / "08-kandal.cpdesk"
    assert sample_folder() == (folder / "sample", True)
    assert sample.own_desk(wizard.made) == folder / "0802-kien-svay.cpdesk"
    with open_desk(wizard.made) as desk:
        around = meetings.around(desk, date.today())
        assert around.ahead and around.ahead[0]["state"] == "planned", "the next meeting stands in the coming days"
        assert date.today() < date.fromisoformat(around.ahead[0].text("date")) < date.today() + timedelta(12)
        left = [date.fromisoformat(record.text("due")) for record in meetings.open_follow_ups(desk)]
        assert len(left) >= 3 and min(left) > date.today() - timedelta(7), "nothing is years late"
        before = records.count(desk, "meeting")
    today.bring_up_to(wizard.made, date.today())
    with open_desk(wizard.made) as desk:
        assert records.count(desk, "meeting") == before, "what is up to date stays as it is"
    with open_desk(folder / "0802-kien-svay.cpdesk") as own:
        assert records.count(own, "meeting") == 0


@pytest.mark.parametrize("way", ["list", "words"])
def test_a_desk_of_the_national_level(wizard: FirstRun, folder: Path, qtbot: QtBot, way: str) -> None:
    press(ENTER)
    settled()
    step = wizard.step()
    assert isinstance(step, OfficeStep)
    assert step.list.model().index(0, 0).data() == "ថ្នាក់ជាតិ" and step.list.model().rowCount() == 26
    if way == "list":
        press(DOWN)
    else:
        write("ជាតិ")
    press(ENTER)
    settled()
    write("មន្ត្រីជាតិ")
    without_a_password()
    press(ENTER)
    qtbot.waitUntil(lambda: wizard.made is not None)
    assert wizard.made == folder / "00-national.cpdesk"
    with open_desk(wizard.made) as desk:
        assert desk.office == "00" and office(desk)["name_km"] == "រដ្ឋបាលថ្នាក់ជាតិ"
