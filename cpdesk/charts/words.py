"""A chart in words: for who hears the screen instead of seeing it, and for whoever tests what it says."""

from __future__ import annotations

from cpdesk.charts.model import Chart, Code, Columns, Heat, Lines, Rows
from cpdesk.charts.text import shown
from cpdesk.i18n import _


def describe(chart: Chart) -> str:
    """Every label with its number, a line each; the unit in front where there is one."""
    head = [chart.unit] if isinstance(chart, Rows | Columns | Lines) and chart.unit not in ("", "%") else []
    return "\n".join([*head, *_lines(chart)])


def _lines(chart: Chart) -> list[str]:
    if isinstance(chart, Rows):
        return [_pair(item.label, _said(shown(item.value, chart.unit, item.text)), item.note) for item in chart.items]
    if isinstance(chart, Columns | Lines):
        return [
            _pair(
                group,
                *(f"{one.label} {_said(shown(one.values[at], chart.unit, one.text(at)))}" for one in chart.series),
            )
            for at, group in enumerate(chart.groups)
        ]
    if isinstance(chart, Heat):
        return [
            _pair(
                row.label,
                *(
                    f"{column} {_said(shown(value, text=row.text(at)))}"
                    for at, (column, value) in enumerate(zip(chart.columns, row.values, strict=False))
                ),
            )
            for row in chart.rows
        ]
    if isinstance(chart, Code):
        return [_pair(_("Code for a phone"), chart.text), *([chart.note] if chart.note else [])]
    lines = [_pair(part.label, _said(shown(part.value))) for part in chart.parts]
    return [*lines, chart.note] if chart.note else lines


def _pair(name: str, *values: str) -> str:
    return f"{name}: {', '.join(value for value in values if value)}"


def _said(text: str) -> str:
    return _("no figure") if text == "—" else text
