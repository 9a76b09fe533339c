"""The papers of a meeting from one place: looked at, kept together on a stick, printed together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.khmer import digits
from cpdesk.tasks import paper_batch, records
from cpdesk.tasks.paperwork import own
from tests.ui import consultation, hands
from tests.ui.hands import press
from ui import drives
from ui.dialogs.meeting_papers import MeetingPapers
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.meeting import MeetingPage
from ui.widgets.paper import page_sizes


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
    qtbot.waitUntil(lambda: not dialog.outcome.row.is_busy() and not dialog.context.jobs.is_busy(), timeout=30_000)


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
    assert sorted(dialog.outcome.names.plain().splitlines()) == sorted(file.name for file in folder.iterdir())
    assert dialog.outcome.open.isVisible() and not dialog.print_button.isVisible()
    assert digits.count(6) in dialog.outcome.said.text() and "USB" in dialog.outcome.said.text()


def test_ticked_all_and_none_and_back_again(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    every = dialog.findChild(QPushButton, "papers_all")
    back = dialog.findChild(QPushButton, "papers_back")
    assert every is not None and back is not None and not back.isVisible()
    every.click()
    assert dialog.wanted() == list(paper_batch.OF_A_MEETING)
    dialog.save_all(tmp_path)
    assert dialog.outcome.isVisible() and not back.isEnabled(), "it is under way"
    rest(qtbot, dialog)
    assert back.isEnabled() and dialog.outcome.names.plain().count(".pdf") == 8
    back.click()
    assert dialog.ticks["minutes"].isVisible() and dialog.print_button.isVisible()
    every.click()
    assert dialog.wanted() == []


def test_a_stick_pulled_out_while_papers_are_saved(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dialog.show_drives([drives.Drive("KINGSTON", stick, 1_000_000_000, read_only=False)])
    job = dialog.save_all(stick)
    work, jobs = job.work, dialog.context.jobs

    def pulled(done: int, total: int) -> None:
        if done == 1:
            shutil.rmtree(stick)

    job.cancel()  # it may have begun, or be done: it is run once more, and the stick is pulled out after one paper
    rest(qtbot, dialog)
    shutil.rmtree(stick)
    stick.mkdir()
    jobs.run(lambda desk, _progress: work(desk, pulled), done=dialog._saved)
    rest(qtbot, dialog)
    said = dialog.outcome.said.text()
    assert "USB" in said and digits.count(1) in said and "កំណត់ហេតុ" in said
    assert dialog.outcome.names.plain().count(".pdf") == 1, "what was finished is told"


def test_a_stick_that_cannot_be_written_to_is_not_offered(dialog: MeetingPapers, tmp_path: Path) -> None:
    dialog.show_drives([drives.Drive("LOCKED", tmp_path, 1, read_only=True)])
    button = dialog.findChild(QPushButton, "papers_stick")
    assert button is not None and not button.isEnabled()


def test_what_cannot_be_written_is_said(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("x")
    dialog.save_all(tmp_path / "no folder")
    rest(qtbot, dialog)
    assert "កំណត់ហេតុ" in dialog.outcome.said.text(), "the papers that are not there are named"


def test_several_are_one_job_of_the_printer(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "all.pdf"))
    printer.setResolution(50)
    dialog.print_to(printer)
    rest(qtbot, dialog)
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as paper:
        pages = len(paper)
    assert pages >= 4 and digits.count(pages) in dialog.outcome.said.text()


def test_printing_can_be_stopped(dialog: MeetingPapers, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "all.pdf"))
    job = dialog.print_to(printer)
    job.progress.connect(lambda _done, total: job.cancel() if total else None)
    rest(qtbot, dialog)
    assert dialog.outcome.said.text().startswith("បានបញ្ឈប់")


def test_the_letter_to_one_of_those_invited(dialog: MeetingPapers, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, "look_invitation")
    assert button is not None
    button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = paper_batch.letters(dialog.context.desk, dialog.meeting)
    assert [action.text() for action in menu.actions() if action.text()][1:] == [name for _id, name in found]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PreviewDialog) and found[0][1] in preview.paper.name
    qtbot.waitUntil(lambda: bool(preview.pdf) and not dialog.context.jobs.is_busy(), timeout=20_000)
    assert len(page_sizes(preview.pdf)) == 1
    preview.close()


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


def test_the_page_that_is_there_stays_until_the_next_is_drawn(shown: MainWindow, qtbot: QtBot) -> None:
    page = shown.page()
    assert isinstance(page, MeetingPage)
    qtbot.waitUntil(lambda: page.paper.drawn > 0 and not shown.context.jobs.is_busy(), timeout=20_000)
    page.paper.choice.setCurrentIndex(page.paper.choice.findData("attendance"))
    page.paper.choice.activated.emit(page.paper.choice.currentIndex())
    assert page.paper.sheet.has_image(page.paper.sheet.wanted_width()), "not white for a moment"
    qtbot.waitUntil(lambda: page.paper.drawn > 1 and not shown.context.jobs.is_busy(), timeout=20_000)


def test_a_line_changed_by_hand_is_beside_the_form_too(
    shown: MainWindow, told: consultation.Consultation, qtbot: QtBot
) -> None:
    page = shown.page()
    assert isinstance(page, MeetingPage)
    qtbot.waitUntil(lambda: page.paper.drawn == 1 and not shown.context.jobs.is_busy(), timeout=20_000)
    own.put_many(shown.context.undo, "minutes", told.meeting, {"title": "កំណត់ហេតុពិសេស"})
    shown.context.touched("document")
    qtbot.waitUntil(lambda: page.paper.drawn == 2 and not shown.context.jobs.is_busy(), timeout=20_000)
