"""A person asks to be removed: what goes, what must stay and by which rule, and a word that has to be typed first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.khmer.spelling import loose
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.jobs import Progress
from ui.pages.plan_side import clear
from ui.widgets.editors.line import Line
from ui.widgets.job_row import JobRow
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import SectionHeader, clear_out, column, scrolling
from ui.widgets.text import Text, literal

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.personal import Removal, Removed

MOST = 8  # lines of one sort
WIDE, HIGH, LEAST = 660, 640, 110  # pixels; of what is scrolled, with large letters on a small screen


class RemovePerson(Dialog):
    """One person, or several whose data nobody needs any more. It looks first, in the worker; nothing changes before
    the word is typed. `removed(ids)` once it was done: all records whose content went.
    """

    removed = Signal(object)

    def __init__(self, context: Context, people: Sequence[str], parent: QWidget | None) -> None:
        count = len(people)
        title = ngettext("Remove this person for good?", "Remove these {count} people for good?", count)
        name = "remove_person"
        super().__init__(parent, title.format(count=digits.count(count)), name=name, icon="user-x", tone="bad")
        self.context, self.people = context, tuple(people)
        inner = QWidget()
        self._box = column(inner, spacing=tokens.S)
        self._box.setContentsMargins(0, 0, tokens.M, 0)
        area = scrolling(inner, "remove_scroll")
        clear(area)
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self.row = JobRow("remove_job")
        self.body.addWidget(self.row)
        self.texts = self._tick(_("Take the name out of these texts too"), "remove_texts")
        self.copies = self._tick(_("Delete these older copies too"), "remove_copies")
        self._ask_for_the_word()
        self.add_button(_("Keep the person"), self.reject, kind="primary", name="remove_no")
        self.yes = self.add_button(_("Remove for good"), self.remove, kind="danger", name="remove_yes", icon="user-x")
        self.yes.setEnabled(False)
        self._may = False
        room = parent.window().size() if parent is not None else QSize(WIDE, HIGH)
        area.setMinimumHeight(LEAST)
        self.tall = min(HIGH, room.height() - 40)
        self.resize(min(WIDE, room.width() - 60), self.tall)
        self._look()

    @staticmethod
    def _tick(words: str, name: str) -> QCheckBox:
        tick = QCheckBox(literal(words))
        tick.setObjectName(name)
        tick.setAccessibleName(words)
        return tick

    def _ask_for_the_word(self) -> None:
        self.wanted = _("remove")
        words = _("There is no way back, not by Ctrl+Z either. Type “{word}” to go on:").format(word=self.wanted)
        self.words = Text(words, "label", name="remove_words")
        self.word = Line()
        self.word.setObjectName("remove_word")
        self.word.setAccessibleName(words)
        self.word.textChanged.connect(lambda _text: self._typed())
        self.body.addWidget(self.words)
        self.body.addWidget(self.word)

    def _typed(self) -> None:
        self.yes.setEnabled(self._may and loose(self.word.text()) == loose(self.wanted))

    # what it would do

    def _look(self) -> None:
        from cpdesk.tasks import personal

        people = self.people

        def work(desk: Desk, progress: Progress) -> list[Removal]:
            found = []
            for n, one in enumerate(people):
                progress(n, len(people))
                found.append(personal.look(desk, one))
            return found

        job = self.context.jobs.run(work, done=self._show, failed=self._failed)
        self.row.follow(job, _("Looking at where they are named"))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)

    def _show(self, found: list[Removal]) -> None:
        if not isValid(self):
            return
        clear_out(self._box)
        for one in found:
            self._box.addWidget(Text(one.name, "strong"))
            if one.refused:
                notice = InlineMessage(one.refused, "warning", name="remove_refused")
                self._box.addWidget(notice)
        self._may = any(not one.refused for one in found)
        self.people = tuple(one.person for one in found if not one.refused)
        for widget in (self.words, self.word):
            widget.setVisible(self._may)
        if self._may:
            self._tell([one for one in found if not one.refused])
            self.word.setFocus()
        self._box.addStretch(1)
        self._typed()

    def _tell(self, found: Sequence[Removal]) -> None:
        self._section(_("What goes"), self._going(found))
        stays = [f"{one.title} · {one.rule}" for removal in found for one in removal.stays]
        self._section(_("What stays, and by which rule"), list(dict.fromkeys(stays)))
        texts = [one.words for removal in found for one in removal.texts]
        self._section(_("Texts that mention the name"), texts, self.texts)
        self._section(_("Who else has it"), self._holders(found))
        files = list(dict.fromkeys(file for removal in found for file in removal.copies))
        self._section(_("Older copies of the desk on this computer"), [_copy(file) for file in files], self.copies)

    def _section(self, title: str, lines: Sequence[str], tick: QCheckBox | None = None) -> None:
        if not lines:
            return
        self._box.addWidget(SectionHeader(title))
        for line in lines[:MOST]:
            self._box.addWidget(Text(line, "small", selectable=True))
        if len(lines) > MOST:
            more = _("and {count} more").format(count=digits.count(len(lines) - MOST))
            self._box.addWidget(Text(more, "small"))
        if tick is not None:
            self._box.addWidget(tick)

    @staticmethod
    def _going(found: Sequence[Removal]) -> list[str]:
        counts: dict[str, int] = {}
        for removal in found:
            for what, count in removal.goes:
                counts[what] = counts.get(what, 0) + count
        lines = [" · ".join(f"{what} {digits.count(count)}" for what, count in counts.items())]
        shown = sum(removal.shown for removal in found)
        if shown:
            words = ngettext(
                "In {count} place “(removed on request)” will stand.",
                "In {count} places “(removed on request)” will stand.",
                shown,
            )
            lines.append(words.format(count=digits.count(shown)))
        return lines

    @staticmethod
    def _holders(found: Sequence[Removal]) -> list[str]:
        names = sorted({one.name for removal in found for one in removal.holders})
        if not names:
            return []
        return [
            ", ".join(names),
            _("Their desks take it out with the next package. Packages written before stay on their sticks, locked."),
        ]

    # doing it

    def remove(self) -> None:
        """Do it, in the worker."""
        from cpdesk.tasks import personal

        people, texts, copies = self.people, self.texts.isChecked(), self.copies.isChecked()

        def work(desk: Desk, progress: Progress) -> list[Removed]:
            done = []
            for n, one in enumerate(people):
                progress(n, len(people))
                done.append(personal.remove(desk, one, texts=texts, copies=copies))
            return done

        self.yes.setEnabled(False)
        job = self.context.jobs.run(work, done=self._done, failed=self._failed)
        self.row.follow(job, _("Removing"))

    def _done(self, done: list[Removed]) -> None:
        ids = [id_ for one in done for id_ in one.ids]
        self.context.undo.forget(ids)
        self.context.touched()
        left = list(dict.fromkeys(file for one in done for file in one.left))
        words = ngettext("The person was removed.", "{count} people were removed.", len(done))
        told = words.format(count=digits.count(len(done)))
        if left:
            held = ngettext(
                "{count} older copy on this computer still holds it.",
                "{count} older copies on this computer still hold it.",
                len(left),
            )
            told = f"{told} {held.format(count=digits.count(len(left)))}"
        self.context.say(told)
        if isValid(self):
            self.removed.emit(ids)
            self.accept()


def _copy(file: Path) -> str:
    from cpdesk.tasks import personal

    made = personal.made_at(file)
    return " · ".join(filter(None, (dates.short(made.date()) if made else "", file.name)))
