"""What papers about a plan share: the letterhead, amounts and numbers as cells, the lines that end them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cpdesk.analysis.money import Money
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Align, Cell, Part, Person, Signature, Signed, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk, Record
from cpdesk.tasks import desk as desks
from cpdesk.tasks import meetings, plans, versions
from cpdesk.tasks.papers.people import person
from cpdesk.tasks.paperwork.templates import letterhead as letterhead

_THOUSAND = Decimal(1000)
_SHOWN_OF_HASH = 16  # letters that are enough to compare by eye


def numeral(value: Decimal | int | None) -> str:
    """A number as it is written; blank where there is none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        value = whole.quantize(Decimal(1)) if whole == value else Decimal(f"{value:f}".rstrip("0"))
    return digits.number(value)


def thousands(money: Money) -> str:
    """A sum in thousands of riel, exactly; marked where some of it could not be told in riel; blank for none."""
    if not money.lines:
        return ""
    if money.unknown == money.lines:
        return "*"
    return numeral(money.total / _THOUSAND) + (" *" if money.unknown else "")


def number_cell(value: Decimal | int | None, align: Align | None = None, bold: bool = False) -> Cell:
    """A number, also for files that reckon with it."""
    return Cell(numeral(value), align=align, bold=bold, value=value)


def money_cell(money: Money, align: Align | None = None, bold: bool = False) -> Cell:
    """A sum in thousands of riel; a number only where all of it could be told in riel."""
    known = money.lines and not money.unknown
    return Cell(thousands(money), align=align, bold=bold, value=money.total / _THOUSAND if known else None)


def money_notes(desk: Desk, plan: str, sums: Iterable[Money]) -> list[Part]:
    """How dollars became riel, and whether some could not."""
    found = list(sums)
    notes: list[str] = []
    rate = plans.rate(desk, plan)
    if rate is not None and any(one.dollar for one in found):
        notes.append(report_words().rate.format(rate=numeral(rate)))
    if any(one.unknown for one in found):
        notes.append(report_words().no_rate)
    return [Words(" ".join(notes), "small")] if notes else []


def code(text: str) -> str:
    """A number of an objective, output or activity in Khmer digits."""
    return digits.to_khmer(text)


def standing(desk: Desk, plan: Record) -> Words:
    """Which version this is, who approved it and the mark of its content, as small print."""
    now = versions.standing(desk, plan.id)
    number = digits.count(now.version)
    approved = now.approved
    if approved is None or approved.number != now.version:
        state = plan.label("state") or plan.kind.field("state").type.show(versions.DRAFT)
        return Words(report_words().draft.format(version=number, state=state), "small")
    who = versions.approver(desk, approved) or "…"
    day = dates.official(approved.on) if approved.on else "…"
    text = report_words().approved.format(version=number, who=who, day=day, hash=approved.hash[:_SHOWN_OF_HASH])
    return Words(text if now.unchanged else f"{text} {report_words().changed_since}", "small")


def signed(desk: Desk, day: date) -> Signed:
    """Who prepared it at the left, the chair of the office's committee at the right."""
    words = report_words()
    return Signed((Signature(words.prepared_by), Signature(words.seen_by, committee_chair(desk, day))), day)


def committee_chair(desk: Desk, day: date) -> Person | None:
    """Who presides over the office's committee on that day, where the desk knows."""
    committee = desks.office(desk)["committee"]
    if not isinstance(committee, str):
        return None
    members = meetings.standing_members(desk, committee, day.isoformat())
    return next((person(desk, one["person"]) for one in members if one["role"] == "chair"), None)
