"""Charts as plain shapes: worked out once, painted alike on screen and on paper.

    drawing = layout(Rows((Bar("១ · កាត់បន្ថយអំពើហិង្សា", Decimal(72)),), maximum=100, unit="%"), 320, measure)

Knows neither Qt nor ReportLab: whoever paints hands in `measure`, which tells how wide a text is, and gets boxes,
lines and labels back (`shapes`). The same chart said in words (`describe`) is what a screen reader reads.

Rules of the house: every number stands beside its bar or in a table under the chart; nothing is told by colour alone,
so a grey copy says the same; what is missing is seen to be missing and is never drawn as 0.
"""

from cpdesk.charts.drawing import layout
from cpdesk.charts.model import HIDDEN, Bar, Chart, Code, Columns, Heat, HeatRow, Lines, Part, Rows, Series, Split
from cpdesk.charts.text import in_large_units, shown
from cpdesk.charts.words import describe

__all__ = [
    "HIDDEN",
    "Bar",
    "Chart",
    "Code",
    "Columns",
    "Heat",
    "HeatRow",
    "Lines",
    "Part",
    "Rows",
    "Series",
    "Split",
    "describe",
    "in_large_units",
    "layout",
    "shown",
]
