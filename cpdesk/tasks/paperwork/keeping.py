"""Records that an office has once: found by an id that follows from what they are about, made at the first word."""

from __future__ import annotations

from collections.abc import Mapping

from cpdesk.kinds import Kind, Text, Value
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk, Record, find, writer
from cpdesk.store.connection import immediate
from cpdesk.store.scopes import NATION
from cpdesk.store.writer import Saved
from cpdesk.tasks import records, roles
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

BLANK = " "  # a line left blank on purpose; what is not said at all comes from the template


def desk_of(where: Desk | Undo) -> Desk:
    """The desk that is written in, with or without somebody who remembers for undo."""
    return where.desk if isinstance(where, Undo) else where


def here(desk: Desk, id_: str) -> Record | None:
    """The record of that id, unless it is not here or lies in the bin."""
    found = find.row(desk.db, id_)
    return None if found is None or found.deleted else found


def keep(
    where: Desk | Undo, kind: Kind, id_: str, names: Mapping[str, object], values: Mapping[str, object]
) -> Saved | None:
    """Write `values` in the record of that id; where it is not there yet it is made, with `names` saying what it is
    about. None where there was nothing to write: blank values make no record."""
    desk = desk_of(where)
    roles.need(desk, Act.DRAFT)
    with immediate(desk.db):
        there = find.row(desk.db, id_)
        if there is not None and not there.deleted:
            return where.save(kind.name, values, id_) if isinstance(where, Undo) else records.save(
                desk, kind.name, values, id_
            )  # fmt: skip
        if all(value is None for value in values.values()):
            return None
        fresh: dict[str, Value] = dict.fromkeys((field.name for field in kind.fields), None) if there else {}
        fresh |= records.checked(desk, kind, {**names, **values})
        if there is not None:
            records.undelete(desk, id_)  # what it said before it was thrown away stays away
        saved = writer.save(desk, kind, fresh, id_)
        if isinstance(where, Undo):
            where.made(kind.name, [id_])
        return saved


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def stored(kind: Kind, values: Mapping[str, object]) -> dict[str, object]:
    """Lines as they are stored: None takes an override back, an empty text is blank on purpose."""
    return {name: _stored(kind, name, value) for name, value in values.items()}


def _stored(kind: Kind, name: str, value: object) -> object:
    if not isinstance(value, str) or value.strip() or not kind.has(name):
        return value
    return BLANK if isinstance(kind.field(name).type, Text) else None


# --- whose word counts ----------------------------------------------------------------------------------------------
def layers(desk: Desk) -> tuple[str, ...]:
    """This office, and those above it that share their templates, the nearest first."""
    code = desk.office
    above = [code[:length] for length in range(len(code) - 2, 0, -2)]
    if code != NATION:
        above.append(NATION)
    return (code, *(office for office in above if _shares(desk, office)))


def _shares(desk: Desk, office: str) -> bool:
    found = here(desk, office_record_id(office))
    return found is not None and found["shares_papers"] is True
