"""Two versions of a plan, or two plans, on paper: only what is not the same, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from cpdesk import records as kinds
from cpdesk.analysis.compare import ADDED, CHANGED, REMOVED, SAME, Pair
from cpdesk.analysis.compare import Cell as DiffCell
from cpdesk.printing.report_model import Cell, Line, ListColumn, Listing, Part, ReportData, Words
from cpdesk.printing.report_phrases import WORDS
from cpdesk.store import Desk
from cpdesk.tasks import compare, records
from cpdesk.tasks.compare import Comparison, Side
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, numeral

_STATES = {CHANGED: WORDS.changed, ADDED: WORDS.added, REMOVED: WORDS.removed}


def paper(desk: Desk, plan: str, choices: Choices) -> ReportData:
    """The comparison that was asked for, else the one that one most likely wants."""
    pair = (choices.against, choices.newer or plan) if choices.against else compare.usual(desk, plan)
    title = records.title(desk, plan)
    if pair is None:
        none: tuple[Part, ...] = (Words(WORDS.nothing_to_compare),)
        return ReportData(letterhead(desk), WORDS.compare, (title,), none)
    found = compare.compare(desk, *pair)
    counts = {state: numeral(found.counts.get(state, 0)) for state in (SAME, CHANGED, ADDED, REMOVED)}
    heading = WORDS.compared.format(left=_side(desk, found.left, title), right=_side(desk, found.right, title))
    parts: list[Part] = [Words(WORDS.counts.format(**counts), "plain")]
    lines = tuple(line for pair_ in found.pairs if pair_.state != SAME for line in _lines(found, pair_))
    parts.append(Listing(_columns(), lines, 8.5) if lines else Words(WORDS.all_same))
    return ReportData(letterhead(desk), WORDS.compare, (title, heading), tuple(parts), landscape=True)


def _side(desk: Desk, side: Side, title: str) -> str:
    """How a side is called: with the plan's name where it is another plan than that of the paper."""
    name = records.title(desk, side.plan)
    return side.title if name == title else f"{name} ({side.title})"


def _columns() -> tuple[ListColumn, ...]:
    return (
        ListColumn(WORDS.part, 3.4),
        ListColumn(WORDS.status, 0.9, "centre"),
        ListColumn(WORDS.field, 1.8),
        ListColumn(WORDS.older, 4),
        ListColumn(WORDS.newer, 4),
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
