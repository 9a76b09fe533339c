"""A district's desk with figures for its public profile, and what the paper tells, read from the paper alone."""

from __future__ import annotations

from datetime import date

from cpdesk import charts
from cpdesk.analysis.figures import TOTAL, Slice
from cpdesk.khmer import digits
from cpdesk.printing.document import Document, Listing, Picture
from cpdesk.printing.report_phrases import ReportPhrases
from cpdesk.store import Desk
from cpdesk.tasks import figures, forms, records
from cpdesk.tasks.figures import public
from cpdesk.tasks.figures.public.copy import LOST
from cpdesk.tasks.figures.public.numbers import known, only
from cpdesk.tasks.papers import Choices
from tests.analysis.attacker import Seen

DISTRICT, YEAR = "0802", 2022
COMMUNES = ("080201", "080202", "080203", "080204", "080206", "080207", "080208", "080211")
FEMALE, MALE, WITH = Slice("female"), Slice("male"), Slice(disability="with")
PUBLIC, INSIDE = f"{DISTRICT}/{YEAR}/public", f"{DISTRICT}/{YEAR}"
DAY = date(2023, 1, 9)
MARK = "សម្រាប់ផ្សព្វផ្សាយជាសាធារណៈ"


def measure(on: Desk, name: str, **more: object) -> str:
    return records.save(on, "measure", {"name_km": name, "short": name, "unit": "កុមារ", **more}).id


def write(
    on: Desk, of: str, *texts: str, year: int = YEAR, cell: Slice = TOTAL, places: tuple[str, ...] = COMMUNES
) -> None:
    pairs = zip(places, texts, strict=False)
    figures.write(on, [figures.Entry(of, place, year, *cell, text) for place, text in pairs], source="CDB")


def make_base(on: Desk) -> str:
    base = measure(on, "កុមារសរុប", order=90, sort="population")
    write(on, base, "2345", "3456", "4567", "5678", "6789", "1234", "3210", "2109")
    return base


def give_out(on: Desk, id_: str = PUBLIC, day: date = DAY) -> public.Copy:
    forms.give_out(on, "vulnerability_profile", id_, Choices(today=day))
    return public.copy(on, id_.split("/")[0], int(id_.split("/")[1]))


def paper(on: Desk, id_: str = PUBLIC, form: str = "vulnerability_profile") -> Document:
    (made,) = forms.documents(on, form, id_, Choices(today=DAY))
    return made


def whys(copy: public.Copy, of: str, year: int = YEAR) -> dict[str, str]:
    """Why each place's total is hidden."""
    cells = copy.hidden.get((of, year), {})
    return {place: one.why for (place, cell), one in cells.items() if cell == TOTAL}


# --- what a paper tells, read from its tables and charts alone ------------------------------------------------------


def read(made: Document, grid: figures.Grid) -> dict[str, dict[tuple[str, Slice], int | None]]:
    """By the measure's id: its numbers by place, None where the paper hides one."""
    by_name = {name: one.id for one in grid.measures for name in (one.name, one.short)}
    places, totals = {row.title: row.place for row in grid.rows}, ReportPhrases().totals
    found: dict[str, dict[tuple[str, Slice], int | None]] = {one.id: {} for one in grid.measures}
    (table,) = (part for part in made.parts if isinstance(part, Listing))
    for line in table.lines:
        cells = found[by_name[line.cells[0].text]]
        for at, cell in ((2, TOTAL), (3, FEMALE), (4, MALE), (6, WITH)):
            text = line.cells[at].text
            if text:
                cells[DISTRICT, cell] = None if text == charts.HIDDEN else digits.parse_int(text)
    for heat in heats(made):
        for at, name in enumerate(heat.columns):
            for row in heat.rows:
                value, text = row.values[at], row.text(at)
                place = DISTRICT if row.label == totals else places.get(row.label)
                if place and (value is not None or text == charts.HIDDEN):
                    cells = found[by_name[name]]
                    cells[place, TOTAL] = cells.get((place, TOTAL)) if value is None else int(value)
    return found


def heats(made: Document) -> list[charts.Heat]:
    return [
        one
        for part in made.parts
        if isinstance(part, Picture)
        for _t, one in part.charts
        if isinstance(one, charts.Heat)
    ]


def seen(on: Desk, copy: public.Copy, made: Document, of: str) -> Seen:
    """A copy as the attacker has it: numbers from the paper, of hidden ones the true number to compare with."""
    about = (of, YEAR)
    there = known(on, DISTRICT, [of], [YEAR])[about]
    cells = read(made, copy.grid)[of]
    for year, name in copy.trends.get(of, {}).items():
        if year == YEAR:
            there.parts[name] = only(there, name)
            told = copy.known(name, of)
            cells[name, TOTAL] = None if told is None else int(told)
    told_ = {key: n for key, n in cells.items() if n is not None}
    hidden = {key: int(one.number or 0) for key, one in copy.hidden[about].items() if one.number is not None}
    assert {key for key in cells if key not in told_} <= set(hidden) | {(p, TOTAL) for p in COMMUNES}
    small = (
        {}
        if LOST in {one.why for one in copy.hidden[about].values()}
        else {key: (1, 4) for key, n in hidden.items() if 0 < n < 5}
    )
    return Seen(there.numbers, there.parts, told_, hidden, small)


def tell(desk: Desk) -> Desk:
    """Of violence one small count, which takes another place with it; none, not collected, hidden by hand, blank."""
    base = make_base(desk)
    of = measure(desk, "ហិង្សា", order=1, weight="2", base=base)
    write(desk, of, "3", "7351", "1846", "0", "-", "*", "", "1929")
    for cell, texts in (
        (FEMALE, ("1", "3700", "900", "0", "", "", "", "929")),
        (MALE, ("2", "3651", "946", "0", "", "", "", "1000")),
    ):
        write(desk, of, *texts, cell=cell)
    for year in (2020, 2021):
        write(desk, of, "2", "6543", "1777", "8", "19", "33", "21", "1888", year=year)
    return desk
