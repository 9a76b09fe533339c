"""The officers of a desk: who they are, and what each may do. Their passwords are in `keys`, the rules in `roles`.

An officer is a record that never leaves the desk, so that the log tells who gave whom which role. Nobody is ever taken
out: who leaves is marked, and their password opens nothing any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value
from cpdesk.records.officers import OFFICER, ROLES
from cpdesk.store import Desk, Record, find, writer
from cpdesk.store.connection import immediate
from cpdesk.store.scopes import is_private
from cpdesk.tasks import roles as rules
from cpdesk.tasks.roles import Act

KEEPER = "keeper"


@dataclass(frozen=True)
class Officer:
    """`person` is a record of the people, `is_me` who has the desk open."""

    id: str
    name: str
    roles: tuple[str, ...]
    person: str | None
    left: bool
    has_password: bool
    is_me: bool


def officers(desk: Desk) -> list[Officer]:
    """All that ever were, those who left last."""
    with_password = _owners(desk)
    found = [_officer(desk, record, with_password) for record in _records(desk)]
    return sorted(found, key=lambda one: one.left)


def get(desk: Desk, id_: str) -> Officer:
    return _officer(desk, _record(desk, id_), _owners(desk))


def _records(desk: Desk) -> list[Record]:
    """Only what was written on this desk counts: no package makes an officer."""
    return [record for record in find.rows(desk.db, OFFICER) if is_private(record.scope)]


def _record(desk: Desk, id_: str) -> Record:
    record = find.row(desk.db, id_)
    if record is None or record.kind is not OFFICER or not is_private(record.scope):
        raise NotFound(_("There is no officer {id} on this desk.").format(id=id_[:40]))
    return record


def _officer(desk: Desk, record: Record, with_password: frozenset[str]) -> Officer:
    person = record["person"]
    return Officer(
        record.id,
        record.text("name"),
        tuple(role for role in ROLES if record[role]),
        person if isinstance(person, str) else None,
        bool(record["left"]),
        record.id in with_password,
        record.id == desk.who,
    )


def _owners(desk: Desk) -> frozenset[str]:
    """The officers whose passwords the lock knows."""
    from cpdesk.store import keyring

    lock = keyring.lock_of(desk.path, desk.salt)
    return frozenset(r.id for r in _records(desk) if lock.of_officer(r.id)) if lock else frozenset()


# --- at the door ------------------------------------------------------------------------------------------------------
def first(desk: Desk) -> str:
    """The record of the officer of an open desk, made where it is missing: with all roles."""
    for record in _records(desk):
        if not record["left"] and fold(record.text("name")) == fold(desk.officer):
            return record.id
    return enter_first(desk)


def enter_first(desk: Desk, id_: str | None = None) -> str:
    """Write the officer of a desk down, under that id where it is known beforehand."""
    values: dict[str, Value] = {"name": desk.officer, **dict.fromkeys(ROLES, True)}
    return writer.save(desk, OFFICER, values, id_).id


def enter(desk: Desk, who: str) -> None:
    """Let that officer be the one who has the desk open: changes bear their name from now on."""
    desk.who, desk.officer = who, _record(desk, who).text("name")
    desk.pen = bool(rules.acts(desk) & rules.WRITING)


def note_password(desk: Desk, who: str) -> None:
    """When an officer's password was set; one's own may be set by who only reads, too."""
    pen, desk.pen = desk.pen, True
    try:
        writer.save(desk, OFFICER, {"password_on": f"{datetime.now():%Y-%m-%d %H:%M}"}, who)
    finally:
        desk.pen = pen


# --- looking after them -----------------------------------------------------------------------------------------------
def add(desk: Desk, name: str, roles: Sequence[str], password: str, person: str | None = None) -> str:
    """One more officer of a locked desk; their record. `BadInput` for a name that is taken, no role, or a password that
    is too weak."""
    from cpdesk.tasks import keys

    rules.need(desk, Act.KEYS)
    values = _values(desk, None, name, roles, person)
    problem = keys.problem_of(password, name)
    if problem:
        raise BadInput(problem, _("Nobody was entered."))
    keys.need_lock(desk)
    with immediate(desk.db):  # nobody is entered whose password the disk refused
        id_ = writer.save(desk, OFFICER, values).id
        keys.give_password(desk, id_, password)
    return id_


def change(
    desk: Desk,
    id_: str,
    *,
    name: str | None = None,
    roles: Sequence[str] | None = None,
    person: str | None = None,
) -> None:
    """Another name, other roles, another person; what is None stays. The last keeper stays one."""
    rules.need(desk, Act.KEYS)
    there = get(desk, id_)
    values = _values(desk, id_, there.name if name is None else name, there.roles if roles is None else roles, person)
    with immediate(desk.db):
        if not values[KEEPER]:
            _another_keeper(desk, id_)
        writer.save(desk, OFFICER, values, id_)
    if id_ == desk.who:
        enter(desk, id_)


def leave(desk: Desk, id_: str) -> None:
    """They work here no more: their password opens nothing. What they wrote stays, with their name."""
    from cpdesk.tasks import keys

    rules.need(desk, Act.KEYS)
    get(desk, id_)
    with immediate(desk.db):
        _another_keeper(desk, id_)
        writer.save(desk, OFFICER, {"left": True}, id_)
    keys.take_password(desk, id_)  # who is marked so is shut out already, should the disk refuse this


def come_back(desk: Desk, id_: str, password: str) -> None:
    """Who had left works here again, in the roles they had."""
    rules.need(desk, Act.KEYS)
    reset(desk, id_, password)
    writer.save(desk, OFFICER, {"left": None}, id_)


def reset(desk: Desk, id_: str, password: str) -> None:
    """A new password for an officer who has forgotten theirs."""
    from cpdesk.tasks import keys

    rules.need(desk, Act.KEYS)
    problem = keys.problem_of(password, get(desk, id_).name)
    if problem:
        raise BadInput(problem, _("The password stays as it was."))
    keys.give_password(desk, id_, password)


def _values(desk: Desk, id_: str | None, name: str, roles: Sequence[str], person: str | None) -> dict[str, Value]:
    tidy = " ".join(name.split())
    if not tidy:
        raise BadInput(_("The officer's name is missing."), _("Nothing was changed."))
    if any(fold(one.name) == fold(tidy) and one.id != id_ for one in officers(desk)):
        raise BadInput(
            _("“{name}” is an officer of this desk already.").format(name=tidy),
            _("Nothing was changed."),
            _("Add something to the name that tells the two apart: it stands beside each change."),
        )
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise BadInput(
            _("Choose at least one role: {roles}.").format(roles=", ".join(ROLES)), _("Nothing was changed.")
        )
    values: dict[str, Value] = {"name": tidy, **{role: True if role in roles else None for role in ROLES}}
    return values if person is None else {**values, "person": person or None}


def _another_keeper(desk: Desk, but: str) -> None:
    """`BadInput` where nobody would be left who looks after officers and keys."""
    known = _owners(desk)
    if not any(r[KEEPER] and not r["left"] and r.id in known and r.id != but for r in _records(desk)):
        raise BadInput(
            _("Somebody has to look after the officers and keys of this desk."),
            _("Nothing was changed."),
            _("Make another officer its keeper first."),
        )
