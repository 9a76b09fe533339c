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
    from cpdesk.tasks import Desk
    from ui.widgets.buttons import Button

MOST_RECENT = 3


class OpeningDialog(Dialog):
    """Why a desk did not open, and what can be done instead. `answer` is "open", "restore", "salvage",
    "new" or a path."""

    def __init__(self, path: Path, error: UserError, parent: QWidget | None = None) -> None:
        from cpdesk.tasks import salvaging

        super().__init__(parent, error.what, name="opening", icon="triangle-alert", tone="warning")
        self.answer = ""
        self.setMinimumWidth(560)
        self.say(str(path), "small")
        self.say(error.kept)
        self.say(error.todo)
        self.add_line()
        self._way("open", _("Choose another desk…"), "folder-open")
        for recent in recent_desks(path):
            self._way(str(recent), _("Open “{name}”").format(name=recent.stem), "file-text")
        self._way("restore", _("Bring back from a backup…"), "rotate-ccw")
        if salvaging.helps(path, error):
            self._way("salvage", _("Save what can be read…"), "file-search")
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


def recent_desks(but: Path) -> list[Path]:
    """The desks last used that are there now, newest first."""
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
        chosen = answered(None, answer, path)
        if chosen is not None:
            return chosen


def answered(parent: QWidget | None, answer: str, path: Path) -> Path | None:
    """The desk that an answer leads to, `path` being the one in whose place a backup is brought back; None where the
    person thought better of it."""
    if answer == "new":
        from ui.dialogs.first_run import FirstRun

        wizard = FirstRun(parent)
        made = wizard.made if wizard.exec() else None
        wizard.deleteLater()
        return made
    if answer == "restore":
        return path if brought_back(parent, path) else None
    if answer == "salvage":
        from ui.dialogs.salvage import salvaged

        return salvaged(parent, path)
    if answer == "open":
        return _file(parent, _("Open a desk"), _folder(), _("Desks (*.cpdesk)"))
    return Path(answer)


def another(parent: QWidget | None, but: Path | None) -> str:
    """Which desk instead of the one that is open: a path, "open", "new", "restore", or "" for none."""
    from ui.dialogs.desks import DesksDialog

    dialog = DesksDialog(parent, but)
    answer = dialog.answer if dialog.exec() else ""
    dialog.deleteLater()
    return answer


def prepared(parent: QWidget | None, path: Path, present: Desk | None, file: Path | None = None) -> Path | None:
    """A desk made of a backup that a person chose, beside the one whose place it shall take; None: they left it."""
    from ui.dialogs.bring_back import BringBack

    dialog = BringBack(path, present, file, parent)
    made = dialog.prepared if dialog.exec() else None
    dialog.deleteLater()
    return made


def brought_back(parent: QWidget | None, path: Path, made: Path | None = None) -> Path | None:
    """Let a desk made of a backup (`made`, or one that is chosen now) take the place at `path`, where none is open.
    `path`, or None where nothing was changed; what goes wrong is said."""
    from cpdesk.tasks.bringing_back import drop, put_in_place

    made = made or prepared(parent, path, None)
    if made is None:
        return None
    try:
        put_in_place(made, path)
    except UserError as error:
        drop(made)
        messages.show(parent, error).exec()
        return None
    return path


def _file(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    name, _filter = QFileDialog.getOpenFileName(parent, title, str(folder), f"{kinds};;{_('All files (*)')}")
    return Path(name) if name else None


def _folder() -> Path:
    """Where the desk last used lies, else where desks are put."""
    kept = settings.load().desk
    return Path(kept).parent if kept and Path(kept).parent.is_dir() else paths.default_desks()
