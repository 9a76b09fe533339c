"""Which desk: those used before, one key each, or a file, a new one, a backup. A desk that is not there now (its stick
is out) stays in the list, greyed, until it is taken off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cpdesk import settings
from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import theme
from ui.dialogs.base import Dialog
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.memory import Recent, recent
from ui.widgets.text import Text

WIDTH = 620  # pixels at text scale 1


class RecentDesks(RowList):
    """The list of them: Enter, a click or the desk's number opens one, Delete takes it off the list."""

    def __init__(self, name: str, but: Path | None) -> None:
        super().__init__((Slot(pixels=40), Slot(share=1)), name=name)
        self.setAccessibleName(_("Desks used before"))
        self._but = but
        self.deleted.connect(self._forget)
        self.show_desks()

    def show_desks(self) -> None:
        self._desks = recent(self._but)
        self.show_faces([_face(number, one) for number, one in enumerate(self._desks, 1)])

    def numbered(self, event: QKeyEvent) -> Path | None:
        """The desk whose number that key is, in either script, where it is there."""
        text = digits.to_ascii(event.text())
        at = int(text) - 1 if len(text) == 1 and text.isdecimal() else -1
        return self.at(str(self._desks[at].path)) if 0 <= at < len(self._desks) else None

    def at(self, id_: str) -> Path | None:
        """The desk of that row, where it is there."""
        return next((one.path for one in self._desks if str(one.path) == id_ and one.is_there()), None)

    def _forget(self, id_: str) -> None:
        settings.forget(Path(id_))
        self.show_desks()


def _face(number: int, one: Recent) -> Face:
    where = str(one.path) if one.is_there() else _("{file}: not there now").format(file=one.path)
    role = "strong" if one.is_there() else "muted"
    return Face(
        str(one.path), ((Piece(digits.count(number), "muted"),), (Piece(one.name, role), Piece(where, "small")))
    )


class DesksDialog(Dialog):
    """`answer` is a path, or "open", "new", "restore"; "" where the person thought better of it."""

    def __init__(self, parent: QWidget | None, but: Path | None) -> None:
        super().__init__(parent, _("Open another desk"), name="desks", icon="folder-open")
        self.answer = ""
        wide = min(theme.scaled(WIDTH), self.screen().availableGeometry().width() - 40)
        self.setMaximumWidth(wide)
        self.setMinimumWidth(wide)
        self.list = RecentDesks("desks_recent", but)
        self.list.opened.connect(self._open)
        if self.list.ids():
            self.body.addWidget(self.list)
            self.body.addWidget(Text(_("A number opens that desk, Delete takes it off this list."), "small"))
        else:
            self.say(_("Desks that you open stand here from then on."))
        self.add_button(_("New desk…"), lambda: self._take("new"), name="desks_new", icon="plus")
        self.add_button(
            _("Bring back from a backup…"), lambda: self._take("restore"), name="desks_restore", icon="rotate-ccw"
        )
        self.add_button(
            _("Choose a file…"), lambda: self._take("open"), name="desks_file", icon="folder-open", kind="primary"
        )
        self.list.focus_row(0)

    def _open(self, id_: str) -> None:
        path = self.list.at(id_)
        if path is not None:
            self._take(str(path))

    def _take(self, answer: str) -> None:
        self.answer = answer
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        path = self.list.numbered(event) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if path is not None:
            self._take(str(path))
        else:
            super().keyPressEvent(event)
