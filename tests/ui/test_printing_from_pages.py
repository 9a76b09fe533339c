"""Every page leads to its paper: lists and sheets, follow-ups, reports of any length, papers of a plan, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cpdesk.tasks import exchange, records
from cpdesk.tasks.papers import FORMS
from cpdesk.tasks.papers.titles import title
from tests.printing.reading import squeezed, whole
from tests.ui import hands
from tests.ui.story import Exchange, Story, two_offices
from ui.dialogs import plan_papers
from ui.dialogs.history import HistoryDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Page


def paper(qtbot: QtBot, window: MainWindow) -> str:
    """The words of the preview that is open, which is closed then."""
    qtbot.waitUntil(lambda: window.findChild(PreviewDialog) is not None)
    dialog = window.findChild(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20000)
    text = whole(dialog.pdf)
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog) or window.findChild(PreviewDialog) is None)
    return text


def at(shown: MainWindow, page: str, record: str | None = None) -> Page:
    shown.context.go(page, record)
    found = shown.page()
    assert found is not None and found.name == page
    return found


def click(where: QWidget, name: str) -> None:
    button = where.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def run(page: Page, command: str) -> None:
    (action,) = [one for one in page.commands() if one.id == command]
    assert action.enabled is None or action.enabled()
    action.run()


# --- lists and sheets -----------------------------------------------------------------------------------------------
def test_people_are_printed_as_they_are_listed(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    page = at(shown, "people")
    run(page, "print")
    text = paper(qtbot, shown)
    for person in records.find(told.desk, "person"):
        assert squeezed(person.title) in text
    page.search_line.setText("កុសនី")  # type: ignore[attr-defined]
    page._search()  # type: ignore[attr-defined]
    click(page, "print_list")
    text = paper(qtbot, shown)
    assert squeezed("ហ៊ុន កុសនី") in text and squeezed("គឹម សុវណ្ណ") not in text
    assert "012" not in text and "០១២" not in text, "a phone number stays here"


def test_bodies_have_a_list_and_a_sheet_with_their_members(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    page = at(shown, "people", told.bodies["committee"])
    run(page, "print")
    assert squeezed("អង្គការយូនីសេហ្វ") in paper(qtbot, shown)
    run(page, "print_record")
    text = paper(qtbot, shown)
    assert squeezed("សមាជិកភាព") in text and squeezed("លោកជំទាវ ហ៊ុន កុសនី") in text
    click(page, "print_body")
    assert squeezed("គ.ក.ស.ក ស្រុក") in paper(qtbot, shown)


def test_meetings_are_printed_as_they_are_listed(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    records.save(told.desk, "meeting", {"subject": "ប្រជុំប្រចាំខែ", "date": "2022-07-01", "state": "planned"})
    page = at(shown, "meetings")
    run(page, "print")
    text = paper(qtbot, shown)
    assert text.index(squeezed("ប្រជុំប្រចាំខែ")) < text.index(squeezed("ពិនិត្យវឌ្ឍនភាព")), "the newest on top"
    page.states.set_current("planned")  # type: ignore[attr-defined]
    page.refresh()
    click(page, "print_list")
    text = paper(qtbot, shown)
    assert squeezed("ប្រជុំប្រចាំខែ") in text and squeezed("ពិនិត្យវឌ្ឍនភាព") not in text


def test_any_record_is_printed_from_its_history(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    dialog = HistoryDialog(shown.context, told.activities[1], parent=shown)
    dialog.open()
    click(dialog, "history_print")
    text = paper(qtbot, shown)
    assert squeezed(records.get(told.desk, told.activities[1]).text("text")) in text
    assert squeezed("ជំពូក ២ ល.រ ១៤") in text
    dialog.reject()


# --- what has a form of its own -------------------------------------------------------------------------------------
def test_home_prints_what_is_open_of_every_meeting(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    page = at(shown, "home")
    click(page, "print_follow_ups")
    text = paper(qtbot, shown)
    assert squeezed("ការងារត្រូវអនុវត្តបន្តពីកិច្ចប្រជុំទាំងអស់") in text and squeezed("ចងក្រងបញ្ជីសាលារៀនគោលដៅ") in text
    run(page, "print")
    assert squeezed("តារាងតាមដានការងារ") in paper(qtbot, shown)


def test_progress_is_reported_of_a_quarter_a_semester_a_year(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    page = at(shown, "progress", told.plan)
    qtbot.waitUntil(lambda: page.review is not None, timeout=10000)  # type: ignore[attr-defined]
    year = page.period.year  # type: ignore[attr-defined]
    assert year == 2025
    for command, words in (
        ("print", "ប្រចាំត្រីមាសទី"), ("print_semester", "ប្រចាំឆមាសទី២ឆ្នាំ២០២៥"), ("print_year", "ប្រចាំឆ្នាំ២០២៥"),
    ):  # fmt: skip
        run(page, command)
        assert squeezed(words) in paper(qtbot, shown)
    click(page, "progress_paper")
    menu = page.findChild(QMenu, "paper_menu")
    assert isinstance(menu, QMenu) and [one.text() for one in menu.actions()][2] == "ឆ្នាំ២០២៥"
    menu.actions()[2].trigger()
    menu.close()
    assert squeezed("ប្រចាំឆ្នាំ២០២៥") in paper(qtbot, shown)


@pytest.mark.parametrize("form", plan_papers.OF_A_PLAN)
def test_every_paper_of_a_plan_is_reached_from_every_view(
    qtbot: QtBot, told: Story, shown: MainWindow, form: str
) -> None:
    for view in ("priorities", "matrix"):
        found = {one.id: one for one in plan_papers.actions(shown.context, view, lambda: told.plan, dict, shown)}
        own = plan_papers.PAPERS.get(view) == form
        action = found["print" if own else f"print_{form}"]
        assert own or title(form) in action.text
    action.run()
    assert squeezed(records.get(told.desk, told.plan).title) in paper(qtbot, shown)
    assert FORMS[form].about == "plan"


# --- packages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Exchange]:
    made = two_offices(tmp_path)
    yield made
    made.district.close()


def test_who_brings_a_package_gets_a_receipt(qtbot: QtBot, offices: Exchange) -> None:
    records.save(offices.district, "meeting", {"subject": "ប្រជុំស្រុក", "date": "2022-07-01"})
    exchange.export(offices.district, offices.folder / "back.cpsync", "08")
    shown = hands.window(qtbot, offices.province)
    page = at(shown, "exchange")
    page.receiving.merge([offices.folder / "back.cpsync"])  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "receipt_0802_1") is not None, timeout=20000)
    click(page, "receipt_0802_1")
    text = paper(qtbot, shown)
    assert squeezed("បង្កាន់ដៃទទួលកញ្ចប់ទិន្នន័យ") in text and squeezed("កញ្ចប់លេខ ១") in text
    hands.settle(qtbot, shown)
