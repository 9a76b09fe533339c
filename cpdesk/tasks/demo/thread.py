"""What ties the story together: figures and inputs lead to priorities, activities answer them and the weak points."""

from __future__ import annotations

from cpdesk.store import Desk
from cpdesk.tasks import figures, records
from cpdesk.tasks.demo.book import Book
from cpdesk.tasks.demo.figures import YEARS
from cpdesk.tasks.demo.plan import PRIORITIES, SWOT
from cpdesk.tasks.figures.measures import start_id
from cpdesk.tasks.undo import Undo

MOST_PLACES = 3


def tie(desk: Desk, book: Book) -> None:
    """Priorities made from the figures, as the page of figures makes them; then the strong and weak points."""
    undo = Undo(desk)
    found = figures.grid(desk, YEARS[-1], "08*")
    for key, text, name, wish, activities in PRIORITIES:
        measure = start_id(name)
        rates = {row.place: found.comparable(row.place, measure) for row in found.rows}
        known = {place: rate for place, rate in rates.items() if rate is not None}
        worst = sorted(known, key=lambda place: known[place], reverse=True)[:MOST_PLACES]
        made = figures.make_priority(undo, book["plan23"], found, [measure], worst, text)
        book.know(key, made)
        if wish:
            why = records.get(desk, made).text("why").split()
            book.change(desk, "priority", key, why=[*why, book[wish]])
        for code in activities:
            book.change(desk, "activity", f"a{code}", priority=made)
    book.write(
        desk,
        [
            ("swot", f"swot{n}", {"plan": "@plan23", "sort": sort, "text": text, "answered_by": [f"@a{c}" for c in by]})
            for n, (sort, text, by) in enumerate(SWOT)
        ],
    )
