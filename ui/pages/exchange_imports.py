"""What came in, package by package, the newest first: what it held, its receipt, and the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.exchange import PackageRow
from cpdesk.tasks.undoing_imports import taken_back
from ui import tokens
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.dialogs.take_back import TakeBack
from ui.pages.exchange_list import PackageList
from ui.pages.exchange_words import changes, moment, office_name
from ui.widgets.buttons import IconButton
from ui.widgets.guards import stops
from ui.widgets.surfaces import Chip, column, row
from ui.widgets.text import Text

FIRST = 6  # shown until more are asked for


class Imports(PackageList[PackageRow]):
    """`show_packages` fills it; hidden while nothing came."""

    def __init__(self, context: Context) -> None:
        super().__init__("imports", _("Packages that came in"), FIRST)
        self.context = context
        self.dialog: TakeBack | None = None
        self._undone: frozenset[int] = frozenset()

    def show_packages(self, packages: Sequence[PackageRow]) -> None:
        self._undone = taken_back(self.context.desk)
        super().show_packages(packages)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, from top to bottom."""
        return [*(one for one in stops(self) if one is not self.more), self.more]

    def row(self, one: PackageRow) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"import_{one.package}")
        line = row(holder, spacing=tokens.S)
        words = column(spacing=0)
        title = _("Package {number} from {office}")
        name = title.format(number=digits.count(one.number), office=office_name(one.office))
        words.addWidget(Text(name, "strong"))
        facts = [moment(one.received_at), changes(one.changes)]
        if one.late:
            facts.append(_("came after a higher number"))
        if one.times > 1:
            facts.append(_("merged {count} times before").format(count=digits.count(one.times)))
        words.addWidget(Text(" · ".join(facts), "small"))
        line.addLayout(words, 1)
        back = one.package in self._undone
        if back:
            line.addWidget(Chip(_("Taken back"), "warning"))
        number = str(one.package)
        for icon, word, tag, run in (
            ("file-search", _("What it held"), "held", lambda: self._paper("package", number, name)),
            ("clipboard-list", _("Receipt"), "receipt", lambda: self._paper("receipt", number, name)),
            (
                "rotate-ccw", _("Take it in again") if back else _("Take it back"), "back",
                lambda: self.take_back(one, again=back),
            ),
        ):  # fmt: skip
            button = IconButton(icon, word, name=f"{tag}_{one.package}", colour="ink", run=run)
            button.setAccessibleName(f"{name}: {word}")
            line.addWidget(button)
        return holder

    def _paper(self, form: str, number: str, name: str) -> None:
        show_preview(self.context, Paper(form, number, title=name), self.window())

    def take_back(self, package: PackageRow, *, again: bool = False) -> None:
        """Look at what that would change, and do it if the person agrees."""
        self.dialog = TakeBack(self.context, package, self.window(), again=again)
        self.dialog.open()
