"""The sheet of figures: places down, measures across, and how each of the four states looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cpdesk import records
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED, Choice, Value
from cpdesk.tasks import figures
from cpdesk.tasks.figures import PARTS, Entry, Grid, Measure, Row, Slice
from ui import theme
from ui.widgets.sheet import Band, Cell, Change, FootRow, Refusal, SheetColumn, SheetModel

PLACE = "place"
_LIGHTEST, _DARKEST = 0.06, {"light": 0.5, "dark": 0.42}  # of the accent: beyond it ink is hard to read
CURVE = 0.65  # below 1, one very high value does not pale all the others
MOST_OF_THEM = 0.8  # of a line's places: with fewer figures its sum is marked
_FIGURE = records.kind("figure")


@dataclass(frozen=True)
class View:
    """What of the children is looked at: one sex or all, broken down by a dimension or not, as counts or as rates."""

    sex: str = "all"
    by: str = ""
    rates: bool = False


@dataclass(frozen=True)
class Across:
    """A column behind the places."""

    key: str
    measure: Measure
    cell: Slice


def words(dimension: str, key: str) -> str:
    """An option of sex, age group or disability as people call it."""
    type_ = _FIGURE.field(dimension).type
    assert isinstance(type_, Choice)
    return next(option.label for option in type_.options if option.key == key)


def shown(value: Value) -> str:
    return _FIGURE.field("value").type.show(value)


def per_cent(value: Decimal) -> str:
    """A rate with one decimal."""
    return digits.number(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def edited(value: Value) -> str:
    """What one writes on."""
    if value in (NOT_COLLECTED, SUPPRESSED):
        return "-" if value == NOT_COLLECTED else "*"
    return digits.count(Decimal(value)) if isinstance(value, str) else ""


def copied(value: Value) -> str:
    """As other programs read it: the bare number."""
    if value in (NOT_COLLECTED, SUPPRESSED):
        return edited(value)
    return value if isinstance(value, str) else ""


class FiguresModel(SheetModel):
    """Shows a `Grid` in a `View`. `keep` writes entries and gives the reason where it cannot."""

    def __init__(self, keep: Callable[[list[Entry]], str]) -> None:
        super().__init__()
        self._keep = keep
        self.grid: Grid | None = None
        self.view = View()
        self._across: list[Across] = []
        self._columns: list[SheetColumn] = []
        self._lines: list[Row | Band] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._heights: dict[int, Decimal] = {}
        self._grounds: dict[int, str] = {}
        theme.current().changed.connect(self._redress)

    def show(self, grid: Grid, view: View) -> None:
        """Other figures, or the same ones seen otherwise."""
        self.grid, self.view = grid, view
        self._across = _across(grid, view)
        self._columns = _columns(self._across, view)
        self._lines = _lines(grid.rows)
        self._forget()
        self.reset()

    def _forget(self) -> None:
        self._cells.clear()
        self._heights.clear()
        self._grounds.clear()

    def _redress(self) -> None:
        self._forget()

    def refresh(self, measures: set[str]) -> None:
        """The same grid, of which figures of these measures changed."""
        if self.grid is None:
            return
        touched = self.grid.with_those_told_of(measures)
        other = {n for n, one in enumerate(self._across, 1) if one.measure.id not in touched}
        self._cells = {at: cell for at, cell in self._cells.items() if at[1] in other or at[1] == 0}
        self._heights = {column: high for column, high in self._heights.items() if column in other}
        self.changed()

    # what the sheet asks

    def columns(self) -> Sequence[SheetColumn]:
        return self._columns

    def rows(self) -> int:
        return len(self._lines)

    def band(self, row: int) -> Band | None:
        line = self._lines[row]
        return line if isinstance(line, Band) else None

    def key(self, row: int) -> Hashable:
        line = self._lines[row]
        return line.place if isinstance(line, Row) else f"band {line.text}"

    def behind(self, row: int, column: int) -> tuple[str, str] | None:
        place, across = self.place(row), self.across(column)
        if place is None or across is None or self.grid is None:
            return None
        held = self.grid.ids.get((place.place, across.measure.id, across.cell))
        return (held, "value") if held else None

    def place(self, row: int) -> Row | None:
        """The place of a row; None for a heading and outside."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Row) else None

    def across(self, column: int) -> Across | None:
        """What a column shows; None for the places' names."""
        return self._across[column - 1] if 1 <= column <= len(self._across) else None

    def cell(self, row: int, column: int) -> Cell:
        found = self._cells.get((row, column))
        if found is None:
            found = self._cells[row, column] = self._make(row, column)
        return found

    def _make(self, row: int, column: int) -> Cell:
        place, across = self.place(row), self.across(column)
        if place is None or self.grid is None:
            return Cell(read_only=True)
        if across is None:
            return Cell(place.title, read_only=True, bold=place.summed)
        if self.view.rates:
            return self._rate(place, across, column)
        grid, measure, cell = self.grid, across.measure.id, across.cell
        value, known = grid.value(place.place, measure, cell), grid.known(place.place, measure, cell)
        problem, note = self.remarks(place, across)
        if value == SUPPRESSED:
            return Cell("", edited(value), copied(value), "right", look="hatch", read_only=place.summed, note=note)
        text = shown(value) or (digits.number(known) if known is not None else "")
        return Cell(
            text,
            edited(value),
            copied(value if value is not None or known is None else format(known, "f")),
            "right",
            ink="muted" if value == NOT_COLLECTED else "ink",
            ground=self._ground(column, known, across.measure),
            read_only=place.summed,
            problem=problem,
            note=note,
        )

    def _rate(self, place: Row, across: Across, column: int) -> Cell:
        assert self.grid is not None
        rate = self.grid.rate(place.place, across.measure.id, across.cell)
        if rate is not None:
            ground = self._ground(column, rate, across.measure)
            return Cell(per_cent(rate), align="right", ground=ground, read_only=True)
        value = self.grid.value(place.place, across.measure.id, across.cell)
        if value == SUPPRESSED:
            return Cell("", "*", align="right", look="hatch", read_only=True)
        text = shown(value) if value == NOT_COLLECTED else ""
        return Cell(text, align="right", ink="muted", read_only=True)

    def remarks(self, place: Row, across: Across) -> tuple[str, str]:
        """(what cannot be right, what is worth a second look) of a cell, in sentences."""
        if self.grid is None:
            return "", ""
        key = (place.place, across.measure.id)
        wrong = [one.words() for one in self.grid.mismatches(*key) if one.cell == across.cell]
        if (*key, across.cell) in self.grid.twice:
            wrong.append(_("This figure is kept twice with two values; the later one is shown."))
        odd = [one.words() for one in self.grid.odd(*key, across.cell)]
        if place.summed:
            counted = self.grid.counted(*key, across.cell)
            if counted.counted and counted.counted < counted.of * MOST_OF_THEM:
                odd.append(of_places(counted))
        return "\n".join(wrong), "\n".join(odd)

    def foot(self) -> Sequence[FootRow]:
        grid = self.grid
        if grid is None or not grid.rows:
            return ()
        totals, covered, gaps = dict[str, Cell](), dict[str, Cell](), False
        for across in self._across:
            total = grid.total(across.measure.id, across.cell)
            text = digits.number(total.total) if total.total is not None else ""
            if self.view.rates:
                whole = grid.rate_of_all(across.measure.id, across.cell)
                text = per_cent(whole) if whole is not None else ""
            some = bool(total.counted) and not total.whole
            totals[across.key] = Cell(text, align="right", bold=True, ink="warning" if some else "ink")
            if some:
                gaps = True
                told = f"{digits.count(total.counted)}/{digits.count(total.of)}"
                covered[across.key] = Cell(told, align="right", ink="warning")
        found = [FootRow(_("Total"), totals)]
        return [*found, FootRow(_("Places with a figure"), covered, bold=False)] if gaps else found

    def apply(self, changes: list[Change]) -> list[Refusal]:
        entries, refusals = list[Entry](), list[Refusal]()
        for row, column, text in changes:
            place, across = self.place(row), self.across(column)
            reason = figures.refusal(text)
            if place is None or across is None or self.grid is None or place.summed or self.view.rates:
                reason = _("This is worked out from other figures and cannot be typed.")
            if reason:
                refusals.append(Refusal(row, column, reason))
            elif place is not None and across is not None and self.grid is not None:
                entries.append(Entry(across.measure.id, place.place, self.grid.year, *across.cell, text))
        if refusals or not entries:
            return refusals
        reason = self._keep(entries)
        return [Refusal(changes[0][0], changes[0][1], reason)] if reason else []

    # colours

    def _ground(self, column: int, value: Decimal | None, measure: Measure) -> str:
        """Deeper where children are worse off: the part of the highest value in the column."""
        if value is None or measure.sort == "population" or not measure.adds_up:
            return ""
        high = self._high(column)
        if not high:
            return ""
        part = max(Decimal(0), high - value if measure.better else value) / high
        step = max(0, min(20, round(float(part) ** CURVE * 20)))
        if step not in self._grounds:
            deepest = _DARKEST[theme.current().scheme]
            self._grounds[step] = mixed(_LIGHTEST + (deepest - _LIGHTEST) * step / 20)
        return self._grounds[step]

    def _high(self, column: int) -> Decimal:
        if column not in self._heights and self.grid is not None:
            across = self._across[column - 1]
            ask = self.grid.rate if self.view.rates else self.grid.known
            values = (ask(row.place, across.measure.id, across.cell) for row in self.grid.rows)
            self._heights[column] = max((v for v in values if v is not None), default=Decimal(0))
        return self._heights.get(column, Decimal(0))


