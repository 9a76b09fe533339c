"""The list of what a public copy hides and why: for the office alone, since it holds the exact numbers."""

from __future__ import annotations

from collections import Counter

from cpdesk import gazetteer
from cpdesk import records as kinds
from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice
from cpdesk.analysis.suppression import LESS
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks.figures import public
from cpdesk.tasks.figures.public.copy import BEFORE, ENTERED, FOR, LOST, OUT, REST, SMALL
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, number_cell, signed
from cpdesk.tasks.papers.profile import year_of


def paper(desk: Desk, area: str, choices: Choices) -> Document:
    """What the public copy of an area and year hides: the copy that was given out, or the next one as it would be."""
    words = report_words()
    copy = public.copy(desk, area, year_of(desk, choices))
    place = gazetteer.get(copy.place)
    given = words.hidden_not_given_out
    if copy.given_out is not None:
        given = words.hidden_given_out.format(day=dates.official(copy.given_out))
    number = words.public_number.format(number=digits.count(copy.number))
    subtitles = (words.profile_of.format(place=place.title(), year=digits.count(copy.grid.year)), f"{number} · {given}")
    hidden = sorted(copy.all_hidden(), key=lambda one: _order(copy, one))
    parts: list[Part] = [Words(words.hidden_internal, "plain")]
    if hidden:
        parts += [Words(_summary(copy, hidden), "plain"), _table(copy, hidden)]
    else:
        parts.append(Words(words.hidden_nothing, "plain"))
    parts.append(signed(desk, choices.day))
    return Document(letterhead(desk), words.hidden_list, subtitles, tuple(parts))


def _order(copy: public.Copy, one: public.Hidden) -> tuple[object, ...]:
    """As the profile has it: measure by measure, this year first, the whole area before its places."""
    measures = [measure.id for measure in copy.grid.measures]
    return (
        measures.index(one.measure),
        one.year != copy.grid.year,
        one.year,
        one.place != copy.place,
        one.place,
        one.cell,
    )


def _summary(copy: public.Copy, hidden: list[public.Hidden]) -> str:
    """How many are hidden, and for which reasons."""
    counts = Counter(one.why for one in hidden)
    reasons = {**_reasons(), FOR: report_words().hidden_for_small}
    said = " · ".join(f"{reasons[why]} {digits.count(n)}" for why, n in counts.most_common())
    everything = len(hidden) + sum(map(len, copy.told.values()))
    return report_words().hidden_count.format(hidden=digits.count(len(hidden)), all=digits.count(everything), why=said)


def _reasons() -> dict[str, str]:
    words = report_words()
    return {
        SMALL: words.hidden_few,
        REST: words.hidden_rest,
        BEFORE: words.hidden_before,
        OUT: words.hidden_out,
        LOST: words.hidden_withheld,
        ENTERED: words.hidden_entered,
    }


def _table(copy: public.Copy, hidden: list[public.Hidden]) -> Listing:
    words = report_words()
    lines = []
    for one in hidden:
        measure = copy.grid.measure(one.measure).short
        if one.year != copy.grid.year:
            measure = f"{measure} ({digits.count(one.year)})"
        cells = (
            Cell(_place(one.place)),
            Cell(measure),
            Cell(_part(one.cell)),
            number_cell(one.number),
            Cell(why_in_words(one)),
        )
        lines.append(Line(cells))
    columns = (
        ListColumn(words.place, 2.2),
        ListColumn(words.measure, 2),
        ListColumn(words.children_part, 1.3),
        ListColumn(words.exact_number, 1, "right"),
        ListColumn(words.why, 3.5),
    )
    return Listing(columns, tuple(lines))


def _place(code: str) -> str:
    area, *without = code.split(LESS)
    title = gazetteer.get(area).title()
    if not without:
        return title
    others = ", ".join(gazetteer.get(one).name() for one in without)
    return report_words().hidden_without.format(place=title, others=others)


def _part(cell: Slice) -> str:
    """The part of the children, as the fields of a figure call it."""
    if cell == TOTAL:
        return report_words().totals
    whole = kinds.kind("figure")
    told = zip(PARTS, cell, strict=True)
    return " ".join(whole.field(name).type.show(key) for name, key in told if key != ALL)


def why_in_words(one: public.Hidden) -> str:
    if one.why != FOR:
        return _reasons()[one.why]
    if one.about is None:
        return report_words().hidden_for_small
    place, cell = one.about
    what = _place(place) if cell == TOTAL else f"{_place(place)} ({_part(cell)})"
    return report_words().hidden_for.format(what=what)
