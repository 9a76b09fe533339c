"""Where the figures in sight come from: said once, kept with each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _
from ui import theme, tokens
from ui.context import Context
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import row
from ui.widgets.text import Text
from ui.widgets.tips import tip


class SourceLine(QWidget):
    """A line to type the source in. What is typed holds for all figures in sight, and for those that are typed next."""

    def __init__(self, context: Context, said: Callable[[str], object]) -> None:
        super().__init__()
        self.context = context
        self._said = said
        self._shown = ""
        box = row(self, spacing=tokens.S)
        label = kinds.kind("figure").field("source").label
        self.line = Line()
        self.line.setObjectName("figures_source")
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(_("For example: commune database"))
        self.line.setMaximumWidth(theme.scaled(320))
        self.line.setMinimumWidth(90)
        box.addWidget(Text(label, "small", wrap=False))
        box.addWidget(self.line, 10)
        box.addStretch(1)
        self.line.editingFinished.connect(self.keep)

    def text(self) -> str:
        return self.line.text().strip()

    def show_sources(self, sources: Sequence[str]) -> None:
        """The source that most figures name; what is being typed stays."""
        if self.line.hasFocus():
            return
        first = sources[0] if sources else ""
        if first or not self.text():
            self.line.setText(first)
            self.line.setCursorPosition(0)
        self._shown = self.text()
        others = _("and others: {sources}").format(sources=", ".join(sources[1:])) if sources[1:] else ""
        self.line.setToolTip(tip(" ".join(part for part in (first, others) if part)))

    def keep(self) -> None:
        """Said of all figures in sight, where it is another one than before."""
        if self.text() != self._shown:
            self._shown = self.text()
            self._said(self.text())
