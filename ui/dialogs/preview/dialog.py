"""The window of the preview. The form is made and its pages are drawn in the worker, as they come into sight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QMarginsF, QPoint, QRect, QSaveFile, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPageLayout, QPageSize, QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QProgressBar, QWidget

from cpdesk.errors import DiskProblem, UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.preview.paper import Paper
from ui.jobs import Job, Progress
from ui.widgets.buttons import Button, IconButton
from ui.widgets.notices import Toast
from ui.widgets.paper import POINTS_PER_INCH, Sheet, page_image, page_sizes
from ui.widgets.surfaces import column, row, scrolling
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cpdesk.tasks import Desk

DPI = 300
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
Made = tuple[bytes, list[tuple[float, float]]]


def show_preview(context: Context, paper: Paper, parent: QWidget | None = None) -> PreviewDialog:
    """Open the preview of that paper. Does not wait for its end."""
    dialog = PreviewDialog(context, paper, parent or QApplication.activeWindow())
    dialog.open()
    return dialog


class PreviewDialog(QDialog):
    """Pages from top to bottom. Page Up and Down turn them, Ctrl with + or − zooms, Ctrl+S saves, Ctrl+P prints."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(paper.name)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.pdf = b""
        self.paper = paper
        self._name = paper.name
        self._sizes: list[tuple[float, float]] = []
        self._sheets: list[Sheet] = []
        self._asked: dict[int, int] = {}
        self._zoom = 1.0
        self._closed = False
        self._jobs: list[Job] = []
        self._build(paper.name)
        space = parent.window().size() if parent is not None else QSize(1100, 760)
        self.resize(min(960, space.width() - 80), max(480, space.height() - 40))
        self._draw_soon = QTimer(self)
        self._draw_soon.setSingleShot(True)
        self._draw_soon.setInterval(30)
        self._draw_soon.timeout.connect(self._draw)
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.timeout.connect(self._fit)
        self._make()

    # building

    def _build(self, title: str) -> None:
        whole = column(self, spacing=0)
        bar = row(spacing=tokens.S)
        bar.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        bar.addWidget(ElidedText(title, "title", name="preview_title"), 1)
        self._pages = Text("", "muted", wrap=False, name="preview_page")
        bar.addWidget(self._pages)
        for icon, word, name, run in (
            ("chevron-up", _("Previous page"), "preview_up", lambda: self.turn(-1)),
            ("chevron-down", _("Next page"), "preview_down", lambda: self.turn(1)),
            ("zoom-out", _("Smaller"), "preview_smaller", lambda: self.zoom(-1)),
            ("zoom-in", _("Larger"), "preview_larger", lambda: self.zoom(1)),
        ):
            bar.addWidget(IconButton(icon, word, name=name, colour="ink", run=run))
        bar.addSpacing(tokens.M)
        self._save_button = Button(_("Save as PDF…"), icon="download", name="preview_save", run=self.ask_and_save)
        self._print_button = Button(
            _("Print…"), kind="primary", icon="printer", name="preview_print", run=self.ask_and_print
        )
        for button in (self._save_button, self._print_button):
            button.setEnabled(False)
            bar.addWidget(button)
        bar.addWidget(IconButton("x", _("Close"), name="preview_close", colour="ink", run=self.reject))
        whole.addLayout(bar)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Progress"))
        whole.addWidget(self._bar)
        content = QWidget()
        self._column = column(content, spacing=tokens.L, margin=tokens.L)
        self._scroll = scrolling(content, "preview_scroll")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.verticalScrollBar().valueChanged.connect(lambda _at: self._scrolled())
        whole.addWidget(self._scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _make(self) -> None:
        paper = self.paper

        def work(desk: Desk, progress: Progress) -> Made:
            progress(0, 0)
            pdf = paper.render(desk)
            return pdf, page_sizes(pdf)

        self._jobs.append(self.context.jobs.run(work, done=self._made, failed=self._failed))

    def _made(self, made: Made) -> None:
        if self._closed:
            return
        self.pdf, self._sizes = made
        self._bar.hide()
        self._save_button.setEnabled(True)
        self._print_button.setEnabled(True)
        for number, size in enumerate(self._sizes):
            sheet = Sheet(f"sheet_{number + 1}")
            sheet.set_shape(*size)
            sheet.setAccessibleName(self._page_words(number))
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._sheets.append(sheet)
        self._column.addStretch(1)
        self._fit()

    def _failed(self, error: BaseException) -> None:
        if not self._closed:
            parent = self.parentWidget()
            self.reject()
            messages.show(parent, error)

    # pages and zoom

    def page(self) -> int:
        """The page in sight, from 0."""
        top = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3
        return max((n for n, y in enumerate(self._tops()) if y <= top), default=0)

    def _tops(self) -> list[int]:
        """Where each page begins; the layout itself knows it only after the next event."""
        tops, y = [], tokens.L
        for sheet in self._sheets:
            tops.append(y)
            y += sheet.height() + self._column.spacing()
        return tops

    def turn(self, step: int) -> None:
        """Go `step` pages on."""
        if self._sheets:
            wanted = min(max(0, self.page() + step), len(self._sheets) - 1)
            self._scroll.verticalScrollBar().setValue(self._tops()[wanted] - tokens.S)

    def zoom(self, step: int) -> None:
        """Larger or smaller; 1 fits the page's width into the window."""
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self._zoom))
        self._zoom = ZOOMS[min(max(0, at + step), len(ZOOMS) - 1)]
        self._fit()

    def _fit(self) -> None:
        room = self._scroll.viewport().width() - 2 * tokens.L
        widest = max((width for width, _height in self._sizes), default=1)
        for sheet, (width, height) in zip(self._sheets, self._sizes, strict=True):
            wide = round(min(room, 860) * self._zoom * width / widest)
            sheet.setFixedSize(wide, round(wide * height / width))
        self._scrolled()

    def _scrolled(self) -> None:
        if self._sheets and not self._closed:
            self._pages.setText(self._page_words(self.page()))
            self._draw_soon.start()

    def _page_words(self, number: int) -> str:
        return _("Page {number} of {pages}").format(
            number=digits.count(number + 1), pages=digits.count(len(self._sizes))
        )

    def _draw(self) -> None:
        sight = QRect(0, self._scroll.verticalScrollBar().value(), 1, self._scroll.viewport().height())
        sight.adjust(0, -sight.height() // 2, 0, sight.height() // 2)
        for number, (sheet, top) in enumerate(zip(self._sheets, self._tops(), strict=True)):
            width = sheet.wanted_width()
            near = top < sight.bottom() and top + sheet.height() > sight.top()
            if near and not sheet.has_image(width) and self._asked.get(number) != width:
                self._asked[number] = width
                self._ask_for(number, width)

    def _ask_for(self, number: int, width: int) -> None:
        pdf = self.pdf

        def done(image: QImage) -> None:
            if not self._closed and self._asked.get(number) == width:
                self._sheets[number].show_image(image)

        self._jobs.append(self.context.jobs.run(lambda _desk, _progress: page_image(pdf, number, width), done=done))

    # keeping and printing

    def ask_and_save(self) -> None:
        """Ask where the file shall lie, and write it there."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(_documents() / f"{_file_name(self._name)}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")
            try:
                self.save(path)
            except UserError as error:
                messages.show(self, error)

    def save(self, path: Path) -> None:
        """Write the PDF to `path`, whole or not at all; `DiskProblem` where the machine says no."""
        file = QSaveFile(str(path))
        whole = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(self.pdf) == len(self.pdf)
        if not whole or not file.commit():
            raise DiskProblem(
                _("The file “{name}” could not be written.").format(name=path.name),
                _("What stood there before is unchanged."),
                _("Choose another folder, or make room on the disk, and save again."),
            )
        Toast(self, _("Saved as {name}").format(name=path.name))

    def ask_and_print(self) -> None:
        """Let a printer be chosen, and print there."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = self._printer(QPrinter(QPrinter.PrinterMode.ScreenResolution))
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("print")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def _printer(self, printer: QPrinter) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter as Printer

        printer.setDocName(self._name)
        printer.setResolution(DPI)
        printer.setFullPage(True)
        printer.setFromTo(1, len(self._sizes))
        printer.setPrintRange(Printer.PrintRange.AllPages)
        printer.setPageLayout(page_layout(self._sizes[0]))
        return printer

    def print_to(self, printer: QPrinter) -> Job:
        """Send the pages to `printer` in the worker, one by one, so that a long form can be cancelled."""
        pdf, sizes = self.pdf, list(self._sizes)
        first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
        numbers = range(max(first, 1) - 1, min(last, len(sizes)))

        def work(_desk: Desk, progress: Progress) -> int:
            return print_pages(printer, pdf, sizes, numbers, progress)

        def done(count: int) -> None:
            self.context.say(_("{count} pages sent to the printer").format(count=digits.count(count)))

        job = self.context.jobs.run(work, title=_("Printing…"), done=done)
        self.accept()
        return job

    # the hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Home: -99999, Qt.Key.Key_End: 99999}
        lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        if key in steps:
            self.turn(steps[key])
        elif key in lines:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + lines[key] * 60)
        elif held and key in zooms:
            self.zoom(zooms[key])
        elif held and key == Qt.Key.Key_S and self.pdf:
            self.ask_and_save()
        elif held and key == Qt.Key.Key_P and self.pdf:
            self.ask_and_print()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_soon.start()

    def done(self, result: int) -> None:
        """Close; what the worker has not yet drawn is not wanted any more."""
        self._closed = True
        self._draw_soon.stop()
        self._fit_soon.stop()
        for job in self._jobs:
            _cancel(job)
        super().done(result)


