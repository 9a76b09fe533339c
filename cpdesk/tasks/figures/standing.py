"""What the figures say: which places stand worst and why, how a measure went over the years, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk import records as kinds
from cpdesk.analysis import figures as sums
from cpdesk.analysis.figures import ALL, TOTAL, Slice
from cpdesk.analysis.ranking import Placed, Weight, because, rank
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record, many
from cpdesk.tasks import records
from cpdesk.tasks.figures.grid import Grid, grid, years
from cpdesk.tasks.figures.places import Row
from cpdesk.tasks.undo import Undo


@dataclass(frozen=True)
class Ranking:
    """The places of an area in a year, worst first; `names` of places and measures for its sentences."""

    area: str
    year: int
    places: list[Placed]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return any(one.rank is not None for one in self.places)

    def explain(self, place: str) -> str:
        """Why that place stands where it stands."""
        found = next(one for one in self.places if one.place == place)
        return because(found, self.names, self.names.get(place, place))


def ranked(found: Grid, weights: Mapping[str, Decimal] | None = None) -> Ranking:
    """The lines of a grid ranked by its measures' own weights, or by others that are only tried out."""
    told = {one.id: one.weight if weights is None else weights.get(one.id, Decimal(0)) for one in found.measures}
    counting = [one for one in found.measures if told[one.id] > 0]
    values = {row.place: {one.id: found.comparable(row.place, one.id) for one in counting} for row in found.rows}
    names = {row.place: row.title for row in found.rows} | {one.id: one.short for one in found.measures}
    placed = rank(values, {one.id: Weight(told[one.id], one.better) for one in counting})
    return Ranking(found.area, found.year, placed, names)


def ranking(desk: Desk, area: str | None, year: int) -> Ranking:
    """Where children are most at risk in an area in that year."""
    return ranked(grid(desk, year, area))


@dataclass(frozen=True)
class Trend:
    """A measure over the years: a number (None: unknown) a year for each place, and for the area.

    `whole` adds up only the places that are known in all of those years, `alike` of `of`, so that a place which
    comes or goes does not look like a change.
    """

    measure: str
    years: tuple[int, ...]
    places: dict[str, tuple[Decimal | None, ...]]
    whole: tuple[Decimal | None, ...]
    alike: int
    of: int


def trend(desk: Desk, measure: str, rows: Sequence[Row], cell: Slice = TOTAL) -> Trend:
    """How a measure went in these lines of a grid. Places that had another code before are followed through it."""
    leaves = list(dict.fromkeys(leaf for row in rows for leaf in row.leaves))
    shown = {code: leaf for leaf in leaves for code in gazetteer.codes(leaf)}
    sexes = [cell.sex, *sums.PARTS["sex"]] if cell.sex == ALL else [cell.sex]
    where: dict[str, Sequence[Value]] = {
        "year": list(years(desk)),
        "measure": [measure],
        "place": list(shown),
        "sex": _or_blank(*sexes),
        "age_group": _or_blank(cell.age_group),
        "disability": _or_blank(cell.disability),
    }
    fields = ("year", "place", "sex", "age_group", "disability", "value")
    cells: dict[tuple[str, int], dict[Slice, Value]] = {}
    for _id, year, code, sex, age, disability, value in many.within(desk.db, kinds.kind("figure"), fields, where):
        if value is not None and isinstance(year, int):
            part = Slice(*(str(key or ALL) for key in (sex, age, disability)))
            cells.setdefault((shown[str(code)], year), {})[part] = value
    numbers = {key: n for key, told in cells.items() if (n := sums.known(told, cell)) is not None}
    there = tuple(sorted({year for _leaf, year in numbers}))

    def line(of: Sequence[str]) -> tuple[Decimal | None, ...]:
        """The sum of these places a year, where all of them are known."""
        yearly = (sums.add(numbers.get((leaf, year)) for leaf in of) for year in there)
        return tuple(one.total if one.whole else None for one in yearly)

    alike = [leaf for leaf in leaves if all((leaf, year) in numbers for year in there)]
    lines = {row.place: line(row.leaves) for row in rows}
    return Trend(measure, there, lines, line(alike) if alike else (None,) * len(there), len(alike), len(leaves))


def _or_blank(*keys: str) -> list[Value]:
    """Where nobody said which, all are meant."""
    return [*keys, None] if ALL in keys else list(keys)


def make_priority(
    undo: Undo,
    plan: str,
    found: Grid,
    measures: Sequence[str],
    places: Sequence[str],
    text: str,
    reason: str = "",
) -> str:
    """A priority of a plan that the figures speak for; its id.

    It points to these measures and to the figures of these places in the grid's year, so that the way back to them
    stays open.
    """
    if not text.strip():
        raise BadInput(_("The priority has no words yet."), _("Nothing was changed."), _("Write what is to be done."))
    figures = [
        id_
        for place in places
        for leaf in found.row(place).leaves
        for measure in measures
        if (id_ := found.ids.get((leaf, measure, TOTAL))) is not None
    ]
    with undo.together(_("add {kind}").format(kind=kinds.kind("priority").label)):
        ranks = [r["rank"] for r in records.children(undo.desk, "priority", plan)]
        values: dict[str, object] = {
            "plan": plan,
            "rank": max((n for n in ranks if isinstance(n, int)), default=0) + 1,
            "text": text.strip(),
            "why": [*measures, *figures],
            "reason": reason.strip() or None,
            "places": list(places),
        }
        return undo.save("priority", values).id


def answered(desk: Desk, plan: str) -> list[tuple[Record, int]]:
    """The priorities of a plan in their order, each with how many activities answer it."""
    counts: dict[Value, int] = {}
    for _id, *(priority,) in records.columns(desk, "activity", ("priority",)):
        counts[priority] = counts.get(priority, 0) + 1
    return [(record, counts.get(record.id, 0)) for record in records.children(desk, "priority", plan)]
