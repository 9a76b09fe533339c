"""A public copy of an area's figures of a year: which numbers it tells, which it hides, and why each.

What it is asked to tell is what the profile shows: each measure by place, its total by sex and disability, and the
totals of earlier years of the measures that weigh most. All of it goes through `analysis.suppression`, with everything
the desk knows of these measures and years and with all that earlier copies told. What is drawn, ranked or put in per
cents in a public copy is worked out from the numbers it tells and from nothing else, so none of it can tell more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk.analysis.figures import TOTAL, Slice
from cpdesk.analysis.suppression import FEW, LESS, TOLD, Key, Outcome, Table, protect, summed, table
from cpdesk.i18n import _
from cpdesk.kinds import SUPPRESSED
from cpdesk.store import Desk
from cpdesk.tasks import roles
from cpdesk.tasks.figures.grid import Grid, grid, years
from cpdesk.tasks.figures.measures import Measure
from cpdesk.tasks.figures.places import ALL as ALL_COMMUNES
from cpdesk.tasks.figures.places import boundary
from cpdesk.tasks.figures.public import memory
from cpdesk.tasks.figures.public.memory import Kept
from cpdesk.tasks.figures.public.numbers import About, Known, known, leaves, only, whole
from cpdesk.tasks.roles import Act

FEMALE, MALE, WITH = Slice("female"), Slice("male"), Slice(disability="with")
TOTALS = (TOTAL, FEMALE, MALE, WITH)
TRENDS = 4
SMALL, REST, FOR, BEFORE, OUT, LOST, ENTERED = "few", "rest", "for", "before", "out", "withheld", "entered"
"""Why a number is hidden: it is 1 to 4; it leaves 1 to 4 of its base; it would give another away; an earlier copy hid
it; it is small, but an earlier copy told it; nothing could be told safely; whoever entered it hid it already."""


@dataclass(frozen=True)
class Hidden:
    """A number that is not told. `about` is the place and part of the children that it would give away, where known."""

    measure: str
    year: int
    place: str
    cell: Slice
    why: str
    number: Decimal | None = None
    about: Key | None = None


@dataclass
class Copy:
    """A public copy. `number` and `given_out` are those of the copy that was given out, or `number` the next one and
    `given_out` None. Places may be sums with some places left out, as in `suppression.LESS`.
    """

    grid: Grid
    told: dict[About, dict[Key, Decimal]] = field(default_factory=dict)
    hidden: dict[About, dict[Key, Hidden]] = field(default_factory=dict)
    trends: dict[str, dict[int, str]] = field(default_factory=dict)
    number: int = 1
    given_out: date | None = None
    exact: dict[About, Known] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return self.grid.area.removesuffix(ALL_COMMUNES)

    def known(self, place: str, measure: str, cell: Slice = TOTAL, year: int | None = None) -> Decimal | None:
        """The number as it is told; None where there is none or it is hidden."""
        return self.told.get((measure, year or self.grid.year), {}).get((place, cell))

    def is_hidden(self, place: str, measure: str, cell: Slice = TOTAL, year: int | None = None) -> bool:
        return (place, cell) in self.hidden.get((measure, year or self.grid.year), {})

    def all_hidden(self) -> list[Hidden]:
        return [one for some in self.hidden.values() for one in some.values()]


def copy(desk: Desk, area: str | None, year: int) -> Copy:
    """The public copy of that area and year, as it would be given out now."""
    found = grid(desk, year, area)
    made = Copy(found)
    heavy = sorted((one for one in found.measures if one.adds_up and one.weight), key=lambda one: -one.weight)[:TRENDS]
    root = _root(desk, made.place)
    numbers = known(desk, root, [one.id for one in heavy], years(desk))
    numbers |= known(desk, root, [one.id for one in found.measures], [year])
    copies = memory.kept(desk, made.place)
    asked: dict[About, set[Key]] = {}
    for one in found.measures:
        if one.adds_up:
            asked[one.id, year] = _asked(found, made.place, one)
    for one in heavy:
        made.trends[one.id] = names = _alike(numbers, one.id, found, made.place)
        for then, name in names.items():
            asked.setdefault((one.id, then), set()).add((name, TOTAL))
    bounds = _Bounds(found.measures, numbers)
    for about, keys in asked.items():
        if keys and about in numbers:
            made.exact[about] = numbers[about]
            _protect(made, about, keys, numbers[about], copies, bounds)
    for one in found.measures:
        if not one.adds_up:
            _shares(made, one)
    _entered(made)
    _numbered(made, copies)
    return made


def _root(desk: Desk, place: str) -> str:
    """The widest place whose numbers the desk knows: its own, or one province of the nation's."""
    return desk.office if place.startswith(desk.office) else place[:2]


