"""Two versions of a plan, or two plans, on paper: only what is not the same, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from cpdesk import records as kinds
from cpdesk.analysis.compare import ADDED, CHANGED, REMOVED, SAME, Pair
from cpdesk.analysis.compare import Cell as DiffCell
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import compare, records, versions
from cpdesk.tasks.compare import Comparison, Side
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, numeral, signed


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The comparison that was asked for (of versions also by number), else the one that one most likely wants."""
    against = part(desk, plan, choices)
    pair = (against, choices.newer or plan) if against else compare.usual(desk, plan)
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
    parts.append(signed(desk, choices.day))
    return Document(letterhead(desk), report_words().compare, (title, heading), tuple(parts), landscape=True)


def part(desk: Desk, plan: str, choices: Choices) -> str:
    """What it is compared with, as each comparison has lines of its own; blank for the usual one."""
    return choices.against or _numbered(desk, plan, choices.period)


def _numbered(desk: Desk, plan: str, number: str) -> str:
    """The id of the approved version of that number; blank where none is asked for."""
    if not number:
        return ""
    found = next((one.id for one in versions.versions(desk, plan) if str(one.number) == digits.to_ascii(number)), "")
    if not found:
        raise NotFound(
            _("This plan has no approved version {number}.").format(number=number),
            todo=_("Write the plan and the number of one of its approved versions, like PLAN/1."),
        )
    return found


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
        state = Cell(_state(pair.state), align="centre")
        yield Line((name, state, Cell(" · ".join(items), marked=True)), spans=(1, 1, 3))
        return
    for n, one in enumerate(told):
        sides = [Cell(_said(one, side) or "—", marked=bool(side)) for side in (one.left, one.right)]
        first = (name, Cell(_state(CHANGED))) if n == 0 else (Cell(), Cell())
        more = n < len(told) - 1
        yield Line((*first, Cell(found.labels.get(one.key, one.key)), *sides), open_below=(0, 1) if more else ())


def _state(state: str) -> str:
    words = report_words()
    return {CHANGED: words.changed, ADDED: words.added, REMOVED: words.removed}[state]


def _said(cell: DiffCell, text: str) -> str:
    """A side of a cell; numbers of activities in Khmer digits, as everywhere on paper."""
    return code(text) if cell.key == "code" else text
