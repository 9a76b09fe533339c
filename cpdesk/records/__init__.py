"""Every kind of record that the desk keeps, one file a family. A new family is a new file and a line here."""

from __future__ import annotations

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.kinds import Field, Kind, Ref
from cpdesk.records import (
    attachments,
    bodies,
    deeds,
    figures,
    meetings,
    office,
    officers,
    paperwork,
    plan_parts,
    plans,
    progress,
    public_copies,
)

FAMILIES = (
    office, bodies, meetings, plans, plan_parts, progress, figures, public_copies, attachments, paperwork, officers,
    deeds,
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for family in FAMILIES for kind in family.KINDS}


def kind(name: str) -> Kind:
    """The kind of that name; `NotFound` for a person who asked for another."""
    try:
        return KINDS[name]
    except KeyError:
        raise NotFound(
            _("There is no kind of record called “{name}”.").format(name=name),
            todo=_("The kinds are: {kinds}.").format(kinds=", ".join(KINDS)),
        ) from None


def parts_of(name: str) -> list[tuple[Kind, Field]]:
    """The kinds whose records are parts of a record of this kind, each with the field that says so."""
    return [
        (k, field)
        for k in KINDS.values()
        if k.parent
        for field in (k.field(k.parent),)
        if isinstance(field.type, Ref) and name in field.type.kinds
    ]


def pointing_at(name: str) -> list[tuple[Kind, Field]]:
    """The kinds and fields that can refer to a record of this kind."""
    return [
        (k, field)
        for k in KINDS.values()
        for field in k.fields
        if isinstance(field.type, Ref) and name in field.type.kinds
    ]