def _asked(found: Grid, place: str, measure: Measure) -> set[Key]:
    """What the profile shows of a measure."""
    keys = {(row.place, TOTAL) for row in found.rows if found.known(row.place, measure.id) is not None}
    return keys | {(place, cell) for cell in TOTALS if found.total(measure.id, cell).total is not None}


def _alike(numbers: Mapping[About, Known], measure: str, found: Grid, area: str) -> dict[int, str]:
    """By year the name of the sum of those places that have a number in all years, for a line that compares like with
    like; no year where the area's places stood under others.
    """
    now = [leaf for row in found.rows for leaf in row.leaves]
    by_year: dict[int, dict[str, str]] = {}
    for (one, year), there in numbers.items():
        if one == measure:
            codes = {leaf: gazetteer.at(leaf, boundary(year)).code for leaf in now}
            counted = {leaf: code for leaf, code in codes.items() if TOTAL in there.numbers.get(code, {})}
            if counted and all(code.startswith(area) for code in codes.values()):
                by_year[year] = counted
    always = set(now).intersection(*map(set, by_year.values()))
    if not always or len(by_year) < 2:
        return {}
    names = {}
    for year, held in by_year.items():
        without = sorted({*leaves(numbers[measure, year], area)} - {held[leaf] for leaf in always})
        names[year] = LESS.join([area, *without])
    return names


class _Bounds:
    """What anyone knows of a measure: it cannot exceed its base, nor be less than what counts a part of it."""

    def __init__(self, measures: Sequence[Measure], numbers: Mapping[About, Known]) -> None:
        self._numbers = numbers
        self._base = {one.id: one.base for one in measures if one.base and one.adds_up}
        self._summed: dict[About, dict[Key, int]] = {}

    def base(self, about: About) -> About:
        return self._base.get(about[0], ""), about[1]

    def most(self, about: About) -> dict[Key, int]:
        base = self.base(about)
        return self._sums(base) if base in self._numbers else {}

    def least(self, about: About) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for part, of in self._base.items():
            if of == about[0] and (part, about[1]) in self._numbers:
                for key, n in self._sums((part, about[1])).items():
                    if n >= FEW:  # what is small is hidden itself, and may be less in the tables beside the true one
                        found[key] = max(n, found.get(key, 0))
        return found

    def _sums(self, about: About) -> dict[Key, int]:
        if about not in self._summed:
            self._summed[about] = summed(memory.telling(self._numbers[about]))
        return self._summed[about]


def _protect(made: Copy, about: About, keys: set[Key], now: Known, copies: Iterable[Kept], bounds: _Bounds) -> None:
    """Find what of `keys` can be told, and why the rest cannot."""
    names = [place for place, _cell in keys if LESS in place]
    found = table(
        memory.telling(now, names, wholes=bounds.most(about)),
        memory.tellings(copies, about, now, bounds.base(about)),
        sorted(keys),
        ages_add_up=made.grid.measure(about[0]).of_children,
        least=bounds.least(about),
    )
    _take(made, about, keys, now, found, protect(found.system))


def _take(made: Copy, about: About, keys: set[Key], now: Known, found: Table, outcome: Outcome) -> None:
    system = found.system
    names = {cell: key for key, cell in found.cells.items()}
    told, hidden = made.told.setdefault(about, {}), made.hidden.setdefault(about, {})
    for key in sorted(keys):
        cell = found.cells.get(key)
        if cell is None:
            continue
        number = _printed(made, about, key, now)
        as_proven = whole(number) == system.values[cell]
        if as_proven and system.is_known(cell) and cell not in found.out:
            told[key] = number
            continue
        why, of = _why(found, outcome, cell) if as_proven else (LOST, None)
        if system.state[cell] == TOLD:
            why = OUT
        hidden[key] = Hidden(about[0], about[1], *key, why, number, None if of is None else names.get(of))


