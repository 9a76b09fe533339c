"""What a package held, for the file; and the receipt (បង្កាន់ដៃទទួល) that the office above gives for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from cpdesk.khmer import dates, digits
from cpdesk.kinds import Kind, Ref
from cpdesk.kinds import Text as TextType
from cpdesk.printing.document import (
    Cell,
    Document,
    Facts,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Person,
    Signature,
    Signed,
    Text,
    Words,
    plain,
)
from cpdesk.printing.people import CELL_SIZE
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill, joined
from cpdesk.records import KINDS
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records
from cpdesk.tasks.contents import Contents, contents
from cpdesk.tasks.log_codes import LogCode
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, numeral
from cpdesk.tasks.receiving import PackageRow
from cpdesk.tasks.review import CHANGED, DELETED_NOW, NEW, RESTORED, FieldChange, KindCount, RecordChange

_SHOWN_OF_MARK = 16  # letters that are enough to compare by eye
_MOST_NAMES, _BETWEEN = 2, " · "


def held(desk: Desk, id_: str, choices: Choices) -> Document:
    """The facts of a package, what it brought by kind, and every value as an annex."""
    return held_of(desk, contents(desk, id_), choices)


def held_of(desk: Desk, found: Contents, choices: Choices) -> Document:
    """As `held`, of what was read already."""
    words = phrases()
    annex: list[Part] = []
    if found.items:
        more = {"shown": numeral(len(found.items)), "total": numeral(found.records)}
        cut = [Words(plain(fill(words.package_more, **more)), "small")] if len(found.items) < found.records else []
        annex = [Heading(words.package_values), *cut, _values(desk, found)]
    subtitle = plain(fill(words.package_of, number=numeral(found.row.number), office=found.row.name))
    parts = (*_facts(found), *_by_kind(found), *annex, Signed((Signature(words.agenda_by),), choices.day))
    return Document(letterhead(desk), words.package, (subtitle,), parts)


def receipt(desk: Desk, id_: str, _choices: Choices) -> Document:
    """What the giver takes home: that the package came, through which day it reaches, what was in it."""
    return receipt_of(desk, contents(desk, id_, 0))


def receipt_of(desk: Desk, found: Contents) -> Document:
    """As `receipt`, for what was read already."""
    words = phrases()
    text = fill(words.receipt_text, receiver=desks.office(desk).text("name_km"), office=found.row.name)
    blocks = (Signature(words.given_by), Signature(words.received_by, Person(desk.officer)))
    day = _local(found.row.received_at).date()
    kinds = [part for part in _by_kind(found, 8.5) if not isinstance(part, Heading)]
    parts = (Words(text), *_facts(found, in_short=True), *kinds, Signed(blocks, day))
    subtitle = plain(fill(words.package_of, number=numeral(found.row.number), office=found.row.name))
    return Document(letterhead(desk), words.receipt, (subtitle,), parts)


# --- the facts ------------------------------------------------------------------------------------------------------
def _facts(found: Contents, *, in_short: bool = False) -> Iterator[Part]:
    """`in_short` leaves out what the title and the sentence before them say already, so that a receipt is one page."""
    words, row = phrases(), found.row
    counted = fill(
        words.package_changes_text, total=numeral(row.total), fresh=numeral(row.changes), records=numeral(row.records)
    )
    who: list[tuple[str, Text]] = [
        (words.package_from, joined(row.name, f"({digits.to_khmer(row.office)})")),
        (words.package_number, numeral(row.number)),
    ]
    rows: list[tuple[str, Text]] = [
        *([] if in_short else who),
        (words.package_through, dates.official(_local(row.through).date()) if row.through else ""),
        (words.package_written, _moment(row.written_at)),
        (words.package_received, _moment(row.received_at)),
        (words.package_file, row.file),
        (words.package_changes, counted),
        *([] if in_short and found.codes else [(words.package_mark, found.sha256[:_SHOWN_OF_MARK])]),
        *([(words.package_log, "\n".join(map(_code, found.codes)))] if found.codes else []),
        (words.package_fingerprint, digits.to_khmer(row.fingerprint)),
    ]
    yield Facts(tuple(rows))
    yield from (Words(text, "small") for text in _notes(row))


def _code(one: LogCode) -> str:
    """The digits that say what stood in the sender's log, and how far."""
    return plain(fill(phrases().package_log_code, code=digits.to_khmer(one.code), number=numeral(one.number)))


