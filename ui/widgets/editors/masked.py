"""A line whose value is covered until a person asks to see it: phone numbers, which are nobody's but the owner's."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer.masking import masked
from cpdesk.kinds import Text, Type, Value
from ui import tokens
from ui.widgets.buttons import Button
from ui.widgets.editors.line import LineEditor
from ui.widgets.surfaces import row

SHOWN_MS = 20_000  # long enough to dial, short enough for who passes by


class MaskedEditor(LineEditor):
    """Blank, it is typed into as any other; filled, it is covered and read-only until `toggle`, and for some seconds.
    `may_show`: whether who works here may see it at all.
    """

    def __init__(
        self,
        name: str,
        label: str = "",
        *,
        type_: Type | None = None,
        may_show: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, type_=type_ or Text(), parent=parent)
        self._covered = True
        self._may_show = may_show
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self._time_is_over)
        self.show_button = Button(_("Show"), icon="eye", name=f"{name}_show", run=self.toggle)
        across = row(spacing=tokens.S)
        self._box.removeWidget(self.line)
        across.addWidget(self.line, 1)
        across.addWidget(self.show_button)
        self._box.insertLayout(0, across)
        self._draw()

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._draw()

    def cover(self) -> None:
        """Cover it again, as for another record."""
        self.timer.stop()
        self._covered = True
        self._draw()

    def toggle(self) -> None:
        """Show it for some seconds, or cover it."""
        if not self._may_show:
            return
        self._covered = not self._covered
        if self._covered:
            self.timer.stop()
        else:
            self.timer.start()
        self._draw()
        self.focus()

    def _time_is_over(self) -> None:
        """Who types in it is not interrupted."""
        if self._touched:
            self.timer.start()
        else:
            self.cover()

    def is_covered(self) -> bool:
        return self._covered and self._stored is not None and not self._touched

    def _draw(self) -> None:
        if self._touched:
            return
        covered = self.is_covered()
        shown = self.type.show(self._stored)
        self.line.setText(masked(shown) if covered else shown)
        self.line.setCursorPosition(0)
        self.line.setReadOnly(covered)
        self.show_button.setVisible(self._stored is not None and self._may_show)
        self.show_button.set_text(_("Show") if covered else _("Cover"))
