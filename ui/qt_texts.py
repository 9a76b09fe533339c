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
    "Drive", "Unknown", "Change to detail view mode", "Change to list view mode", "Create a New Folder",
    "Directories", "Files", "Go back", "Go forward", "Go to the parent directory", "List of places and bookmarks",
    "Save As", "Show ", "Sidebar", "Recent Places", "Remove", "Hide Details...", "Show Details...", "Options <<",
    "Options >>", "All Pages", "Even Pages", "Odd Pages", "Local file", "Print to File (PDF)", "Write PDF file",
    "Collate", "Color Mode", "Color", "Copies", "Copies:", "Current Page", "Double Sided Printing", "Grayscale",
    "Long side binding", "Short side binding", "Off", "Output Settings", "Page Set:", "Pages from", "Pages",
    "Print all", "Print range", "Reverse", "Selection", "to",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a "
    "hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.",
    "Name:", "Location:", "Output file:", "Properties", "Preview", "Printer", "Type:", "Scroll Left", "Scroll Right",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
    "'%1' is write protected.\nDo you want to delete it anyway?", "Are you sure you want to delete '%1'?",
    "Could not delete directory.", "Invalid filename",
    "<b>The name \"%1\" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation marks.",
    "The 'From' value cannot be greater than the 'To' value.", "%1 already exists.\nDo you want to overwrite it?",
    "File %1 is not writable.\nPlease choose a different file name.",
    "%1 is a directory.\nPlease choose a different file name.",
)  # fmt: skip


class QtTexts(QTranslator):
    """Answers Qt out of the program's catalogue."""

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """Khmer, or None so that Qt keeps its own word; an empty text would leave a button without one. Keys are called
        as they stand on the keyboard."""
        plain = _bare(source)
        if context == "QShortcut" or language() != "km" or plain not in _KNOWN:
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
