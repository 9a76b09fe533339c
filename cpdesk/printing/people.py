"""Those who came: counted as officials write it, and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.khmer import digits
from cpdesk.printing.model import Attendee, Counts
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Cell, Grid, Row, Table
from cpdesk.printing.wording import joined

People = list[Attendee]


def split_by_presence(attendance: Sequence[Attendee]) -> tuple[People, People, People]:
    """Those who came (late or for another as well), those excused, those missing."""
    came = [one for one in attendance if one.status in ("", "present", "late", "represented")]
    excused = [one for one in attendance if one.status == "apology"]
    missing = [one for one in attendance if one.status == "absent"]
    return came, excused, missing


def counted(counts: Counts, attendance: Sequence[Attendee], phrases: Phrases) -> str:
    """អ្នកចូលរួមសរុប ១១៣នាក់ ស្រី ៤៩នាក់, and the quorum where it is known. Counted from the list where no count is given."""
    came, _, _ = split_by_presence(attendance)
    total = counts.total if counts.total is not None else (len(came) or None)
    women = counts.women
    if women is None and counts.total is None and any(one.sex for one in came):
        women = sum(one.sex == "female" for one in came)
    parts = []
    if total is not None:
        parts.append(phrases.came.format(total=_people(total, phrases)))
        if women is not None:
            parts.append(phrases.came_women.format(women=_people(women, phrases)))
    sentences = [" ".join(parts)] if parts else []
    quorum = _quorum(counts, phrases)
    if quorum:
        sentences.append(quorum)
    return " ".join(sentence + phrases.end_of_sentence for sentence in sentences)


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
    st = styles()
    name = Paragraph(joined(one.title, one.name), st.cell)
    if not one.represents:
        return (name,)
    return (name, Paragraph(phrases.represents.format(who=one.represents), st.cell_remark))


def people_table(people: Sequence[Attendee], phrases: Phrases) -> Table:
    """The attendance as it stands in minutes."""
    st = styles()
    heads = (phrases.col_number, phrases.col_name, phrases.col_sex, phrases.col_position, phrases.col_body)
    head = Row(tuple((Paragraph(text, st.cell_head),) for text in heads))
    rows = [
        Row(
            (
                (Paragraph(digits.count(i, "km"), st.cell_centre),),
                name_cell(one, phrases),
                (Paragraph(sex_label(one, phrases), st.cell_centre),),
                (Paragraph(one.position, st.cell),),
                (Paragraph(one.body, st.cell),),
            )
        )
        for i, one in enumerate(people, 1)
    ]
    return Table(Grid((1.0, 4.2, 1.1, 4.2, 5.0)), rows, head, before=4, after=6)
