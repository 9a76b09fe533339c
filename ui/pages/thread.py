"""The whole thread of a plan on one page: from the figures and what was said, over priorities and activities, to what
came of them and the plan that goes on from it. For reading, aloud in a meeting too; each line leads to its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import forms, records
from cpdesk.tasks.thread import Answer, Branch, Knot, Line, Point, Whole, whole
from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.rows import Cell, Face, Piece, Row, RowHead, RowList, Slot
from ui.navigation import Crumb, Location, ScrollPage
from ui.pages.places import place
from ui.pages.plan_thread import STATE_TONES, knot_label, where
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Chip, EmptyState, SectionHeader, row
from ui.widgets.text import ElidedText, Text

KNOTS = (Slot(share=3), Slot(pixels=210))
SHORT = 140  # letters of a knot in a line's cell; all of it stands in the activity's own thread
MOST = 4  # knots in a cell
FIRST = 30  # activities of a branch, before “All”
PAPER = "thread"
AT_A_TIME = 16  # outputs that are drawn before the window has its turn
AT_ONCE = 2000  # inputs of the desk among which those of a plan are found within the blink of an eye


class ThreadPage(ScrollPage):
    name = "thread"
    kinds = frozenset({
        "plan", "objective", "output", "activity", "priority", "swot", "input", "follow_up", "meeting", "progress",
        "figure", "measure", "plan_version", "body", "person",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._told: Whole | None = None
        self._asked = 0
        self._waits = False  # for what is being read, to stand in it
        self._lists: list[RowList] = []
        self._places: dict[str, Location] = {}
        self._cards: list[QWidget] = []
        self._left: list[Callable[[], None]] = []  # what of the thread is still to be drawn
        self._wide: set[str] = set()  # the branches of which all activities are shown
        self._stood: tuple[int, str] = (0, "")  # the list and row that one comes back to
        head = row(spacing=10)
        self.heading = ElidedText("", "heading", name="thread_heading")
        head.addWidget(self.heading, 1)
        if PAPER in forms.FORMS:
            head.addWidget(Button(_("Print the thread"), icon="printer", name="thread_print", run=self._print))
        head.addWidget(Button(_("Open the plan"), icon="list-tree", name="thread_plan", run=self._open_plan))
        self.body.addLayout(head)
        self.empty = EmptyState(
            "link",
            _("The thread of a plan grows with the plan: priorities, activities, and what meetings say of them."),
            button=_("Open the plan"),
            run=self._open_plan,
            button_icon="list-tree",
            example=_(
                "For example: figures on children out of school → a priority → a campaign in schools → its report"
            ),
            name="thread_empty_page",
        )
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(1)

    # what Page asks

    def title(self) -> str:
        return _("Thread")

    def breadcrumb(self) -> list[Crumb]:
        if self._told is None:
            return [Crumb(_("Plans"), Location("plans"))]
        plan = self._told.plan
        return [Crumb(_("Plans"), Location("plans")), Crumb(plan.title, Location("plan", plan.id))]

    def open(self, record: str | None) -> None:
        if record is None:
            raise ValueError("the thread of a plan is opened by the plan's id")
        records.get(self.context.desk, record)
        super().open(record)

    def refresh(self) -> None:
        plan, desk = self.record, self.context.desk
        if plan is None:
            return
        self._asked += 1
        asked = self._asked
        if records.count(desk, "input") <= AT_ONCE:
            self._show(whole(desk, plan))
            return
        if self._told is not None and self._told.plan.id != plan:
            self._clear()
            self.heading.setText(records.title(desk, plan))

        def done(told: Whole) -> None:
            if isValid(self) and asked == self._asked:
                self._show(told)
                if self._waits and self.isVisible():
                    self.begin()

        self.context.jobs.run(lambda worker, _progress: whole(worker, plan), done=done)

    def _show(self, told: Whole) -> None:
        if told == self._told and self._cards:
            return
        self.heading.setText(told.plan.title)
        self._draw(told)
        self.retitled.emit()

    def begin(self) -> None:
        self._waits = self._told is None
        if self._waits:
            return
        number, at = self._stood
        self._stood = (0, "")
        if number < len(self._lists) and self._lists[number].focus(at):
            return
        if self._lists:
            self._lists[0].focus_row(0)
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    def state(self) -> dict[str, object]:
        focus = self.focusWidget()
        if not isinstance(focus, Row):
            return super().state()
        number = next((n for n, rows in enumerate(self._lists) if rows.isAncestorOf(focus)), 0)
        return super().state() | {"list": number, "row": focus.face.id}

    def restore(self, state: dict[str, object]) -> None:
        super().restore(state)
        number, at = state.get("list"), state.get("row")
        if isinstance(number, int) and isinstance(at, str):
            self._stood = (number, at)

    def commands(self) -> list[Action]:
        found = [Action("plan", _("Open the plan"), self._open_plan, "list-tree")]
        if PAPER in forms.FORMS:
            found.insert(0, Action("print", _("Print the thread"), self._print, "printer"))
        return [*found, *undo_actions(self.context)]

    # drawing

    def _clear(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards, self._lists, self._told, self._left = [], [], None, []
        self._places.clear()

    def _draw(self, told: Whole) -> None:
        self._clear()
        self._told = told
        self.empty.setVisible(not (told.lines or told.priorities or told.swot or told.before))
        self._knots("before", _("What led to the plan"), told.before)
        self._points("priorities", _("Priorities and why they are"), told.priorities, _("No activity answers it"))
        self._left = [
            *(partial(self._branch, branch) for branch in told.branches),
            partial(self._points, "swot", _("Strong and weak points"), told.swot, _("Nothing answers it")),
            partial(self._knots, "after", _("What went on from it"), told.after),
        ]
        self._go_on(told)

    def _go_on(self, told: Whole) -> None:
        """Draw some of what is left; the rest after the window had its turn, so that a large plan holds up nobody."""
        if told is not self._told:
            return
        for piece in self._left[:AT_A_TIME]:
            piece()
        del self._left[:AT_A_TIME]
        if self._left:
            QTimer.singleShot(0, self, lambda: self._go_on(told))

    def _card(self, name: str, title: str, chip: str = "", tone: str = "neutral") -> Card:
        card = Card(f"thread_{name}")
        head = SectionHeader(title)
        if chip:
            head.add_chip(Chip(chip, tone, name=f"thread_{name}_count"))
        card.add(head)
        card.body.setSpacing(tokens.S)
        self.body.insertWidget(self.body.count() - 2, card)
        self._cards.append(card)
        return card

    def _rows(self, card: Card, name: str, slots: Sequence[Slot], faces: Sequence[Face]) -> None:
        if not faces:
            return
        rows = RowList(slots, name=f"thread_rows_{name}")
        rows.show_faces(faces)
        rows.opened.connect(self._open)
        number = len(self._lists)
        rows.left.connect(lambda step: self._pass_on(number, step))
        self._lists.append(rows)
        card.add(rows)

    def _knots(self, name: str, title: str, found: Sequence[Knot]) -> None:
        if not found:
            return
        card = self._card(name, title)
        faces = []
        for at, knot in enumerate(found):
            key = f"{name}{at}"
            there = where(self.context, knot)
            if there is not None:
                self._places[key] = there
            chip = (Piece(knot.standing, STATE_TONES.get(knot.state, "neutral")),) if knot.standing else ()
            faces.append(Face(key, ((Piece(knot_label(knot), "small"), Piece(knot.words)), chip)))
        self._rows(card, name, KNOTS, faces)

    def _points(self, name: str, title: str, points: Sequence[Point], nothing: str) -> None:
        if not points:
            return
        bare = sum(not point.answers for point in points if _asks(point))
        words = ngettext("{count} without an answer", "{count} without an answer", bare)
        card = self._card(name, title, words.format(count=digits.count(bare)) if bare else "", "warning")
        slots = _point_slots(name == "priorities")
        card.add(RowHead(slots))
        faces = []
        for point in points:
            why = (_told(point.why),) if name == "priorities" else ()
            faces.append(Face(point.record.id, (_named(point), *why, _answers(point, nothing))))
        self._rows(card, name, slots, faces)

    def _branch(self, branch: Branch) -> None:
        if branch.record.kind.name == "objective":
            title = _("Objective {number}").format(number=branch.code)
        else:
            title = _("Output {number}").format(number=branch.code)
        if not branch.lines and not branch.back and branch.record.kind.name == "output":
            return
        card = self._card(branch.record.id, title)
        card.add(Text(branch.record.text("text"), "strong"))
        if branch.lines:
            slots = _line_slots()
            card.add(RowHead(slots))
            shown = branch.lines if branch.record.id in self._wide else branch.lines[:FIRST]
            self._rows(card, branch.record.id, slots, [self._line(line) for line in shown])
            if len(shown) < len(branch.lines):
                words = _("All {count}").format(count=digits.count(len(branch.lines)))
                card.add(Button(words, kind="link", name=f"all_{branch.record.id}", run=partial(self._widen, branch)))
        for at, knot in enumerate(branch.back):
            card.add(Text(f"{knot_label(knot)} — {knot.words}", "small", name=f"said_{branch.record.id}_{at}"))

    def _line(self, line: Line) -> Face:
        named: Cell = (Piece(line.record.text("text")), Piece(line.responsible, "small"))
        return Face(line.record.id, ((Piece(line.code, "muted"),), named, _told(line.back), _told(line.on)))

    def _widen(self, branch: Branch) -> None:
        """Show all activities of a branch that has very many."""
        self._wide.add(branch.record.id)
        if self._told is not None:
            self._draw(self._told)

    # ways

    def _open(self, key: str) -> None:
        there = self._places.get(key)
        if there is None and records.get_if_here(self.context.desk, key) is not None:
            there = place(self.context.desk, records.get(self.context.desk, key))
        if there is not None:
            self.context.wanted.emit(there)

    def _pass_on(self, number: int, step: int) -> None:
        if 0 <= number + step < len(self._lists):
            self._lists[number + step].focus_row(0 if step > 0 else -1)

    def _open_plan(self) -> None:
        self.context.go("plan", self.record)

    def _print(self) -> None:
        from ui.dialogs.preview import Paper, show_preview

        told = self._told
        if told is not None:
            title = f"{_('Thread of the plan')} · {told.plan.title}"
            show_preview(self.context, Paper(PAPER, told.plan.id, title=title), self)


def _line_slots() -> tuple[Slot, ...]:
    activity = _("Activity {number}").format(number="").strip()
    return (
        Slot(pixels=66), Slot(share=5, title=activity), Slot(share=6, title=_("Where it came from")),
        Slot(share=6, title=_("What came of it")),
    )  # fmt: skip


def _point_slots(why: bool) -> tuple[Slot, ...]:
    answered = Slot(share=5, title=_("Answered by"))
    first = Slot(share=5, title=_("Priority") if why else _("Point"))
    return (first, Slot(share=5, title=_("Why")), answered) if why else (first, answered)


def _named(point: Point) -> Cell:
    record = point.record
    if record.kind.name == "swot":
        return (Piece(record.label("sort"), "small"), Piece(record.text("text")))
    rank = record.label("rank")
    return (Piece(_("Priority {number}").format(number=rank) if rank else "", "small"), Piece(record.text("text")))


def _asks(point: Point) -> bool:
    """Whether it has to be answered: a priority, a weak point, a threat."""
    return point.record.kind.name == "priority" or point.record["sort"] in ("weakness", "threat")


def _answers(point: Point, nothing: str) -> Cell:
    if not point.answers:
        return (Piece(nothing, "warning"),) if _asks(point) else ()
    return tuple(Piece(_answer(one)) for one in point.answers[:MOST]) + _more(len(point.answers))


def _answer(one: Answer) -> str:
    return f"{one.code} · {_short(one.text)}"


def _told(found: Sequence[Knot]) -> Cell:
    """Knots in a cell: what each is in small, its words under it, how it stands as a chip."""
    pieces: list[Piece] = []
    for knot in found[:MOST]:
        pieces += [Piece(knot_label(knot), "small"), Piece(_short(knot.words))]
        if knot.standing:
            pieces.append(Piece(knot.standing, STATE_TONES.get(knot.state, "neutral")))
    return (*pieces, *_more(len(found)))


def _more(count: int) -> Cell:
    left = count - MOST
    return (Piece(_("…and {count} more").format(count=digits.count(left)), "small"),) if left > 0 else ()


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rstrip() + "…"
