"""Figures on vulnerability as tables: places by measures for one year, each measure perhaps parted by sex; or one
figure a row, which is the generic table.

The four states of a figure are told apart: a blank cell says nothing, 0 is a number, "–" was not collected, "▒" or "*"
is suppressed. Places are known by their official code or by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk.errors import BadInput, NotFound
from cpdesk.gazetteer import NATION
from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED, Choice, Figure
from cpdesk.records import kind
from cpdesk.store import Desk, Record
from cpdesk.tables.cells import Broken, Cell, Sheet, blank, plain, text_of
from cpdesk.tables.write import Heading, Line, Out, Table
from cpdesk.tasks import Progress, no_progress
from cpdesk.tasks import records as tasks
from cpdesk.tasks.figures.places import ALL as EVERY_COMMUNE
from cpdesk.tasks.figures.places import rows
from cpdesk.tasks.tables.generic import guess, number_of
from cpdesk.tasks.tables.names import place_of
from cpdesk.tasks.tables.preview import CHANGED, HEAD, NEW, PASSED, SAME, Key, Preview, RowView, columns_of, stamp

FIGURE = kind("figure")
ALL = "all"
_DEEPEST = 4
_LOOKED_AT = 30
_BETWEEN = " · "
_TICK = 50
_PLACE = tuple(map(fold, ("ទីកន្លែង", "ទីតាំង", "ឃុំ សង្កាត់", "ឃុំ/សង្កាត់", "ឃុំសង្កាត់", "ឃុំ", "ស្រុក", "ក្រុង ស្រុក", "ឈ្មោះឃុំ", "place",
                          "commune", "district", "name")))  # fmt: skip
_CODE = tuple(map(fold, ("កូដ", "លេខកូដ", "កូដភូមិសាស្ត្រ", "code", "geocode")))
_SEX = {"female": ("ស្រី", "female", "girls", "f", "ក្មេងស្រី"), "male": ("ប្រុស", "male", "boys", "m", "ក្មេងប្រុស"),
        ALL: ("សរុប", "ទាំងពីរភេទ", "total", "all", "both")}  # fmt: skip
_SEXES = {fold(word): sex for sex, words in _SEX.items() for word in words}
_TOTAL = ("សរុប", "total", "sum")
Cut = tuple[str, str, str]  # sex, age group, disability
FigureKey = tuple[str, str, int, str, str, str]  # measure, place, year, sex, age group, disability


def is_long(sheet: Sheet) -> bool:
    """Whether each row of the sheet is one figure: its headings name a measure and a value."""
    named = set(guess(FIGURE, sheet)[1].values())
    return {"measure", "value"} <= named or {"measure", "place"} <= named


@dataclass(frozen=True)
class _Layout:
    """Head rows, the columns of places' codes and names, and what each other column counts."""

    top: int
    bottom: int
    places: tuple[int, ...]
    columns: dict[int, str]  # column → "measure.sex.age.disability"
    paths: dict[int, tuple[str, ...]]
    year: int | None


class _Measures:
    """The committee's measures by every name that they go by."""

    def __init__(self, desk: Desk) -> None:
        self.records: list[Record] = tasks.find(desk, "measure")
        self._by_name: dict[str, str] = {}
        for record in self.records:
            for name in ("name_km", "name_en", "short"):
                if record.text(name):
                    self._by_name.setdefault(fold(record.text(name)), record.id)

    def named(self, text: str) -> str | None:
        text = text.split(_BETWEEN)[0]
        folded = fold(text)
        bare = fold(re.sub(r"\([^)]*\)", "", text))
        return self._by_name.get(folded) or self._by_name.get(bare)


def known(desk: Desk, sheet: Sheet) -> int:
    """How many columns of the sheet are understood."""
    return len(_layout(_Measures(desk), sheet).columns)


