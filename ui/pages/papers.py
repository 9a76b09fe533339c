"""How the office's papers look and are numbered: letterhead, forms, phrases, registers, beside a paper that follows."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.navigation import Crumb, Location, Page
from ui.pages.meeting_parts.rail import Rail
from ui.pages.papers_parts.forms import Forms
from ui.pages.papers_parts.letterhead import Letterhead
from ui.pages.papers_parts.live import Drawn, LivePaper, Wanted
from ui.pages.papers_parts.phrases import Phrases
from ui.pages.papers_parts.registers import Registers
from ui.pages.papers_parts.section import Section
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.paper_view import PAGE, WIDTH
from ui.widgets.surfaces import column, row

WIDE = 1200  # of the window: from here on the paper stands beside the template
SHARE, LEAST, MOST = 0.46, 320, 620  # of the paper, in the room that both have
UNBOUND = (1 << 24) - 1  # as wide as Qt lets it be
KINDS = frozenset({"office", "paper", "phrase", "series", "letter", "number_gap", "attachment", "document"})


class PapersPage(Page):
    """All of it holds at once; there is nothing to confirm."""

    name: ClassVar[str] = "papers"
    kinds: ClassVar[frozenset[str]] = KINDS | {"meeting", "plan", "person", "body"}

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._alone = False  # the paper has the room of the template
        self._form = "invitation"  # whose paper is looked at beside the letterhead
        across = row(self, spacing=18)
        across.setContentsMargins(tokens.XL, 20, tokens.XL, 0)
        self.letterhead, self.forms = Letterhead(context), Forms(context)
        self.phrases, self.registers = Phrases(context), Registers(context)
        self.sections: dict[str, Section] = {
            one.key: one for one in (self.letterhead, self.forms, self.phrases, self.registers)
        }
        across.addWidget(self._left_side())
        self.stack = QStackedWidget()
        for section in self.sections.values():
            self.stack.addWidget(section)
            section.kept.connect(self._kept)
            section.looks.connect(self._look)
        across.addWidget(self.stack, 1)
        self.paper = LivePaper(context)
        self.paper.arrived.connect(self._arrived)
        self.paper.form_chosen.connect(self._choose_form)
        self._beside = QWidget()
        column(self._beside, spacing=0).addWidget(self.paper)
        self._beside.setContentsMargins(0, 0, 0, 20)
        across.addWidget(self._beside)

    def _left_side(self) -> QWidget:
        side = QWidget()
        box = column(side, spacing=tokens.L)
        self.rail = Rail([(key, section.heading()) for key, section in self.sections.items()])
        self.rail.chosen.connect(lambda key: self.show_section(key, focus=True))
        self._see = Button(_("See it"), icon="eye", name="papers_see", run=self.toggle_paper)
        self._see.setCheckable(True)
        box.addWidget(self.rail)
        box.addWidget(self._see)
        box.addStretch(1)
        return side

    # what the window asks

    def title(self) -> str:
        return _("Official papers")

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Settings"), Location("settings"))]

    def commands(self) -> list[Action]:
        return [
            Action("print", _("Print"), self.open_preview, "printer"),
            *self.section().commands(),
            *(self._jump(n, key) for n, key in enumerate(self.sections, 1)),
            *undo_actions(self.context),
        ]

    def _jump(self, number: int, key: str) -> Action:
        name = self.sections[key].heading()
        words = _("To part {number}: {name}").format(number=digits.count(number), name=name)
        show = lambda: self.show_section(key, focus=True)  # noqa: E731
        return Action(f"jump_{number}", words, show, shortcut=f"Alt+{number}", menu=False)

    def open(self, record: str | None) -> None:
        super().open(record)
        self.show_section(self.section().key)

    def refresh(self) -> None:
        self.section().refresh()
        self.paper.touch()

    def leave(self) -> None:
        for section in self.sections.values():
            section.leave()

    def begin(self) -> None:
        self.section().begin()

    def state(self) -> dict[str, object]:
        return {"section": self.section().key, **self.section().state()}

    def restore(self, state: dict[str, object]) -> None:
        key = state.get("section")
        if isinstance(key, str) and key in self.sections:
            self.show_section(key)
            self.section().restore(state)
            self._look_for(self.section())

    # parts

    def section(self) -> Section:
        """The part in sight."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Section)
        return shown

    def show_section(self, key: str, *, focus: bool = False) -> None:
        """`letterhead`, `forms`, `phrases` or `registers`."""
        self.section().leave()
        section = self.sections[key]
        self.stack.setCurrentWidget(section)
        self.rail.set_current(key)
        section.refresh()
        self._see.setChecked(False)
        self._arrange()
        self._look_for(section)
        if focus:
            section.begin()
        self.retitled.emit()

    def _look_for(self, section: Section) -> None:
        """A paper that shows what the part is about."""
        self.paper.need(section is self.forms)
        self.paper.let_choose(section is self.letterhead)
        if section is self.forms:
            self.forms.choose(self.forms.chosen)
        elif section is self.phrases:
            self.phrases.look_at_group()
        elif section is self.letterhead:
            self._look(Wanted(self._form))

    # the paper

    def _look(self, wanted: Wanted) -> None:
        self.paper.show_form(wanted.form, rank=wanted.rank, words=wanted.words)

    def _choose_form(self, form: str) -> None:
        self._form = form
        self._look(Wanted(form))

    def _arrived(self, drawn: Drawn) -> None:
        self.section().show_drawn(drawn)

    def _kept(self) -> None:
        self.paper.touch()

    def open_preview(self) -> None:
        """The paper in sight in the preview, to be printed; where its values are made up there is none yet."""
        self.leave()
        about = self.paper.about
        if about:
            show_preview(self.context, Paper(self.paper.wanted.form, about), self)
        else:
            self.context.say(_("There is nothing to print yet: the values are made up."), "warning")

    def toggle_paper(self) -> None:
        """On a small screen: the paper in place of the template, and back."""
        self._arrange()
        if self._see.isChecked():
            self.paper.view.setFocus()
        else:
            self.section().begin()

    def _arrange(self) -> None:
        wide = self.window().width() >= theme.scaled(WIDE)
        section = self.section()
        alone = self._see.isChecked() and not wide and not section.wide
        self._see.setVisible(not wide and not section.wide)
        self._see.set_text(_("Back to writing") if alone else _("See it"))
        if alone != self._alone:
            self._alone = alone
            self.paper.view.set_zoom(WIDTH if alone else PAGE)
        self.stack.setVisible(not alone)
        beside = (wide and not section.wide) or alone
        if beside and not alone:
            room = self.width() - self.rail.sizeHint().width() - 2 * tokens.XL - 2 * 18
            self._beside.setFixedWidth(round(min(theme.scaled(MOST), max(theme.scaled(LEAST), room * SHARE))))
        else:
            self._beside.setMinimumWidth(0)
            self._beside.setMaximumWidth(UNBOUND)
        self._beside.setVisible(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
