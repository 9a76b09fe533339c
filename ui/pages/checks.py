"""What does not fit together, group by group, each line one click from where it is put right.

Nothing is dismissed here: a line goes when what it says is settled. Suggestions may be wrong and are not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import checks, joining, records
from cpdesk.tasks.checks import Check, Finding
from ui import messages
from ui.actions import Action
from ui.checking import watch
from ui.context import Context
from ui.dialogs.join_records import JoinRecords
from ui.lists.rows import Face, Piece, Row, RowList, Slot
from ui.navigation import Location, ScrollPage
from ui.pages.places import place
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, Segments
from ui.widgets.surfaces import Card, Chip, EmptyState, SectionHeader, row
from ui.widgets.text import Text

FIRST, MOST = 6, 200  # lines of a group before and after “All”
SLOTS = (Slot(share=3), Slot(share=2))
JOIN_SLOTS = (*SLOTS, Slot(pixels=96))
JOINABLE = ("same_person", "same_body", "same_number")  # two of these may be one
EVERYTHING = "all"


class Group(Card):
    """What one check found."""

    def __init__(self, page: ChecksPage, check: Check) -> None:
        super().__init__(f"check_{check.key}")
        self._page = page
        self.check = check
        self.found: list[Finding] = []
        self._all = False
        head = SectionHeader(check.title())
        self.count = Chip("", "neutral" if check.suggested else "warning", name=f"count_{check.key}")
        head.add_chip(self.count)
        if check.key == "joined_reference":
            head.add_action(Button(_("Lead all of them on"), kind="link", name="lead_on", run=page.lead_on))
        self.more = Button("", kind="link", name=f"all_{check.key}", run=self.toggle)
        head.add_action(self.more)
        self.joins = check.key in JOINABLE
        self.rows = RowList(JOIN_SLOTS if self.joins else SLOTS, name=f"found_{check.key}")
        self.rows.on_chip = self._join
        self.rows.opened.connect(self._open)
        self.rows.left.connect(partial(page.pass_on, self))
        self.rows.on_key = self._key
        self.note = Text("", "small", name=f"note_{check.key}")
        self.add(head, Text(check.settle(), "muted"), self.rows, self.note)
        self.body.setSpacing(6)

    def show_found(self, found: list[Finding]) -> None:
        self.found = found
        self.setVisible(bool(found))
        most = MOST if self._all else FIRST
        self.count.setText(digits.number(len(found)))
        self.more.setVisible(len(found) > FIRST)
        every = _("All {count}").format(count=digits.number(len(found)))
        self.more.set_text(_("Fewer") if self._all else every)
        self.rows.show_faces([self._face(at, one) for at, one in enumerate(found[:most])])
        left = len(found) - MOST
        self.note.setVisible(self._all and left > 0)
        if left > 0:
            self.note.setText(_("…and {count} more. They come up as these are settled.").format(
                count=digits.number(left)
            ))  # fmt: skip

    def _face(self, at: int, one: Finding) -> Face:
        words: tuple[Piece, ...] = (Piece(one.title or records.title(self._page.context.desk, one.record)),)
        if one.plan:
            words += (Piece(self._page.plan_title(one.plan), "small"),)
        said = one.sentence if one.sentence != self.check.title() else ""
        join: tuple[tuple[Piece, ...], ...] = ((Piece(_("Join…"), "accent"),),) if self.joins else ()
        return Face(str(at), (words, (Piece(said, "muted"),), *join))

    def toggle(self) -> None:
        """All of them, or the first ones."""
        self._all = not self._all
        self.show_found(self.found)

    def _open(self, at: str) -> None:
        self._page.jump(self.found[int(at)])

    def _join(self, at: str) -> bool:
        if self.joins:
            self._page.join(self.found[int(at)])
        return self.joins

    def focused(self) -> Finding | None:
        """The line that has the focus."""
        focus = self.window().focusWidget()
        inside = isinstance(focus, Row) and self.rows.isAncestorOf(focus)
        return self.found[int(focus.face.id)] if inside and isinstance(focus, Row) else None

    def _key(self, at: str, event: QKeyEvent) -> bool:
        """Right leads to the other one of two that look alike."""
        one = self.found[int(at)]
        if event.key() != Qt.Key.Key_Right or not one.other:
            return False
        self._page.jump(one, other=True)
        return True


class ChecksPage(ScrollPage):
    name = "checks"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._titles: dict[str, str] = {}
        self._watch = watch(context)
        self.dialog: JoinRecords | None = None
        self._family = EVERYTHING
        self._stood: tuple[str, str] = ("", "")  # the group and the record that one comes back to
        head = row(spacing=14)
        self.sum = Text("", "heading", wrap=False, name="checks_sum")
        self.families = Segments(_families(), name="checks_family")
        self.families.chosen.connect(self.show_family)
        head.addWidget(self.sum)
        head.addStretch(1)
        head.addWidget(self.families)
        self.body.addLayout(head)
        self.waiting = Text(_("Looking through the desk…"), "muted", name="checks_waiting")
        self.body.addWidget(self.waiting)
        self.groups = [Group(self, check) for check in checks.CHECKS]
        for group in self.groups:
            group.hide()
            self.body.addWidget(group)
        self.empty = EmptyState(
            "circle-check",
            _("Everything fits together."),
            example=_(
                "Here stands what is missing in the plans, what is overdue, and which figures contradict one another, "
                "as soon as there is any."
            ),
            name="checks_empty",
        )
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(1)
        self._watch.changed.connect(self._follow)

    def title(self) -> str:
        return _("To settle")

    def commands(self) -> list[Action]:
        again = Action("again", _("Look through the desk again"), self._again, "rotate-ccw", shortcut="F5")
        words = _("Join these two…")
        join = Action("join", words, self.join_focused, "users", shortcut="Ctrl+J", enabled=self._can_join)
        return [again, join, *undo_actions(self.context)]

    def _joinable(self) -> Finding | None:
        return next((one for group in self._shown() if group.joins and (one := group.focused())), None)

    def _can_join(self) -> bool:
        return self._joinable() is not None

    def join_focused(self) -> None:
        """Join the two of the line that has the focus."""
        one = self._joinable()
        if one is not None:
            self.join(one)

    def join(self, one: Finding) -> None:
        """Look at two that may be one, and join them if the person agrees."""
        if any(self._place(id_, one) is None for id_ in (one.record, one.other)):
            self.context.say(_("It is not there any more."), "accent")
            self._again()
            return
        self.dialog = JoinRecords(self.context, one.other, one.record, self.window())
        self.dialog.joined.connect(lambda _done: self._again())
        self.dialog.open()

    def lead_on(self) -> None:
        """Let all that names a record that was joined name the one that stands."""
        with messages.shown(self.window()):
            n = self.context.undo.decide(joining.lead_on, _("references led on"))
            words = ngettext("{count} reference leads on now.", "{count} references lead on now.", n)
            self.context.say(words.format(count=digits.count(n)))
            self.context.touched()
            self._again()

    def state(self) -> dict[str, object]:
        focus = self.focusWidget()
        stood: dict[str, object] = {}
        for group in self._shown():
            if isinstance(focus, Row) and group.isAncestorOf(focus) and int(focus.face.id) < len(group.found):
                stood = {"group": group.check.key, "row": group.found[int(focus.face.id)].record}
        return super().state() | {"family": self._family} | stood

    def restore(self, state: dict[str, object]) -> None:
        family = state.get("family")
        if family in (EVERYTHING, *checks.FAMILIES):
            self.families.set_current(str(family))
            self.show_family(str(family))
        self._stood = (str(state.get("group") or ""), str(state.get("row") or ""))
        super().restore(state)

    def begin(self) -> None:
        """To the line one came from, to the one that took its place, or to the first."""
        key, record = self._stood
        self._stood = ("", "")
        shown = self._shown()
        here = next((group for group in shown if group.check.key == key), shown[0] if shown else None)
        if here is None:
            self.families.setFocus()
            return
        at = next((n for n, one in enumerate(here.found) if one.record == record), 0)
        here.rows.focus_row(min(at, len(here.rows.ids()) - 1))

    def refresh(self) -> None:
        """Show what is known, and have it looked up where that is of yesterday."""
        self._watch.ask()
        self._follow()

    def show_family(self, family: str) -> None:
        """Only the checks of one family, or `all`."""
        self._family = family
        self._follow()

    def _follow(self) -> None:
        found = self._watch.found
        self._titles.clear()
        self.waiting.setVisible(found is None)
        for group in self.groups:
            mine = [one for one in found or () if one.check == group.check.key]
            group.show_found(mine if self._family in (EVERYTHING, group.check.family) else [])
        shown = self._shown()
        self.empty.setVisible(found is not None and not shown)
        wait = checks.counted(one for group in shown for one in group.found)
        words = ngettext("{count} thing to settle", "{count} things to settle", wait)
        self.sum.setText(words.format(count=digits.number(wait)) if wait else "")

    def _shown(self) -> list[Group]:
        return [group for group in self.groups if group.found]

    def pass_on(self, group: Group, step: int) -> None:
        """An arrow went beyond the first or last line of a group: on to the next one."""
        shown = self._shown()
        at = shown.index(group) + step
        if 0 <= at < len(shown):
            shown[at].rows.focus_row(0 if step > 0 else -1)

    def plan_title(self, plan: str) -> str:
        if plan not in self._titles:
            self._titles[plan] = records.title(self.context.desk, plan)
        return self._titles[plan]

    def jump(self, one: Finding, *, other: bool = False) -> None:
        """Go to where that is put right."""
        there = self._place(one.other if other else one.record, one)
        if there is None:
            self.context.say(_("It is not there any more."), "accent")
            self._again()
        else:
            self.context.wanted.emit(there)

    def _place(self, record: str, one: Finding) -> Location | None:
        from ui.pages import PAGES

        try:
            found = records.get(self.context.desk, record)
        except NotFound:
            return None
        if found.deleted:
            return None
        there = place(self.context.desk, found)
        if one.quarter is not None and any(spec.name == "progress" for spec in PAGES):
            return Location("progress", one.plan, {"year": one.year, "quarter": one.quarter})
        if there is not None:
            there.state["field"] = checks.check(one.check).field
            if one.year is not None:
                there.state["year"] = one.year
        return there

    def _again(self) -> None:
        self._watch.look_again()


def _families() -> Sequence[tuple[str, str]]:
    words = {"plans": _("Plans"), "meetings": _("Meetings"), "figures": _("Data"), "people": _("People")}
    return [(EVERYTHING, _("All")), *((family, words[family]) for family in checks.FAMILIES)]
