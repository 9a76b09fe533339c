"""What was decided, by whom and why; and the word after a merge that decisions came with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import exchange, records
from cpdesk.tasks.exchange import Decision, Merged, PackageRow
from ui import tokens
from ui.context import Context
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.navigation import Location
from ui.pages.differences_parts.words import DELETED, delete_against_edit, shorten
from ui.pages.exchange_words import moment, office_name
from ui.pages.places import place
from ui.pages.plan_side import clear
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, EmptyState, clear_out, column, row, scrolling
from ui.widgets.text import Text

FIRST = 100
HEIGHT = 300  # the least in which a person can read
LONGEST = 140  # letters of a value in its line
SLOTS = (Slot(share=4), Slot(share=4), Slot(share=4), Slot(pixels=128))


class DecidedList(QWidget):
    """The newest first. Enter or a click on one leads to its record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._only: frozenset[int] | None = None
        self._most = FIRST
        self._shown: list[Decision] = []
        box = column(self, spacing=tokens.S)
        self._which = QWidget()
        line = row(self._which)
        self.heading = Text("", "strong", name="decided_which")
        line.addWidget(self.heading, 1)
        line.addWidget(Button(_("Show all"), kind="link", name="decided_all", run=lambda: self.show_only(None)))
        box.addWidget(self._which)
        self.card = Card("decided", margin=10)
        self.card.setMinimumHeight(HEIGHT)
        inner = QWidget()
        inside = column(inner)
        self.rows = RowList(SLOTS, name="decided_rows")
        self.rows.opened.connect(self._open)
        inside.addWidget(self.rows)
        self.more = Button(_("Show more"), kind="link", name="decided_more", run=self._show_more)
        inside.addWidget(self.more)
        inside.addStretch(1)
        area = scrolling(inner, "decided_scroll")
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        clear(area)
        self.card.add(area)
        box.addWidget(self.card, 1)
        self.empty = EmptyState(
            "scale",
            _("Nothing was decided yet."),
            example=_("Here stands what was settled or joined, by whom and why, here and in the offices above."),
            name="decided_empty",
        )
        box.addWidget(self.empty, 1)

    def show_only(self, packages: Collection[int] | None) -> None:
        """Those that these imports brought, or all of them."""
        self._only = None if packages is None else frozenset(packages)
        self.refresh()

    def refresh(self) -> None:
        desk = self.context.desk
        every = exchange.decisions(desk)
        found = [one for one in every if self._only is None or one.package in self._only]
        self._shown = list(reversed(found))
        came = {one.package: one for one in exchange.packages(desk)}
        waiting = {(one.id, one.field) for one in exchange.conflicts(desk)}
        faces = [self._face(n, one, came, waiting) for n, one in enumerate(self._shown[: self._most])]
        self.rows.show_faces(faces)
        self.more.setVisible(len(self._shown) > self._most)
        self.card.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)
        self._which.setVisible(self._only is not None)
        if self._only is not None:
            self.heading.setText(came_words(len(found), [came[n] for n in self._only if n in came]))

    def _face(self, at: int, one: Decision, came: dict[int, PackageRow], waiting: Collection[tuple[str, str]]) -> Face:
        what, value, passed = _told(one)
        who = " · ".join(part for part in (one.by, office_name(one.office), moment(one.at)) if part)
        with_ = came.get(one.package) if one.package is not None else None
        if (one.id, one.field) in waiting:
            chip = Piece(_("Waits again"), "warning")
        elif with_ is not None:
            chip = Piece(_("Package {number}").format(number=digits.count(with_.number)), "accent")
        else:
            chip = Piece(_("Here"), "neutral")
        return Face(
            str(at),
            (
                (Piece(one.title), Piece(what, "small")),
                (Piece(shorten(value, LONGEST)), Piece(shorten(passed, LONGEST), "small")),
                (Piece(one.reason or _("no reason given"), "text" if one.reason else "muted"), Piece(who, "small")),
                (chip,),
            ),
        )

    def _show_more(self) -> None:
        self._most += FIRST
        self.refresh()

    def _open(self, at: str) -> None:
        """Lead to the record; to the one that stands, where two were joined; to the bin, where it lies there."""
        one = self._shown[int(at)]
        if one.import_ is not None:
            self.context.go("exchange", view="receive")
            return
        try:
            found = records.get(self.context.desk, one.into or one.id)
        except NotFound:
            self.context.say(_("It is not there any more."), "accent")
            return
        there = Location("bin") if found.deleted else place(self.context.desk, found)
        if there is None:
            self.context.say(_("No page shows this record."), "accent")
            return
        if one.field and not found.deleted:
            there.state["field"] = one.field
        self.context.wanted.emit(there)

    def begin(self) -> None:
        self.rows.focus_row(0)


def _told(one: Decision) -> tuple[str, str, str]:
    """(what it was about, what stands now, what was passed over)."""
    if one.sort == "joined":
        return _("two records joined"), _("joined into “{title}”").format(title=one.shown), ""
    if one.import_ is not None:
        n = one.records
        count = ngettext("{count} record changed", "{count} records changed", n).format(count=digits.count(n))
        return _("an import"), _("taken back") if one.sort == "undone" else _("taken in again"), count
    stands = one.shown or _("(blank)")
    apart = [each for each in one.passed if each.shown != one.shown]
    other = ", ".join(f"“{each.shown or _('(blank)')}” ({office_name(each.office)})" for each in apart)
    about = delete_against_edit() if one.field == DELETED else one.label
    return about, stands, _("instead of {values}").format(values=other) if other else ""


def came_words(count: int, packages: Sequence[PackageRow]) -> str:
    """ "3 decisions came with package 2 of Kandal"."""
    names = ", ".join(
        _("package {number} of {office}").format(number=digits.count(one.number), office=office_name(one.office))
        for one in packages
    )
    said = ngettext("{count} decision came with {packages}", "{count} decisions came with {packages}", count)
    return said.format(count=digits.count(count), packages=names)


class Came(QWidget):
    """After a merge: how many decisions it brought, and one click to them. `wanted(local numbers of the imports)`."""

    wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("decisions_came")
        self.context = context
        self.count = 0
        self._box = column(self)
        self.hide()

    def show_merged(self, found: Sequence[Merged]) -> None:
        """Look what these packages brought; nothing is shown where they brought no decision."""
        clear_out(self._box)
        desk = self.context.desk
        imports = {one.imported for one in found if one.imported is not None and one.changes}
        brought = {number: len(exchange.decisions(desk, package=number)) for number in imports}
        numbers = [number for number, count in brought.items() if count]
        self.count = sum(brought.values())
        self.setVisible(bool(numbers))
        if not numbers:
            return
        came = [one for one in exchange.packages(desk) if one.package in numbers]
        card = Card("came_card", margin=12)
        line = row(spacing=tokens.M)
        said = Text(came_words(self.count, came), "strong", name="came_words")
        line.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        button = Button(
            _("See what was decided, and why"), kind="link", name="came_see", run=lambda: self.wanted.emit(numbers)
        )
        line.addWidget(button)
        card.body.addLayout(line)
        self._box.addWidget(card)
