"""The recovery code as a person gets it, once: large, to be printed or copied by hand, and noted before one goes on.

It goes to the printer, or into a file that the person chose, straight from memory: no register of letters has it and
no file of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from cpdesk.i18n import _
from ui import messages, tokens
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import Card, column
from ui.widgets.text import Text, literal


def in_two_lines(code: str) -> str:
    """ABCDE-FGHJK-MNPQR over STUVW-XYZ12: as it is read and copied."""
    groups = code.split("-")
    return "  ".join(groups[:3]) + "\n" + "  ".join(groups[3:])


def code_tile(code: str, name: str) -> Card:
    tile = Card(f"{name}_tile", role="tile", margin=tokens.L)
    shown = Text(in_two_lines(code), "heading", wrap=False, selectable=True, name=name)
    shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    shown.setAccessibleName(" ".join(code))  # letter by letter
    tile.add(shown)
    return tile


class RecoveryCode(QWidget):
    """`code` of the desk at `path`, whose office is called `office`. `confirmed(bool)` follows the tick."""

    confirmed = Signal(bool)

    def __init__(self, code: str, path: Path, office: Callable[[], str]) -> None:
        super().__init__()
        self._code, self._path, self._office = code, path, office
        box = column(self, spacing=tokens.M)
        words = _(
            "With this code you open the desk when a password is forgotten. It is shown only now. Print it or write it "
            "down, and keep the paper away from the laptop: in a locked drawer, with the head of the office."
        )
        box.addWidget(Text(words))
        box.addWidget(code_tile(code, "recovery_code"))
        ways = FlowLayout()
        self.print_button = Button(_("Print…"), icon="printer", name="recovery_print", run=self._print)
        ways.addWidget(self.print_button)
        ways.addWidget(Button(_("Save as PDF…"), icon="download", name="recovery_pdf", run=self._ask_file))
        box.addLayout(ways)
        words = _("Digits and capital letters; the letters I, L, O and U do not occur. Strokes do not matter.")
        box.addWidget(Text(words, "small"))
        said = _("I have printed the code or written it down.")
        self.tick = QCheckBox(literal(said))
        self.tick.setObjectName("recovery_noted")
        self.tick.setAccessibleName(said)
        self.tick.toggled.connect(self.confirmed.emit)
        box.addWidget(self.tick)
        box.addStretch(1)

    def is_confirmed(self) -> bool:
        return self.tick.isChecked()

    def begin(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paper(self) -> bytes:
        from cpdesk.tasks.recovery_paper import render

        return render(self._code, self._office(), self._path.name)

    def _print(self) -> None:
        from ui.dialogs.preview import printing
        from ui.widgets.paper import page_sizes

        with messages.shown(self.window()):
            pdf = self._paper()
            sizes = tuple(page_sizes(pdf))
            printer = printing.prepared(_("Recovery code"), sizes[0], len(sizes))
            if printing.ask(printer, self.window(), pages=len(sizes), current=False):
                pages = printing.Pages(pdf, sizes, tuple(range(len(sizes))))
                printing.print_pages(printer, [pages], lambda _done, _total: None)

    def _ask_file(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self.window(), _("Save as PDF…"), str(Path.home() / f"{self._path.stem}-code.pdf"), "*.pdf"
        )
        if name:
            self.save(Path(name))

    def save(self, file: Path) -> None:
        """The paper as a file, where the person wants one: best on a stick that goes into the drawer."""
        from cpdesk.tasks.recovery_paper import save

        with messages.shown(self.window()):
            save(file, self._code, self._office(), self._path.name)


class CodeDialog(Dialog):
    """The code in a dialog of its own, which is left only once the code is noted."""

    def __init__(self, parent: QWidget | None, code: str, path: Path, office: Callable[[], str]) -> None:
        super().__init__(parent, _("Your recovery code"), name="recovery_dialog", icon="lock")
        self.shown = RecoveryCode(code, path, office)
        self.body.addWidget(self.shown)
        self.go_on = self.add_button(_("Go on"), self.accept, kind="primary", name="recovery_go_on")
        self.go_on.setEnabled(False)
        self.shown.confirmed.connect(self.go_on.setEnabled)

    def reject(self) -> None:
        """Esc does not lead past it."""
        if self.shown.is_confirmed():
            super().reject()
