"""Many differences of one sort settled at once by a rule; what it would take stands there before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import exchange, no_progress
from cpdesk.tasks.differences import by_rule
from cpdesk.tasks.exchange import BOTH, NEWEST, OURS
from cpdesk.tasks.undo import Undo
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.first_steps import Options
from ui.jobs import Progress
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.pages.differences_parts import words
from ui.pages.exchange_words import office_name
from ui.pages.plan_side import clear
from ui.widgets.editors.line import Line
from ui.widgets.job_row import JobRow
from ui.widgets.surfaces import Card, column, row, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.exchange import Conflict, Settled

MOST = 200  # lines of what would be taken
LONGEST = 160  # letters of a value in such a line
ROOM = 230  # what a screen 600 high still has


class SettleMany(Dialog):
    """`settled(what became of them)` once it was done, in the worker."""

    settled = Signal(object)

    def __init__(self, context: Context, alike: Sequence[Conflict], parent: QWidget | None) -> None:
        n = len(alike)
        title = ngettext("Settle {count} alike at once", "Settle {count} alike at once", n)
        super().__init__(parent, title.format(count=digits.count(n)), name="settle_many_dialog", icon="scale")
        self.setMaximumWidth(980)
        self.resize(880, 520)
        self.context, self.alike = context, list(alike)
        one = self.alike[0]
        self.say(f"{words.field_words(one)} · {words.between(one)}", "muted")
        across = row(spacing=tokens.L)
        left = column(spacing=tokens.S)
        left.addWidget(Text(_("Take"), "label"))
        rules = self._rules()
        self.options = Options(rules, rules[0][0], "rule")
        self.options.setFixedWidth(280)
        self.options.chosen.connect(lambda _key: self._preview())
        left.addWidget(self.options)
        left.addStretch(1)
        across.addLayout(left)
        right = column(spacing=tokens.S)
        self.count = Text("", "label", name="many_count")
        right.addWidget(self.count)
        right.addWidget(self._list(), 1)
        across.addLayout(right, 1)
        self.body.addLayout(across, 1)
        self.reason = Line()
        self.reason.setObjectName("many_reason")
        self.reason.setAccessibleName(_("Why"))
        self.reason.setPlaceholderText(_("Why, in a few words: the other offices read it too"))
        self.body.addWidget(self.reason)
        self.row = JobRow("many_job")
        self.body.addWidget(self.row)
        self.add_button(_("Cancel"), self.reject, name="many_no")
        self.yes = self.add_button("", self.settle, kind="primary", name="many_yes")
        whole = self.layout()
        if isinstance(whole, QBoxLayout):
            whole.setStretchFactor(self.body, 99)  # all height there is, before the empty space over the buttons
        self._preview()
        self.options.focus()

    def _rules(self) -> list[tuple[str, str, str]]:
        desk, one = self.context.desk, self.alike[0]
        found = [
            (OURS, office_name(code), _("what we wrote")) if code == desk.office else
            (code, office_name(code), _("what they wrote"))
            for code in words.offices(one)
        ]  # fmt: skip
        found.append((NEWEST, _("What was written last"), _("by the clocks of the computers")))
        if any(exchange.can_take_both(each) for each in self.alike):
            found.append((BOTH, _("Both together"), _("the older first")))
        return found

    def _list(self) -> QWidget:
        self.rows = RowList((Slot(share=1), Slot(share=1)), name="many_rows")
        holder = QWidget()
        box = column(holder)
        box.addWidget(self.rows)
        box.addStretch(1)
        area = scrolling(holder, "many_scroll")
        area.setMinimumHeight(ROOM)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        clear(area)
        card = Card("many_card", margin=8)
        card.add(area)
        return card

    def _preview(self) -> None:
        """What each would be with the chosen rule."""
        desk, take = self.context.desk, self.options.current()
        faces: list[Face] = []
        left = 0
        for one in self.alike:
            value = by_rule(desk, one, take)
            left += value is None
            shown = _("goes on waiting")
            if value is not None:
                shown = words.shorten(words.value_words(desk, one, value[0]), LONGEST)
            if len(faces) < MOST:
                piece = Piece(shown, "muted" if value is None else "text")
                faces.append(Face(words.key(one), ((Piece(words.record_words(desk, one), "small"),), (piece,))))
        self.rows.show_faces(faces)
        n = len(self.alike) - left
        said = ngettext("{count} would be settled:", "{count} would be settled:", n)
        words_ = [said.format(count=digits.count(n))]
        if left:
            words_.append(_("{count} go on waiting").format(count=digits.count(left)))
        self.count.setText(" · ".join(words_))
        self.yes.set_text(ngettext("Settle {count}", "Settle {count}", n).format(count=digits.count(n)))
        self.yes.setEnabled(n > 0)

    def settle(self) -> None:
        """Do it, in the worker; one step to take back."""
        if self.row.is_busy():
            return
        which = [(one.id, one.field) for one in self.alike]
        take, reason, said = self.options.current(), self.reason.text().strip(), self.heading.plain()

        def work(desk: Desk, progress: Progress) -> tuple[Settled, Undo]:
            undo, telling = Undo(desk), [progress]
            done = undo.decide(
                lambda on: exchange.resolve_many(on, which, take, reason, lambda *far: telling[0](*far)), said
            )
            telling[0] = no_progress  # done once more by a later Ctrl+Shift+Z, there is no job to tell
            return done, undo

        def done(found: tuple[Settled, Undo]) -> None:
            self.context.undo.take_over(found[1])
            n = len(found[0].done)
            self.context.say(ngettext(
                "{count} settled. The next package tells it to the others.",
                "{count} settled. The next package tells it to the others.", n,
            ).format(count=digits.count(n)))  # fmt: skip
            self.context.touched()
            if isValid(self):
                self.settled.emit(found[0])
                self.accept()

        self.yes.setEnabled(False)
        job = self.context.jobs.run(work, title=said, done=done, failed=self._failed)
        self.row.follow(job, _("Settling"))
        job.cancelled.connect(lambda: self.yes.setEnabled(True))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)
