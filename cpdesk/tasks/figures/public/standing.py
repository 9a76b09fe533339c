"""The ranking in a public copy: worked out from what the copy tells, so that it cannot tell more.

A hidden number takes part as the even share of what is left of its measure's total once all told places are taken off,
which every reader can reckon too; left out, places with few cases would be ranked by their other measures alone, and
stand higher than they are. Where the total is hidden as well, the number is missing. Scores of the exact figures, or
bands of them, are not given: each is an inequality over hidden numbers, and enough of those give them away.
"""

from __future__ import annotations

from decimal import Decimal

from cpdesk.analysis import figures as sums
from cpdesk.analysis.ranking import Weight, rank
from cpdesk.tasks.figures.measures import Measure
from cpdesk.tasks.figures.public.copy import Copy, Hidden
from cpdesk.tasks.figures.standing import Ranking


def ranked(copy: Copy) -> Ranking:
    """The places of a public copy by the measures' own weights."""
    grid = copy.grid
    counting = [one for one in grid.measures if one.weight > 0]
    shares = {one.id: _left(copy, one) for one in grid.measures}
    values = {row.place: {one.id: _comparable(copy, row.place, one, shares) for one in counting} for row in grid.rows}
    names = {row.place: row.title for row in grid.rows} | {one.id: one.short for one in grid.measures}
    placed = rank(values, {one.id: Weight(one.weight, one.better) for one in counting})
    return Ranking(grid.area, grid.year, placed, names)


def _left(copy: Copy, measure: Measure) -> Decimal | None:
    """What falls on each place whose number of that measure the copy hides."""
    total = copy.known(copy.place, measure.id)
    hidden = [row.place for row in copy.grid.rows if _is_ours(copy, row.place, measure)]
    if total is None or not hidden:
        return None
    told = (copy.known(row.place, measure.id) for row in copy.grid.rows)
    return max(Decimal(0), total - sum((n for n in told if n is not None), Decimal(0))) / len(hidden)


def _is_ours(copy: Copy, place: str, measure: Measure) -> bool:
    """Whether the copy hides a number there that is part of the total."""
    found: Hidden | None = copy.hidden.get((measure.id, copy.grid.year), {}).get((place, sums.TOTAL))
    return found is not None and found.number is not None


def _comparable(copy: Copy, place: str, measure: Measure, shares: dict[str, Decimal | None]) -> Decimal | None:
    """The rate where the measure has a base, else the number, as in the exact ranking."""

    def number(of: Measure) -> Decimal | None:
        told = copy.known(place, of.id)
        return shares[of.id] if told is None and _is_ours(copy, place, of) else told

    if measure.base is not None and copy.grid.has(measure.base):
        return sums.rate(number(measure), number(copy.grid.measure(measure.base)))
    return number(measure)
