"""What a package held, for the file; and the receipt (បង្កាន់ដៃទទួល) that the office above gives for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from cpdesk.khmer import dates, digits
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
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks.contents import Contents, contents
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, numeral
from cpdesk.tasks.receiving import PackageRow
from cpdesk.tasks.review import CHANGED, DELETED_NOW, NEW, RESTORED, FieldChange, KindCount, RecordChange

_SHOWN_OF_MARK = 16  # letters that are enough to compare by eye


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
        annex = [Heading(words.package_values), *cut, _values(found)]
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
    parts = (Words(text), *_facts(found), *_by_kind(found), Signed(blocks, _local(found.row.received_at).date()))
    subtitle = plain(fill(words.package_of, number=numeral(found.row.number), office=found.row.name))
    return Document(letterhead(desk), words.receipt, (subtitle,), parts)


# --- the facts ------------------------------------------------------------------------------------------------------
def _facts(found: Contents) -> Iterator[Part]:
    words, row = phrases(), found.row
    counted = fill(
        words.package_changes_text, total=numeral(row.total), fresh=numeral(row.changes), records=numeral(row.records)
    )
    rows: list[tuple[str, Text]] = [
        (words.package_from, joined(row.name, f"({digits.to_khmer(row.office)})")),
        (words.package_number, numeral(row.number)),
        (words.package_through, dates.official(_local(row.through).date()) if row.through else ""),
        (words.package_written, _moment(row.written_at)),
        (words.package_received, _moment(row.received_at)),
        (words.package_file, row.file),
        (words.package_changes, counted),
        (words.package_mark, found.sha256[:_SHOWN_OF_MARK]),
        (words.package_fingerprint, row.fingerprint),
    ]
    yield Facts(tuple(rows))
    yield from (Words(text, "small") for text in _notes(row))


def _notes(row: PackageRow) -> Iterator[str]:
    words = phrases()
    if row.late:
        yield words.package_late
    if row.times > 1:
        yield plain(fill(words.package_times, times=numeral(row.times)))
    if row.twin:
        yield words.package_twin


def _local(at: datetime) -> datetime:
    return at.astimezone()


def _moment(at: datetime) -> str:
    here = _local(at)
    return plain(
        fill(phrases().held_day_and_hour, date=dates.official(here.date()), time=dates.clock(here.time(), "km"))
    )


# --- how much, and what ---------------------------------------------------------------------------------------------
def _by_kind(found: Contents) -> list[Part]:
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
    return [Heading(words.package_by_kind), Listing(columns, tuple(lines), CELL_SIZE)]


def _numbers(one: KindCount) -> Iterator[Cell]:
    for count in (one.new, one.changed, one.deleted, one.new + one.changed + one.deleted):
        yield Cell(numeral(count), value=count, align="right")


def _values(found: Contents) -> Listing:
    """Record by record: its name, whether it is new, and each value; under it what stood before."""
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
        lines += [Line((Cell(one.title), Cell(whats[one.what]), _said(one))) for one in several]
    return Listing(columns, tuple(lines), 8)


def _said(one: RecordChange) -> Cell:
    if one.what == DELETED_NOW:
        return Cell()
    return Cell(items=tuple(_field(field) for field in one.fields))


def _field(field: FieldChange) -> tuple[str, str]:
    words = phrases()
    now = plain(fill(words.field_value, label=field.label, value=field.after or "—"))
    return now, plain(fill(words.was, value=field.before)) if field.before else ""
