"""One attached file as a row: what it is, its size, a note, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks.attachments import Attachment, size_text
from ui import icons, tokens
from ui.widgets.buttons import IconButton
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import Chip, column, restyle, row
from ui.widgets.text import ElidedText, Text
from ui.widgets.tips import tip

_PICTURES = {"image": "image", "text": "file-text"}


def kind_words(media_type: str) -> str:
    """What sort of file it is, in a word; "" for one that is not known."""
    words: dict[str, Callable[[], str]] = {
        "image": lambda: _("Picture"),
        "audio": lambda: _("Sound"),
        "video": lambda: _("Film"),
        "text": lambda: _("Text"),
    }
    if media_type == "application/pdf":
        return "PDF"
    for mark, word in (("word", "Word"), ("spreadsheet", "Excel"), ("presentation", "PowerPoint")):
        if mark in media_type:
            return word
    found = words.get(media_type.partition("/")[0])
    return found() if found else ""


def icon_of(media_type: str) -> str:
    if "spreadsheet" in media_type:
        return "file-spreadsheet"
    if media_type == "application/pdf" or "word" in media_type:
        return "file-text"
    return _PICTURES.get(media_type.partition("/")[0], "paperclip")


class EvidenceRow(QFrame):
    """Shows one attachment. Enter opens, Delete takes away, the arrows go to its neighbours.

    `opened`, `saved`, `deleted` are wishes with its id; `noted(id, words)` what was typed as its note; `stepped(±1)`.
    """

    opened = Signal(str)
    saved = Signal(str)
    deleted = Signal(str)
    noted = Signal(str, str)
    stepped = Signal(int)
    spoken_as = QAccessible.Role.ListItem

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = attachment.id
        self.here = attachment.here
        self.setObjectName(f"file_{attachment.id}")
        self.setProperty("role", "file")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        across = row(self, spacing=10)
        across.setContentsMargins(8, 4, 4, 4)
        self.picture = QLabel()
        self.picture.setFixedWidth(tokens.ICON + 4)
        across.addWidget(self.picture)
        words = column(spacing=0)
        self.name = ElidedText("", "text", name="file_name")
        self.facts = Text("", "small", wrap=False, name="file_facts")
        words.addWidget(self.name)
        under = row(spacing=tokens.S)
        under.addWidget(self.facts)
        self.waits = Chip(_("Not received yet"), "warning", name="file_waits")
        self.waits.setToolTip(tip(_("The next package of the office that attached it brings it.")))
        under.addWidget(self.waits)
        under.addStretch(1)
        words.addLayout(under)
        across.addLayout(words, 3)
        self.note = Line()
        self.note.setObjectName("file_note")
        self.note.setPlaceholderText(_("Note"))
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.note.setMinimumWidth(90)
        across.addWidget(self.note, 2)
        self._buttons: list[IconButton] = []
        for icon, word, name, wish in (
            ("external-link", _("Open a copy"), "file_open", self.opened),
            ("download", _("Save a copy…"), "file_save", self.saved),
            ("trash-2", _("Put into the bin"), "file_delete", self.deleted),
        ):
            button = IconButton(icon, word, name=name, run=lambda wish=wish: wish.emit(self.id))  # type: ignore[misc]
            across.addWidget(button)
            self._buttons.append(button)
            if wish is not self.deleted:
                button.setEnabled(attachment.here)
        self._kept = ""
        self.note.left.connect(self.flush)
        self.note.returnPressed.connect(self.flush)
        self.show_file(attachment)

    def stops(self) -> list[QWidget]:
        """Where Tab goes in here, in order."""
        return [self, self.note, *self._buttons]

    def show_file(self, attachment: Attachment) -> None:
        """Show what the record says now; a note that is being typed stays."""
        sort = kind_words(attachment.media_type)
        size = size_text(attachment.size) if attachment.size else ""
        facts = " · ".join(part for part in (sort, size) if part)
        self.picture.setPixmap(icons.pixmap(icon_of(attachment.media_type), "accent" if attachment.here else "muted"))
        self.name.setText(attachment.name)
        self.facts.setText(facts)
        self.waits.setVisible(not attachment.here)
        self.note.setAccessibleName(_("Note on “{name}”").format(name=attachment.name))
        waits = "" if attachment.here else _("Not received yet")
        self.setAccessibleName(", ".join(part for part in (attachment.name, facts, waits) if part))
        note = attachment.record.text("note")
        if not self.note.hasFocus() or self.note.text() == self._kept:
            self.note.setText(note)
            self.note.setCursorPosition(0)
            self._kept = note

    def flush(self) -> None:
        """Keep the note that was typed."""
        typed = without_zwsp(self.note.text()).strip()
        if typed != self._kept:
            self._kept = typed
            self.noted.emit(self.id, typed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        restyle(self, "state", "focus")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        restyle(self, "state", "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hasFocus():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(self.id)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.here:
            self.opened.emit(self.id)
