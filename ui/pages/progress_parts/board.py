"""The activities of a quarter in three lists: those that owe a report first, those that have one, and the others.

Rows are painted; the one that is worked on is a form in its place and stays where it is until it is closed, whatever
is written in it. Of a very long plan two hundred rows of each list are shown at once, and more when one asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.records import kind as kind_of
from cpdesk.tasks.progress import ActivityRow, Review
from ui import tokens
from ui.lists.rows import Face, Piece, RowHead, RowList, Slot
from ui.pages.progress_parts.words import NOTHING, against, chip, coded, label, people, spent
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, column, row
from ui.widgets.text import Text

AT_ONCE = 200


def slots() -> tuple[Slot, ...]:
    return (
        Slot(76, title=kind_of("activity").field("code").label),
        Slot(share=1, title=kind_of("activity").label),
        Slot(152, title=label("status")),
        Slot(128, title=_("Reached / target"), right=True),
        Slot(88, title=label("spent"), right=True),
        Slot(156, title=_("People reached"), right=True),
    )


def narrow_slots() -> tuple[Slot, ...]:
    """Where there is no room for all: money and people stand in the charts and in the open row."""
    code, activity, status, reached = (slot.title for slot in slots()[:4])
    return (Slot(64, title=code), Slot(title=activity), Slot(146, title=status), Slot(126, title=reached, right=True))


def face(found: ActivityRow, narrow: bool = False) -> Face:
    """What a row shows."""
    word, tone = chip(found)
    standing: list[Piece] = [Piece(word, tone)]
    if found.late and found.standing != (found.status or found.before):
        standing.append(Piece(_("its time is over"), "bad"))
    reached: list[Piece] = [Piece(NOTHING, "muted")]
    if found.indicators:
        reached = [Piece(against(found.indicators[0]))]
        if len(found.indicators) > 1:
            reached.append(Piece(_("and {count} more").format(count=digits.count(len(found.indicators) - 1)), "small"))
    cells = [
        (Piece(coded(found.line.code), "muted"),),
        (Piece(found.line.text),),
        tuple(standing),
        tuple(reached),
        (_plain(spent(found.spending)),),
        (_plain(people(found.reached)),),
    ]
    return Face(found.line.id, tuple(cells[:4] if narrow else cells))


def _plain(text: str) -> Piece:
    return Piece(text, "muted" if text == NOTHING else "text")


@dataclass
class _Group:
    """One list with its head; `shown` rows of it are made."""

    key: str
    title: Text
    more: Button
    rows: RowList
    found: list[ActivityRow]
    shown: int = AT_ONCE
    open: bool = True


class Board(Card):
    """`opened(id)` by Enter or a click on a row. `show_review` keeps an open row where it stands."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("board", margin=0, parent=parent)
        self.body.setSpacing(0)
        self.body.setContentsMargins(1, 1, 1, 6)
        self._narrow = False
        self._review: Review | None = None
        self.head = RowHead(slots())
        self.body.addWidget(self.head)
        words: dict[str, Callable[[], str]] = {
            "owed": lambda: _("Not reported yet"),
            "told": lambda: _("Reported"),
            "others": lambda: _("Not planned for this quarter"),
        }
        self._groups = [self._group(key, word()) for key, word in words.items()]
        self._groups[2].open = False

    def _group(self, key: str, word: str) -> _Group:
        head = QWidget()
        head.setObjectName(f"head_{key}")
        across = row(head, spacing=tokens.S)
        across.setContentsMargins(9, 6, 9, 2)
        title = Text(word, "band", wrap=False, name=f"title_{key}")
        more = Button("", kind="link", name=f"more_{key}", run=lambda: self._more(key))
        across.addWidget(title)
        across.addWidget(more)
        across.addStretch(1)
        rows = RowList(slots(), name=f"rows_{key}")
        rows.setAccessibleName(word)
        rows.opened.connect(self.opened)
        rows.left.connect(lambda step: self._next_list(key, step))
        box = column(spacing=0)
        box.addWidget(head)
        box.addWidget(rows)
        self.body.addLayout(box)
        return _Group(key, title, more, rows, [])

    # showing

    def show_review(self, review: Review) -> None:
        self._review = review
        sorts: dict[str, list[ActivityRow]] = {group.key: [] for group in self._groups}
        held = self._held()
        for found in review.rows:
            sort = held.get(found.line.id) or ("owed" if found.owed else _sort(found))
            sorts[sort].append(found)
        for group in self._groups:
            group.found = sorts[group.key]
            self._show(group)
        self.setVisible(bool(review.rows))

    def _held(self) -> dict[str, str]:
        """The list in which the open row stands, by its id."""
        return {group.rows.open_id: group.key for group in self._groups if group.rows.open_id}

    def _show(self, group: _Group) -> None:
        count = len(group.found)
        visible = group.found[: group.shown] if group.open else []
        group.rows.show_faces([face(found, self._narrow) for found in visible])
        group.rows.setVisible(bool(visible))
        words = {"owed": _("Not reported yet"), "told": _("Reported"), "others": _("Not planned for this quarter")}
        group.title.setText(f"{words[group.key]} · {digits.count(count)}")
        left = count - len(visible)
        if group.key == "others" and count:
            group.more.set_text(_("Hide") if group.open and not left else _("Show"))
        else:
            group.more.set_text(_("Show {count} more").format(count=digits.count(min(left, AT_ONCE))))
        group.more.setAccessibleName(f"{group.more.text()}: {group.title.plain()}")
        group.more.setVisible(bool(left) or (group.key == "others" and count > 0))
        holder = group.title.parentWidget()
        assert holder is not None
        holder.setVisible(bool(count))

    def _more(self, key: str) -> None:
        group = self._group_of(key)
        if key == "others" and (not group.open or len(group.found) <= group.shown):
            group.open = not group.open
        else:
            group.shown += AT_ONCE
        self._show(group)

    def set_narrow(self, narrow: bool) -> None:
        """With fewer columns, where the page has no room for all."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        wanted = narrow_slots() if narrow else slots()
        self.head.set_slots(wanted)
        for group in self._groups:
            group.rows.set_slots(wanted)
            self._show(group)

    # one row

    def _group_of(self, key: str) -> _Group:
        return next(group for group in self._groups if group.key == key)

    def _home_of(self, id_: str) -> _Group | None:
        return next((group for group in self._groups if any(f.line.id == id_ for f in group.found)), None)

    def found(self, id_: str) -> ActivityRow | None:
        return next((f for group in self._groups for f in group.found if f.line.id == id_), None)

    def open_row(self, id_: str, form: QWidget) -> bool:
        """Let the form stand in the place of that row; False where there is no such row."""
        group = self._home_of(id_)
        if group is None:
            return False
        group.open = True
        at = next(n for n, found in enumerate(group.found) if found.line.id == id_)
        while group.shown <= at:
            group.shown += AT_ONCE
        self._show(group)
        group.rows.open_row(id_, form)
        return True

    def close_row(self) -> str:
        """Show the open row again; its id, or an empty text where none was open."""
        for group in self._groups:
            id_ = group.rows.open_id
            if id_:
                group.rows.close_row()
                if self._review is not None:
                    self.show_review(self._review)
                return id_
        return ""

    @property
    def open_id(self) -> str:
        return next((group.rows.open_id for group in self._groups if group.rows.open_id), "")

    def focus(self, id_: str) -> bool:
        return any(group.rows.focus(id_) for group in self._groups)

    def focus_first(self) -> bool:
        return any(group.rows.focus_row(0) for group in self._groups if group.rows.ids())

    def focused(self) -> str:
        """The row that has the focus."""
        for group in self._groups:
            for id_ in group.rows.ids():
                row_ = group.rows.row(id_)
                if row_ is not None and row_.hasFocus():
                    return id_
        return ""

    def next_owed(self, after: str) -> str:
        """The next row behind `after` that owes its report, from the top again at the end; empty where none does."""
        ids = [found.line.id for found in self._group_of("owed").found if found.owed and found.line.id != after]
        if not ids or self._review is None:
            return ids[0] if ids else ""
        order = [found.line.id for found in self._review.rows]
        start = order.index(after) if after in order else -1
        behind = [id_ for id_ in ids if order.index(id_) > start]
        return (behind or ids)[0]

    def _next_list(self, key: str, step: int) -> None:
        lists = [group.rows for group in self._groups if group.rows.ids()]
        at = lists.index(self._group_of(key).rows) + step
        if 0 <= at < len(lists):
            lists[at].focus_row(0 if step > 0 else -1)
        else:
            self.focusNextPrevChild(step > 0)


def _sort(found: ActivityRow) -> str:
    return "told" if found.report is not None or found.planned else "others"
