"""What went out, package by package, the newest first: what a district can point to when the province asks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.attachments import size_text
from cpdesk.tasks.exchange import SentRow
from ui import tokens
from ui.pages.exchange_list import PackageList
from ui.pages.exchange_words import changes, moment, office_name
from ui.widgets.surfaces import row
from ui.widgets.text import Text

FIRST = 4  # shown until more are asked for


class Written(PackageList[SentRow]):
    def __init__(self) -> None:
        super().__init__("written", _("Packages that were written"), FIRST)

    def row(self, one: SentRow) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"written_{one.to}_{one.number}")
        line = row(holder, spacing=tokens.M)
        title = _("Package {number} to {office}")
        line.addWidget(Text(title.format(number=digits.count(one.number), office=office_name(one.to)), "strong"), 1)
        facts = [moment(one.at), changes(one.changes), size_text(one.bytes)]
        line.addWidget(Text(" · ".join(facts), "small", wrap=False))
        return holder
