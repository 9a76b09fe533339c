"""Where reference editors search: the records of the kinds that the field may refer to, and how a new one is made."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.khmer import names
from cpdesk.kinds import Ref, Value
from cpdesk.tasks import Record, records
from ui.context import Context
from ui.widgets.editors import Hit, Source

MOST = 12
CREATABLE = {"person": "name_km", "body": "name_km"}
_SUBTITLES = {
    "person": ("position", "body"),
    "body": ("short", "name_en"),
    "meeting": ("date",),
    "activity": ("code",),
    "plan": ("first_year", "last_year"),
}


def subtitle(context: Context, record: Record) -> str:
    """A quieter line that tells a record from its namesakes."""
    parts = [records.show(context.desk, record, name) for name in _SUBTITLES.get(record.kind.name, ())]
    return " · ".join(part for part in parts if part) or record.kind.label


def hit(context: Context, record: Record) -> Hit:
    return Hit(record.id, records.named(context.desk, record), subtitle(context, record))


def source(context: Context, type_: Ref) -> Source:
    """The source for that type of reference."""

    def search(text: str) -> list[Hit]:
        if text:
            return [hit(context, r) for r in records.search(context.desk, text, type_.kinds, MOST)]
        found: list[Record] = []
        for name in type_.kinds:
            if not kinds.kind(name).built_in:
                found += records.find(context.desk, name, limit=MOST)
        return [hit(context, r) for r in found[:MOST]]

    def title(id_: str) -> str:
        try:
            return records.title(context.desk, id_)
        except NotFound:
            return id_

    return Source(search, title, _creator(context, type_))


def _creator(context: Context, type_: Ref) -> Callable[[str], str | None] | None:
    name = next((kind for kind in type_.kinds if kind in CREATABLE), None)
    if name is None:
        return None

    def create(text: str) -> str | None:
        values: dict[str, Value] = {CREATABLE[name]: text}
        if name == "person":
            parts = names.said(text)
            values = {"name_km": parts.name, "title": parts.title, "sex": parts.sex}
        saved = context.undo.save(name, values)
        context.touched(name)
        return saved.id

    return create
