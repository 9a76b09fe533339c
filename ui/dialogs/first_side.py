"""What stands beside the first questions: the program's face, what it is for, and which question comes when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import icons, theme, tokens
from ui.widgets.surfaces import Chip, column, restyle, row
from ui.widgets.text import Text

WIDE = 240
FACE = 64


class StepsSide(QFrame):
    """The four steps; those behind one are ticked, the present one is bold. Only to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_side")
        self.setProperty("role", "sidebar")
        self.setFixedWidth(theme.scaled(WIDE))
        box = column(self, spacing=tokens.S)
        box.setContentsMargins(tokens.XL, 28, tokens.XL, 28)
        face = QLabel()
        face.setPixmap(icons.of_the_program().pixmap(FACE, FACE))
        box.addWidget(face)
        box.addSpacing(tokens.S)
        box.addWidget(Text(_("CPC Desk"), "brand", wrap=False))
        box.addWidget(Text(_("Meetings, plans and their follow-up, for the committee for women and children"), "small"))
        box.addSpacing(tokens.XL)
        self._steps: list[tuple[Chip, Text]] = []
        for number, words in enumerate((_("Language"), _("Office"), _("Name and password"), _("Begin")), 1):
            across = row(spacing=tokens.M)
            chip = Chip(digits.count(number), name=f"first_step_{number}")
            chip.setMinimumWidth(theme.scaled(28))
            label = Text(words, "muted")
            across.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(label, 1)
            box.addLayout(across)
            self._steps.append((chip, label))
        box.addStretch(1)
        box.addWidget(Text(_("No network, ever. What you type stays on this computer."), "small"))

    def show_step(self, at: int) -> None:
        """Mark the step `at`, from 0."""
        for number, (chip, label) in enumerate(self._steps):
            done = number < at
            chip.setText("✓" if done else digits.count(number + 1))
            chip.set_tone("good" if done else "accent" if number == at else "neutral")
            restyle(label, "role", "strong" if number == at else "muted")