def mixed(part: float) -> str:
    """That part of the accent on the ground of a card."""
    full, ground = theme.colour("accent"), theme.colour("card")
    pairs = ((full.red(), ground.red()), (full.green(), ground.green()), (full.blue(), ground.blue()))
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)


def of_places(counted: figures.Sum) -> str:
    return _("{count} of {all} places have a figure.").format(
        count=digits.count(counted.counted), all=digits.count(counted.of)
    )


def _across(grid: Grid, view: View) -> list[Across]:
    cell = Slice(view.sex)
    found = []
    for measure in grid.measures:
        if view.rates and (measure.base is None or not grid.has(measure.base)):
            continue
        if view.by:
            parts = ((key, cell._replace(**{view.by: key})) for key in PARTS[view.by])
            found += [Across(f"{measure.id}.{key}", measure, part) for key, part in parts]
        else:
            found.append(Across(measure.id, measure, cell))
    return found


def _columns(across: list[Across], view: View) -> list[SheetColumn]:
    found = [SheetColumn(PLACE, _("Place"), width=132, hideable=False)]
    for one in across:
        tip = f"{one.measure.name} ({one.measure.counted_in})" if one.measure.unit else one.measure.name
        if view.by:
            title = words(view.by, getattr(one.cell, view.by))
            found.append(SheetColumn(one.key, title, one.measure.short, width=84, align="right", tip=tip))
        else:
            found.append(SheetColumn(one.key, one.measure.short, width=96, align="right", stretch=1, tip=tip))
    return found


def _lines(rows: Sequence[Row]) -> list[Row | Band]:
    found: list[Row | Band] = []
    band = ""
    for row in rows:
        if row.band != band:
            band = row.band
            found.append(Band(band))
        found.append(row)
    return found
