"""Strong and weak points, chances and threats as four quarters of one page, each with what answers it."""

from __future__ import annotations

from cpdesk import records as kinds
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import plans, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, numeral

_ROWS = (("strength", "weakness"), ("opportunity", "threat"))
_LEAST = 142.0  # points: four quarters of one page


def paper(desk: Desk, plan: str, choices: Choices) -> Document:  # noqa: ARG001  # every paper is called alike
    """The four quarters of a plan on a page across."""
    codes = plans.codes(desk, plan)
    points = records.children(desk, "swot", plan)
    names = kinds.kind("swot").field("sort").type
    lines = []
    for pair in _ROWS:
        lines.append(Line(tuple(Cell(names.show(sort), align="centre") for sort in pair), "band", (1, 1)))
        cells = []
        for sort in pair:
            mine = [one for one in points if one["sort"] == sort]
            items = []
            for n, one in enumerate(mine, 1):
                answers = [code(codes[id_]) for id_ in one.text("answered_by").split() if id_ in codes]
                note = report_words().answered.format(codes=", ".join(answers)) if answers else ""
                if not answers and sort in ("weakness", "threat"):
                    note = report_words().unanswered
                items.append((f"{numeral(n)}. {one.text('text')}", note))
            cells.append(Cell(items=tuple(items) or ((report_words().nothing, ""),)))
        lines.append(Line(tuple(cells), least=_LEAST))
    listing = Listing((ListColumn("", 1), ListColumn("", 1)), tuple(lines), 10)
    title = records.title(desk, plan)
    return Document(letterhead(desk), report_words().swot, (title,), (listing,), landscape=True)
