"""The follow-up list (តារាងតាមដានការងារ): what was decided, whose work it is, how far it has come, what is overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from cpdesk.khmer import dates, digits
from cpdesk.khmer.order import sort_key
from cpdesk.printing.document import (
    Cell,
    Document,
    Line,
    ListColumn,
    Listing,
    Part,
    Signature,
    Signed,
    Words,
    plain,
)
from cpdesk.printing.people import CELL_SIZE
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, signed
from cpdesk.tasks.papers.letters import meeting_words
from cpdesk.tasks.papers.people import day_of, person, title_of

ALL = "all"  # in place of a meeting: whatever is open, of all of them
BY_DAY = "DUE"  # behind the id: grouped by month, not by who is responsible
_STATES = ("done", "in_progress", "open", "dropped")
_Group = tuple[str, list[Record]]


def paper(desk: Desk, id_: str, choices: Choices) -> Document:
    """What one meeting left to do; or, for no meeting or "all", what is still open of any."""
    return _everything(desk, choices) if id_ in ("", ALL) else _of_meeting(desk, id_, choices)


def short_table(desk: Desk, found: Sequence[Record]) -> Listing:
    """What, who, until when: as it stands in other papers."""
    words = phrases()
    columns = (
        ListColumn(words.col_number, 1.0, "centre"),
        ListColumn(words.col_decision, 8.2),
        ListColumn(words.col_responsible, 4.2),
        ListColumn(words.col_due, 2.4, "centre"),
    )
    several = len({one["sort"] for one in found}) > 1
    lines = tuple(
        Line(
            (
                Cell(digits.count(n, "km")),
                _text(one, several),
                Cell(title_of(desk, one["responsible"])),
                Cell(_due(one)),
            )
        )
        for n, one in enumerate(found, 1)
    )
    return Listing(columns, lines, CELL_SIZE, middle=True)


# --- one meeting ----------------------------------------------------------------------------------------------------
def _of_meeting(desk: Desk, id_: str, choices: Choices) -> Document:
    words, meeting = phrases(), records.get(desk, id_)
    found = records.children(desk, "follow_up", id_)
    lines = [_line(desk, n, one, choices.day, _several(found)) for n, one in enumerate(found, 1)]
    blocks = (
        Signature(words.agenda_by, person(desk, meeting["secretary"])),
        Signature(words.agreed_by, person(desk, meeting["chair"])),
    )
    subtitles = (
        plain(fill(words.follow_ups_of, meeting=meeting_words(meeting))),
        plain(fill(words.follow_ups_through, date=dates.official(choices.day))),
    )
    table = [Listing(_columns(), tuple(lines), CELL_SIZE, middle=True)] if lines else []
    parts = (*_counts(found, choices.day), *table, Signed(blocks, choices.day))
    return Document(letterhead(desk), words.follow_ups, subtitles, parts, landscape=True)


# --- the whole desk -------------------------------------------------------------------------------------------------
def _everything(desk: Desk, choices: Choices) -> Document:
    words, today = phrases(), choices.day
    found = meetings.open_follow_ups(desk)
    by_day = choices.period.upper() == BY_DAY
    groups = _by_day(found, today) if by_day else _by_responsible(desk, found)
    held = records.some(desk, "meeting", sorted({one.text("meeting") for one in found if one["meeting"]}))
    lines: list[Line] = []
    number = 0
    for name, several in groups:
        band = fill(words.counted_group, name=name, count=digits.count(len(several), "km"))
        lines.append(Line((Cell(plain(band)),), "band"))
        for one in several:
            number += 1
            meeting = held.get(one.text("meeting"))
            who = None if by_day else ()
            lines.append(_line(desk, number, one, today, _several(found), (_meeting_cell(meeting),), who))
    subtitles = (words.follow_ups_all, plain(fill(words.follow_ups_through, date=dates.official(today))))
    table = [Listing(_columns(meeting=True, who=by_day), tuple(lines), 9, middle=True)] if lines else []
    blocks = (Signature(words.agenda_by), signed(desk, today).blocks[-1])
    parts = (*_counts(found, today), *table, Signed(blocks, today))
    return Document(letterhead(desk), words.follow_ups, subtitles, parts, landscape=True)


def _by_responsible(desk: Desk, found: Iterable[Record]) -> list[_Group]:
    """Each in the order of their days; work that is nobody's comes last."""
    groups: dict[str, list[Record]] = {}
    for one in found:
        groups.setdefault(one.text("responsible"), []).append(one)
    named = [(title_of(desk, id_) if id_ else "", several) for id_, several in groups.items()]
    named.sort(key=lambda group: (not group[0], sort_key(group[0])))
    return [(name or phrases().nobody, several) for name, several in named]


