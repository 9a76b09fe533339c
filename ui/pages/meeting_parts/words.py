"""Words that the rows of a meeting share."""

from __future__ import annotations

from datetime import date, time

from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import Record, meetings, records
from ui.context import Context
from ui.lists.rows import Piece

FOLLOW_UP_TONES = {"open": "warning", "in_progress": "accent", "done": "good", "dropped": "neutral"}


def one_line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def numbered(number: int) -> tuple[Piece, ...]:
    return (Piece(digits.count(number), "muted"),)


def due_chip(record: Record, today: date) -> Piece:
    """By when, in the tone of how near it is; for what is finished, that it is."""
    state = record.text("state") or "open"
    due = record["due"]
    if state not in meetings.OPEN or not isinstance(due, str):
        return Piece(record.label("state"), FOLLOW_UP_TONES.get(state, "neutral"))
    days = (date.fromisoformat(due) - today).days
    if days < 0:
        words = ngettext("{count} day late", "{count} days late", -days).format(count=digits.count(-days))
        return Piece(words, "bad")
    if days == 0:
        return Piece(_("today"), "warning")
    tone = "warning" if due <= meetings.near(today).isoformat() else "neutral"
    return Piece(dates.day_month(date.fromisoformat(due)), tone)


def month_words(day: date) -> str:
    """The month under a day's number, which in Khmer is one short word; another year than this one is said."""
    month = dates.month(day) if language() == "km" else dates.month(day)[:3]
    return month if day.year == date.today().year else f"{month} {digits.count(day.year)}"


def paper_title(paper: str, meeting: Record) -> str:
    """What a paper of a meeting is called, and its file: the day tells it from those of other meetings."""
    day = meeting["date"]
    return f"{paper} {dates.short(date.fromisoformat(day))}" if isinstance(day, str) else paper


def meeting_facts(context: Context, meeting: Record) -> str:
    """When, where, and how many: what stands under a meeting's subject."""
    start = meeting["start"]
    at = dates.clock(time.fromisoformat(start)) if isinstance(start, str) else ""
    counts = meetings.attendance_counts(context.desk, meeting.id)
    if counts.total:
        people = meetings.counts_line(counts)
    else:
        invited = records.count(context.desk, "attendance", {"meeting": meeting.id})
        people = _("{count} on the list").format(count=digits.count(invited)) if invited else ""
    return one_line(meeting.label("sort"), at, meeting.text("venue"), people)
