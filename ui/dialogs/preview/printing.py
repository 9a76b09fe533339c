"""Finished pages on a printer of the system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from ui.jobs import Progress
from ui.widgets.paper import POINTS_PER_INCH, page_image
from ui.widgets.paper_view import page_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
Size = tuple[float, float]


@dataclass(frozen=True)
class Pages:
    """Which pages of a PDF are printed, from 0, in that order."""

    pdf: bytes
    sizes: tuple[Size, ...]
    numbers: tuple[int, ...]


def prepared(name: str, size: Size, pages: int) -> QPrinter:
    """The system's usual printer, made ready for a paper of so many pages that begins with one of that size."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setDocName(name)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setFromTo(1, max(1, pages))
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    printer.setPageLayout(page_layout(size))
    return printer


def ask(printer: QPrinter, parent: QWidget, *, pages: int, current: bool = True) -> bool:
    """Let the person choose the printer, pages and copies; False where they think better of it.

    Without `current` there is no page in sight, and no single pages can be chosen: all of several papers is printed.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print")
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintPageRange, current and pages > 1)
    dialog.setOption(options.PrintCurrentPage, current and pages > 1)
    dialog.setOption(options.PrintSelection, False)
    if pages:
        dialog.setMinMax(1, pages)
    return bool(dialog.exec() == QDialog.DialogCode.Accepted)


def chosen_pages(printer: QPrinter, pages: int, current: int) -> tuple[int, ...]:
    """The pages that were asked for, from 0; `current` is the one in sight."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    if printer.printRange() == Printer.PrintRange.CurrentPage:
        return (min(current, pages - 1),)
    if printer.printRange() == Printer.PrintRange.AllPages:
        return tuple(range(pages))
    ranges = printer.pageRanges()
    if ranges.isEmpty():
        first, last = printer.fromPage() or 1, printer.toPage() or pages
        wanted = range(max(first, 1) - 1, min(last, pages))
        return tuple(wanted)
    return tuple(number for number in range(pages) if ranges.contains(number + 1))


def which_page(done: int, pages: int) -> str:
    """Which page is on its way to the printer where `done` are there."""
    return page_of(min(done, pages - 1), pages)


def page_layout(size: Size) -> QPageLayout:
    """The page of a printer for a page of so many points; A4 where it is A4."""
    width, height = sorted(size)
    turned = size[0] > size[1]
    return QPageLayout(
        QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch),
        QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )


def print_pages(printer: QPrinter, papers: Sequence[Pages], progress: Progress) -> int:
    """Draw these pages on `printer`, one paper after the other; how many pages they were. Runs in the worker.

    A printer gets each paper as a piece of its own, so that none begins on the back of another; a file gets all.
    Where the person chose other paper than the pages are made for, these are made to fit. Where the system cannot
    print several copies itself, each paper comes so many times.
    """
    from PySide6.QtPrintSupport import QPrinter as Printer

    times = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    papers = [one for one in papers for _time in range(times) if one.numbers]
    into_file = printer.outputFormat() == Printer.OutputFormat.PdfFormat
    total, done = sum(len(one.numbers) for one in papers), 0
    size = printer.pageLayout().pageSize()
    usual = {page_layout(one.sizes[n]).pageSize().key() for one in papers for n in one.numbers}
    other = None if size.key() in usual else size
    painter = QPainter()
    try:
        for one in papers:
            for at, number in enumerate(one.numbers):
                progress(done, total)
                _set_page(printer, one.sizes[number], other)
                if painter.isActive():
                    printer.newPage()
                elif not painter.begin(printer):
                    raise _silent()
                painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # half the bytes, and sharp
                _draw(painter, printer, one, number)
                done += 1
                if at + 1 == len(one.numbers) and not into_file:
                    painter.end()
        progress(total, total)
    except BaseException:
        if painter.isActive():
            printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return total


def _set_page(printer: QPrinter, size: Size, other: QPageSize | None) -> None:
    layout = page_layout(size)
    if other is not None:
        layout.setPageSize(other, QMarginsF(0, 0, 0, 0))
    printer.setPageLayout(layout)


def _draw(painter: QPainter, printer: QPrinter, paper: Pages, number: int) -> None:
    """The page over the whole sheet, in its own shape."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    sheet = printer.paperRect(Printer.Unit.DevicePixel)
    wide, high = paper.sizes[number]
    real = printer.resolution() / POINTS_PER_INCH
    scale = min(real, sheet.width() / wide, sheet.height() / high) if sheet.width() > 0 else real
    if abs(scale / real - 1) < 0.01:  # printers round their paper; what fits but for that keeps its size
        scale = real
    image = page_image(paper.pdf, number, round(wide * scale))
    left = max(0.0, (sheet.width() - wide * scale) / 2) if scale != real else 0.0
    painter.drawImage(QRectF(left, 0, image.width(), image.height()), image)


def _silent() -> UserError:
    return UserError(
        _("The printer did not begin."), "", _("See whether it is switched on and has paper, and print again.")
    )
