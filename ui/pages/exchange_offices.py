"""Cards: this office's own, those of other offices, and taking a new one once its fingerprint was compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cpdesk.gazetteer import NATION
from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.tasks import exchange, proof, proof_words
from cpdesk.tasks.cards import stands_over
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.enrolment import Enrolment, groups, number_tile
from ui.dialogs.preview import Paper, show_preview
from ui.dialogs.withdraw import Withdraw
from ui.pages.exchange_words import day, full_name, office_name
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.guards import focus_kept
from ui.widgets.surfaces import Card, Chip, Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import CardInfo, OfficeRow

CARD = ".cpcard"
DISTRICT = 4  # figures of a district's code: offices with fewer or as many have others under them


class CardDialog(Dialog):
    """Whose card a file holds, and the fingerprint to compare before it is accepted."""

    def __init__(self, parent: QWidget | None, info: CardInfo, above: bool) -> None:
        title = _("Is this the card of the office above?") if above else _("Accept the card of this office?")
        super().__init__(parent, title, name="card_dialog", icon="contact")
        self.say(f"{info.name} · {office_name(info.office)}", "strong")
        self.say(
            _("Call that office and let them read their fingerprint to you. Accept only if every number is the same:")
        )
        self.body.addWidget(number_tile(info.fingerprint, "fingerprint"))
        self.add_button(_("Not the same"), self.reject, name="card_no")
        self.add_button(_("It is the same, accept"), self.accept, kind="primary", name="card_yes")


class OfficesView(QWidget):
    """`refresh(rows)` fills the list; `take_card(path)` asks about a card and takes it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.dialog: CardDialog | None = None
        self.guide: Enrolment | None = None
        self.withdrawal: Withdraw | None = None
        self._logs: dict[str, proof.Notice] = {}
        across = row(self, spacing=tokens.L)
        across.addWidget(self._own(), 4, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._others(), 6, Qt.AlignmentFlag.AlignTop)

    def _own(self) -> Card:
        card = Card("own_card")
        card.add(SectionHeader(_("This office's card")))
        self.name = Text("", "strong", name="own_name")
        card.add(self.name)
        card.add(Text(_("Fingerprint, to be read aloud on the phone:"), "small"))
        tile = Card("own_fingerprint", role="tile", margin=12)
        self.fingerprint = Text("", "title", selectable=True, name="own_number")
        self.fingerprint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        tile.add(self.fingerprint)
        card.add(tile)
        card.add(
            Text(
                _("The card is no secret. Carry it to the other office on a stick; it lets them know our packages."),
                "small",
            )
        )
        line = FlowLayout()
        line.addWidget(Button(_("Save the card…"), icon="download", name="save_card", run=self._save))
        line.addWidget(Button(_("Print the page…"), icon="printer", name="print_card", run=lambda: self.print_card()))
        card.body.addLayout(line)
        return card

    def _others(self) -> Card:
        card = Card("other_cards")
        head = SectionHeader(_("Offices that we exchange with"))
        card.add(head)
        steps = FlowLayout()
        joins = Button(_("Connect with the office above…"), icon="plus", name="join_steps", run=self.join_office)
        accepts = Button(_("Accept an office under us…"), icon="plus", name="accept_steps", run=self.accept_office)
        self._joins, self._accepts = joins, accepts
        steps.addWidget(joins)
        steps.addWidget(accepts)
        helps = Button(
            _("Help an office that forgot its password…"), icon="lock", name="help_a_district", run=self.help_office
        )
        steps.addWidget(helps)
        card.body.addLayout(steps)
        helps.setVisible(len(self.context.desk.office) <= DISTRICT)
        joins.setVisible(self.context.desk.office != NATION)
        self.empty = Text(
            _(
                "None yet. A district takes the card of its province, and the province accepts the card of each "
                "district; after that their packages are known and can be opened."
            ),
            "muted",
            name="no_offices",
        )
        card.add(self.empty)
        self._rows = column(spacing=tokens.S)
        card.body.addLayout(self._rows)
        return card

    def refresh(self, rows: Sequence[OfficeRow]) -> None:
        mine = exchange.own_card(self.context.desk)
        self.name.setText(full_name(mine.name, mine.office))
        self.fingerprint.setText(groups(mine.fingerprint))
        self._logs = proof.standing(self.context.desk)
        with focus_kept(self, self.begin):
            clear_out(self._rows)
            for n, office in enumerate(sorted(rows, key=lambda r: (r.role != "upper", r.office))):
                if n:
                    self._rows.addWidget(Divider())
                self._rows.addWidget(self._row(office))
        self.empty.setVisible(not rows)

    def _row(self, office: OfficeRow) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"office_{office.office}")
        line = row(holder, spacing=tokens.M)
        words = column(spacing=0)
        words.addWidget(Text(full_name(office.name, office.office), "strong"))
        number = digits.to_khmer(office.fingerprint) if language() == "km" else office.fingerprint
        words.addWidget(Text(number, "small", selectable=True))
        if office.last_received_at is not None:
            last = _("Last package {number}, received {day}")
            number = digits.count(office.last_package or 0)
            words.addWidget(Text(last.format(number=number, day=day(office.last_received_at)), "small"))
        log = self._logs.get(office.fingerprint)
        if log is not None and log.act != proof.WHOLE:
            words.addWidget(Text(proof_words.headline(log), "small", name=f"log_{office.office}"))
        line.addLayout(words, 1)
        if office.revoked:
            line.addWidget(Chip(_("Withdrawn"), "neutral"))
        else:
            upper = office.role == "upper"
            line.addWidget(Chip(_("Above us") if upper else _("Under us"), "accent" if upper else "good"))
            run = lambda: self.revoke(office)  # noqa: E731
            revoke = Button(_("Withdraw"), kind="link", name=f"revoke_{office.office}", run=run)
            revoke.setAccessibleName(f"{full_name(office.name, office.office)}: {_('Withdraw')}")
            line.addWidget(revoke)
        return holder

    def begin(self) -> None:
        """Stand on the step that is most likely next: a district looks up, a province down."""
        (self._joins if len(self.context.desk.office) > 2 else self._accepts).setFocus()

    # what one does

    def join_office(self) -> None:
        """Step by step with the office above."""
        self._guide(above=True)

    def accept_office(self) -> None:
        """Step by step with an office under this one."""
        self._guide(above=False)

    def help_office(self) -> None:
        """Open the lock of an office under this one."""
        from ui.dialogs.recovery_answer import HelpDistrict

        HelpDistrict(self.context, self.window()).open()

    def _guide(self, *, above: bool) -> None:
        self.guide = Enrolment(self.context, self.window(), above=above)
        self.guide.open()

    def print_card(self, office: str = "own") -> None:
        """The page with the number, to be compared and signed."""
        show_preview(self.context, Paper("card", office), self.window())

    def _save(self) -> None:
        name = f"{self.context.desk.office}{CARD}"
        picked, _filter = QFileDialog.getSaveFileName(self.window(), _("Save the card"), name, f"*{CARD}")
        if picked:
            self.save_card(Path(picked))

    def save_card(self, path: Path) -> None:
        with messages.shown(self.window()):
            exchange.write_card(self.context.desk, path)
            self.context.say(_("The card lies in {file}.").format(file=path.name))

    def take_card(self, path: Path) -> None:
        """Show whose it is; once the fingerprint was compared, join an office above or accept one below."""
        with messages.shown(self.window()):
            info = exchange.read_card(path)
            above = stands_over(info.office, self.context.desk.office)
            self.dialog = CardDialog(self.window(), info, above)
            self.dialog.accepted.connect(lambda: self._accept(path, above))
            self.dialog.open()

    def _accept(self, path: Path, above: bool) -> None:
        with messages.shown(self.window()):
            info = (exchange.join if above else exchange.enrol)(self.context.desk, path)
            self.context.say(_("The card of {name} is accepted.").format(name=info.name))
            self.context.touched()

    def revoke(self, office: OfficeRow) -> None:
        """Look at what that computer held, and withdraw its card if the person agrees."""
        self.withdrawal = Withdraw(self.context, office, self.window())
        self.withdrawal.open()
