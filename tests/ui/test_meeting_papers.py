"""The papers of a meeting from one place: looked at, kept together on a stick, printed together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.khmer import digits
from cpdesk.tasks import paper_batch, records
from tests.ui import consultation, hands
from tests.ui.hands import press
from ui import drives
from ui.dialogs.meeting_papers import MeetingPapers
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.meeting import MeetingPage


@pytest.fixture
def told(tmp_path: Path) -> consultation.Consultation:
    made = consultation.consultation(tmp_path)
    records.save(made.desk, "meeting", {"state": "held"}, made.meeting)
    return made


@pytest.fixture
def shown(told: consultation.Consultation, qtbot: QtBot) -> MainWindow:
    window = hands.window(qtbot, told.desk)
    window.go(Location("meeting", told.meeting))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def dialog(shown: MainWindow, qtbot: QtBot) -> Iterator[MeetingPapers]:
    press("Ctrl+Shift+P")
    made = QApplication.activeModalWidget()
    assert isinstance(made, MeetingPapers)
    yield made
    made.close()


def rest(qtbot: QtBot, dialog: MeetingPapers) -> None:
    qtbot.waitUntil(lambda: not dialog.row.is_busy() and not dialog.context.jobs.is_busy(), timeout=30_000)


def test_what_tells_of_a_meeting_is_ticked_once_it_was_held(dialog: MeetingPapers) -> None:
    assert dialog.wanted() == ["attendance", "minutes", "follow_ups"]
    assert list(dialog.ticks) == list(paper_batch.OF_A_MEETING)
    for tick in dialog.ticks.values():
        tick.setChecked(False)
    assert not dialog.print_button.isEnabled(), "nothing is ticked"


def test_all_of_them_on_a_stick(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dialog.show_drives([drives.Drive("KINGSTON", stick, 1_000_000_000, read_only=False)])
    dialog.types["docx"].setChecked(True)
    button = dialog.findChild(QPushButton, "papers_stick")
    assert button is not None
    button.click()
    rest(qtbot, dialog)
    (folder,) = stick.iterdir()
    assert len(list(folder.iterdir())) == 6
    assert digits.count(6) in dialog.said.text() and "USB" in dialog.said.text()


def test_a_stick_that_cannot_be_written_to_is_not_offered(dialog: MeetingPapers, tmp_path: Path) -> None:
    dialog.show_drives([drives.Drive("LOCKED", tmp_path, 1, read_only=True)])
    button = dialog.findChild(QPushButton, "papers_stick")
    assert button is not None and not button.isEnabled()


def test_what_cannot_be_written_is_said(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("x")
    dialog.save_all(tmp_path / "no folder")
    rest(qtbot, dialog)
    assert "កំណត់ហេតុ" in dialog.said.text(), "the papers that are not there are named"


def test_several_are_one_job_of_the_printer(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "all.pdf"))
    printer.setResolution(50)
    dialog.print_to(printer)
    rest(qtbot, dialog)
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as paper:
        pages = len(paper)
    assert pages >= 4 and digits.count(pages) in dialog.said.text()


def test_each_can_be_looked_at(dialog: MeetingPapers, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, "look_agenda")
    assert button is not None
    button.click()
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PreviewDialog)
    qtbot.waitUntil(lambda: bool(preview.pdf) and not dialog.context.jobs.is_busy(), timeout=20_000)
    preview.close()


def test_another_paper_beside_the_form_is_remembered(shown: MainWindow, qtbot: QtBot) -> None:
    page = shown.page()
    assert isinstance(page, MeetingPage) and page.paper.form() == "minutes"
    qtbot.waitUntil(lambda: page.paper.drawn > 0, timeout=20_000)
    before = page.paper.drawn
    page.paper.choice.setCurrentIndex(page.paper.choice.findData("agenda"))
    page.paper.choice.activated.emit(page.paper.choice.currentIndex())
    qtbot.waitUntil(lambda: page.paper.drawn > before, timeout=20_000)
    shown.rebuild()
    again = shown.page()
    assert isinstance(again, MeetingPage) and again is not page and again.paper.form() == "agenda"
