"""Differences: two people changed the same without seeing each other's change. A person settles each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk, find, writer
from cpdesk.store.connection import immediate, troubles
from cpdesk.store.projection import DELETED
from cpdesk.store.writer import Saved
from cpdesk.tasks import records


@dataclass(frozen=True)
class Side:
    """One of the values that stand beside each other, and who wrote it when."""

    value: Value
    site: str
    office: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Conflict:
    """A difference that waits. The value shown meanwhile comes first; `before` is what all sides replaced.

    Field "_deleted": somebody deleted the record (True) while somebody else went on writing in it (False).
    """

    id: str
    kind: str
    field: str
    values: tuple[Side, ...]
    before: Value


def conflicts(desk: Desk, record: str | None = None) -> list[Conflict]:
    """All that wait, or those of one record."""
    with troubles(desk.db):
        found = find.differences(desk.db, record)
    return [Conflict(d.record, d.kind, d.field, tuple(map(_side, d.sides)), d.before) for d in found]


def _side(written: find.Written) -> Side:
    return Side(written.value, written.site, written.office, written.at, written.by)


def resolve(desk: Desk, id_: str, field: str, value: object) -> Saved:
    """Settle one: the value replaces all sides, everywhere. `NotFound` where nothing waits, `BadInput` for no value.

    For "_deleted", True puts the record in the bin with all its parts, False keeps it.
    """
    records.get(desk, id_)
    with immediate(desk.db):
        waiting = next((c for c in conflicts(desk, id_) if c.field == field), None)
        if waiting is None:
            raise NotFound(
                _("No difference waits in field “{field}” of this record.").format(field=field),
                _("Nothing was changed."),
            )
        if field == DELETED:
            return _settle_delete(desk, id_, value is True)
        if waiting.kind not in kinds.KINDS or not kinds.KINDS[waiting.kind].has(field):
            raise NotFound(
                _("Field “{field}” is known only to a newer cpdesk.").format(field=field),
                _("Nothing was changed."),
                _("Install the newer program to settle this."),
            )
        kind = kinds.kind(waiting.kind)
        return writer.save(desk, kind, records.checked(desk, kind, {field: value}), id_)


def _settle_delete(desk: Desk, id_: str, delete: bool) -> Saved:
    if delete:
        records.delete(desk, id_)
    else:
        writer.undelete(desk, id_)
        for part in _parts_gone_with(desk, id_, id_):
            writer.undelete(desk, part)
    return Saved(id_, (DELETED,), {DELETED: None})


def _parts_gone_with(desk: Desk, id_: str, root: str) -> list[str]:
    """Parts that lie in the bin because `root` was put there, the parts of parts too."""
    whole = records.get(desk, id_)
    found: list[str] = []
    for kind, field in kinds.parts_of(whole.kind.name):
        for part in find.rows(desk.db, kind, {field.name: id_}, deleted=True):
            if writer.deleted_with(desk, part.id) == root:
                found += [part.id, *_parts_gone_with(desk, part.id, root)]
    return found
