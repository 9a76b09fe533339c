"""A spreadsheet's grid: frozen head, first columns and totals; cells written in place; copy and paste with others.

Fill a `SheetModel` and show it in a `SheetView`.
"""

from ui.widgets.sheet.cells import BAND, Band, Cell, Change, FootRow, Refusal, SheetColumn, Suggestion
from ui.widgets.sheet.model import SheetModel
from ui.widgets.sheet.view import SheetView

__all__ = [
    "BAND", "Band", "Cell", "Change", "FootRow", "Refusal", "SheetColumn", "SheetModel", "SheetView", "Suggestion",
]  # fmt: skip
