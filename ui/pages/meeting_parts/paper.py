"""A paper of the meeting as it will be printed, beside what is typed: the minutes, or another that was chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk import settings
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import Desk, forms
from cpdesk.tasks.paper_batch import OF_A_MEETING
from cpdesk.tasks.papers.titles import title
from ui import theme, tokens
from ui.context import Context
from ui.jobs import Progress
from ui.widgets.buttons import IconButton
from ui.widgets.editors.choice import Combo
from ui.widgets.paper import Sheet, page_image, page_sizes
from ui.widgets.surfaces import Card, row
from ui.widgets.text import Text

WAIT_MS = 1500
WIDTH, MARGIN = 270, 12
Drawn = tuple[int, tuple[float, float], QImage]


class PagePreview(Card):
    """One page at a time, drawn by the worker a moment after the last change, and only while it is in sight."""

    def __init__(self, context: Context, print_: Callable[[], object], *, wait_ms: int = WAIT_MS) -> None:
        super().__init__("page_preview", margin=MARGIN)
        self.setFixedWidth(theme.scaled(WIDTH))
        self.context = context
        self._make: Callable[[Desk], bytes] | None = None
        self._meeting: str | None = None
        self._number = 0
        self._pages = 0
        self._stale = False
        self._asked = 0
        self.drawn = 0
        head = QWidget()
        over = row(head, spacing=tokens.XS)
        self.choice = Combo()
        self.choice.setObjectName("page_preview_form")
        self.choice.setAccessibleName(_("Paper beside the form"))
        for form in OF_A_MEETING:
            self.choice.addItem(title(form), form)
        wanted = [self.choice.findData(form) for form in (settings.load().beside_meeting, "minutes")]
        self.choice.setCurrentIndex(next(at for at in wanted if at >= 0))
        self.choice.activated.connect(lambda _at: self._choose())
        over.addWidget(self.choice, 1)
        over.addWidget(IconButton("printer", _("Print"), name="preview_print", size=17, run=print_))
        self.sheet = Sheet("page_preview_sheet")
        self.sheet.setAccessibleName(_("The page as it will be printed"))
        self._shape(210, 297)
        foot = QWidget()
        across = row(foot, spacing=tokens.XS)
        self._up = IconButton("chevron-left", _("Previous page"), name="page_back", size=16, run=lambda: self.turn(-1))
        self._down = IconButton("chevron-right", _("Next page"), name="page_on", size=16, run=lambda: self.turn(1))
        self._words = Text("", "small", wrap=False, name="page_number")
        across.addStretch(1)
        for widget in (self._up, self._words, self._down):
            across.addWidget(widget)
        across.addStretch(1)
        self._trouble = Text("", "small", name="page_trouble")
        self.add(head, self.sheet, foot, self._trouble)
        self.body.addStretch(1)
        self.body.setSpacing(tokens.S)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait_ms)
        self._timer.timeout.connect(self._draw)
        self._say_page()

    def form(self) -> str:
        """Which paper stands here."""
        return str(self.choice.currentData())

    def show_meeting(self, meeting: str | None) -> None:
        """Show the chosen paper of that meeting, at once; None: nothing to show yet. Of the same meeting the page that
        is there stays until the new one is drawn."""
        form = self.form()
        if meeting != self._meeting or meeting is None:
            self.sheet.clear()
            self._pages = 0
        self._meeting = meeting
        self._make = (lambda desk: forms.preview(desk, form, meeting)) if meeting else None
        self._number = 0
        self._trouble.setText("")
        self._say_page()
        self._asked += 1
        self._stale = self._make is not None
        if self._stale and self.isVisible():
            self._timer.start(60)

    def _choose(self) -> None:
        settings.change(beside_meeting=self.form())
        self.show_meeting(self._meeting)

    def touch(self) -> None:
        """Something changed: draw again when the hand rests."""
        self._stale = self._make is not None
        if self._stale and self.isVisible():
            self._timer.start(self._wait())

    def turn(self, step: int) -> None:
        """Another page."""
        wanted = min(max(0, self._number + step), max(0, self._pages - 1))
        if wanted != self._number:
            self._number = wanted
            self._draw()

    def _wait(self) -> int:
        return WAIT_MS if self._pages else 60

    def _draw(self) -> None:
        make, width, number = self._make, self.sheet.wanted_width(), self._number
        if make is None or not self.isVisible():
            return
        self._stale = False
        self._asked += 1
        asked = self._asked

        def work(desk: Desk, _progress: Progress) -> Drawn | None:
            if asked != self._asked:
                return None
            pdf = make(desk)
            sizes = page_sizes(pdf)
            at = min(number, len(sizes) - 1)
            return len(sizes), sizes[at], page_image(pdf, at, width)

        def done(drawn: Drawn | None) -> None:
            if drawn is not None and isValid(self) and asked == self._asked:
                self._show(*drawn)

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if isValid(self) and asked == self._asked:
                self._trouble.setText(str(error))

        self.context.jobs.run(work, done=done, failed=failed)

    def _show(self, pages: int, size: tuple[float, float], image: QImage) -> None:
        self._pages = pages
        self._trouble.setText("")
        self._number = min(self._number, pages - 1)
        self._shape(*size)
        self.sheet.show_image(image)
        self.drawn += 1
        self._say_page()

    def _shape(self, width: float, height: float) -> None:
        wide = self.width() - 2 * MARGIN - 2
        self.sheet.setFixedSize(wide, round(wide * height / width))

    def _say_page(self) -> None:
        self._up.setEnabled(self._number > 0)
        self._down.setEnabled(self._number + 1 < self._pages)
        words = _("Page {number} of {pages}").format(
            number=digits.count(self._number + 1), pages=digits.count(self._pages)
        )
        self._words.setText(words if self._pages else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start(60)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
