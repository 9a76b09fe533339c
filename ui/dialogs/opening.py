"""When a desk does not open, or another one is wanted: which one instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from cpdesk import paths, settings
from cpdesk.errors import UserError
from cpdesk.i18n import _
from ui import messages
from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from ui.widgets.buttons import Button

WAYS = ("open", "restore")
MOST_RECENT = 3


class OpeningDialog(Dialog):
    """Why a desk did not open, and what can be done instead. `answer` is "open", "restore", "new" or a path."""

    def __init__(self, path: Path, error: UserError, parent: QWidget | None = None) -> None:
        super().__init__(parent, error.what, name="opening", icon="triangle-alert", tone="warning")
        self.answer = ""
        self.setMinimumWidth(560)
        self.say(str(path), "small")
        self.say(error.kept)
        self.say(error.todo)
        self.add_line()
        self._way("open", _("Choose another desk…"), "folder-open")
        for recent in _recent(path):
            self._way(str(recent), _("Open “{name}”").format(name=recent.stem), "file-text")
        self._way("restore", _("Bring back from a backup…"), "rotate-ccw")
        self._way("new", _("Make a new desk…"), "plus")
        self.add_button(_("Close the program"), self.reject, name="opening_close")

    def _way(self, answer: str, words: str, icon: str) -> Button:
        from ui.widgets.buttons import Button

        button = Button(words, kind="quiet", icon=icon, name=f"opening_{Path(answer).stem}")
        button.clicked.connect(lambda: self._take(answer))
        self.body.addWidget(button)
        return button

    def _take(self, answer: str) -> None:
        self.answer = answer
        self.accept()


def _recent(but: Path) -> list[Path]:
    here = str(but.resolve())
    return [Path(one) for one in settings.load().recent if one != here and Path(one).is_file()][:MOST_RECENT]


def ask_instead(path: Path, error: UserError) -> Path | None:
    """Which desk to open in place of `path`; None where the person closed the program."""
    while True:
        dialog = OpeningDialog(path, error)
        answer = dialog.answer if dialog.exec() else None
        dialog.deleteLater()
        if answer is None:
            return None
        chosen = answered(None, answer)
        if chosen is not None:
            return chosen


def answered(parent: QWidget | None, answer: str) -> Path | None:
    """The desk that an answer leads to; None where the person thought better of it."""
    if answer == "new":
        from ui.dialogs.first_run import FirstRun

        wizard = FirstRun(parent)
        made = wizard.made if wizard.exec() else None
        wizard.deleteLater()
        return made
    return choose(parent, answer) if answer in WAYS else Path(answer)


def choose(parent: QWidget | None, way: str) -> Path | None:
    """Let a desk be picked ("open"), or a backup and a place for it ("restore")."""
    folder = _folder()
    if way == "open":
        return _file(parent, _("Open a desk"), folder, _("Desks (*.cpdesk)"))
    copy = _file(parent, _("Choose the backup"), folder, _("Backups and desks (*.cpbackup *.cpdesk)"))
    if copy is None:
        return None
    name, _filter = QFileDialog.getSaveFileName(
        parent, _("Where shall the desk lie?"), str(folder / f"{copy.stem}.cpdesk"), _("Desks (*.cpdesk)")
    )
    if not name:
        return None
    target = Path(name) if name.endswith(".cpdesk") else Path(f"{name}.cpdesk")
    return brought_back(parent, copy, target)


def brought_back(parent: QWidget | None, copy: Path, target: Path) -> Path | None:
    """A desk again from a backup; what goes wrong is said."""
    from cpdesk.tasks.desk import restore

    try:
        restore(copy, target)
    except UserError as error:
        messages.show(parent, error).exec()
        return None
    return target


def _file(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    name, _filter = QFileDialog.getOpenFileName(parent, title, str(folder), f"{kinds};;{_('All files (*)')}")
    return Path(name) if name else None


def _folder() -> Path:
    """Where the desk last used lies, else where desks are put."""
    kept = settings.load().desk
    return Path(kept).parent if kept and Path(kept).parent.is_dir() else paths.default_desks()
