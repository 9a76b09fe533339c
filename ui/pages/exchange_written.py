"""What went out, package by package, the newest first: what a district can point to when the province asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.attachments import size_text
from cpdesk.tasks.exchange import SentRow
from ui import tokens
from ui.pages.exchange_words import changes, moment, office_name
from ui.widgets.buttons import Button
from ui.widgets.guards import focus_kept
from ui.widgets.surfaces import Card, Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

FIRST = 4  # shown until more are asked for


class Written(Card):
    """`show_packages` fills it; hidden while nothing went out."""

    def __init__(self) -> None:
        super().__init__("written", margin=14)
        self._packages: list[SentRow] = []
        self._most = FIRST
        self.add(SectionHeader(_("Packages that were written")))
        self._rows = column(spacing=tokens.XS)
        self.body.addLayout(self._rows)
        self.more = Button(_("Show more"), kind="link", name="written_more", run=self._show_more)
        self.body.addWidget(self.more)

    def show_packages(self, packages: Sequence[SentRow]) -> None:
        self._packages = list(reversed(packages))
        self.setVisible(bool(self._packages))
        self._fill()

    def _show_more(self) -> None:
        self._most += 30
        self._fill()

    def _fill(self) -> None:
        with focus_kept(self):
            clear_out(self._rows)
            for n, one in enumerate(self._packages[: self._most]):
                if n:
                    self._rows.addWidget(Divider())
                self._rows.addWidget(_row(one))
        self.more.setVisible(len(self._packages) > self._most)


def _row(one: SentRow) -> QWidget:
    holder = QWidget()
    holder.setObjectName(f"written_{one.to}_{one.number}")
    line = row(holder, spacing=tokens.M)
    title = _("Package {number} to {office}")
    line.addWidget(Text(title.format(number=digits.count(one.number), office=office_name(one.to)), "strong"), 1)
    facts = [moment(one.at), changes(one.changes), size_text(one.bytes)]
    line.addWidget(Text(" · ".join(facts), "small", wrap=False))
    return holder