def _by_day(found: Iterable[Record], today: date) -> list[_Group]:
    """What is overdue, then month by month, then what has no day."""
    words = phrases()
    groups: dict[str, list[Record]] = {}
    for one in found:
        due = day_of(one, "due")
        late = due is not None and due < today
        name = words.overdue_group if late else dates.month_year(due, "km") if due else words.no_due
        groups.setdefault(name, []).append(one)
    return list(groups.items())


def _meeting_cell(meeting: Record | None) -> Cell:
    if meeting is None:
        return Cell()
    day = day_of(meeting, "date")
    return Cell(meeting.text("subject"), note=dates.short(day, "km") if day else "")


# --- rows -----------------------------------------------------------------------------------------------------------
def overdue(one: Record, today: date) -> bool:
    """Whether its day is over and it is neither done nor dropped."""
    due = day_of(one, "due")
    return due is not None and due < today and _state(one) in meetings.OPEN


def _state(one: Record) -> str:
    return one.text("state") or "open"


def _columns(*, meeting: bool = False, who: bool = True) -> tuple[ListColumn, ...]:
    """Where the bands name who is responsible, no column says it again."""
    words = phrases()
    return (
        ListColumn(words.col_number, 0.8, "centre"),
        ListColumn(words.col_decision, 7.5),
        *([ListColumn(words.col_meeting, 4.2 if who else 6.0)] if meeting else []),
        *([ListColumn(words.col_responsible, 3.8)] if who else []),
        ListColumn(words.col_due, 2.2, "centre"),
        ListColumn(words.col_state, 2.2, "centre"),
        ListColumn(words.col_result, 4.2),
    )


def _line(
    desk: Desk,
    number: int,
    one: Record,
    today: date,
    several: bool,
    between: tuple[Cell, ...] = (),
    who: tuple[Cell, ...] | None = None,
) -> Line:
    words = phrases()
    due, done = day_of(one, "due"), day_of(one, "done_on")
    late = overdue(one, today)
    state = one.kind.field("state").type.show(_state(one))
    days = digits.count((today - due).days, "km") if late and due else ""
    note = plain(fill(words.done_on, date=dates.short(done, "km"))) if done and _state(one) == "done" else ""
    return Line(
        (
            Cell(digits.count(number, "km")),
            _text(one, several),
            *between,
            *((Cell(title_of(desk, one["responsible"])),) if who is None else who),
            Cell(_due(one), note=plain(fill(words.overdue_days, days=days)) if late else "", marked=late, bold=late),
            Cell(state, note=note),
            Cell(one.text("result")),
        )
    )


def _text(one: Record, several: bool) -> Cell:
    """What is to be done; which sort of decision it is, where there are several sorts."""
    words = phrases()
    sort = {"decision": words.decision, "task": words.task, "recommendation": words.recommendation}
    lead = sort.get(one.text("sort"), "") if several else ""
    return Cell(one.text("text"), lead=f"{lead}៖" if lead else "")


def _several(found: Iterable[Record]) -> bool:
    return len({one["sort"] for one in found}) > 1


def _due(one: Record) -> str:
    due = day_of(one, "due")
    return dates.short(due, "km") if due else ""


def _counts(found: Sequence[Record], today: date) -> list[Part]:
    """How many there are, in which state, how many overdue."""
    words = phrases()
    if not found:
        return [Words(words.follow_ups_none, "plain")]
    states = Counter(_state(one) for one in found)
    show = found[0].kind.field("state").type.show
    told = [
        plain(fill(words.follow_ups_state, state=show(key), count=digits.count(states[key], "km")))
        for key in _STATES
        if states[key]
    ]
    text = plain(fill(words.follow_ups_count, total=digits.count(len(found), "km"), states=" ".join(told)))
    late = sum(overdue(one, today) for one in found)
    if late:
        text += " " + plain(fill(words.follow_ups_overdue, count=digits.count(late, "km")))
    return [Words(text, "plain", keep=True)]