def _layout(measures: _Measures, sheet: Sheet) -> _Layout:
    best, row = 0, -1
    for at in range(min(len(sheet.rows), _LOOKED_AT)):
        texts = [text_of(cell) for cell in sheet.rows[at] if isinstance(cell, str)]
        score = sum(2 for text in texts if measures.named(text)) + sum(fold(t) in (*_PLACE, *_CODE) for t in texts)
        if score > best:
            best, row = score, at
    if row < 0:
        return _Layout(-1, -1, (), {}, {}, _year_above(sheet, 3))
    top = row - 1 if row and _names_places(sheet, row - 1) and not _names_places(sheet, row) else row
    bottom = max(top, row)
    while bottom + 1 < len(sheet.rows) and bottom - top < _DEEPEST and _cuts_only(sheet, bottom + 1):
        bottom += 1
    paths = _paths(sheet, top, bottom)
    places = tuple(at for at, path in paths.items() if any(fold(text) in (*_PLACE, *_CODE) for text in path))
    columns: dict[int, str] = {}
    for at, path in paths.items():
        measure = next((found for text in path if (found := measures.named(text))), None)
        if measure and at not in places:
            key = ".".join((measure, *_cut_of(path)))
            if key not in columns.values():
                columns[at] = key
    return _Layout(top, bottom, places, columns, paths, _year_above(sheet, bottom + 1))


def _names_places(sheet: Sheet, row: int) -> bool:
    return any(fold(text_of(cell)) in (*_PLACE, *_CODE) for cell in sheet.rows[row])


def _cuts_only(sheet: Sheet, row: int) -> bool:
    """A row under the measures that says nothing but sex, age and disability."""
    texts = [text_of(cell).strip() for cell in sheet.rows[row] if not blank(cell)]
    return bool(texts) and all(_is_cut(text) for text in texts)


def _is_cut(text: str) -> bool:
    return fold(text) in _SEXES or _option("age_group", text) is not None or _option("disability", text) is not None


def _option(field: str, text: str) -> str | None:
    type_ = FIGURE.field(field).type
    assert isinstance(type_, Choice)
    folded = fold(text)
    return next((o.key for o in type_.options if o.key != ALL and folded in (fold(o.km), fold(o.en), o.key)), None)


def _cut_of(path: Sequence[str]) -> Cut:
    sex = next((found for text in path if (found := _SEXES.get(fold(text)))), ALL)
    age = next((found for text in path if (found := _option("age_group", text))), ALL)
    disability = next((found for text in path if (found := _option("disability", text))), ALL)
    return sex, age, disability


