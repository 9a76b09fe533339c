"""The progress report (របាយការណ៍វឌ្ឍនភាព) of a quarter, semester or year: at a glance, then activity by activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cpdesk import charts
from cpdesk import records as kinds
from cpdesk.analysis.progress import Period, Reached, Span, pace
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.printing.document import (
    Cell,
    Document,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Picture,
    Turn,
    Words,
)
from cpdesk.printing.spoken import phrases, report_words
from cpdesk.printing.wording import joined
from cpdesk.store import Desk
from cpdesk.tasks import progress, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, money_cell, money_notes, number_cell, numeral, signed
from cpdesk.tasks.progress import ActivityRow, IndicatorRow, ObjectiveRow, Review

_PEOPLE = ("girls", "boys", "women", "men", "with_disability")


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The report of one quarter, semester or year of a plan."""
    review = progress.review(desk, plan, span(desk, plan, choices))
    parts: list[Part] = [
        Heading(report_words().overview),
        *(Words(text) for text in _sentences(review)),
        *_pictures(review),
        *_attention(desk, review),
        *_difficulties(review),
        signed(desk, choices.day),
        *_annex(desk, plan, review),
    ]
    title = records.title(desk, plan)
    return Document(
        letterhead(desk),
        report_words().progress,
        (
            report_words().progress_of.format(plan=title),
            report_words().progress_when.format(period=review.span.title()),
        ),
        tuple(parts),
    )


def part(desk: Desk, plan: str, choices: Choices) -> str:
    """Each quarter, semester and year has a report, and a number, of its own."""
    return span(desk, plan, choices).key


def span(desk: Desk, plan: str, choices: Choices) -> Span:
    """What was asked for, or the last quarter of the plan that was over on the day of printing."""
    if choices.period:
        try:
            return Span.parse(digits.to_ascii(choices.period).upper())
        except ValueError:
            raise BadInput(
                _("“{text}” is no quarter, semester or year.").format(text=choices.period),
                todo=_("Write a quarter like 2022Q2, a semester like 2022S1, or a year."),
            ) from None
    over = Period.of(choices.day).previous()
    there = progress.periods(desk, plan)
    return Span(min(max(over, there[0]), there[-1]) if there else over)


def _called(review: Review) -> str:
    """How a sentence calls the stretch of time that is reported on."""
    words = report_words()
    return {1: words.span_quarter, 2: words.span_semester, 4: words.span_year}[review.quarters_told]


# --- at a glance ----------------------------------------------------------------------------------------------------
def _sentences(review: Review) -> Iterator[str]:
    if not review.rows:
        yield report_words().no_activity
        return
    planned = sum(row.planned for row in review.rows)
    period = _called(review)
    yield report_words().planned.format(period=period, planned=numeral(planned), total=numeral(len(review.rows)))
    counts = Counter(row.status for row in review.rows if row.status is not None)
    told = counts.total()
    if told:
        statuses = kinds.kind("progress").field("status").type
        standing = " ".join(
            report_words().standing.format(status=statuses.show(key), count=numeral(counts[key]))
            for key in _statuses()
            if counts[key]
        )
        reported = report_words().reported.format(count=numeral(told), standing=standing)
        missing = len(review.owed)
        yield f"{reported} {report_words().unreported.format(count=numeral(missing))}" if missing else reported
    elif review.owed:
        yield report_words().unreported.format(count=numeral(len(review.owed)))
    yield from _money(review)
    yield from _reached(review)


def _statuses() -> tuple[str, ...]:
    """From what is done to what was dropped, as a meeting asks for them."""
    return ("done", "on_track", "at_risk", "late", "not_started", "dropped")


def _money(review: Review) -> Iterator[str]:
    planned, spent = review.spending.planned, review.spending.spent
    share = review.spending.percent
    if share is not None:
        yield report_words().money.format(
            planned=numeral(planned.total), spent=numeral(spent.total), percent=numeral(share), period=_called(review)
        )
        return
    told = []
    if planned.known is not None:
        told.append(report_words().money_planned.format(planned=numeral(planned.total)))
    if spent.known is not None:
        told.append(report_words().money_spent.format(spent=numeral(spent.total), period=_called(review)))
    if told:
        yield " ".join(told)


def _reached(review: Review) -> Iterator[str]:
    words, now, year = report_words(), review.reached, review.reached_year
    told = []
    if now.everybody is not None:
        whole = words.reached.format(period=_called(review), everybody=numeral(now.everybody))
        told.append(_sentence(whole, _women(now), _children(now)))
    if year.everybody is not None and review.period.quarter > review.quarters_told:
        told.append(_sentence(words.reached_year.format(everybody=numeral(year.everybody)), _women(year)))
    if told:
        yield " ".join(told)


