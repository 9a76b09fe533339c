"""Those who came: counted as officials write it, and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.khmer import digits
from cpdesk.printing.document import Cell, Line, ListColumn, Listing
from cpdesk.printing.model import Attendee, Counts
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.wording import joined

CELL_SIZE = 9.5  # points; the type of tables that many hands read

People = list[Attendee]


def split_by_presence(attendance: Sequence[Attendee]) -> tuple[People, People, People]:
    """Those who came (late or for another as well), those excused, those missing."""
    came = [one for one in attendance if one.status in ("", "present", "late", "represented")]
    excused = [one for one in attendance if one.status == "apology"]
    missing = [one for one in attendance if one.status == "absent"]
    return came, excused, missing


def counted(counts: Counts, attendance: Sequence[Attendee], phrases: Phrases) -> str:
    """អ្នកចូលរួមសរុប ១១៣នាក់ ស្រី ៤៩នាក់, and the quorum where it is known. Counted from the list where no count is given.

    Women are not told where nobody's sex is known; where that of some is not, how many those are.
    """
    sentences = [text for text in (heads(counts, attendance, phrases), _quorum(counts, phrases)) if text]
    return " ".join(sentence + phrases.end_of_sentence for sentence in sentences)


def heads(counts: Counts, attendance: Sequence[Attendee], phrases: Phrases) -> str:
    """As `counted`, of those who came alone and without the end of the sentence."""
    came, _, _ = split_by_presence(attendance)
    if counts.total is None:
        known = sum(bool(one.sex) for one in came)
        women = sum(one.sex == "female" for one in came) if known else None
        counts = Counts(len(came) or None, women, unsaid=len(came) - known if known else 0)
    if counts.total is None:
        return ""
    parts = [phrases.came.format(total=_people(counts.total, phrases))]
    if counts.women is not None:
        parts.append(phrases.came_women.format(women=_people(counts.women, phrases)))
    if counts.unsaid:
        parts.append(phrases.came_unsaid.format(count=_people(counts.unsaid, phrases)))
    return " ".join(parts)


def _quorum(counts: Counts, phrases: Phrases) -> str:
    parts = []
    if counts.members is not None and counts.members_present is not None:
        parts.append(
            phrases.quorum_members.format(
                members=_people(counts.members, phrases), present=_people(counts.members_present, phrases)
            )
        )
    if counts.quorum is not None:
        parts.append(phrases.quorum_reached if counts.quorum else phrases.quorum_missed)
    return " ".join(parts)


def _people(count: int, phrases: Phrases) -> str:
    return phrases.people.format(count=digits.count(count, "km"))


def sex_label(one: Attendee, phrases: Phrases) -> str:
    return {"female": phrases.female, "male": phrases.male, "": ""}[one.sex]


def name_cell(one: Attendee, phrases: Phrases) -> Cell:
    """The name with its address; below it, in whose place the person came."""
    note = phrases.represents.format(who=one.represents) if one.represents else ""
    return Cell(joined(one.title, one.name), note=note)


def people_table(people: Sequence[Attendee], phrases: Phrases) -> Listing:
    """The attendance as it stands in minutes."""
    columns = (
        ListColumn(phrases.col_number, 1.0, "centre"),
        ListColumn(phrases.col_name, 4.2),
        ListColumn(phrases.col_sex, 1.1, "centre"),
        ListColumn(phrases.col_position, 4.2),
        ListColumn(phrases.col_body, 5.0),
    )
    lines = tuple(
        Line(
            (
                Cell(digits.count(i, "km")),
                name_cell(one, phrases),
                Cell(sex_label(one, phrases)),
                Cell(one.position),
                Cell(one.body),
            )
        )
        for i, one in enumerate(people, 1)
    )
    return Listing(columns, lines, CELL_SIZE, middle=True)
