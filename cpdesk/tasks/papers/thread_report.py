"""The whole thread of a plan: what led to it, why each activity is in it, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.printing.document import Cell, Document, Heading, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import thread
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, numeral, signed, standing
from cpdesk.tasks.thread import Branch, Knot, Point, Whole


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The thread of a plan from its first figure to the plan that goes on from it."""
    whole = thread.whole(desk, plan)
    parts: list[Part] = [
        standing(desk, whole.plan),
        *_knots(report_words().before, whole.before),
        *_priorities(whole.priorities),
        *_activities(whole),
        *_knots(report_words().after, whole.after),
        signed(desk, choices.day),
    ]
    return Document(letterhead(desk), report_words().thread, (whole.plan.title,), tuple(parts), landscape=True)


def _knots(title: str, knots: Sequence[Knot]) -> list[Part]:
    if not knots:
        return []
    return [Heading(title), *(Words(_said(knot), "bullet", lead=_lead(knot)) for knot in knots)]


def _lead(knot: Knot) -> str:
    return f"{knot.label}៖" if knot.label else ""


def _said(knot: Knot) -> str:
    """The words of a knot, then who said it, when, and how it stands."""
    about = " · ".join(word for word in (knot.who, knot.day(), knot.standing, knot.plan) if word)
    words = knot.words.strip()
    return f"{words} ({about})" if words and about else words or about


def _item(knot: Knot) -> tuple[str, str]:
    """As a paragraph of a cell: what it is and its words, below them who, when and how it stands."""
    about = " · ".join(word for word in (knot.who, knot.day(), knot.standing, knot.plan) if word)
    lead = f"{knot.label}៖ " if knot.label else ""
    return f"{'  ' * knot.depth}{lead}{knot.words.strip()}".rstrip(), about


def _priorities(points: Sequence[Point]) -> list[Part]:
    if not points:
        return []
    lines = []
    for point in points:
        rank = point.record["rank"]
        reason = point.record.text("reason")
        why = tuple(_item(knot) for knot in point.why)
        answers = tuple((f"{code(one.code)} {one.text}", "") for one in point.answers)
        lines.append(
            Line(
                (
                    Cell(numeral(rank) if isinstance(rank, int) else ""),
                    Cell(point.record.text("text"), note=reason),
                    Cell(items=why),
                    Cell(items=answers) if answers else Cell(report_words().no_answer, marked=True),
                )
            )
        )
    columns = (
        ListColumn(report_words().rank, 0.5, "centre"),
        ListColumn(report_words().priority, 3),
        ListColumn(report_words().because, 3.5),
        ListColumn(report_words().answering, 3.5),
    )
    return [Heading(report_words().priorities), Listing(columns, tuple(lines), 9)]


def _activities(whole: Whole) -> list[Part]:
    lines: list[Line] = []
    for branch in whole.branches:
        lines.append(_band(branch))
        for one in branch.lines:
            lines.append(
                Line(
                    (
                        Cell(items=tuple(map(_item, one.back))),
                        Cell(f"{code(one.code)} {one.record.text('text')}", note=one.responsible, bold=True),
                        Cell(items=tuple(map(_item, one.on))),
                    )
                )
            )
    if not lines:
        return [Words(report_words().no_activity)]
    columns = (
        ListColumn(report_words().comes_from, 3.2),
        ListColumn(report_words().activity, 3),
        ListColumn(report_words().led_to, 3.2),
    )
    return [Heading(report_words().lines), Listing(columns, tuple(lines), 9)]


def _band(branch: Branch) -> Line:
    objective = branch.record.kind.name == "objective"
    phrase = report_words().objective if objective else report_words().output
    text = phrase.format(number=code(branch.code), text=branch.record.text("text"))
    return Line((Cell(items=((text, ""), *map(_item, branch.back))),), "band" if objective else "subband")
