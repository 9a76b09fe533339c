"""Two versions of a plan, or two plans, on paper: only what is not the same, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from cpdesk import records as kinds
from cpdesk.analysis.compare import ADDED, CHANGED, REMOVED, SAME, Pair
from cpdesk.analysis.compare import Cell as DiffCell
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import compare, records
from cpdesk.tasks.compare import Comparison, Side
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, numeral

_STATES = {CHANGED: report_words().changed, ADDED: report_words().added, REMOVED: report_words().removed}


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The comparison that was asked for, else the one that one most likely wants."""
    pair = (choices.against, choices.newer or plan) if choices.against else compare.usual(desk, plan)
    title = records.title(desk, plan)
    if pair is None:
        none: tuple[Part, ...] = (Words(report_words().nothing_to_compare),)
        return Document(letterhead(desk), report_words().compare, (title,), none)
    found = compare.compare(desk, *pair)
    counts = {state: numeral(found.counts.get(state, 0)) for state in (SAME, CHANGED, ADDED, REMOVED)}
    heading = report_words().compared.format(left=_side(desk, found.left, title), right=_side(desk, found.right, title))
    parts: list[Part] = [Words(report_words().counts.format(**counts), "plain")]
    lines = tuple(line for pair_ in found.pairs if pair_.state != SAME for line in _lines(found, pair_))
    parts.append(Listing(_columns(), lines, 8.5) if lines else Words(report_words().all_same))
    return Document(letterhead(desk), report_words().compare, (title, heading), tuple(parts), landscape=True)


def _side(desk: Desk, side: Side, title: str) -> str:
    """How a side is called: with the plan's name where it is another plan than that of the paper."""
    name = records.title(desk, side.plan)
    return side.title if name == title else f"{name} ({side.title})"


def _columns() -> tuple[ListColumn, ...]:
    return (
        ListColumn(report_words().part, 3.4),
        ListColumn(report_words().status, 0.9, "centre"),
        ListColumn(report_words().field, 1.8),
        ListColumn(report_words().older, 4),
        ListColumn(report_words().newer, 4),
    )


def _lines(found: Comparison, pair: Pair) -> Iterator[Line]:
    """What changed cell by cell, the part's name beside the first; a part that came or went in one cell."""
    name = Cell(f"{code(pair.line.code)} {pair.line.words}".strip(), note=kinds.kind(pair.line.kind).label, bold=True)
    told = [cell for cell in pair.cells if cell.state != SAME]
    if pair.state != CHANGED:
        items = [f"{found.labels.get(one.key, one.key)}៖ {_said(one, one.left or one.right)}" for one in told]
        whole, none = Cell(items=tuple((item, "") for item in items), marked=True), Cell("—")
        gone = pair.state == REMOVED
        yield Line((name, Cell(_STATES[pair.state]), Cell(), whole if gone else none, none if gone else whole))
        return
    for n, one in enumerate(told):
        sides = [Cell(_said(one, side) or "—", marked=bool(side)) for side in (one.left, one.right)]
        first = (name, Cell(_STATES[CHANGED])) if n == 0 else (Cell(), Cell())
        more = n < len(told) - 1
        yield Line((*first, Cell(found.labels.get(one.key, one.key)), *sides), open_below=(0, 1) if more else ())


def _said(cell: DiffCell, text: str) -> str:
    """A side of a cell; numbers of activities in Khmer digits, as everywhere on paper."""
    return code(text) if cell.key == "code" else text
