"""Paper before it is paper: the pages of any form in a window, to be read, put right, kept as a file, or printed.

show_preview(context, Paper("minutes", meeting, title=_("Minutes")), self)
"""

from ui.dialogs.preview.dialog import PreviewDialog, show_preview
from ui.dialogs.preview.paper import Paper

__all__ = ["Paper", "PreviewDialog", "show_preview"]
