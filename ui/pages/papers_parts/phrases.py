"""The fixed phrases: found by group or by word, changed where they stand, given back with one press."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks.paperwork import blanks, groups
from cpdesk.tasks.paperwork.templates import SHIPPED, PhraseRow
from ui import icons, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.rows import Cell, Face, Piece, RowList, Slot
from ui.pages.papers_parts.fields import office_name
from ui.pages.papers_parts.phrase_form import PhraseForm
from ui.pages.papers_parts.section import Section
from ui.widgets.editors.choice import Combo
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import Card, SectionHeader, row
from ui.widgets.text import Text

MOST = 80  # rows that are shown at once
CHANGED = "changed"


class Phrases(Section):
    key = "phrases"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = Card("phrases_card")
        head = SectionHeader(_("Phrases"))
        self.count = Text("", "small", wrap=False, name="phrases_count")
        head.add_action(self.count)
        card.add(head, Text(_("The fixed words of all papers. Press one to write it as your office does."), "small"))
        card.add(self._tools())
        self.rows = RowList((Slot(share=1),), name="phrase_rows")
        self.rows.opened.connect(self.open_phrase)
        card.add(self.rows)
        self.more = Text("", "small", name="phrases_more")
        card.add(self.more)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self._form: PhraseForm | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(self._searched)

    def heading(self) -> str:
        return _("Phrases")

    def _tools(self) -> QWidget:
        holder = QWidget()
        across = row(holder, spacing=tokens.M)
        self.group = Combo()
        self.group.setObjectName("phrase_group")
        self.group.setAccessibleName(_("Group"))
        for one in groups.GROUPS:
            self.group.addItem(one.title, one.key)
        self.group.addItem(_("Changed by us"), CHANGED)
        self.group.setMinimumContentsLength(10)
        self.group.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group.activated.connect(lambda _at: self.show_group(self.group.currentData()))
        self.search = Line()
        self.search.setObjectName("phrase_search")
        self.search.setPlaceholderText(_("Search in all phrases"))
        self.search.setAccessibleName(_("Search"))
        self.search.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(lambda _text: self._soon.start())
        across.addWidget(self.group, 5)
        across.addWidget(self.search, 4)
        return holder

    def commands(self) -> list[Action]:
        return [Action("find", _("Search in this list"), self.search.setFocus, "search", shortcut="Ctrl+F")]

    # which phrases

    def show_group(self, key: str) -> None:
        """The phrases of a group, with a paper on which they stand."""
        self.leave()
        self._close()
        self.search.clear()
        self.group.setCurrentIndex(self.group.findData(key))
        self.refresh()
        self.look_at_group()

    def look_at_group(self) -> None:
        """Ask for a paper on which the words stand."""
        if self._form is not None:
            self._look_at(self._form.row)
            return
        shown = self._found()
        if shown:
            self._look_at(shown[0], marked=False)

    def _searched(self) -> None:
        self.leave()
        self._close()
        self.refresh()

    def _found(self) -> list[PhraseRow]:
        text, key = self.search.text(), str(self.group.currentData())
        if text.strip():
            return groups.search(self.context.desk, blanks.stored(text))
        return groups.changed(self.context.desk) if key == CHANGED else groups.rows_of(self.context.desk, key)

    def refresh(self) -> None:
        found = self._found()
        self.rows.show_faces([self._face(row) for row in found[:MOST]])
        words = ngettext("{count} phrase", "{count} phrases", len(found))
        self.count.setText(words.format(count=digits.count(len(found))))
        self.more.setText(self._rest(found))
        self.more.setVisible(bool(self.more.plain()))
        if self._form is not None:
            now = next((one for one in found if one.key == self._form.row.key), None)
            if now is not None:
                self._form.show_row(now)

    def _rest(self, found: list[PhraseRow]) -> str:
        if not found:
            nothing = _("Nothing was changed yet: every phrase stands as it ships, or as an office above shares it.")
            return _("No phrase has these words.") if self.search.text().strip() else nothing
        rest = len(found) - MOST
        words = _("And {count} more. Write more of the words to find them.")
        return words.format(count=digits.count(rest)) if rest > 0 else ""

    def _face(self, row: PhraseRow) -> Face:
        head = self._over(row)
        pieces: list[Piece] = [Piece(head, "small")] if head else []
        pieces.append(Piece(blanks.shown(row.now) or _("Left out"), "text" if row.now else "muted"))
        cell: Cell = (*pieces, *self._marks(row))
        return Face(row.key, (cell,))

    def _over(self, row: PhraseRow) -> str:
        """What tells a phrase that its words do not."""
        about = groups.about(row.key)
        listed = str(self.group.currentData())
        if about or (listed != CHANGED and not self.search.text().strip()):
            return about
        return groups.group_of(row.key).title

    def _marks(self, row: PhraseRow) -> list[Piece]:
        marks = []
        if row.problem:
            marks.append(Piece(_("Cannot be filled in"), "warning"))
        elif row.typed is not None:
            marks.append(Piece(_("Our own words"), "accent"))
        elif row.source:
            marks.append(Piece(_("From {office}").format(office=office_name(row.source)), "neutral"))
        return marks

    # one phrase

    def open_phrase(self, key: str) -> None:
        """Let that phrase be changed where it stands."""
        found = next((one for one in self._found() if one.key == key), None)
        if found is None:
            return
        if self._form is not None and self.rows.open_id == key:
            self._form.begin()
            return
        self.leave()
        self._form = PhraseForm(self.context, found, self._over(found))
        self._form.kept.connect(lambda: self.write("phrase"))
        self._form.closed.connect(self.close_phrase)
        self.rows.open_row(key, self._form)
        self._form.begin()
        self._look_at(found)
        QTimer.singleShot(0, self._form, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        if self._form is not None:
            self.area.ensureWidgetVisible(self._form, 0, tokens.XL)

    def close_phrase(self) -> None:
        """Back to the row, where the hand stays."""
        if self._form is not None:
            key = self._form.row.key
            self.leave()
            self._close()
            self.refresh()
            self.rows.focus(key)

    def _close(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            self.rows.close_row()
            form.deleteLater()

    def _look_at(self, row: PhraseRow, *, marked: bool = True) -> None:
        self.look(groups.paper_of(row.key), rank=groups.rank_of(row.key), words=literal(row.now) if marked else "")

    def after_kept(self) -> None:
        """The words to be marked on the page are others now."""
        if self._form is not None:
            self._look_at(self._form.row)

    def leave(self) -> None:
        if self._form is not None:
            self._form.flush()

    def begin(self) -> None:
        self.search.setFocus()

    def state(self) -> dict[str, object]:
        opened = self._form.row.key if self._form is not None else ""
        return {"group": self.group.currentData(), "search": self.search.text(), "phrase": opened}

    def restore(self, state: dict[str, object]) -> None:
        group, search, phrase = (state.get(name) for name in ("group", "search", "phrase"))
        if isinstance(search, str):
            self.search.setText(search)
        if isinstance(group, str) and self.group.findData(group) >= 0:
            self.group.setCurrentIndex(self.group.findData(group))
        self.refresh()
        if isinstance(phrase, str) and phrase:
            if phrase not in self.rows.ids() and phrase in SHIPPED:
                self.show_group(groups.group_of(phrase).key)
            QTimer.singleShot(0, self, lambda: self.open_phrase(phrase))


def literal(text: str) -> str:
    """The longest stretch of a phrase that stands on paper as it is."""
    return max((part.strip() for part in re.split(r"\{[^{}]*\}|\n", text)), key=len, default="")
