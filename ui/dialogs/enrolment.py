"""Two offices come to know each other without a network, in three steps on each side.

The office below gives its card and takes that of the office above; the office above takes the card, compares the number
by phone or with the printed page, and gives its own card back with the first package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.tasks import exchange
from cpdesk.tasks.cards import in_lines, stands_over
from ui import drives, messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.preview import Paper, show_preview
from ui.pages.exchange_send import free_name
from ui.pages.exchange_words import office_name
from ui.widgets.buttons import Button
from ui.widgets.guards import stops, tab_through
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.exchange import CardInfo
    from ui.jobs import Progress

CARD = ".cpcard"


def groups(fingerprint: str) -> str:
    """The groups of five in two lines, in the digits of the language: as it is read aloud on the phone."""
    text = "\n".join(in_lines(fingerprint, "  "))  # narrow enough for the smallest window
    return digits.to_khmer(text) if language() == "km" else text


def number_tile(fingerprint: str, name: str) -> Card:
    """The number, large, to be compared."""
    tile = Card(f"{name}_tile", role="tile", margin=12)
    number = Text(groups(fingerprint), "title", selectable=True, name=name)
    number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    tile.add(number)
    return tile


class Step(QWidget):
    """One step. `changed` when `is_done` did; `show_drives` tells which sticks are plugged in."""

    changed = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title = title
        self.box = column(self, spacing=tokens.M)
        self.box.addWidget(Text(words))
        self.on_sticks = column()
        self.box.addLayout(self.on_sticks)
        self.setAccessibleName(title)

    def is_done(self) -> bool:
        return False

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        """Sticks came or went."""

    def begin(self) -> None:
        """Stand on the first thing to press: what lies on a stick before what has to be looked for."""
        on_sticks = {item.widget() for n in range(self.on_sticks.count()) if (item := self.on_sticks.itemAt(n))}
        buttons = [one for one in self.findChildren(Button) if one.isEnabled()]
        near = [one for one in buttons if one in on_sticks]
        for one in (near or [one for one in buttons if one.isVisibleTo(self)])[:1]:
            one.setFocus()

    def line_up(self) -> None:
        """Tab goes from what lies on sticks, which comes and goes, to the rest."""
        every = stops(self)
        near = {item.widget() for n in range(self.on_sticks.count()) if (item := self.on_sticks.itemAt(n))}
        tab_through(sorted(every, key=lambda one: one not in near))


class GiveStep(Step):
    """Our card on a stick or in a folder, and as a page; for the office below the first package goes along."""

    def __init__(self, context: Context, words: str, package_for: Callable[[], str | None] = lambda: None) -> None:
        super().__init__(_("Give our card"), words)
        self.context = context
        self._package_for = package_for
        self._done = False
        line = row()
        self.folder = Button(_("Another folder…"), icon="folder-open", name="give_folder", run=self._choose)
        self.page = Button(_("Print the page with the number…"), icon="printer", name="give_print", run=self._print)
        line.addWidget(self.folder)
        line.addWidget(self.page)
        line.addStretch(1)
        self.box.addLayout(line)
        self.said = InlineMessage("", "good", name="give_said")
        self.box.addWidget(self.said)
        self.box.addStretch(1)

    def is_done(self) -> bool:
        return self._done

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        clear_out(self.on_sticks)
        for drive in found:
            run = lambda path=drive.path: self.write(path)  # noqa: E731
            words = _("Put it on the stick “{name}”").format(name=drive.name)
            button = Button(words, kind="primary", icon="usb", name="give_stick", run=run)
            button.setEnabled(not drive.read_only)
            self.on_sticks.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not found:
            self.on_sticks.addWidget(Text(_("Plug in a stick, and it is shown here by itself."), "muted"))
        self.line_up()

    def _choose(self) -> None:
        picked = QFileDialog.getExistingDirectory(self.window(), _("Where shall the card lie?"))
        if picked:
            self.write(Path(picked))

    def _print(self) -> None:
        show_preview(self.context, Paper("card", "own"), self.window())

    def write(self, folder: Path) -> None:
        """The card, and the package where one goes along, in the worker."""
        card, to = folder / f"{self.context.desk.office}{CARD}", self._package_for()
        package = free_name(folder, self.context.desk.office, to) if to else None

        def work(desk: Desk, progress: Progress) -> None:
            exchange.write_card(desk, card)
            if package is not None:
                exchange.export(desk, package, to, True, progress)

        def done(_nothing: object) -> None:
            self._done = True
            names = ", ".join(path.name for path in (card, package) if path is not None)
            self.said.say(
                _("Written and read back: {names}. The stick can be taken out now.").format(names=names), "good"
            )
            self.changed.emit()

        self.context.jobs.run(work, title=_("Writing"), done=done, failed=lambda why: messages.show(self.window(), why))


class TakeStep(Step):
    """The other office's card: found on a stick or chosen, its number compared, and accepted."""

    def __init__(self, context: Context, words: str, *, above: bool) -> None:
        super().__init__(_("Take their card"), words)
        self.context = context
        self.above = above
        self.taken: CardInfo | None = None
        self._seen: list[Path] = []
        line = row()
        line.addWidget(Button(_("Choose a card file…"), icon="folder-open", name="take_file", run=self._choose))
        line.addStretch(1)
        self.box.addLayout(line)
        self._compare = QWidget()
        self._compare_box = column(self._compare, spacing=tokens.M)
        self._compare.hide()
        self.box.addWidget(self._compare)
        self.said = InlineMessage("", "good", name="take_said")
        self.box.addWidget(self.said)
        self.box.addStretch(1)

    def is_done(self) -> bool:
        return self.taken is not None

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        cards = [path for drive in found for path in drives.cards_on(drive.path)]
        if cards == self._seen and self.on_sticks.count():
            return
        self._seen = cards
        clear_out(self.on_sticks)
        shown = 0
        for path in cards:
            info = self._fitting(path)
            if info is not None:
                words = office_name(info.office)
                button = Button(words, icon="contact", name=f"take_{info.office}", run=lambda p=path: self.look(p))  # type: ignore[misc]
                self.on_sticks.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
                shown += 1
        if not shown:
            none = _("No card that fits lies on a stick. Plug one in, or choose a file.")
            self.on_sticks.addWidget(Text(none, "muted"))
        self.line_up()

    def _fitting(self, path: Path) -> CardInfo | None:
        """Whose card that is, where it is one of an office on the side that we look for."""
        try:
            info = exchange.read_card(path)
        except UserError:
            return None
        own = self.context.desk.office
        over, under = (info.office, own) if self.above else (own, info.office)
        return info if stands_over(over, under) else None

    def _choose(self) -> None:
        picked, _filter = QFileDialog.getOpenFileName(self.window(), _("Take a card"), "", f"*{CARD}")
        if picked:
            self.look(Path(picked))

    def look(self, path: Path) -> None:
        """Show whose card it is, and the number to compare."""
        with messages.shown(self.window()):
            info = exchange.read_card(path)
            self.said.say("")
            clear_out(self._compare_box)
            self._compare_box.addWidget(Text(f"{info.name} · {office_name(info.office)}", "strong"))
            ask = _("Call that office, or look at their printed page. Accept only if every number is the same:")
            self._compare_box.addWidget(Text(ask))
            self._compare_box.addWidget(number_tile(info.fingerprint, "take_number"))
            line = row()
            self.same = Button(
                _("It is the same, accept"), kind="primary", icon="check", name="take_same",
                run=lambda: self._accept(path),
            )  # fmt: skip
            line.addWidget(self.same)
            line.addWidget(Button(_("Not the same"), name="take_other", run=self._refuse))
            line.addStretch(1)
            holder = QWidget()
            holder.setLayout(line)
            self._compare_box.addWidget(holder)
            self._compare.show()
            self.same.setFocus()

    def _accept(self, path: Path) -> None:
        with messages.shown(self.window()):
            self.taken = (exchange.join if self.above else exchange.enrol)(self.context.desk, path)
            self._compare.hide()
            self.said.say(_("The card of {name} is accepted.").format(name=self.taken.name), "good")
            self.context.touched()
            self.changed.emit()

    def _refuse(self) -> None:
        self._compare.hide()
        self.said.say(
            _("Nothing was accepted. The card may be damaged or not theirs: ask that office for it once more."),
            "warning",
        )


