"""The template of each form: its title, to whom it goes, how it begins and ends, who signs, who gets copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Value, choice
from cpdesk.records.paperwork import BLOCKS, EQUAL, PAPER, own_id
from cpdesk.tasks.paperwork import keeping, standing
from cpdesk.tasks.paperwork.series import every_series
from ui import tokens
from ui.context import Context
from ui.pages.papers_parts.fields import StandingBox, StandingForm, office_name
from ui.pages.papers_parts.live import Drawn, form_picker
from ui.pages.papers_parts.section import Section
from ui.widgets.editors import Editor
from ui.widgets.editors.choice import ChoiceEditor
from ui.widgets.surfaces import Card, Chip, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout

WITH_BLANKS = ("opening", "closing")


class Forms(Section):
    key = "forms"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.chosen = "invitation"
        self.form: StandingForm | None = None
        self._standing: standing.PaperStanding | None = None
        self._built: tuple[str, ...] = ()
        self._registers: tuple[str, ...] = ()
        self._hint: Text | None = None
        card = Card("form_card")
        head = SectionHeader(_("Forms"))
        self._shared = Chip("", "accent", name="forms_shared")
        head.add_chip(self._shared)
        self.picker = form_picker("form_picker")
        self.picker.activated.connect(lambda _at: self.choose(self.picker.currentData()))
        card.add(head, Text(_("What is changed here holds for every paper of that form from now on."), "small"))
        card.add(self.picker)
        self.body.addWidget(card)
        holder = QWidget()
        self._box = column(holder, spacing=tokens.L)
        self.body.addWidget(holder)
        self.body.addStretch(1)

    def heading(self) -> str:
        return _("Forms")

    # which form

    def choose(self, form: str) -> None:
        """Show the template of that form, as soon as it is known what stands in it."""
        self.leave()
        self.chosen = form
        self.picker.setCurrentIndex(self.picker.findData(form))
        self.look(form)

    def refresh(self) -> None:
        above = keeping.layers(self.context.desk)[1:]
        self._shared.setText(_("From {office}").format(office=office_name(above[0])) if above else "")
        self._shared.setVisible(bool(above))
        self.picker.setCurrentIndex(self.picker.findData(self.chosen))

    def show_drawn(self, drawn: Drawn) -> None:
        told = drawn.standing
        if told is None or told.form != self.chosen:
            return
        registers = tuple(one.key for one in every_series(self.context.desk))
        fresh = self._standing is None or self._standing.form != told.form or registers != self._registers
        self._standing = told
        if fresh or tuple(told.fields) != self._built:
            self._registers = registers
            self._build(told)
        self._show()

    # the fields

    def _build(self, told: standing.PaperStanding) -> None:
        self.leave()
        clear_out(self._box)
        form = StandingForm(self.context, PAPER, self._keep, self._give_back, with_blanks=WITH_BLANKS)
        self.form, self._built, self._hint = form, tuple(told.fields), None
        words = Card("form_words")
        words.add(SectionHeader(_("Words")))
        self._line(words.body, ("title", 1))
        if "rank" in told.fields:
            self._line(words.body, ("rank", 1))
            hint = _("A high title, and the place of the reader's office, tell more than “An equal”.")
            self._hint = Text(hint, "small")
            words.add(self._hint)
            self._line(words.body, ("opening", 1))
            self._line(words.body, ("closing", 1))
            words.add(Text(_("What stands in braces is filled in when the letter is made."), "small"))
        words.add(form)
        self._box.addWidget(words)
        if "signature_1" in told.fields:
            self._box.addWidget(self._signatures())
        rest = Card("form_rest")
        rest.add(SectionHeader(_("Copies and letter number")))
        self._line(rest.body, ("copies", 1))
        numbered: tuple[tuple[str, int], ...] = (("numbered", 1), ("series", 1))
        self._line(rest.body, *numbered[: 2 if len(self._registers) > 1 else 1])
        self._box.addWidget(rest)
        if form.window() is self.window():
            form.show()

    def _line(self, into: QBoxLayout, *names: tuple[str, int]) -> None:
        across = row(spacing=tokens.M)
        for name, share in names:
            across.addWidget(self._field(name), share)
        into.addLayout(across)

    def _field(self, name: str) -> StandingBox:
        assert self.form is not None
        return self.form.box(name, self._register_choice() if name == "series" else None)

    def _register_choice(self) -> Editor:
        registers = {one.key: (one.name, one.name) for one in every_series(self.context.desk)}
        return ChoiceEditor("series", PAPER.field("series").label, type_=choice(**registers))

    def _signatures(self) -> Card:
        card = Card("form_signatures")
        card.add(SectionHeader(_("Signature blocks")))
        hint = _("From left to right; the last one stands under the date. An empty block is left out.")
        card.add(Text(hint, "small"))
        for n in BLOCKS:
            across = row(spacing=tokens.M)
            across.addWidget(self._field(f"signature_{n}"), 5, Qt.AlignmentFlag.AlignTop)
            who = column(spacing=tokens.S)
            who.addWidget(self._field(f"signer_{n}"))
            who.addWidget(self._field(f"person_{n}"))
            across.addLayout(who, 4)
            card.body.addLayout(across)
        return card

    def _show(self) -> None:
        assert self._standing is not None and self.form is not None
        office = self.context.desk.office
        self.form.show_fields(self._standing.fields, own_id(PAPER, office, self._standing.form))
        if self._hint is not None:
            self._hint.setVisible(self._standing.fields["rank"].now == EQUAL)
        for n in BLOCKS:
            if f"person_{n}" in self.form.editors:
                at = int(n) - 1
                name = self._standing.signers[at] if at < len(self._standing.signers) else ""
                self.form.editors[f"person_{n}"].set_placeholder(name)

    # keeping

    def _keep(self, values: dict[str, Value]) -> Mapping[str, standing.Standing]:
        assert self._standing is not None
        self._standing = standing.put(self.context.undo, self._standing, values)
        self.write("paper")
        return self._standing.fields

    def _give_back(self, name: str) -> None:
        assert self._standing is not None
        standing.give_back(self.context.undo, self._standing, name)
        self.write("paper")

    def leave(self) -> None:
        if self.form is not None:
            self.form.flush()

    def begin(self) -> None:
        self.picker.setFocus()

    def state(self) -> dict[str, object]:
        return {"form": self.chosen}

    def restore(self, state: dict[str, object]) -> None:
        form = state.get("form")
        if isinstance(form, str) and self.picker.findData(form) >= 0:
            self.chosen = form
            self.picker.setCurrentIndex(self.picker.findData(form))
