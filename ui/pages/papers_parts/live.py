"""The paper that a template makes, beside the template: drawn anew by the worker when the hand rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.tasks import Desk, records
from cpdesk.tasks.papers.titles import title as form_title
from cpdesk.tasks.paperwork import samples, standing
from ui import tokens
from ui.context import Context
from ui.jobs import Progress
from ui.widgets.buttons import IconButton
from ui.widgets.editors.choice import Combo
from ui.widgets.notices import InlineMessage
from ui.widgets.paper import page_sizes
from ui.widgets.paper_view import PAGE, PaperView
from ui.widgets.paper_words import Hit, page_words, search
from ui.widgets.surfaces import Card, column, row
from ui.widgets.text import ElidedText

WAIT_MS = 250  # after a word was kept, which is a moment after the last key
FIRST_MS = 30
_ENOUGH = 4  # letters that are worth looking for on the page


@dataclass(frozen=True)
class Wanted:
    """Which paper is looked at; to what sort of reader, where that is asked; words to be marked on it."""

    form: str
    rank: str = ""
    words: str = ""


@dataclass(frozen=True)
class Drawn:
    """What the worker made."""

    wanted: Wanted
    pdf: bytes
    sizes: Sequence[tuple[float, float]]
    about: str  # blank: the values are made up
    on: str  # what the paper is about, in words
    standing: standing.PaperStanding | None
    hits: Sequence[Hit]


class LivePaper(Card):
    """`arrived(Drawn)` when a page is there; `form_chosen(form)` when another form is picked at its head."""

    arrived = Signal(object)
    form_chosen = Signal(str)

    def __init__(self, context: Context, *, wait_ms: int = WAIT_MS) -> None:
        super().__init__("live_paper", margin=tokens.M)
        self.context = context
        self.wanted = Wanted("minutes")
        self.drawn = 0
        self.about = ""  # of the paper in sight; blank where its values are made up
        self._last: Drawn | None = None
        self._asked = 0
        self._stale = True
        self._needed = False
        self._wait_ms = wait_ms
        self.body.setSpacing(tokens.S)
        self.picker = form_picker("live_form")
        self.picker.activated.connect(lambda _at: self.form_chosen.emit(self.picker.currentData()))
        self.name = ElidedText("", "strong", name="live_name")
        self.name.hide()
        self.view = PaperView(context, "live_pages", margin=0)
        self.view.set_zoom(PAGE)
        self._problem = InlineMessage("", "warning", name="live_problem")
        self.add(self._head(), self._problem)
        self.body.addWidget(self.view, 1)
        self.add(self._foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw)

    def _head(self) -> QWidget:
        holder = QWidget()
        across = row(holder, spacing=tokens.XS)
        across.addWidget(self.picker, 1)
        across.addWidget(self.name, 1)
        zooms = (("zoom-out", _("Smaller"), -1), ("zoom-in", _("Larger"), 1))
        for icon, words, step in zooms:
            button = IconButton(icon, words, name=f"live_{icon}", size=16)
            button.clicked.connect(lambda _on=False, step=step: self.view.zoom_by(step))
            across.addWidget(button)
        return holder

    def _foot(self) -> QWidget:
        holder = QWidget()
        box = column(holder, spacing=0)
        self._on = ElidedText("", "small", name="live_on")
        box.addWidget(self._on)
        return holder

    def show_form(self, form: str, *, rank: str = "", words: str = "") -> None:
        """Show a paper of that form, as soon as it is made; the one before stays until then."""
        wanted = Wanted(form, rank, words)
        if wanted == self.wanted and not self._stale:
            if self._last is not None and self._last.wanted == wanted:
                self.arrived.emit(self._last)  # whoever asks now has not seen it yet
            return
        if form != self.wanted.form:
            self.view.verticalScrollBar().setValue(0)
        self.wanted = wanted
        self.picker.setCurrentIndex(self.picker.findData(form))
        self.name.setText(form_title(form))
        self._ask(FIRST_MS)

    def let_choose(self, on: bool) -> None:
        """Whether the form is chosen at the head of the paper, or only named there."""
        self.picker.setVisible(on)
        self.name.setVisible(not on)

    def touch(self) -> None:
        """Something changed: draw again in a moment."""
        self._ask(self._wait_ms)

    def need(self, on: bool) -> None:
        """Whether somebody waits for what comes with the page even where the page is not in sight."""
        self._needed = on
        if on and self._stale:
            self._ask(FIRST_MS)

    def _ask(self, wait: int) -> None:
        """What is being made now is out of date already: it must not be shown over what was typed since."""
        self._stale = True
        self._asked += 1
        if self.isVisible() or self._needed:
            self._timer.start(wait)

    def _draw(self) -> None:
        self._stale = False
        self._asked += 1
        asked, wanted, seen = self._asked, self.wanted, self.isVisible()

        def work(desk: Desk, _progress: Progress) -> Drawn | None:
            return _made(desk, wanted, seen) if asked == self._asked else None

        def done(drawn: Drawn | None) -> None:
            if drawn is not None and isValid(self) and asked == self._asked:
                self._show(drawn)

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if isValid(self) and asked == self._asked:
                self._problem.say(str(error), "warning")

        self.context.jobs.run(work, done=done, failed=failed)

    def _show(self, made: Drawn) -> None:
        self._problem.say("")
        self._last = made
        self.about = made.about
        self._on.setText(made.on or _("With made-up values, until there is something to print."))
        if made.pdf:
            self.view.show_pdf(made.pdf, made.sizes)
            self.view.show_hits(made.hits, made.hits[0] if made.hits else None)
            self.drawn += 1
        self.arrived.emit(made)

    def is_drawn(self) -> bool:
        """Whether what is wanted stands there."""
        return not self._stale and not self._timer.isActive() and self.view.is_drawn()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or not self.view.pdf:
            self._ask(FIRST_MS)


def _made(desk: Desk, wanted: Wanted, seen: bool) -> Drawn:
    """`seen` False: only what stands in the template is wanted, no pages."""
    found = None
    if wanted.rank:
        shown = samples.sample(desk, wanted.form, rank=wanted.rank)
    else:
        found = standing.paper(desk, wanted.form)
        shown = found.shown
    pdf = samples.pdf(shown) if seen else b""
    words = wanted.words.strip()
    hits = search(page_words(pdf), words) if pdf and len(words) >= _ENOUGH else []
    return Drawn(wanted, pdf, page_sizes(pdf) if pdf else (), shown.about, _on(desk, shown.about), found, hits)


def _on(desk: Desk, about: str) -> str:
    """What the paper is about; a space where that has no name of its own, blank where it is made up."""
    there = records.get_if_here(desk, about)
    return records.named(desk, there) if there is not None else " " if about else ""


def form_picker(name: str) -> Combo:
    """A box with every form that has a template, by its title."""
    picker = Combo()
    picker.setObjectName(name)
    picker.setAccessibleName(_("Form"))
    for form in samples.TEMPLATED:
        picker.addItem(form_title(form), form)
    picker.setMinimumContentsLength(12)
    picker.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return picker
