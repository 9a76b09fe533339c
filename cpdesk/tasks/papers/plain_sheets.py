"""Any record and any list as a plain sheet, from what their kinds declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cpdesk import records as kinds
from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.kinds import Field, Kind, Ref, Text
from cpdesk.printing import list_sheet, model, record_sheet
from cpdesk.printing.document import Document
from cpdesk.store import Desk, Record
from cpdesk.tasks import budgets, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.people import whole_phones

_MOST_COLUMNS, _UPRIGHT, _OF_PART = 7, 4, 6  # columns of a list, of one upright, of a table of parts
_OUT = ("sha256", "media_type")  # of files: nobody compares them by eye
_MOST_PARTS = 200  # of one kind on the sheet of a record
_MONEY = ("amount", "spent")  # in the record's currency
_NARROW, _WIDE = 6, 42  # letters: between these the width of a column follows what stands in it
_MARGINS = 3.0  # letters that the margins of a cell take


# --- a record -------------------------------------------------------------------------------------------------------
def record_of(desk: Desk, id_: str, _choices: Choices) -> Document:
    """Any record: a row for each field, a table for each kind of its parts."""
    record = records.get(desk, id_)
    rows = tuple((f.label, _shown(desk, record, f)) for f in record.kind.fields if _is_told(f))
    data = model.RecordData(
        title=record.kind.label,
        subtitle=records.named(desk, record),
        rows=rows,
        letterhead=letterhead(desk),
        lists=tuple(_parts(desk, record)),
    )
    return record_sheet.record_sheet(data)


def _parts(desk: Desk, record: Record) -> Iterator[model.ListData]:
    """What hangs on the record, kind by kind."""
    for kind in kinds.KINDS.values():
        of = kind.field(kind.parent).type if kind.parent else None
        if not isinstance(of, Ref) or record.kind.name not in of.kinds or kind.name == record.kind.name:
            continue
        found = records.children(desk, kind.name, record.id)
        if found:
            shown = found[:_MOST_PARTS]
            more = {"shown": digits.count(len(shown)), "all": digits.count(len(found))}
            note = _("{shown} of {all} are shown.").format(**more) if len(shown) < len(found) else ""
            yield _table(desk, kind, shown, kind.label, but=str(kind.parent), most=_OF_PART, note=note)


# --- a list ---------------------------------------------------------------------------------------------------------
def list_of(desk: Desk, kind_name: str, choices: Choices) -> Document:
    """All records of a kind, or those that hold the words asked for: a row for each, what names it first."""
    kind, words = kinds.kind(kind_name), (choices.search or choices.period).strip()
    found = records.find(desk, kind_name, dict(choices.where), words, descending=choices.descending)
    count = ngettext("{count} record", "{count} records", len(found)).format(count=digits.count(len(found)))
    searched = [kind.field(name).type.show(value) for name, value in choices.where]
    searched += [_("with the words “{words}”").format(words=words)] if words else []
    about = " · ".join([count, *searched, dates.long(choices.day)])
    whole = whole_phones(desk, choices)
    note = (
        _("Phone numbers are shown whole only for: {purpose}").format(purpose=choices.phones.strip()) if whole else ""
    )
    return list_sheet.list_sheet(_table(desk, kind, found, kind.label, about, note=note, whole=whole))


def _table(
    desk: Desk,
    kind: Kind,
    found: Sequence[Record],
    title: str,
    about: str = "",
    but: str = "",
    most: int = _MOST_COLUMNS,
    note: str = "",
    whole: bool = False,
) -> model.ListData:
    """The first fields that say anything of anyone, as wide as what they say; behind them, `whole`, what is somebody's
    own."""
    texts: list[tuple[Field, list[str]]] = []
    personal = [field for field in kind.fields if field.personal and whole]
    for field in _in_order(kind, but):
        said = [_named(desk, one, field) for one in found]
        new = not any(_same(said, other) for _field, other in texts)
        if (any(said) and new) or (not found and len(texts) < _UPRIGHT):
            texts.append((field, said))
        if len(texts) == most - len(personal):
            break
    texts += [(field, [_in_full(one, field) for one in found]) for field in personal]
    columns = tuple(
        model.Column(head, _share(head, said), "right" if f.type.name in ("count", "amount") else "left")
        for f, said in texts
        for head in [_head(kind, f)]
    )
    rows = tuple(zip(*(said for _field, said in texts), strict=True)) if found else ()
    wide = len(columns) > _UPRIGHT
    return model.ListData(title, columns, rows, letterhead(desk), about, landscape=wide, note=note)


def _in_order(kind: Kind, but: str) -> list[Field]:
    """What names a record first, a number before it; long texts only where they are the name."""
    told = [f for f in kind.fields if _is_told(f) and f.name not in (but, "currency")]
    lead = [f for f in told if f.name == "code"] + [f for f in told if f.name in kind.title[:1]]
    return [*lead, *(f for f in told if f not in lead and not getattr(f.type, "long", False))]


def _same(said: Sequence[str], named: Sequence[str]) -> bool:
    """Whether a column says only what another said already."""
    return all(text in ("", other) for text, other in zip(said, named, strict=True))


def _share(head: str, said: Sequence[str]) -> float:
    """Between the mean and the longest of a column's texts, so that neither breaks without need."""
    lengths = [min(len(text), _WIDE) for text in said if text] or [0]
    usual = (sum(lengths) / len(lengths) + max(lengths)) / 2
    return min(max(usual, len(head) * 0.7, _NARROW), _WIDE) + _MARGINS


def _head(kind: Kind, field: Field) -> str:
    """What a column is called; that of names after whom they are of."""
    named = field.name in kind.title[:1] and kind.name in ("attendance", "membership")
    return kind.field("person").label if named else field.label


# --- what is said ---------------------------------------------------------------------------------------------------
def _is_told(field: Field) -> bool:
    """Not the place in a list, nor what is kept from strangers' eyes, nor what only programs read."""
    return not field.private and field.type.name != "order" and field.name not in _OUT


def _named(desk: Desk, record: Record, field: Field) -> str:
    """As `_shown`; what names the record as it is named everywhere."""
    if field.name in record.kind.title[:1] and isinstance(field.type, Text):
        return records.named(desk, record) if record.kind.name != "person" else record.title
    return _shown(desk, record, field)


def _in_full(record: Record, field: Field) -> str:
    text = record.text(field.name)
    return digits.to_khmer(text) if language() == "km" else text


def _shown(desk: Desk, record: Record, field: Field) -> str:
    text, currency = records.show(desk, record, field.name), record.values.get("currency")
    if field.name in _MONEY and isinstance(currency, str) and text:
        return budgets.shown(Decimal(str(record[field.name])), currency)
    return digits.to_khmer(text) if field.name == "code" and language() == "km" else text
