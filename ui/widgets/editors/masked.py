"""A line whose value is covered until a person asks to see it: phone numbers, which are nobody's but the owner's."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer.masking import masked
from cpdesk.kinds import Text, Type, Value
from ui import tokens
from ui.widgets.buttons import Button
from ui.widgets.editors.line import LineEditor
from ui.widgets.surfaces import row


class MaskedEditor(LineEditor):
    """Blank, it is typed into as any other; filled, it is covered and read-only until `reveal`."""

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Text(), parent=parent)
        self._covered = True
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
        self._covered = True
        self._draw()

    def toggle(self) -> None:
        self._covered = not self._covered
        self._draw()
        self.focus()

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
        self.show_button.setVisible(self._stored is not None)
        self.show_button.set_text(_("Show") if covered else _("Cover"))