def _printed(made: Copy, about: About, key: Key, now: Known) -> Decimal:
    """The number as the grid has it: of a commune's villages their sum, beside what was entered for it."""
    place, cell = key
    if LESS in place or about[1] != made.grid.year:
        numbers = (now.numbers.get(one, {}).get(cell, 0) for one in only(now, place))
        return Decimal(sum(numbers))
    found = made.grid.total(about[0], cell).total if place == made.place else made.grid.known(place, about[0], cell)
    return found or Decimal(0)


def _why(found: Table, outcome: Outcome, cell: int) -> tuple[str, int | None]:
    system = found.system
    if 0 < system.values[cell] < FEW:
        return SMALL, None
    if cell in found.rests:
        return REST, None
    needed_for = outcome.because.get(cell, outcome.needed_for(cell))
    if needed_for is not None and not outcome.withheld:
        return FOR, needed_for
    return (LOST if outcome.withheld else BEFORE), None


def _shares(made: Copy, measure: Measure) -> None:
    """A measure that is entered in per cents is told of a place where it is as safe as the count that it stands for:
    where its base is told, where neither those it counts nor the others of the base are 1 to 4, and where no number
    is hidden that it would be another way of writing. Where there is no base it tells no count. Per cents are not
    added up, and of parts of the children none is told, so that nothing leads from one to another.
    """
    about = (measure.id, made.grid.year)
    told, hidden = made.told.setdefault(about, {}), made.hidden.setdefault(about, {})
    for row in made.grid.rows:
        share, key = made.grid.known(row.place, measure.id), (row.place, TOTAL)
        if share is None:
            continue
        base = made.grid.known(row.place, measure.base) if measure.base and made.grid.has(measure.base) else None
        why = "" if base is None else _why_no_share(made, measure, row.place, share, base)
        if why:
            hidden[key] = Hidden(*about, *key, why, share)
        else:
            told[key] = share


def _why_no_share(made: Copy, measure: Measure, place: str, share: Decimal, base: Decimal) -> str:
    count = share * base / 100
    if 0 < count < FEW or 0 < base - count < FEW:
        return SMALL
    assert measure.base
    others = [one.id for one in made.grid.measures if one.adds_up and one.base == measure.base]
    hidden = (made.hidden.get((other, made.grid.year), {}).get((place, TOTAL)) for other in others)
    alike = any(one is not None and one.number is not None and abs(one.number - count) <= 1 for one in hidden)
    return FOR if alike or made.known(place, measure.base) is None else ""


def _entered(made: Copy) -> None:
    """What whoever entered it hid already is hidden in any copy."""
    for row in made.grid.rows:
        for one in made.grid.measures:
            about, key = (one.id, made.grid.year), (row.place, TOTAL)
            if made.grid.value(row.place, one.id) == SUPPRESSED and key not in made.told.get(about, {}):
                made.hidden.setdefault(about, {})[key] = Hidden(*about, *key, ENTERED)


def _numbered(made: Copy, copies: Sequence[Kept]) -> None:
    """The number of the copy that said just the same, where the last one of this area and year did; else the next."""
    mine = [one for one in copies if (one.place, one.communes, one.year) == _area(made)]
    last = mine[-1] if mine else None
    if last is not None and last.told == made.told and _keys(last.hidden) == _keys(made.hidden):
        made.number, made.given_out = last.number, last.given_out
    else:
        made.number = max((one.number for one in copies), default=0) + 1


def _keys(cells: Mapping[About, Mapping[Key, object]]) -> dict[About, set[Key]]:
    return {about: set(some) for about, some in cells.items() if some}


def _area(made: Copy) -> tuple[str, bool, int]:
    return made.place, made.grid.area.endswith(ALL_COMMUNES), made.grid.year


def give_out(desk: Desk, area: str | None, year: int, day: date | None = None) -> Copy:
    """Remember that the copy leaves the office; the same one twice is one copy."""
    made = copy(desk, area, year)
    if made.given_out is None:
        roles.need(desk, Act.DRAFT, _("What a public copy tells is written down in the desk."))
        made.given_out = day or date.today()
        reasons = {about: {key: one.why for key, one in some.items()} for about, some in made.hidden.items()}
        memory.keep(desk, made.number, _area(made), made.given_out, made.told, reasons, made.exact)
    return made
