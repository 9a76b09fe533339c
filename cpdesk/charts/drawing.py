"""From a chart to its drawing."""

from __future__ import annotations

from cpdesk.charts import code, columns, heat, lines, rows, split
from cpdesk.charts.model import Chart, Code, Columns, Heat, Lines, Rows
from cpdesk.charts.shapes import Drawing, Measure


def layout(chart: Chart, width: float, measure: Measure, height: float | None = None, hatched: bool = False) -> Drawing:
    """The chart in a field `width` units wide. It is as high as it needs; columns and lines take `height` where it is
    given and enough. `hatched` tells tones apart by hatches too, for paper that may be copied in grey.
    """
    width = max(width, 120.0)
    if isinstance(chart, Rows):
        return rows.draw(chart, width, measure, hatched)
    if isinstance(chart, Columns):
        return columns.draw(chart, width, measure, height)
    if isinstance(chart, Lines):
        return lines.draw(chart, width, measure, height)
    if isinstance(chart, Heat):
        return heat.draw(chart, width, measure)
    if isinstance(chart, Code):
        return code.draw(chart, width, measure)
    return split.draw(chart, width, measure, hatched)
