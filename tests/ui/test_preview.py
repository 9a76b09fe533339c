"""The preview: pages turned, zoomed and searched, lines changed by hand, kept as a file, printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.khmer import digits
from cpdesk.tasks import forms
from cpdesk.tasks.paperwork import register
from cpdesk.tasks.undo import Undo
from tests.ui import consultation
from tests.ui.hands import read
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.preview import Paper, PreviewDialog, printing, show_preview
from ui.jobs import Jobs
from ui.widgets.notices import Toast
from ui.widgets.paper import page_sizes
from ui.widgets.paper_view import PAGE, WIDTH

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER = "១២៣/២២ ព"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[consultation.Consultation]:
    made = consultation.consultation(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def context(told: consultation.Consultation) -> Iterator[Context]:
    made = Context(told.desk, Jobs(told.desk.other), Undo(told.desk))
    yield made
    made.jobs.close()


@pytest.fixture
def shown(context: Context, told: consultation.Consultation, qtbot: QtBot) -> Iterator[PreviewDialog]:
    dialog = show_preview(context, Paper("minutes", told.meeting, title="កំណត់ហេតុ"))
    rest(qtbot, dialog)
    yield dialog
    if isValid(dialog):
        dialog.close()


def rest(qtbot: QtBot, dialog: PreviewDialog) -> None:
    """Made, drawn, and the worker has nothing to do: the PDF is left to us."""
    qtbot.waitUntil(lambda: dialog.view.is_drawn() and not dialog.context.jobs.is_busy(), timeout=20_000)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in paper)


def to_file(folder: Path, resolution: int = 100) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "paper.pdf"))
    printer.setResolution(resolution)
    printer.setFullPage(True)
    return printer


# --- pages ----------------------------------------------------------------------------------------------------------
def test_every_page_is_there_and_says_which(qtbot: QtBot, shown: PreviewDialog) -> None:
    pages = len(page_sizes(shown.pdf))
    assert pages >= 2 and len(shown.view.sheets) == pages
    assert shown.bar.page.text() == "១" and digits.count(pages) in shown.bar.pages.plain()
    QTest.keyClick(shown.view, Qt.Key.Key_PageDown)
    assert shown.page() == 1 and shown.bar.page.text() == "២"
    QTest.keyClick(shown.view, Qt.Key.Key_End)
    assert shown.page() == pages - 1
    QTest.keyClick(shown.view, Qt.Key.Key_Home)
    assert shown.page() == 0


@pytest.mark.parametrize(("typed", "page"), [("2", 1), ("២", 1), ("99", -1), ("abc", 0), ("", 0)])
def test_a_page_number_in_either_digits_leads_there(shown: PreviewDialog, typed: str, page: int) -> None:
    shown.bar.page.setText(typed)
    QTest.keyClick(shown.bar.page, Qt.Key.Key_Return)
    assert shown.page() == page % len(shown.view.sheets)


def test_zoom_is_sharp_and_fits_follow_the_window(qtbot: QtBot, shown: PreviewDialog) -> None:
    first = shown.view.sheets[0]
    shown.view.set_zoom(1.0)
    before = first.width()
    QTest.keyClick(shown, Qt.Key.Key_Plus, CTRL)
    assert first.width() == pytest.approx(before * 1.25, abs=2)
    rest(qtbot, shown)
    assert first.has_image(first.wanted_width()), "drawn anew, not stretched"
    shown.view.set_zoom(PAGE)
    assert first.height() <= shown.view.viewport().height()
    shown.view.set_zoom(WIDTH)
    assert first.width() == pytest.approx(shown.view.viewport().width(), abs=60)
    shown.resize(shown.width() - 200, shown.height())
    assert first.width() == pytest.approx(shown.view.viewport().width(), abs=60)


def test_words_are_found_as_a_reader_sees_them(qtbot: QtBot, shown: PreviewDialog) -> None:
    QTest.keyClick(shown, Qt.Key.Key_F, CTRL)
    assert shown.find_bar.isVisible()
    shown.find_bar.line.setText("កុមារ")
    shown.find_bar.line.textEdited.emit("កុមារ")
    qtbot.waitUntil(lambda: bool(shown.find_bar.hits), timeout=10_000)
    found = shown.find_bar.hits
    assert len(found) == words_of(shown.pdf).count("កុមារ")
    assert "១" in shown.find_bar.count.plain()
    for _time in found:
        QTest.keyClick(shown.find_bar.line, Qt.Key.Key_Return)
    assert shown.find_bar.count.plain().startswith("១"), "from the last to the first"
    for typed in ("22/06/23", "២២/០៦/២៣"):  # nothing of this stands there, in either digits
        shown.find_bar.line.setText(typed)
        shown.find_bar.line.textEdited.emit(typed)
        qtbot.waitUntil(lambda: not shown.find_bar.hits, timeout=10_000)
    QTest.keyClick(shown.find_bar.line, Qt.Key.Key_Escape)
    assert not shown.find_bar.isVisible() and shown.isVisible(), "Escape ends the search, not the preview"


# --- lines of its own -----------------------------------------------------------------------------------------------
def test_a_line_changed_by_hand_is_on_the_page_and_stays_with_the_paper(
    qtbot: QtBot, shown: PreviewDialog, told: consultation.Consultation
) -> None:
    QTest.keyClick(shown, Qt.Key.Key_E, CTRL)
    assert shown.own.isVisible()
    box = shown.own.boxes["title"]
    usual = box.editor.value()
    box.editor.set_value("កំណត់ហេតុពិសេស")
    box.editor.edited.emit()
    shown.own.flush()
    qtbot.waitUntil(lambda: "កំណត់ហេតុពិសេស" in words_of(shown.pdf), timeout=20_000)
    rest(qtbot, shown)
    assert box.back.isVisible(), "there is a way back"
    assert "កំណត់ហេតុពិសេស" in words_of(forms.preview(told.desk, "minutes", told.meeting)), "it is remembered"
    box.back.click()
    qtbot.waitUntil(lambda: "កំណត់ហេតុពិសេស" not in words_of(shown.pdf), timeout=20_000)
    rest(qtbot, shown)
    assert box.editor.value() == usual and not box.back.isVisible()


# --- files ----------------------------------------------------------------------------------------------------------
def test_saving_gives_the_very_pages(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    shown.save(tmp_path / "កំណត់ហេតុ.pdf")
    qtbot.waitUntil(lambda: not shown.row.is_busy(), timeout=20_000)
    rest(qtbot, shown)
    assert (tmp_path / "កំណត់ហេតុ.pdf").read_bytes() == shown.pdf
    assert shown.findChild(Toast) is not None, "it is said where one looks"


@pytest.mark.parametrize("to", ["docx", "xlsx"])
def test_saving_as_word_and_excel(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path, to: forms.FileType) -> None:
    job = shown.save(tmp_path / f"x.{to}", to)
    qtbot.waitUntil(lambda: not isValid(job) or not shown.context.jobs.is_busy(), timeout=20_000)
    with zipfile.ZipFile(tmp_path / f"x.{to}") as archive:
        assert archive.testzip() is None and "[Content_Types].xml" in archive.namelist()


def test_what_cannot_be_saved_says_why_and_leaves_the_old(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    shown.save(tmp_path / "no folder" / "x.pdf")
    qtbot.waitUntil(lambda: shown.findChild(Dialog, "error") is not None, timeout=20_000)
    error = shown.findChild(Dialog, "error")
    assert error is not None and "x.pdf" in read(error)
    error.close()
    rest(qtbot, shown)
    assert shown.isVisible()


def test_a_full_disk_is_said_and_the_old_file_stays(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    """The system's own limit stands in for a full disk: no file may grow beyond so many bytes."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        shown.save(path)
        qtbot.waitUntil(lambda: shown.findChild(Dialog, "error") is not None, timeout=20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    error = shown.findChild(Dialog, "error")
    assert error is not None and "x.pdf" in read(error)
    error.close()
    rest(qtbot, shown)
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []
    assert shown.bar.save.isEnabled(), "one can try elsewhere"


def test_looking_takes_no_number_and_giving_out_takes_one(
    qtbot: QtBot, context: Context, told: consultation.Consultation, tmp_path: Path
) -> None:
    dialog = show_preview(context, Paper("invitation_list", told.meeting))
    rest(qtbot, dialog)
    assert not register.entries(told.desk), "a look is free"
    for _twice in range(2):
        dialog.save(tmp_path / "letter.pdf")
        rest(qtbot, dialog)
        qtbot.waitUntil(lambda: (tmp_path / "letter.pdf").exists(), timeout=10_000)
        rest(qtbot, dialog)
    (entry,) = register.entries(told.desk)
    assert "".join(entry.shown.split()) in words_of(dialog.pdf), "the page in sight has its number now"
    dialog.close()


# --- printing -------------------------------------------------------------------------------------------------------
def test_prints_each_page_as_it_looks(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    pdf, sizes, jobs = shown.pdf, page_sizes(shown.pdf), shown.context.jobs
    shown.print_to(to_file(tmp_path))
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=20_000)
    with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as paper, pypdfium2.PdfDocument(io.BytesIO(pdf)) as meant:
        assert len(paper) == len(sizes)
        assert paper.get_page_size(0) == pytest.approx(sizes[0], abs=1)
        dark = [_dark(document[0]) for document in (paper, meant)]
        assert dark[0] == pytest.approx(dark[1], rel=0.1)


def _dark(page: pypdfium2.PdfPage) -> int:
    """How much ink lies on a page drawn at 100 dpi."""
    bitmap = page.render(scale=100 / 72, grayscale=True)
    ink = sum(255 - byte for byte in bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return ink


def test_pages_that_were_asked_for(tmp_path: Path) -> None:
    printer = to_file(tmp_path)
    assert printing.chosen_pages(printer, 9, 4) == tuple(range(9))
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert printing.chosen_pages(printer, 9, 4) == (4,)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    ranges.addPage(7)
    printer.setPageRanges(ranges)
    assert printing.chosen_pages(printer, 9, 4) == (1, 2, 6)


def test_several_papers_are_one_job_each_page_once(shown: PreviewDialog, tmp_path: Path) -> None:
    sizes = tuple(page_sizes(shown.pdf))
    papers = [printing.Pages(shown.pdf, sizes, (0,)), printing.Pages(shown.pdf, sizes, (1, 0))]
    seen: list[tuple[int, int]] = []
    count = printing.print_pages(to_file(tmp_path, 40), papers, lambda done, total: seen.append((done, total)))
    assert count == 3 and seen[-1] == (3, 3)
    assert len(page_sizes((tmp_path / "paper.pdf").read_bytes())) == 3


def test_so_many_copies_as_were_asked_for(shown: PreviewDialog, qtbot: QtBot, tmp_path: Path) -> None:
    printer, jobs = to_file(tmp_path, 40), shown.context.jobs
    printer.setCopyCount(3)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addPage(2)
    printer.setPageRanges(ranges)
    shown.print_to(printer)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=20_000)
    assert len(page_sizes((tmp_path / "paper.pdf").read_bytes())) == 3


def test_the_preview_stays_until_all_pages_are_sent(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    said: list[str] = []
    shown.context.said.connect(lambda words, _tone: said.append(words))
    job, jobs = shown.print_to(to_file(tmp_path, 300)), shown.context.jobs
    assert shown.isVisible() and shown.row.isVisible() and not shown.bar.print.isEnabled()
    job.progress.connect(lambda _done, total: job.cancel() if total else None)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=20_000)
    rest(qtbot, shown)
    assert shown.isVisible() and shown.bar.print.isEnabled() and not said, "stopped: one can print again"
    assert shown.findChild(Toast) is not None
    shown.print_to(to_file(tmp_path, 40))
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=20_000)
    assert said and not (isValid(shown) and shown.isVisible())


