"""All differences that wait, by record or by office; one stop for Tab, arrows go on from group to group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.order import sort_key
from cpdesk.tasks.exchange import Conflict
from ui import tokens
from ui.context import Context
from ui.lists.rows import Face, Piece, Row, RowList, Slot
from ui.pages.differences_parts import words
from ui.pages.differences_parts.settling import ENTER
from ui.pages.plan_side import clear
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, clear_out, column, scrolling
from ui.widgets.text import ElidedText, Text

BY_RECORD, BY_OFFICE = "record", "office"
FIRST = 60  # shown until more are asked for, or an arrow goes beyond them


class _Rows(RowList):
    """Arrows choose, Enter settles; what a digit or L does is said by the choice beside."""

    stood = Signal(str)
    agreed = Signal()

    def entered(self, row: Row) -> None:
        super().entered(row)
        self.stood.emit(row.face.id)

    def key(self, row: Row, event: QKeyEvent) -> bool:
        if Qt.Key(event.key()) in ENTER:
            self.agreed.emit()
            return True
        if event.key() == Qt.Key.Key_F2 and self.on_key is not None:
            return self.on_key(row.face.id, event)
        return super().key(row, event)


class WaitingList(Card):
    """`stood(conflict)` as one goes through it, `agreed` by Enter. `on_key` takes the keys of the choice beside it."""

    stood = Signal(object)
    agreed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("waiting_list", margin=10)
        self.context = context
        self.on_key: Callable[[QKeyEvent], bool] | None = None
        self._all: dict[str, Conflict] = {}
        self._by = BY_RECORD
        self._later: set[str] = set()
        self._most = FIRST
        self._lists: list[_Rows] = []
        self._stood_for: tuple[list[Conflict], str, set[str], int] | None = None
        self.chosen = ""
        self._filling = False  # rows that go hand the focus on: that is nobody's choice
        self._inner = QWidget()
        self._box = column(self._inner, spacing=tokens.XS)
        self._area: QScrollArea = scrolling(self._inner, "waiting_scroll")
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        clear(self._area)
        self.body.addWidget(self._area, 1)
        self.more = Button(_("Show more"), kind="link", name="waiting_more", run=self._show_more)
        self.body.addWidget(self.more)
        self.hint = Text(_("↑ ↓ choose · 1 2 3 take which · Enter settles · L later"), "small", name="waiting_keys")
        self.body.addWidget(self.hint)

    def show_waiting(self, waiting: Sequence[Conflict], by: str, later: set[str]) -> None:
        """Show them in groups; those left for `later` say so. The choice stays where it was."""
        fresh = (list(waiting), by, set(later), self._most)
        if fresh == self._stood_for:
            return
        self._stood_for = fresh
        had_focus = self.has_focus()
        order = self.order()
        at = order.index(self.chosen) if self.chosen in order else 0
        self._all = {words.key(one): one for one in waiting}
        self._by, self._later = by, later
        self._filling = True
        self._fill()
        self._filling = False
        order = self.order()
        if self.chosen not in order:
            self.chosen = order[min(at, len(order) - 1)] if order else ""
        self._mark()
        if had_focus:
            self.focus()

    def order(self) -> list[str]:
        """The names of all that are shown, as they stand under one another."""
        return [id_ for rows in self._lists for id_ in rows.ids()]

    def stops(self) -> list[QWidget]:
        """Where Tab goes, from top to bottom."""
        return [*self._lists, self.more]

    def current(self) -> Conflict | None:
        return self._all.get(self.chosen)

    def has_focus(self) -> bool:
        return any(rows.isAncestorOf(focus) for rows in self._lists if (focus := self.window().focusWidget()))

    def focus(self) -> bool:
        """Give the focus to the chosen row."""
        found = any(rows.focus(self.chosen) for rows in self._lists)
        return found or bool(self._lists and self._lists[0].focus_row(0))

    def choose(self, key: str) -> None:
        """Choose that one, as if a person had gone there."""
        if key in self._all:
            self.chosen = key
            self._mark()
            self.stood.emit(self._all[key])

    def next(self) -> None:
        """Go on to the one below, from the last to the first."""
        order = self.order()
        if order:
            at = order.index(self.chosen) + 1 if self.chosen in order else 0
            self.choose(order[at % len(order)])

    def _fill(self) -> None:
        clear_out(self._box)
        self._lists = []
        left = self._most
        for title, members in self._groups():
            if left <= 0:
                break
            shown, left = members[:left], left - len(members)
            if self._by == BY_OFFICE:
                title = f"{title} · {digits.count(len(members))}"
            self._box.addWidget(ElidedText(title, "label"))
            rows = _Rows((Slot(share=1),), name=f"waiting_{len(self._lists)}")
            rows.setAccessibleName(title)
            rows.show_faces([self._face(key) for key in shown])
            rows.stood.connect(self._stood)
            rows.opened.connect(self._stood)
            rows.agreed.connect(self.agreed.emit)
            rows.left.connect(partial(self._pass_on, rows))
            rows.on_key = self._key
            self._lists.append(rows)
            self._box.addWidget(rows)
            self._box.addSpacing(tokens.S)
        self._box.addStretch(1)
        self.more.setVisible(len(self._all) > self._most)

    def _groups(self) -> list[tuple[str, list[str]]]:
        """(heading, names of those under it), in the order of the headings."""
        desk, found = self.context.desk, dict[tuple[str, str], list[str]]()
        titles: dict[str, str] = {}
        for key, one in self._all.items():
            if self._by == BY_RECORD:
                if one.id not in titles:
                    titles[one.id] = words.record_words(desk, one)
                head = (titles[one.id], one.id)
            else:
                head = (words.partner(desk, one), "")
            found.setdefault(head, []).append(key)
        return [(head[0], found[head]) for head in sorted(found, key=lambda head: (sort_key(head[0]), head[1]))]

    def _face(self, key: str) -> Face:
        one, desk = self._all[key], self.context.desk
        if self._by == BY_RECORD:
            pieces = [Piece(words.field_words(one)), Piece(words.between(one), "small")]
        else:
            pieces = [Piece(words.record_words(desk, one)), Piece(words.field_words(one), "small")]
        if key in self._later:
            pieces.append(Piece(_("Left for later"), "neutral"))
        return Face(key, (tuple(pieces),))

    def _show_more(self) -> None:
        self._most += FIRST
        self.show_waiting(list(self._all.values()), self._by, self._later)

    def _stood(self, key: str) -> None:
        if key != self.chosen and not self._filling:
            self.choose(key)

    def _mark(self) -> None:
        for rows in self._lists:
            rows.choose(self.chosen)
            row = rows.row(self.chosen)
            here = row is not None  # Tab stops in the chosen one's group alone, however many there are
            rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if row is not None:
                self._area.ensureWidgetVisible(row, 0, 40)

    def _key(self, _id: str, event: QKeyEvent) -> bool:
        return self.on_key is not None and self.on_key(event)

    def _pass_on(self, rows: _Rows, step: int) -> None:
        at = self._lists.index(rows) + step
        if at == len(self._lists) and self.more.isVisible():
            below = len(self.order())
            self._show_more()
            self.choose(self.order()[below])
            self.focus()
        elif 0 <= at < len(self._lists):
            self._lists[at].focus_row(0 if step > 0 else -1)
