"""What belongs to this person, office and computer, on one page. Each setting says what it does and holds at once."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Page
from ui.pages.meeting_parts.rail import Rail
from ui.pages.settings_parts.backups import BackupCard
from ui.pages.settings_parts.desk import DeskCard
from ui.pages.settings_parts.office import CommitteeCard, DueCard, OfficeCard, office_form, office_id
from ui.pages.settings_parts.officers import OfficersCard
from ui.pages.settings_parts.person import LookCard, PersonCard
from ui.pages.settings_parts.rows import SettingCard
from ui.pages.undoing import undo_actions
from ui.widgets.surfaces import column, row, scrolling

ROOMY = 640  # of the page: below it the index gives way
WIDEST = 920  # of a card: longer lines are hard to read


class SettingsPage(Page):
    """An index at the side, a card for each part. `context.go("settings", part="backups")` leads to one of them."""

    name: ClassVar[str] = "settings"
    kinds: ClassVar[frozenset[str]] = frozenset({"office", "body", "officer"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = office_form(context)
        self.look, self.person = LookCard(context), PersonCard(context)
        self.officers = OfficersCard(context)
        self.backups, self.desk = BackupCard(context), DeskCard(context)
        self.cards: dict[str, SettingCard] = {
            card.key: card
            for card in (
                self.look,
                self.person,
                self.officers,
                OfficeCard(context, self.form),
                CommitteeCard(context, self.form),
                DueCard(context, self.form, context.touched),
                self.backups,
                self.desk,
            )
        }
        self.rail = Rail([(card.key, card.short) for card in self.cards.values()])
        self.rail.chosen.connect(self.show_part)
        across = row(self, spacing=tokens.XL)
        across.setContentsMargins(tokens.XL, 20, 0, 0)
        side = column()
        side.addWidget(self.rail)
        side.addStretch(1)
        across.addLayout(side)
        content = QWidget()
        box = column(content, spacing=tokens.L)
        box.setContentsMargins(0, 0, tokens.XL, 0)
        for card in self.cards.values():
            box.addWidget(card)
        self._box = box
        self._tail = QWidget()  # lets the last part be scrolled to the top
        box.addWidget(self._tail)
        box.addStretch(1)
        content.setMinimumHeight(1)  # so that the height which its width asks for counts, not a guess
        self.area = scrolling(content, "scroll_settings")
        across.addWidget(self.area, 1)
        self.area.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())
        self.rail.set_current("look")
        context.backed_up.connect(self.backups.refresh)

    def title(self) -> str:
        return _("Settings")

    def commands(self) -> list[Action]:
        return [
            Action("backup", _("Back up to another folder…"), self.backups.ask_and_back_up, "download"),
            Action("check", _("Check the desk now"), self.desk.check, "circle-check"),
            Action("tidy", _("Tidy up the attached files"), self.desk.tidy, "paperclip"),
            *(self._jump_action(n, card) for n, card in enumerate(self.cards.values(), 1)),
            *undo_actions(self.context),
        ]

    def _jump_action(self, number: int, card: SettingCard) -> Action:
        words = _("Settings: {part}").format(part=card.title)
        return Action(
            f"settings_{card.key}", words, lambda: self.show_part(card.key), shortcut=f"Alt+{number}", menu=False
        )

    def open(self, record: str | None) -> None:
        self.form.open(office_id(self.context))
        super().open(record)

    def refresh(self) -> None:
        self.person.refresh()
        self.officers.refresh()
        self.backups.refresh()
        self.desk.refresh()
        self.form.refresh()

    def leave(self) -> None:
        self.person.rename()
        self.form.flush()

    def begin(self) -> None:
        self.look.begin()

    def state(self) -> dict[str, object]:
        return {"scroll": self.area.verticalScrollBar().value()}

    def restore(self, state: dict[str, object]) -> None:
        part, at = state.get("part"), state.get("scroll")
        bar = self.area.verticalScrollBar()
        if isinstance(part, str) and part in self.cards:
            QTimer.singleShot(0, self, lambda: self.show_part(part))
        elif isinstance(at, int) and at:
            QTimer.singleShot(0, bar, lambda: bar.setValue(at))  # once the layout knows its height

    def show_part(self, key: str) -> None:
        """Bring a part to the top, and the focus to it."""
        card = self.cards[key]
        card.begin()
        self.area.verticalScrollBar().setValue(card.y())
        self.rail.set_current(key)

    def _follow(self) -> None:
        """Mark the part in sight; before the first layout all lie at the top, and that is the first."""
        bar = self.area.verticalScrollBar()
        here = [key for key, card in self.cards.items() if card.y() <= bar.value() + theme.scaled(60)]
        self.rail.set_current(here[-1] if here and bar.value() else next(iter(self.cards)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.setVisible(self.width() >= theme.scaled(ROOMY))
        beside = max(tokens.XL, self.area.viewport().width() - theme.scaled(WIDEST))  # no line is wider than one reads
        self._box.setContentsMargins(0, 0, beside, 0)
        self._tail.setFixedHeight(max(0, self.height() - self.desk.sizeHint().height()))
