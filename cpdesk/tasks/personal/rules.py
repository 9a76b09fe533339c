"""What of a person may not be taken out, and why: rules like a law's, each told in a sentence."""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.records import kind
from cpdesk.store import Desk, Record, find
from cpdesk.store.scopes import covers, is_private
from cpdesk.tasks import records
from cpdesk.tasks.board import office_name

SIGNED = "minutes_approved"


def signed_minutes(desk: Desk, record: Record) -> Record | None:
    """The meeting with approved minutes that the record is, or is a part of."""
    whole: Record | None = record
    if record.kind.parent:
        whole = records.get_if_here(desk, record.values.get(record.kind.parent))
    return whole if whole is not None and whole.kind.name == "meeting" and whole["state"] == SIGNED else None


def keeps(desk: Desk, record: Record) -> str:
    """Why the name that stands in that record as text stays there; "" where it may go."""
    if signed_minutes(desk, record) is not None:
        return _("Approved minutes are an official paper: they keep the names that stand in them.")
    if record.kind.name == "plan_version":
        return _("An approved version of a plan is an official paper: it keeps the name of who approved it.")
    if record.kind.name in ("letter", "number_gap"):
        return _("The register of letters is kept as it was written.")
    if is_private(record.scope):
        return ""
    if not covers(desk.office, record.scope):
        return _("It belongs to {office}, which alone may take it out.").format(office=office_name(record.scope))
    if record.differences:
        return _("A difference waits in it for a decision.")
    return ""


def refused(desk: Desk, person: Record) -> str:
    """Why that person cannot be removed now; "" where they can."""
    if not is_private(person.scope) and not covers(desk.office, person.scope):
        words = _("This record belongs to {office}. Only that office may remove it; write to it what the person asks.")
        return words.format(office=office_name(person.scope))
    for officer in find.rows(desk.db, kind("officer"), {"person": person.id}):
        if not officer["left"]:
            return _(
                "This person works on this desk as “{name}”. Whoever answers for what is written cannot be removed "
                "while they may write: mark under Settings that they have left."
            ).format(name=officer.text("name"))
    if person.differences:
        return _("In this record a difference waits for a decision. Settle it first.")
    return ""