def _women(people: Reached) -> str:
    """How many of them are girls and women; blank where nobody said."""
    return "" if people.female is None else report_words().reached_female.format(female=numeral(people.female))


def _children(people: Reached) -> str:
    return "" if people.children is None else report_words().reached_children.format(children=numeral(people.children))


def _sentence(*pieces: str) -> str:
    return joined(*pieces) + phrases().end_of_sentence


def _pictures(review: Review) -> list[Part]:
    if not review.rows:
        return []
    # A report tells nothing of what came after its quarter, even where the desk knows it by now.
    told = [(one.planned, one.spent if one.period <= review.period else None) for one in review.quarters]
    amounts, unit = charts.in_large_units([amount for pair in told for amount in pair])
    quarters = charts.Columns(
        tuple(one.period.short() for one in review.quarters),
        (
            charts.Series(report_words().plan_series, tuple(amounts[0::2])),
            charts.Series(report_words().spent_series, tuple(amounts[1::2])),
        ),
        unit,
    )
    reached, whom = review.reached, report_words().people.format(period=_called(review))
    disabled = reached.with_disability
    note = "" if disabled is None else report_words().with_disability.format(count=numeral(disabled))
    people = charts.Split(
        (
            charts.Part(report_words().girls, reached.girls, "accent"),
            charts.Part(report_words().boys, reached.boys, "fair"),
            charts.Part(report_words().women, reached.women, "good"),
            charts.Part(report_words().men, reached.men, "warning"),
        ),
        note,
    )
    return [
        Picture(((report_words().by_objective, _objectives(review)),)),
        Picture(((report_words().by_quarter, quarters), (whom, people))),
    ]


def _objectives(review: Review) -> charts.Rows:
    bars = []
    for one in review.objectives:
        reached = one.achievement.percent
        told, wanted = one.achievement.told, one.achievement.wanted
        note = report_words().told_of.format(told=numeral(told), wanted=numeral(wanted))
        bars.append(
            charts.Bar(
                f"{code(one.heading.code)}. {one.heading.text}",
                reached,
                note if told < wanted else "",
                pace(reached, review.period.quarter),
            )
        )
    return charts.Rows(tuple(bars), maximum=100, unit="%")


# --- what a meeting talks about -------------------------------------------------------------------------------------
def _attention(desk: Desk, review: Review) -> list[Part]:
    """Late and at risk with why, then what is owed."""
    found: list[Part] = []
    rows = [*review.late, *review.at_risk]
    if rows:
        who = _responsible(desk, rows)
        lines = tuple(
            Line((_code(row), Cell(row.line.text), _standing(row), Cell(who[row.line.id]), Cell(row.difficulty)))
            for row in rows
        )
        found += [
            Heading(report_words().attention),
            Listing(
                _columns((report_words().status, 1.5), (report_words().responsible, 2), (report_words().why, 3)),
                lines,
                9,
            ),
        ]
    if review.owed:
        who = _responsible(desk, review.owed)
        lines = tuple(Line((_code(row), Cell(row.line.text), Cell(who[row.line.id]))) for row in review.owed)
        found += [Heading(report_words().owed), Listing(_columns((report_words().responsible, 3)), lines, 9)]
    return found


def _responsible(desk: Desk, rows: Iterable[ActivityRow]) -> dict[str, str]:
    activities = records.some(desk, "activity", [row.line.id for row in rows])
    return {id_: records.show(desk, one, "responsible") for id_, one in activities.items()}


def _difficulties(review: Review) -> list[Part]:
    rows = [row for row in review.rows if row.difficulty or row.solution or row.next_step]
    if not rows:
        return []
    lines = tuple(
        Line((_code(row), Cell(row.line.text), Cell(row.difficulty), Cell(row.solution), Cell(row.next_step)))
        for row in rows
    )
    columns = _columns((report_words().difficulty, 3), (report_words().solution, 3), (report_words().next_step, 3))
    return [Heading(report_words().difficulties), Listing(columns, lines, 9)]


def _columns(*more: tuple[str, float]) -> tuple[ListColumn, ...]:
    return (
        ListColumn(report_words().code, 0.9, "centre"),
        ListColumn(report_words().activity, 3.4),
        *(ListColumn(head, share) for head, share in more),
    )


def _code(row: ActivityRow) -> Cell:
    return Cell(code(row.line.code))