def _notes(row: PackageRow) -> Iterator[str]:
    words = phrases()
    if row.late:
        yield words.package_late
    if row.times > 1:
        yield plain(fill(words.package_times, times=numeral(row.times)))
    if row.twin:
        yield words.package_twin
    if row.undone:
        yield words.package_undone


def _local(at: datetime) -> datetime:
    return at.astimezone()


def _moment(at: datetime) -> str:
    here = _local(at)
    return plain(
        fill(phrases().held_day_and_hour, date=dates.official(here.date()), time=dates.clock(here.time(), "km"))
    )


# --- how much, and what ---------------------------------------------------------------------------------------------
def _by_kind(found: Contents, size: float = CELL_SIZE) -> list[Part]:
    words = phrases()
    if not found.by_kind:
        return [Words(words.package_nothing, "plain")]
    columns = (
        ListColumn(words.col_kind, 6.0),
        ListColumn(words.col_new, 1.5, "right"),
        ListColumn(words.col_changed, 1.5, "right"),
        ListColumn(words.col_deleted, 1.5, "right"),
        ListColumn(words.totals, 1.5, "right"),
    )
    lines = [Line((Cell(one.label), *_numbers(one))) for one in found.by_kind]
    kinds = found.by_kind
    whole = KindCount("", "", sum(k.new for k in kinds), sum(k.changed for k in kinds), sum(k.deleted for k in kinds))
    lines.append(Line((Cell(words.totals), *_numbers(whole)), "total"))
    return [Heading(words.package_by_kind), Listing(columns, tuple(lines), size)]


def _numbers(one: KindCount) -> Iterator[Cell]:
    for count in (one.new, one.changed, one.deleted, one.new + one.changed + one.deleted):
        yield Cell(numeral(count), value=count, align="right")


def _values(desk: Desk, found: Contents) -> Listing:
    """Record by record: its name, whether it is new, and its values; under those that changed what stood before."""
    words = phrases()
    columns = (
        ListColumn(words.col_record, 4.0),
        ListColumn(words.col_what, 1.3, "centre"),
        ListColumn(words.col_values, 8.5),
    )
    whats = {NEW: words.col_new, CHANGED: words.col_changed, DELETED_NOW: words.col_deleted, RESTORED: words.restored}
    lines: list[Line] = []
    for label, several in groupby(found.items, key=lambda one: one.label):
        lines.append(Line((Cell(label),), "band"))
        for one in several:
            name = _name(desk, one)
            lines.append(Line((Cell(name), Cell(whats[one.what]), _said(one, name))))
    return Listing(columns, tuple(lines), 8)


def _name(desk: Desk, one: RecordChange) -> str:
    """Its title; of a record that is a bare number what the number is about."""
    kind, record = KINDS.get(one.kind), records.get_if_here(desk, one.id)
    if kind is None or record is None or any(isinstance(kind.field(name).type, TextType) for name in kind.title):
        return one.title
    about = [records.show(desk, record, field.name) for field in kind.fields if isinstance(field.type, Ref)]
    return _BETWEEN.join([text for text in about if text][:_MOST_NAMES]) or one.title


def _said(one: RecordChange, name: str) -> Cell:
    """What a new record says beside its name; of another each field that changed."""
    if one.what == DELETED_NOW:
        return Cell()
    kind = KINDS.get(one.kind)
    shown = [field for field in one.fields if kind is None or not _is_inner(kind, field.field)]
    if one.what == NEW:
        return Cell(_BETWEEN.join(_field(field)[0] for field in shown if field.after not in name.split(_BETWEEN)))
    return Cell(items=tuple(_field(field) for field in shown))


def _is_inner(kind: Kind, name: str) -> bool:
    """What nobody reads on paper: the place in a list, and what is kept from strangers' eyes."""
    field = kind.field(name)
    return field.private or field.type.name == "order"


def _field(field: FieldChange) -> tuple[str, str]:
    words = phrases()
    now = plain(fill(words.field_value, label=field.label, value=field.after or "—"))
    return now, plain(fill(words.was, value=field.before)) if field.before else ""
