"""Which quarter: one back, the quarter itself with all of the plan in a menu, one on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from cpdesk.tasks.progress import Period
from ui import icons, tokens
from ui.actions import Action
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import row


class PeriodPicker(QWidget):
    """`picked(period)` when a person chooses another quarter. Enter or Alt+Down opens the menu."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("period")
        self._periods: list[Period] = []
        self._period: Period | None = None
        across = row(self, spacing=tokens.XS)
        self.back = IconButton("chevron-left", _("Quarter before"), name="period_back", run=lambda: self.step(-1))
        self.button = Button("", kind="segment", name="period_button", run=self.open_menu)
        self.button.setIcon(icons.icon("calendar-days", "accent", 16, gap=5))
        self.button.setIconSize(QSize(21, 16))
        self.button.setProperty("state", "on")
        self.on = IconButton("chevron-right", _("Quarter after"), name="period_on", run=lambda: self.step(1))
        for widget in (self.back, self.button, self.on):
            across.addWidget(widget)

    def show_period(self, period: Period, periods: list[Period]) -> None:
        """Stand on `period`, with these to choose from."""
        self._period, self._periods = period, periods
        self.button.set_text(period.title())
        self.button.setAccessibleName(_("Quarter: {quarter}").format(quarter=period.title()))
        self.back.setEnabled(self.can_step(-1))
        self.on.setEnabled(self.can_step(1))

    def period(self) -> Period | None:
        return self._period

    def can_step(self, step: int) -> bool:
        return self._period is not None and self._period.step(step) in self._periods

    def step(self, step: int) -> None:
        """One quarter back (-1) or on (1), within the plan."""
        if self._period is not None and self.can_step(step):
            self.picked.emit(self._period.step(step))

    def commands(self) -> list[Action]:
        """The same steps by key."""
        return [
            Action(
                "period_back", _("Quarter before"), lambda: self.step(-1), "chevron-left", "Ctrl+PgUp",
                enabled=lambda: self.can_step(-1),
            ),
            Action(
                "period_on", _("Quarter after"), lambda: self.step(1), "chevron-right", "Ctrl+PgDown",
                enabled=lambda: self.can_step(1),
            ),
        ]  # fmt: skip

    def open_menu(self) -> None:
        """All quarters of the plan, by years."""
        self.button.setChecked(True)
        menu = QMenu(self)
        menu.setObjectName("period_menu")
        group = QActionGroup(menu)
        chosen = None
        for number, period in enumerate(self._periods):
            if period.quarter == 1 and number:
                menu.addSeparator()
            action = menu.addAction(period.title())
            action.setCheckable(True)
            action.setChecked(period == self._period)
            action.triggered.connect(partial(self.picked.emit, period))
            group.addAction(action)
            chosen = action if period == self._period else chosen
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        if chosen is not None:
            menu.setActiveAction(chosen)