class Enrolment(Dialog):
    """Steps one after another; `above`: with the office above us, else with one under us. Esc leaves, what is done
    stays done."""

    def __init__(self, context: Context, parent: QWidget | None, *, above: bool) -> None:
        title = _("Connect with the office above") if above else _("Accept an office under us")
        super().__init__(parent, title, name="enrolment", icon="contact")
        self.context = context
        self.resize(640, 480)
        self.count = Text("", "small", name="enrolment_count")
        self.body.addWidget(self.count)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.steps: list[Step] = self._joining() if above else self._accepting()
        for step in self.steps:
            self.stack.addWidget(step)
            step.changed.connect(self._went_on)
        self.back_button = self.add_button(_("Back"), self.back, name="enrolment_back")
        self.next_button = self.add_button("", self.next, kind="primary", name="enrolment_next")
        self._drives: list[drives.Drive] = []
        self.sticks = drives.Sticks(self)
        self.sticks.changed.connect(self.show_drives)
        self.sticks.start()
        self._show()

    def _joining(self) -> list[Step]:
        give = _("The card lets the office above know our packages. It is no secret. Print the page too: it is signed.")
        take = _("Bring the stick back with the card of the office above, and compare its number.")
        return [GiveStep(self.context, give), TakeStep(self.context, take, above=True)]

    def _accepting(self) -> list[Step]:
        take = TakeStep(
            self.context, _("Take the card that the office under us brought, and compare its number."), above=False
        )
        give = _("Give our card back on the same stick. Their first package, with all that is shared, goes along.")
        return [take, GiveStep(self.context, give, lambda: take.taken.office if take.taken else None)]

    def step(self) -> Step:
        shown = self.stack.currentWidget()
        assert isinstance(shown, Step)
        return shown

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        """Tell the steps what is plugged in now."""
        self._drives = list(found)
        for step in self.steps:
            step.show_drives(found)

    def next(self) -> None:
        if self.stack.currentIndex() + 1 == len(self.steps):
            self.accept()
            return
        self.stack.setCurrentIndex(self.stack.currentIndex() + 1)
        self.step().show_drives(self._drives)
        self._show()
        self.step().begin()

    def back(self) -> None:
        self.stack.setCurrentIndex(max(0, self.stack.currentIndex() - 1))
        self._show()
        self.step().begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.step().begin()

    def _went_on(self) -> None:
        """A step is done: the way on is under the hand."""
        self._show()
        if self.step().is_done():
            self.next_button.setFocus()

    def _show(self) -> None:
        at, last = self.stack.currentIndex(), self.stack.currentIndex() + 1 == len(self.steps)
        words = _("Step {at} of {count}: {title}")
        self.count.setText(
            words.format(at=digits.count(at + 1), count=digits.count(len(self.steps)), title=self.step().title)
        )
        self.back_button.setVisible(at > 0)
        self.next_button.set_text(_("Done") if last else _("Next"))
        self.next_button.setEnabled(self.step().is_done() or not last)
