"""When an office's package is due: after each month or quarter, until a day of the month that follows."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER = "month", "quarter"
USUAL_DAY = 10


@dataclass(frozen=True)
class Term:
    """A stretch of time that a package tells of, and the last day on which that package is in time."""

    first: date
    last: date
    due: date


def term(every: str, day: int, today: date) -> Term:
    """The term whose end has come: the newest that is over, or ends today. `day` beyond a short month is its last."""
    months = 3 if every == QUARTER else 1
    start = _start(today + timedelta(days=1), months)  # on its last day a term may be handed in already
    return _term(_moved(start, -months), months, day)


def running(every: str, day: int, today: date) -> Term:
    """The term after that one: what comes next."""
    months = 3 if every == QUARTER else 1
    return _term(_moved(term(every, day, today).first, months), months, day)


def _start(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _moved(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _term(first: date, months: int, day: int) -> Term:
    after = _moved(first, months)
    longest = calendar.monthrange(after.year, after.month)[1]
    return Term(first, after - timedelta(days=1), after.replace(day=min(max(day, 1), longest)))


@dataclass(frozen=True)
class Standing:
    """How an office stands with a term. `days` until it is due; below 0 that many days too late. Both are facts of
    the day asked for; `delivered` says that a package written at the term's end or later came."""

    term: Term
    delivered: bool
    days: int

    @property
    def late(self) -> bool:
        return not self.delivered and self.days < 0


def standing(term: Term, written: date | None, today: date) -> Standing:
    """`written`: the day on which the office's newest package was written, None where none came."""
    return Standing(term, written is not None and written >= term.last, (term.due - today).days)
