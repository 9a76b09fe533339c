"""What papers about meetings, records and lists tell, as plain values; `minutes` and others make `Document`s of them.

Printing knows no store: whoever prints fills one of these frozen classes and hands it over. Text is plain; dates and
times are `date` and `time`. Every field but the first few has a blank default.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from cpdesk.printing.document import Letterhead, Person
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.spoken import phrases

BARE = Letterhead()  # the motto alone
Sex = Literal["", "female", "male"]
Presence = Literal["", "present", "late", "apology", "absent", "represented", "unsaid"]
Disposition = Literal["", "open", "accepted", "adapted", "noted", "declined"]


@dataclass(frozen=True)
class Attendee:
    """One row of the attendance. A blank `status` counts as present, "unsaid" (nobody ticked anything yet) as nothing;
    `represents`: in whose place."""

    name: str
    title: str = ""
    sex: Sex = ""
    position: str = ""
    body: str = ""
    phone: str = ""
    status: Presence = ""
    represents: str = ""


@dataclass(frozen=True)
class Counts:
    """How many came, as the caller counts; None is 'not known' and is printed as dots or left out. Of `unsaid` nobody
    said whether they are women or men.

    `members` and `members_present` are those of the committee, for the quorum (`quorum`: reached, not
    reached, not told).
    """

    total: int | None = None
    women: int | None = None
    members: int | None = None
    members_present: int | None = None
    quorum: bool | None = None
    unsaid: int = 0


@dataclass(frozen=True)
class AgendaEntry:
    """A point of the agenda; `minutes` is what was said and settled under it, paragraphs apart by `\\n`."""

    title: str
    presenter: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class PresentationEntry:
    """A presentation. `agenda` is the number (from 1) of the point it belongs to, 0 for none."""

    title: str
    presenter: str = ""
    summary: str = ""
    agenda: int = 0


@dataclass(frozen=True)
class InputEntry:
    """What somebody proposed, in the order of speaking.

    `agenda` as in `PresentationEntry`; `about` names the objective, output or activity; `reason` says
    why it was adapted or declined.
    """

    who: str
    text: str
    body: str = ""
    disposition: Disposition = ""
    reason: str = ""
    about: str = ""
    agenda: int = 0


@dataclass(frozen=True)
class FollowUpEntry:
    """A decision, task or recommendation."""

    text: str
    responsible: str = ""
    due: dt.date | None = None
    sort: Literal["", "decision", "task", "recommendation"] = ""


@dataclass(frozen=True)
class MinutesData:
    """Everything in the minutes (កំណត់ហេតុ) of one meeting.

    `sort` is the label of the sort of meeting in Khmer ("កិច្ចប្រជុំពិគ្រោះយោបល់"), `plan` the plan it
    is about. `opening` and `closing` are what the chair said; `previous_adopted` whether the last
    minutes were adopted. `lunar_line` blank means computed from `signed_on`, which itself is the day of
    the meeting where it is None.
    """

    letterhead: Letterhead
    subject: str
    date: dt.date | None = None
    sort: str = ""
    number: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    venue: str = ""
    organiser: str = ""
    plan: str = ""
    chair: Person | None = None
    secretary: Person | None = None
    opening: str = ""
    attendance: tuple[Attendee, ...] = ()
    counts: Counts = Counts()
    previous_adopted: bool | None = None
    agenda: tuple[AgendaEntry, ...] = ()
    presentations: tuple[PresentationEntry, ...] = ()
    inputs: tuple[InputEntry, ...] = ()
    follow_ups: tuple[FollowUpEntry, ...] = ()
    closing: str = ""
    signed_on: dt.date | None = None
    lunar_line: str = ""
    phrases: Phrases = field(default_factory=phrases)


@dataclass(frozen=True)
class AttendanceData:
    """The attendance sheet (បញ្ជីវត្តមាន). `attendees` are printed as rows to sign, then `spare_rows` empty ones.

    Without attendees the sheet is blank and filled by hand; `show_phones` False leaves the column empty
    for the pen. `phones_for`: what for the numbers are printed whole.
    """

    letterhead: Letterhead
    subject: str
    date: dt.date | None = None
    start: dt.time | None = None
    venue: str = ""
    chair: Person | None = None
    secretary: Person | None = None
    attendees: tuple[Attendee, ...] = ()
    counts: Counts = Counts()
    spare_rows: int = 5
    show_phones: bool = True
    phones_for: str = ""
    lunar_line: str = ""
    phrases: Phrases = field(default_factory=phrases)


@dataclass(frozen=True)
class Section:
    """A titled group of label/value rows on a record sheet."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordData:
    """Any record as label/value rows; a blank value is a dotted line. `lists` are its parts, each a table under its
    title; `note` is small print at the end."""

    title: str
    rows: tuple[tuple[str, str], ...]
    letterhead: Letterhead = BARE
    subtitle: str = ""
    sections: tuple[Section, ...] = ()
    lists: tuple[ListData, ...] = ()
    note: str = ""
    phrases: Phrases = field(default_factory=phrases)


@dataclass(frozen=True)
class Column:
    """A column of a list: `share` is its part of the width (relative), `align` where its cells stand."""

    head: str
    share: float = 1.0
    align: Literal["left", "right", "centre"] = "left"


@dataclass(frozen=True)
class ListData:
    """Any list: heads, and rows with as many texts as there are columns. `numbered` adds ល.រ at the left."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    letterhead: Letterhead = BARE
    subtitle: str = ""
    landscape: bool = False
    numbered: bool = True
    totals: tuple[str, ...] = ()
    note: str = ""
    phrases: Phrases = field(default_factory=phrases)