def _status(row: ActivityRow) -> str:
    if row.status is None:
        return report_words().not_reported if row.owed else ""
    return kinds.kind("progress").field("status").type.show(row.status)


def _standing(row: ActivityRow) -> Cell:
    """How an activity stands as far as is known, with why where no report of the quarter says so."""
    text = kinds.kind("progress").field("status").type.show(row.standing)
    return Cell(text, note=report_words().overdue if row.standing == "late" and row.status != "late" else "")


# --- activity by activity -------------------------------------------------------------------------------------------
def _annex(desk: Desk, plan: str, review: Review) -> list[Part]:
    if not review.rows:
        return []
    notes = money_notes(desk, plan, (review.spending.planned, review.spending.spent))
    return [Turn(landscape=True), Heading(report_words().results), *notes, _results(review)]


def _results(review: Review) -> Listing:
    lines: list[Line] = []
    for objective in review.objectives:
        rows = [row for row in review.rows if row.line.objective == objective.heading.id and _told(row)]
        if rows:
            lines.append(_band(objective))
            lines += [line for row in rows for line in _lines(row)]
    loose = [row for row in review.rows if not row.line.objective and _told(row)]
    if loose:
        lines.append(Line((Cell(report_words().loose),), "band"))
        lines += [line for row in loose for line in _lines(row)]
    lines.append(_totals(review))
    return Listing(_result_columns(_called(review)), tuple(lines), 7.5)


def _told(row: ActivityRow) -> bool:
    """Whether the quarter has anything to say of an activity."""
    return row.planned or row.owed or row.overdue or row.report is not None


def _band(objective: ObjectiveRow) -> Line:
    text = report_words().objective.format(number=code(objective.heading.code), text=objective.heading.text)
    reached = objective.achievement.percent
    return Line((Cell(f"{text} · {numeral(reached)}%" if reached is not None else text),), "band")


def _result_columns(period: str) -> tuple[ListColumn, ...]:
    people = [
        ListColumn(head, 1.0, "right", report_words().people.format(period=period))
        for head in (
            report_words().girls,
            report_words().boys,
            report_words().women,
            report_words().men,
            report_words().disabled,
        )
    ]
    return (
        ListColumn(report_words().code, 1.0, "centre"),
        ListColumn(report_words().activity, 4.1),
        ListColumn(report_words().status, 1.5),
        ListColumn(report_words().indicator, 3.3, group=report_words().by_indicator),
        ListColumn(report_words().actual, 1.0, "right", report_words().by_indicator),
        ListColumn(report_words().target, 1.15, "right", report_words().by_indicator),
        ListColumn(report_words().percent, 0.95, "right", report_words().by_indicator),
        ListColumn(report_words().year_budget, 1.35, "right", report_words().in_thousand_riel),
        ListColumn(report_words().spent, 1.3, "right", report_words().in_thousand_riel),
        ListColumn(report_words().percent, 0.95, "right", report_words().in_thousand_riel),
        *people,
    )


def _lines(row: ActivityRow) -> Iterator[Line]:
    """One line an activity; further indicators each in a line of its own under it."""
    first, *more = row.indicators or (None,)
    people = tuple(number_cell(getattr(row.reached, name)) for name in _PEOPLE)
    alone = (*range(3), *range(7, 15))
    yield Line(
        (
            _code(row),
            Cell(row.line.text, note=row.summary),
            Cell(_status(row)),
            *_indicator(first),
            money_cell(row.spending.planned),
            money_cell(row.spending.spent),
            number_cell(row.spending.percent),
            *people,
        ),
        open_below=alone if more else (),
    )
    for n, indicator in enumerate(more, 1):
        blank = Cell()
        cells = (blank, blank, blank, *_indicator(indicator), *(blank,) * 8)
        yield Line(cells, open_below=alone if n < len(more) else ())


def _indicator(one: IndicatorRow | None) -> tuple[Cell, ...]:
    if one is None:
        return (Cell(), Cell(), Cell(), Cell())
    unit = f" ({one.unit})" if one.unit else ""
    return (
        Cell(one.text + unit),
        Cell(numeral(one.actual) if one.actual is not None else "—"),
        number_cell(one.target),
        number_cell(one.percent),
    )


def _totals(review: Review) -> Line:
    money = review.spending
    cells = (
        Cell(report_words().totals, align="right"),
        money_cell(money.planned, align="right"),
        money_cell(money.spent, align="right"),
        number_cell(money.percent, align="right"),
        *(number_cell(getattr(review.reached, name), align="right") for name in _PEOPLE),
    )
    return Line(cells, "total", (7, 1, 1, 1, 1, 1, 1, 1, 1))