def _cancel(job: Job) -> None:
    from shiboken6 import isValid

    if isValid(job):
        job.cancel()


def _documents() -> Path:
    """Where a person looks for papers; their own folder where the system has no such place."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return place if place.is_dir() else Path.home()


def _file_name(title: str) -> str:
    """A name that Windows takes too."""
    return "".join("-" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in title).strip()[:80] or "cpdesk"


def page_layout(size: tuple[float, float]) -> QPageLayout:
    """The page of a printer for a page of so many points; A4 where it is A4."""
    from PySide6.QtCore import QSizeF

    width, height = sorted(size)
    turned = size[0] > size[1]
    return QPageLayout(
        QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch),
        QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )


def print_pages(
    printer: QPrinter, pdf: bytes, sizes: list[tuple[float, float]], numbers: range, progress: Progress
) -> int:
    """Draw these pages on `printer` at its resolution; how many they were. Runs in the worker."""
    painter = QPainter()
    printer.setPageLayout(page_layout(sizes[numbers[0]]))
    if not painter.begin(printer):
        raise UserError(
            _("The printer did not begin."), "", _("See whether it is switched on and has paper, and print again.")
        )
    try:
        for done, number in enumerate(numbers, 1):
            if done > 1:
                printer.setPageLayout(page_layout(sizes[number]))
                printer.newPage()
            width = round(sizes[number][0] / POINTS_PER_INCH * printer.resolution())
            painter.drawImage(QPoint(0, 0), page_image(pdf, number, width))
            progress(done, len(numbers))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(numbers)
