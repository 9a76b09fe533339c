"""The view of differences: all that wait, one of them beside the list to be settled, and what was decided and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import exchange
from ui import tokens
from ui.context import Context
from ui.dialogs.settle_many import SettleMany
from ui.pages.differences_parts import words
from ui.pages.differences_parts.decided import DecidedList
from ui.pages.differences_parts.settling import Settling
from ui.pages.differences_parts.waiting import BY_OFFICE, BY_RECORD, WaitingList
from ui.widgets.buttons import Button, Segments
from ui.widgets.guards import stops, tab_through
from ui.widgets.surfaces import Card, EmptyState, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import Conflict

LIST, LIST_NARROW = 360, 264
ROOMY = 900  # pixels of the view from which on two values stand beside each other
HEIGHT = 320  # the least in which a person can work


class DifferencesView(QWidget):
    """Two tabs. `show_waiting` hands it all that wait; `settled` after each decision."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("differences")
        self.context = context
        self.dialog: SettleMany | None = None
        self._all: list[Conflict] = []
        self._later: set[str] = set()
        self._stale = False  # what waits is not yet in the list: nobody looks at it
        box = column(self, spacing=tokens.M)
        head = row(spacing=tokens.M)
        self.tabs = Segments((("waiting", _("Waiting")), ("decided", _("Decided"))), name="differences_tab")
        self.tabs.chosen.connect(self.show_tab)
        self.by = Segments(((BY_RECORD, _("By record")), (BY_OFFICE, _("By office"))), name="differences_by")
        self.by.chosen.connect(lambda _key: self._group())
        self.count = Text("", "muted", wrap=False, name="differences_count")
        head.addWidget(self.tabs)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.by)
        box.addLayout(head)
        box.addWidget(self._waiting_tab(), 1)
        self.decided = DecidedList(context)
        box.addWidget(self.decided, 1)
        self.empty = EmptyState(
            "circle-check",
            _("No difference waits for a decision."),
            example=_("Where two offices wrote different words in one place, both stand here until somebody decides."),
            name="differences_empty",
        )
        box.addWidget(self.empty, 1)
        self.show_tab("waiting")

    def _waiting_tab(self) -> QWidget:
        self.pair = QWidget()
        across = row(self.pair, spacing=tokens.L)
        self.list = WaitingList(self.context)
        self.list.setFixedWidth(LIST)
        self.list.stood.connect(self._show)
        card = Card("difference", margin=16)
        top = row()
        self.title = Text("", "title", name="difference_title")
        top.addWidget(self.title, 1)
        self.later = Button(_("Leave for later"), kind="link", name="difference_later", run=self.leave)
        top.addWidget(self.later)
        card.body.addLayout(top)
        self.one = Settling(self.context, titled=True)
        self.one.later_wanted.connect(self.leave)
        self.one.settled.connect(self._settled)
        self.one.many_wanted.connect(self.many)
        self.list.on_key = self.one.key
        self.list.agreed.connect(self.one.settle)
        card.body.addWidget(self.one, 1)
        across.addWidget(self.list)
        across.addWidget(card, 1)
        self.pair.setMinimumHeight(HEIGHT)
        return self.pair

    def show_waiting(self, waiting: Sequence[Conflict]) -> None:
        """All that wait now; what a person has chosen and begun stays."""
        self._all = list(waiting)
        self._later &= {words.key(one) for one in self._all}
        n = len(self._all)
        said = ngettext("{count} difference", "{count} differences", n)
        self.count.setText(said.format(count=digits.count(n)) if n else "")
        self._stale = True
        if self.isVisible():
            self._group()
        if self.tabs.current() == "decided" and self.isVisible():
            self.decided.refresh()
        self._turn()

    def show_tab(self, key: str) -> None:
        """`waiting` or `decided`."""
        self.tabs.set_current(key)
        if key == "decided":
            self.decided.refresh()
        self._turn()

    def show_decided(self, packages: Collection[int] | None = None) -> None:
        """What was decided, only what these imports brought where some are given."""
        self.decided.show_only(packages)
        self.show_tab("decided")
        self.decided.begin()

    def _turn(self) -> None:
        waiting = self.tabs.current() == "waiting"
        self.pair.setVisible(waiting and bool(self._all))
        self.by.setVisible(waiting and len(self._all) > 1)
        self.count.setVisible(waiting)
        self.empty.setVisible(waiting and not self._all)
        self.decided.setVisible(not waiting)

    def _group(self) -> None:
        self._stale = False
        self.list.show_waiting(self._all, self.by.current(), self._later)
        self._show(self.list.current())

    def _show(self, waiting: Conflict | None) -> None:
        alike = len(exchange.alike(self.context.desk, waiting, self._all)) if waiting else 1
        self.one.show_conflict(waiting, alike)
        field = words.field_words(waiting) if waiting else ""
        self.title.setText(field[:1].upper() + field[1:])
        self.later.setVisible(len(self._all) > 1)
        head = [*stops(self.tabs), *stops(self.by)]
        tab_through([*head, *self.list.stops(), self.later, *self.one.stops()])

    def leave(self) -> None:
        """Leave this one as it is, marked, and go on to the next."""
        here = self.list.current()
        if here is None:
            return
        self._later.add(words.key(here))
        self.list.show_waiting(self._all, self.by.current(), self._later)
        self.list.next()
        self.list.focus()

    def _settled(self, one: Conflict) -> None:
        """The focus is on what comes next, once the list is read again."""
        self._later.discard(words.key(one))
        self.list.focus()

    def many(self, waiting: Conflict) -> None:
        """Settle all of its sort at once, after a look at what would be taken."""
        self.dialog = SettleMany(self.context, exchange.alike(self.context.desk, waiting, self._all), self.window())
        self.dialog.finished.connect(lambda _answer: self.list.focus())
        self.dialog.open()

    def state(self) -> dict[str, object]:
        """What `restore` needs to stand where it stood."""
        return {"tab": self.tabs.current(), "by": self.by.current(), "chosen": self.list.chosen}

    def restore(self, state: dict[str, object]) -> None:
        """Stand there again; what was settled meanwhile is passed over."""
        by, tab = state.get("by"), state.get("tab")
        if by in (BY_RECORD, BY_OFFICE):
            self.by.set_current(str(by))
        self._group()
        self.list.choose(str(state.get("chosen")))
        if tab in ("waiting", "decided"):
            self.show_tab(str(tab))

    def begin(self) -> None:
        if self._stale:
            self._group()
        if self.tabs.current() == "decided":
            self.decided.begin()
        elif not self.list.focus():
            self.tabs.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._group()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self.list.setFixedWidth(LIST if roomy else LIST_NARROW)
        self.list.hint.setVisible(roomy)
        self.one.set_wide(roomy)
