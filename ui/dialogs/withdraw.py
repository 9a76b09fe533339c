"""A card withdrawn: a computer that was lost, with what it held; or one in whose place another comes."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Date
from cpdesk.tasks import exchange
from ui import messages, theme, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.enrolment import CARD, number_tile
from ui.pages.exchange_words import changes, day, full_name, moment, office_name
from ui.widgets.editors import DateEditor
from ui.widgets.surfaces import Card, clear_out, column, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import CardInfo, Held, OfficeRow

LISTED = 40


class Withdraw(Dialog):
    """What the computer held is counted in the worker. Nothing changes before the person agrees."""

    def __init__(self, context: Context, office: OfficeRow, parent: QWidget | None) -> None:
        title = _("Withdraw the card of {name}?").format(name=full_name(office.name, office.office))
        super().__init__(parent, title, name="withdraw", icon="lock", tone="warning")
        self.context, self.office = context, office
        self.resize(660, 520)
        self.say(
            _("No package is taken from it or written for it until a card of it is accepted anew. What came stays.")
        )
        self.since = DateEditor("withdraw_since", _("In other hands since"), type_=Date())
        self.since.edited.connect(self._look)
        self.since.setFixedWidth(theme.scaled(220))
        words = column(spacing=2)
        words.addWidget(Text(_("In other hands since (leave blank if it was not lost)"), "label"))
        words.addWidget(self.since)
        self.body.addLayout(words)
        inner = QWidget()
        self._box = column(inner, spacing=tokens.S)
        area = scrolling(inner, "withdraw_scroll")
        area.setMinimumHeight(200)
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self.add_button(_("Keep the card"), self.reject, name="withdraw_no")
        self.add_button(_("Another computer takes its place…"), self._choose, name="withdraw_replace", icon="contact")
        self.add_button(_("Withdraw the card"), self.withdraw, kind="primary", name="withdraw_yes", icon="lock")
        self._asked = 0
        self._look()

    # what it held

    def _look(self) -> None:
        self._asked += 1
        asked, fingerprint = self._asked, self.office.fingerprint
        since = self._since()

        def done(found: Held) -> None:
            if isValid(self) and asked == self._asked:
                self._show(found)

        self.context.jobs.run(
            lambda desk, _progress: exchange.held(desk, fingerprint, since), done=done, failed=self._failed
        )

    def _since(self) -> datetime | None:
        try:
            value = self.since.value()
        except ValueError:
            return None
        return datetime.combine(date.fromisoformat(value), time()).astimezone() if isinstance(value, str) else None

    def _show(self, found: Held) -> None:
        clear_out(self._box)
        sent = ngettext("{count} package came from it", "{count} packages came from it", found.packages)
        told = sent.format(count=digits.count(found.packages))
        if found.through is not None:
            told = _("{packages}, with data through {day}").format(packages=told, day=day(found.through))
        self._box.addWidget(Text(told, "strong", name="withdraw_sent"))
        lost = _("What was written on it after that day, and not handed in, is lost with it.")
        self._box.addWidget(Text(lost, "small"))
        if found.knew or found.wrote:
            tile = Card("withdraw_held", role="tile", margin=12)
            tile.body.setSpacing(tokens.XS)
            tile.add(Text(_("On it lie:"), "label"))
            for wrote in found.wrote:
                own = wrote.scope == self.office.office
                words = _("{changes} of its own, in {records} records")
                if not own:
                    words = _("{changes} of its own in what is shared, in {records} records")
                tile.add(Text(words.format(changes=changes(wrote.changes), records=digits.number(wrote.records))))
            for knew in found.knew:
                words = _("{changes} of {office}, through {day}")
                count, name = changes(knew.changes), office_name(knew.office)
                tile.add(Text(words.format(changes=count, office=name, day=day(knew.through))))
            self._box.addWidget(tile)
        if self._since() is not None:
            self._show_later(found)
        self._box.addStretch(1)

    def _show_later(self, found: Held) -> None:
        """What nobody can vouch for."""
        if not found.later:
            self._box.addWidget(Text(_("Nothing was written on it since that day, as far as it came here.")))
            return
        self._box.addWidget(Text(_("Written on it since that day; look these over:"), "label"))
        for one in found.later[:LISTED]:
            at = moment(one.at) if one.at is not None else ""
            self._box.addWidget(Text(" · ".join(part for part in (one.title, one.by, at) if part)))
        rest = len(found.later) - LISTED
        if rest > 0:
            self._box.addWidget(Text(_("and {count} more").format(count=digits.count(rest)), "small"))

    # what is done

    def withdraw(self) -> None:
        """This card alone; another computer of the office keeps its own."""
        with messages.shown(self):
            exchange.revoke(self.context.desk, self.office.office, self.office.fingerprint)
            self.context.touched()
            self.context.say(_("The card is withdrawn."))
            self.accept()

    def _choose(self) -> None:
        picked, _filter = QFileDialog.getOpenFileName(self, _("Take a card"), "", f"*{CARD}")
        if picked:
            self.replace(Path(picked))

    def replace(self, path: Path) -> None:
        """Compare the number of the new computer's card, and let it take the place of this one."""
        with messages.shown(self):
            self.compare = Replacement(self, exchange.read_card(path))
            self.compare.accepted.connect(lambda: self._replaced(path))
            self.compare.open()

    def _replaced(self, path: Path) -> None:
        take = exchange.join if self.office.role == "upper" else exchange.enrol
        with messages.shown(self):
            info = take(self.context.desk, path, replaces=self.office.fingerprint)
            self.context.touched()
            self.context.say(_("The card of {name} is accepted.").format(name=info.name))
            self.accept()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)


class Replacement(Dialog):
    """The number of the new computer, to be compared."""

    def __init__(self, parent: QWidget, info: CardInfo) -> None:
        super().__init__(parent, _("Is this their new computer?"), name="replacement", icon="contact")
        self.say(f"{info.name} · {office_name(info.office)}", "strong")
        self.say(_("Call that office, or look at their printed page. Accept only if every number is the same:"))
        self.body.addWidget(number_tile(info.fingerprint, "replacement_number"))
        self.add_button(_("Not the same"), self.reject, name="replacement_no")
        self.add_button(_("It is the same, accept"), self.accept, kind="primary", name="replacement_yes")
