"""The preview shows the pages that the form has, turns and zooms them, keeps them as a file, and prints them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cpdesk.errors import DiskProblem
from cpdesk.tasks.undo import Undo
from tests.ui import consultation
from ui.context import Context
from ui.dialogs.preview import Paper, PreviewDialog, show_preview
from ui.dialogs.preview.dialog import print_pages
from ui.jobs import Jobs
from ui.widgets.notices import Toast
from ui.widgets.paper import page_sizes


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[PreviewDialog]:
    made = consultation.consultation(tmp_path)
    context = Context(made.desk, Jobs(made.desk.other), Undo(made.desk))
    dialog = show_preview(context, Paper("minutes", made.meeting, title="កំណត់ហេតុ"))
    qtbot.waitUntil(lambda: _drawn(dialog), timeout=20_000)
    yield dialog
    if isValid(dialog):
        dialog.close()
    context.jobs.close()
    made.desk.close()


def _drawn(dialog: PreviewDialog) -> bool:
    """Made, and the first page there: the worker leaves the PDF to us."""
    sheets = dialog._sheets
    return bool(sheets) and sheets[0].has_image(sheets[0].wanted_width()) and not dialog.context.jobs.is_busy()


def test_shows_every_page_and_says_which(qtbot: QtBot, shown: PreviewDialog) -> None:
    pages = len(page_sizes(shown.pdf))
    assert pages >= 2
    assert len(shown._sheets) == pages
    first = shown._sheets[0]
    qtbot.waitUntil(lambda: first.has_image(first.wanted_width()), timeout=10_000)
    assert "១" in shown._pages.plain()
    qtbot.keyClick(shown, Qt.Key.Key_PageDown)
    assert shown.page() == 1 and "២" in shown._pages.plain()
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.page() == 0


def test_zoom_draws_a_sharper_page(qtbot: QtBot, shown: PreviewDialog) -> None:
    first = shown._sheets[0]
    before = first.width()
    qtbot.keyClick(shown, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert first.width() == pytest.approx(before * 1.25, abs=2)
    qtbot.waitUntil(lambda: first.has_image(first.wanted_width()), timeout=10_000)
    qtbot.keyClick(shown, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert first.width() == before


def test_saves_the_very_bytes(shown: PreviewDialog, tmp_path: Path) -> None:
    shown.save(tmp_path / "កំណត់ហេតុ.pdf")
    assert (tmp_path / "កំណត់ហេតុ.pdf").read_bytes() == shown.pdf
    assert shown.findChild(Toast) is not None, "it is said where one looks"
    with pytest.raises(DiskProblem):
        shown.save(tmp_path / "no folder" / "x.pdf")


def test_prints_each_page_as_it_looks(qtbot: QtBot, shown: PreviewDialog, tmp_path: Path) -> None:
    printer = shown._printer(QPrinter(QPrinter.PrinterMode.ScreenResolution))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(100)
    pdf, sizes, jobs = shown.pdf, page_sizes(shown.pdf), shown.context.jobs
    shown.print_to(printer)
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


def test_printing_can_be_cancelled(shown: PreviewDialog, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_pages(printer, shown.pdf, page_sizes(shown.pdf), range(2), stop)


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
