"""Who has handed in what (តារាងតាមដានការផ្ញើ): the province's board on paper, for the meeting at which it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Signature, Signed, Words, plain
from cpdesk.printing.people import CELL_SIZE
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill
from cpdesk.store import Desk
from cpdesk.tasks import board
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, numeral, signed


def paper(desk: Desk, _id: str, choices: Choices) -> Document:
    """Every office with its packages, through which day they reach, and how it stands on the day of the paper."""
    words, found = phrases(), board.lines(desk, choices.day)
    parts: list[Part] = [Words(line, "plain") for line in _facts(found)]
    parts.append(_table(found) if found else Words(words.board_nobody, "plain"))
    if any(state == "missing" for one in found for _n, state in one.numbers):
        parts.append(Words(words.board_lost, "small"))
    names = board.without_card(desk)
    if names:
        parts.append(Words(plain(fill(words.board_no_card, names=", ".join(names))), "plain"))
    parts.append(Signed((Signature(words.agenda_by), signed(desk, choices.day).blocks[-1]), choices.day))
    subtitle = plain(fill(words.board_through, date=dates.official(choices.day)))
    return Document(letterhead(desk), words.board, (subtitle,), tuple(parts))


def _facts(found: list[board.Line]) -> Iterator[str]:
    words = phrases()
    below = [one for one in found if one.office.role != "upper" and not one.office.revoked]
    owed = next((one.due for one in below if one.due is not None), None)
    if owed is not None:
        last, due = dates.official(owed.term.last), dates.official(owed.term.due)
        yield plain(fill(words.board_due, last=last, due=due))
    if below:
        came = len({one.office.office for one in below if _has_come(one)})
        every = len({one.office.office for one in below})
        yield plain(fill(words.board_count, all=numeral(every), came=numeral(came), rest=numeral(every - came)))


def _has_come(one: board.Line) -> bool:
    """Whether the package of the term came; any package, where none is due."""
    return one.due.delivered if one.due is not None else one.office.last_received_at is not None


def _table(found: list[board.Line]) -> Listing:
    words = phrases()
    columns = (
        ListColumn(words.col_number, 1.0, "centre"),
        ListColumn(words.col_office, 4.6),
        ListColumn(words.col_packages, 4.4),
        ListColumn(words.col_through, 2.8, "centre"),
        ListColumn(words.col_received, 2.8, "centre"),
        ListColumn(words.col_state, 3.6),
    )
    lines = tuple(
        Line(
            (
                Cell(digits.count(n, "km")),
                Cell(one.name),
                Cell(_numbers(one)),
                Cell(_day(one.office.through)),
                Cell(_day(one.office.last_received_at)),
                Cell(one.state),
            )
        )
        for n, one in enumerate(found, 1)
    )
    return Listing(columns, lines, CELL_SIZE, middle=True)


def _numbers(one: board.Line) -> str:
    """១–៤ [៥] ៦: spans of those that came, and in brackets those that lack."""
    spans: list[tuple[int, int, bool]] = []
    for number, state in one.numbers:
        lost = state == "missing"
        if state == "covered":
            continue
        if spans and spans[-1][1] == number - 1 and spans[-1][2] == lost:
            spans[-1] = (spans[-1][0], number, lost)
        else:
            spans.append((number, number, lost))
    return " ".join(_span(*span) for span in spans)


def _span(first: int, last: int, lost: bool) -> str:
    text = digits.count(first, "km") if first == last else f"{digits.count(first, 'km')}–{digits.count(last, 'km')}"
    return f"[{text}]" if lost else text


def _day(at: datetime | None) -> str:
    return dates.short(at.astimezone().date()) if at is not None else ""