def _paths(sheet: Sheet, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """For each column the texts over it; a measure runs on over the columns that part it."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in range(top, bottom + 1):
        running = ""
        for at in range(sheet.width):
            cell = sheet.at(row, at)
            text = "" if blank(cell) else " ".join(text_of(cell).split())
            merged = any(s.left < at <= s.right and s.top <= row <= s.bottom for s in sheet.merged)
            below = row < bottom and not blank(sheet.at(row + 1, at))
            running = text or (running if merged or below else "")
            for part in running.split(_BETWEEN):  # a format with one row of headings has both in a cell
                if part.strip() and part.strip() not in found[at]:
                    found[at].append(part.strip())
    return {at: tuple(texts) for at, texts in found.items() if texts}


def _year_above(sheet: Sheet, rows: int) -> int | None:
    """The one year that titles and headings name."""
    texts = (digits.to_ascii(text_of(cell)) for row in sheet.rows[:rows] for cell in row if not blank(cell))
    years = {int(year) for text in texts for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
    return years.pop() if len(years) == 1 else None


# -------- in


def preview(
    desk: Desk,
    year: int | None,
    area: str,
    sheet: Sheet,
    mapping: Mapping[int, str] | None = None,
    progress: Progress = no_progress,
) -> Preview:
    """What taking a table of places by measures would do. The year is the one given, else the one it says;
    where several places bear a name, the one in `area` is meant."""
    measures = _Measures(desk)
    found = _layout(measures, sheet)
    chosen = dict(found.columns if mapping is None else mapping)
    places = tuple(at for at, key in chosen.items() if key == "place") or found.places
    columns = {at: key for at, key in chosen.items() if key != "place"}
    shown = Preview(sheet, [], _keys(measures, found.columns.values()), (found.top, found.bottom), at=stamp(desk))
    headings = {at: " · ".join(path) for at, path in found.paths.items()}
    shown.columns = columns_of(shown, headings, columns | dict.fromkeys(places, "place"))
    shown.rows = [RowView(at, HEAD) for at in range(found.bottom + 1)]
    wanted = year or found.year
    if year and found.year and year != found.year:
        told = _("The table speaks of {there}; its figures are taken as those of {here}.")
        shown.notes.append(told.format(there=digits.count(found.year), here=digits.count(year)))
    if not columns or not places:
        shown.problem(_("Say which column holds the places and which the figures."), max(found.bottom, 0))
    elif wanted is None:
        shown.problem(_("The table does not say of which year its figures are."), max(found.bottom, 0))
    else:
        _Taking(desk, (wanted, area), shown, places, columns).run(progress)
    return shown


def _keys(measures: _Measures, there: Iterable[str]) -> list[Key]:
    """What a column can be: a place, each measure by sex, and whatever finer cut the file itself has."""
    found = [Key("place", _("Place"))]
    finer = [key.split(".") for key in there]
    for record in measures.records:
        for sex in (ALL, "female", "male"):
            label = FIGURE.field("sex").type.show(sex)
            found.append(Key(f"{record.id}.{sex}.{ALL}.{ALL}", label, record.title))
        for measure, sex, age, disability in finer:
            if measure == record.id and (age, disability) != (ALL, ALL):
                cut = (sex, age, disability)
                found.append(Key(".".join((measure, *cut)), _cut_label(cut), record.title))
    return found


class _Taking:
    def __init__(
        self, desk: Desk, of: tuple[int, str], shown: Preview, places: Sequence[int], columns: Mapping[int, str]
    ) -> None:
        self.desk, self.shown, self.places, self.columns = desk, shown, places, columns
        self.year, self.near = of
        self.there = figures_of(desk, self.year)
        self.seen: dict[str, int] = {}

    def run(self, progress: Progress) -> None:
        sheet = self.shown.sheet
        for at in range(self.shown.head[1] + 1, len(sheet.rows)):
            self.shown.rows.append(RowView(at, self._row(at)))
            if at % _TICK == 0:
                progress(at, len(sheet.rows))

    def _row(self, at: int) -> str:
        sheet = self.shown.sheet
        named = [(c, text_of(sheet.at(at, c)).strip()) for c in self.places if not blank(sheet.at(at, c))]
        filled = [c for c in self.columns if not blank(sheet.at(at, c))]
        if not named or (not filled and not any(self._place(text) for _c, text in named)):
            if filled and not named:
                self.shown.problem(_("This row names no place."), at, self.places[0])
                return SAME
            return PASSED
        if any(fold(text).startswith(_TOTAL) for _c, text in named):
            return PASSED
        place = next((found for _c, text in named if (found := self._place(text))), None)
        if place is None:
            column, text = named[-1]
            why = _("No place is called “{name}”; its code can be typed too.")
            self.shown.problem(why.format(name=text[:40]), at, column)
            return SAME
        if place in self.seen:
            number = digits.count(self.seen[place] + 1)
            self.shown.problem(_("Row {number} says the same thing already.").format(number=number), at, named[0][0])
            return SAME
        self.seen[place] = at
        made, changed = self.shown.made, self.shown.changed
        for column in filled:
            self._figure(at, column, place)
        return NEW if self.shown.made > made else CHANGED if self.shown.changed > changed else SAME

    def _place(self, text: str) -> str | None:
        found = place_of(text, self.near)
        return found.code if found and found.code != NATION else None  # the country's line is the sum of the others

    def _figure(self, at: int, column: int, place: str) -> None:
        measure, sex, age, disability = self.columns[column].split(".")
        try:
            value = figure_value(self.shown.sheet.at(at, column))
        except ValueError as why:
            self.shown.problem(str(why), at, column)
            return
        key = (measure, place, self.year, sex, age, disability)
        id_, now = self.there.get(key, ("", None))
        if value == now or value is None:
            return
        if id_:
            self.shown.add("figure", {"value": value}, id_)
            self.shown.changed += 1
        else:
            names = ("measure", "place", "year", "sex", "age_group", "disability")
            self.shown.add("figure", dict(zip(names, key, strict=True)) | {"value": value})
            self.shown.made += 1


def figure_value(cell: Cell) -> str | None:
    """A figure as it is stored. ValueError for what is none."""
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    if blank(cell):
        return None
    if not isinstance(cell, str):
        if isinstance(cell, bool) or (not hasattr(cell, "as_tuple") and not hasattr(cell, "value")):
            raise ValueError(_("{value} is not {wanted}.").format(value=text_of(cell), wanted=_("a number")))
        return plain(number_of(cell))  # type: ignore[arg-type]
    found = Figure().parse(cell)
    return None if found is None else str(found)


def figures_of(desk: Desk, year: int) -> dict[FigureKey, tuple[str, str | None]]:
    """The figures of a year by what they count: (id, value). What says no sex, age or disability is of all."""
    fields = ("measure", "place", "sex", "age_group", "disability", "value")
    found: dict[FigureKey, tuple[str, str | None]] = {}
    for id_, *said in tasks.columns(desk, "figure", fields, {"year": year}):
        measure, place, sex, age, disability, value = (None if one is None else str(one) for one in said)
        found[str(measure), str(place), year, sex or ALL, age or ALL, disability or ALL] = (id_, value)
    return found


# -------- out


def table(desk: Desk, year: int | None, area: str, progress: Progress = no_progress) -> Table:
    """All figures of a year as places by measures. `BadInput` where there is no year to tell of."""
    if year is None:
        raise BadInput(_("Say of which year the figures are."))
    there = figures_of(desk, year)
    measures = {record.id: record for record in tasks.find(desk, "measure")}
    order = list(measures)
    told = {(k[0], k[3:]) for k in there if k[0] in measures}
    cuts = sorted(told, key=lambda one: (order.index(one[0]), _rank(one[1])))
    if not cuts:
        cuts = [(id_, (ALL, ALL, ALL)) for id_ in order]
    places = sorted({k[1] for k in there} | set(_usual_places(area, year)))
    lines = []
    for n, place in enumerate(places):
        cells: list[Out] = [place, _place_name(place)]
        cells += [_cell(there.get((m, place, year, *cut), ("", None))[1]) for m, cut in cuts]
        lines.append(Line(cells))
        if n % _TICK == 0:
            progress(n, len(places))
    headings = [Heading(_("Code"), width=10), Heading(_("Place"), width=26)]
    headings += [Heading(_cut_label(cut), measures[m].title, 11) for m, cut in cuts]
    title = _("Figures of {year}").format(year=digits.count(year))
    return Table(title, headings, lines, [title], frozen=2)


def _rank(cut: Cut) -> tuple[int, ...]:
    return tuple(
        [o.key for o in type_.options].index(one) if isinstance(type_ := FIGURE.field(name).type, Choice) else 0
        for name, one in zip(("sex", "age_group", "disability"), cut, strict=True)
    )


def _cut_label(cut: Cut) -> str:
    names = ("sex", "age_group", "disability")
    parts = [FIGURE.field(n).type.show(one) for n, one in zip(names, cut, strict=True) if one != ALL]
    return " ".join(parts) or FIGURE.field("sex").type.show(ALL)


def _usual_places(area: str, year: int) -> list[str]:
    """The rows that wait for figures, in the boundaries that the year's figures keep; of a province all communes."""
    return [row.place for row in rows(area + EVERY_COMMUNE if len(area) == 2 else area, year)]


def _place_name(code: str) -> str:
    try:
        return gazetteer.get(code).title(language())
    except NotFound:
        return code


def _cell(value: str | None) -> Cell:
    if value is None or value in (NOT_COLLECTED, SUPPRESSED):
        return Figure().show(value) or None
    return Decimal(value)