def test_printing_can_be_cancelled_between_pages(shown: PreviewDialog, tmp_path: Path) -> None:
    pages = printing.Pages(shown.pdf, tuple(page_sizes(shown.pdf)), (0, 1))

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        printing.print_pages(to_file(tmp_path), [pages], stop)


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
def test_a_printer_that_does_not_begin_is_said(shown: PreviewDialog, tmp_path: Path) -> None:
    printer = to_file(tmp_path)
    printer.setOutputFileName(str(tmp_path / "no folder" / "paper.pdf"))
    pages = printing.Pages(shown.pdf, tuple(page_sizes(shown.pdf)), (0,))
    with pytest.raises(UserError):
        printing.print_pages(printer, [pages], lambda _done, _total: None)


# --- what cannot be shown -------------------------------------------------------------------------------------------
def test_a_form_that_cannot_be_made_says_why(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk = consultation.empty_desk(tmp_path)
    context = Context(desk, Jobs(desk.other), Undo(desk))
    dialog = show_preview(context, Paper("x", "y", title="x"))
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert answers == [QDialog.DialogCode.Rejected]
    told = [w for w in qapp.topLevelWidgets() if w.objectName() == "error"]
    assert told and "x" in told[0].windowTitle()
    told[0].close()
    context.jobs.close()
    desk.close()


def test_every_button_has_a_name(shown: PreviewDialog) -> None:
    for button in shown.findChildren(QPushButton):
        assert button.accessibleName() or button.text(), button.objectName()
