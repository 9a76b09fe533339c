"""How a plan agrees with the investment programmes, for the integration workshop: line by line, and what is missing."""

from __future__ import annotations

from cpdesk import charts
from cpdesk.analysis.money import Money
from cpdesk.analysis.progress import add_up
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Picture, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import alignment, records
from cpdesk.tasks.alignment import Aligned, Alignment
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, money_cell, money_notes, numeral, signed, standing

_TONES = {"ongoing": "good", "pledged": "fair", "not_pledged": "warning", "none": "bad", "": "neutral"}


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """Sums by state first, then every activity under its state."""
    record = records.get(desk, plan)
    found = alignment.alignment(desk, plan)
    parts: list[Part] = [standing(desk, record)]
    if found.lines:
        money: list[Money] = [line.amount for line in found.lines]
        parts += [
            Words(report_words().ready.format(ready=numeral(found.ready), total=numeral(len(found.lines)))),
            Picture(((report_words().by_state, _states(found)), (report_words().missing, _missing(found)))),
            *money_notes(desk, plan, money),
            _table(desk, found),
        ]
    else:
        parts.append(Words(report_words().no_activity))
    parts.append(signed(desk, choices.day))
    return Document(letterhead(desk), report_words().alignment, (record.title,), tuple(parts), landscape=True)


def _state(key: str) -> str:
    return alignment.label(key) if key else report_words().unsaid_state


def _states(found: Alignment) -> charts.Rows:
    bars = tuple(
        charts.Bar(_state(one.state), one.activities, tone=_TONES.get(one.state, "neutral"))
        for one in found.states
        if one.activities or one.state
    )
    return charts.Rows(bars, maximum=len(found.lines), beside=True)


def _missing(found: Alignment) -> charts.Rows:
    bars = tuple(charts.Bar(_lacks(what), count, tone="bad") for what, count in found.missing.items())
    return charts.Rows(bars, maximum=len(found.lines), beside=True)


def _lacks(what: str) -> str:
    return str(getattr(report_words(), f"lacks_{what}"))


def _table(desk: Desk, found: Alignment) -> Listing:
    lines: list[Line] = []
    for one in found.states:
        mine = [line for line in found.lines if line.state == one.state]
        if not mine:
            continue
        name = f"{_state(one.state)} · {report_words().count_activities.format(count=numeral(one.activities))}"
        lines.append(Line((Cell(name), money_cell(one.amount, align="right"), Cell()), "band", (3, 1, 3)))
        lines += [_line(desk, line) for line in mine]
    whole = add_up(one.amount for one in found.states)
    lines.append(Line((Cell(report_words().totals), money_cell(whole, align="right"), Cell()), "total", (3, 1, 3)))
    columns = (
        ListColumn(report_words().code, 0.9, "centre"),
        ListColumn(report_words().activity, 4.5),
        ListColumn(report_words().responsible, 2.4),
        ListColumn(report_words().amount, 1.4, "right"),
        ListColumn(report_words().programme, 2.0),
        ListColumn(report_words().investment_line, 2.2),
        ListColumn(report_words().missing, 2.0),
    )
    return Listing(columns, tuple(lines), 8.5)


def _line(desk: Desk, line: Aligned) -> Line:
    missing = ", ".join(map(_lacks, line.missing))
    return Line(
        (
            Cell(code(line.code)),
            Cell(line.activity.text("text")),
            Cell(alignment.named(desk, line)),
            money_cell(line.amount),
            Cell(line.activity.label("investment_programme")),
            Cell(line.activity.text("investment_line")),
            Cell(missing, marked=bool(missing)),
        )
    )
