"""F1 in a dialog: its topic of the help over it, so that nothing of what was typed there is lost."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from ui.actions import SHORTCUTS

NAME = "help_dialog"


def with_help(dialog: QDialog) -> None:
    """Let F1 lead from `dialog` to what it is about. Called once its name is set."""
    if dialog.objectName() != NAME:
        QShortcut(QKeySequence(SHORTCUTS["help"]), dialog).activated.connect(lambda: show_help(dialog))


def show_help(dialog: QDialog) -> QDialog:
    """The topic of `dialog` in a dialog over it."""
    from cpdesk.help import topic
    from ui.dialogs.help import HelpDialog

    shown = HelpDialog(topic(topic_of(dialog)), dialog)
    shown.finished.connect(dialog.activateWindow)
    shown.open()
    return shown


def topic_of(dialog: QWidget) -> str:
    """The dialog's own topic, else that of the dialog or page below it."""
    from cpdesk.help import topic_of_dialog, topic_of_page  # all topics: not before somebody asks
    from ui.main_window import MainWindow

    below: QWidget | None = dialog
    while below is not None:
        if isinstance(below, MainWindow):
            page = below.page()
            return topic_of_page(page.name, page.state()) if page is not None else topic_of_page("")
        own = topic_of_dialog(below.objectName())
        if own:
            return own
        below = below.parentWidget()
    return topic_of_page("")
