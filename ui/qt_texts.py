"""Qt's own words in Khmer: it ships none, so its buttons and context menus would speak English.

Words are looked up in the program's one catalogue without Qt's shortcut marks. What has no Khmer is left to Qt, which
then shows its English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from cpdesk.i18n import _, language

# What people meet: buttons, menus of text boxes, file dialogs, print. A test asks Khmer for each.
WORDS = (
    "OK", "Open", "Save", "Cancel", "Close", "Discard", "Apply", "Reset", "Help", "Don't Save", "Close without Saving",
    "Restore Defaults", "Yes", "Yes to All", "No", "No to All", "Save All", "Abort", "Retry", "Ignore",
    "Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select All", "Step up", "Step down", "Copy Link Location",
    "Back", "Forward", "Parent Directory", "List View", "Detail View", "Look in:", "File name:", "Files of type:",
    "Create New Folder", "New Folder", "Directory:", "Choose", "Rename", "Show hidden files", "All Files (*)",
    "Name", "Size", "Type", "Date Modified", "Kind", "My Computer", "Computer", "Find Directory", "Folder", "File",
    "%1 already exists.\nDo you want to replace it?",
    "%1\nFile not found.\nPlease verify the correct file name was given.",
    "Next", "Finish", "Print", "Options", "Close Tab", "Scroll here", "Top", "Bottom", "Page up", "Page down",
    "Left edge", "Right edge", "Page left", "Page right", "Scroll up", "Scroll down", "Scroll left", "Scroll right",
)  # fmt: skip


class QtTexts(QTranslator):
    """Answers Qt out of the program's catalogue."""

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """Khmer, or None so that Qt keeps its own word; an empty text would leave a button without one."""
        plain = _bare(source)
        if language() != "km" or plain not in _KNOWN:
            return None
        khmer = _(plain)
        return khmer if khmer and khmer != plain else None

    def isEmpty(self) -> bool:
        """Qt asks an empty translator nothing."""
        return False


def _bare(source: str) -> str:
    return source.replace("&&", "\0").replace("&", "").replace("\0", "&")


_KNOWN = frozenset(WORDS)


def install(app: QCoreApplication) -> QtTexts:
    """Let `app` ask us; the same translator serves both languages."""
    found = app.findChild(QObject, "qt_texts")
    if isinstance(found, QtTexts):
        return found
    translator = QtTexts(app)
    translator.setObjectName("qt_texts")
    app.installTranslator(translator)
    return translator
