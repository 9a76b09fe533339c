"""Runs the checks, all or those of some families, so that after a change only what it touches is looked at again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from cpdesk.analysis import checks as fitting
from cpdesk.kinds import Value
from cpdesk.records import kind as kind_of
from cpdesk.store import Desk
from cpdesk.tasks import Progress, joining, meetings, no_progress, records
from cpdesk.tasks.checks import in_plans
from cpdesk.tasks.checks.finding import FIGURES, MEETINGS, PEOPLE, PLANS, Finding, check
from cpdesk.tasks.progress.lines import sweep, words

_SHARES = ("%", "ភាគរយ", "percent", "per cent")
_BODY = ("name_km", "name_en", "sort", "place")
_PERSON = ("name_km", "name_latin", "sex", "body", "position")


def run(desk: Desk, today: date, progress: Progress = no_progress) -> list[Finding]:
    """Everything that does not fit, family by family."""
    found = run_some(desk, today, FAMILIES, progress)
    return [one for family in FAMILIES for one in found[family]]


def run_some(
    desk: Desk, today: date, families: Collection[str], progress: Progress = no_progress
) -> dict[str, list[Finding]]:
    """What the checks of these families find, by family. `Cancelled` stops between two of them."""
    found: dict[str, list[Finding]] = {}
    for done, family in enumerate(name for name in FAMILIES if name in families):
        progress(done, len(families))
        found[family] = _RUN[family](desk, today)
    return found


def families_of(kinds: Iterable[str]) -> frozenset[str]:
    """The families that a change of these kinds may touch; none named means that anything may have changed."""
    touched = frozenset(kinds)
    return frozenset(name for name in FAMILIES if not touched or touched & _KINDS[name])


def counted(found: Iterable[Finding]) -> int:
    """How many findings wait to be settled; suggestions are not counted."""
    return sum(not check(one.check).suggested for one in found)


def _meetings(desk: Desk, today: date) -> list[Finding]:
    found = []
    for one in meetings.open_follow_ups(desk):
        due = one["due"]
        late = (today - date.fromisoformat(due)).days if isinstance(due, str) else 0
        if late > 0:
            found.append(Finding("follow_up_overdue", one.id, one.text("text"), count=late))
    return [*found, *_numbers(desk), *_letters(desk)]


def _numbers(desk: Desk) -> list[Finding]:
    rows = sweep(desk, "meeting", ("date", "number", "organiser", "subject"))
    told = {str(row[0]): [words(value) for value in row[1:]] for row in sorted(rows, key=lambda row: words(row[1]))}
    letters = [
        fitting.Letter(id_, number, day[:4], organiser) for id_, (day, number, organiser, _subject) in told.items()
    ]
    return [
        Finding(
            "same_number", other, told[other][3], other=first,
            values={"number": told[other][1], "other": told[first][3]},
        )
        for first, other in fitting.same_numbers(letters)
    ]  # fmt: skip


def _letters(desk: Desk) -> list[Finding]:
    """Numbers of the registers that two letters bear, and papers that bear two numbers. Void ones are settled."""
    fields = ("office", "series", "year", "number", "form", "about", "shown", "subject", "voided")
    rows = [row for row in sweep(desk, "letter", fields) if not row[-1]]
    told = {str(id_): ["" if value is None else str(value) for value in values] for id_, *values in rows}
    numbers = [
        fitting.Letter(id_, number, year, f"{office} {series}")
        for id_, (office, series, year, number, *_) in told.items()
    ]
    papers = [
        fitting.Letter(id_, f"{form} {about}", "-", office)
        for id_, (office, _series, _year, _number, form, about, *_) in told.items()
        if form
    ]

    def finding(check_: str, first: str, other: str, named: int) -> Finding:
        shown, subject, _voided = told[other][6:]
        values = {"number": shown, "other": told[first][named] or told[first][6]}
        return Finding(check_, other, subject or shown, other=first, values=values)

    same = [finding("same_letter", first, other, 7) for first, other in fitting.same_numbers(numbers)]
    return same + [finding("paper_twice", first, other, 6) for first, other in fitting.same_numbers(papers)]


def _people(desk: Desk, _today: date) -> list[Finding]:
    people = [fitting.Person(*map(words, row)) for row in sweep(desk, "person", _PERSON)]
    bodies = [fitting.Body(*map(words, row)) for row in sweep(desk, "body", _BODY)]
    names = {one.id: one.name or one.latin for one in people} | {one.id: one.name or one.latin for one in bodies}
    pairs = [("same_person", pair) for pair in fitting.same_people(people)]
    pairs += [("same_body", pair) for pair in fitting.same_bodies(bodies)]
    found = [
        Finding(key, other, names[other], other=first, values={"other": names[first]}) for key, (first, other) in pairs
    ]
    return [*found, *_astray(desk)]


def _astray(desk: Desk) -> list[Finding]:
    """References to people, bodies and meetings that were joined into others."""
    return [
        Finding(
            "joined_reference", one.id, records.title(desk, one.id), other=one.into,
            values={
                "field": kind_of(one.kind).field(one.field).label,
                "gone": records.title(desk, one.to),
                "other": records.title(desk, one.into),
            },
        )
        for one in joining.astray(desk)
    ]  # fmt: skip


def _figures(desk: Desk, _today: date) -> list[Finding]:
    measures = {m.id: m for m in records.find(desk, "measure")}
    shares = frozenset(id_ for id_, m in measures.items() if any(word in m.text("unit").lower() for word in _SHARES))
    names: dict[Value, str] = {id_: m.text("short") or m.title for id_, m in measures.items()}
    fields = ("measure", "place", "year", "sex", "age_group", "disability", "value")
    cells = {row[0]: fitting.Counted._make(row) for row in records.columns(desk, "figure", fields)}
    twice, wrong = fitting.figures(cells.values(), shares)
    value = kind_of("figure").field("value").type

    def title(id_: str) -> str:
        """Measure, place, year: as people call a figure."""
        cell = cells[id_]
        if cell.place not in names:
            names[cell.place] = records.title(desk, str(cell.place)) if cell.place else ""
        year = kind_of("figure").field("year").type.show(cell.year)
        return " · ".join(part for part in (names.get(cell.measure, ""), names[cell.place], year) if part)

    found = [Finding("sex_sums", id_, title(id_), values={"told": one.words()}) for id_, one in sorted(wrong, key=_id)]
    for pair in sorted(twice, key=lambda pair: pair.other):
        shown = {"one": value.show(pair.values[0]), "other": value.show(pair.values[1])}
        found.append(Finding("figure_twice", pair.other, title(pair.other), other=pair.first, values=shown))
    return found


def _id(pair: tuple[str, object]) -> str:
    return pair[0]


_RUN: dict[str, Callable[[Desk, date], list[Finding]]] = {
    PLANS: in_plans.findings,
    MEETINGS: _meetings,
    FIGURES: _figures,
    PEOPLE: _people,
}
FAMILIES = tuple(_RUN)
_KINDS = {
    PLANS: in_plans.KINDS,
    MEETINGS: frozenset({"follow_up", "letter", "meeting"}),
    FIGURES: frozenset({"figure", "measure"}),
    PEOPLE: frozenset({"body", "person"}),
}
