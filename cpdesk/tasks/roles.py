"""Who may do what on a desk. Asked by the tasks themselves, so that the command line is held to it as the window is.

An open desk (no password) has one officer, who may do everything; so does a desk that no officer has opened, as
programs and tests do. Where officers have passwords, what they may do follows from their roles as they stand in the
desk at that moment: a role that is taken away is gone with the next step. Whatever the roles, nobody approves what they
wrote (`versions`).

Who settles a difference or approves a plan writes by it, and need not be one who writes otherwise: what is written
inside of `acting` belongs to the act that was asked for. What is written inside of `trying` is taken back at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.records.officers import OFFICER
from cpdesk.records.officers import ROLES as NAMES
from cpdesk.store import Desk, find


class NotAllowed(UserError):
    """The officer's roles do not reach that far."""


class Act(StrEnum):
    READ = "read"  # look, search, print, make tables
    DRAFT = "draft"  # write records, put them into the bin, bring them back, undo
    SUBMIT = "submit"  # hand a plan over for review
    APPROVE = "approve"  # approve a plan or send it back, close it
    EXPORT = "export"  # write packages
    MERGE = "merge"  # take packages in, take them back, settle differences, join records
    KEYS = "keys"  # officers, passwords, cards of offices, bringing back, taking content out for good


ROLES: dict[str, frozenset[Act]] = {
    "officer": frozenset({Act.READ, Act.DRAFT, Act.SUBMIT, Act.EXPORT}),
    "head": frozenset({Act.READ, Act.APPROVE, Act.EXPORT}),
    "merger": frozenset({Act.READ, Act.EXPORT, Act.MERGE}),
    "reader": frozenset({Act.READ}),
    "keeper": frozenset({Act.READ, Act.KEYS}),
}
ALL = frozenset(Act)
WRITING = ALL - {Act.READ}
_TRIAL = "trial"


def roles(desk: Desk) -> tuple[str, ...]:
    """The roles of who has opened the desk, in the order of `NAMES`; all of them on an open desk."""
    if desk.who is None:
        return NAMES
    flags = find.own_flags(desk.db, OFFICER, (*NAMES, "left"), desk.who)
    return () if flags.get("left") else tuple(name for name in NAMES if flags.get(name))


def acts(desk: Desk) -> frozenset[Act]:
    """All that who has opened the desk may do."""
    return ALL if desk.who is None else frozenset[Act]().union(*(ROLES[role] for role in roles(desk)))


def may(desk: Desk, act: Act) -> bool:
    return desk.who is None or any(act in ROLES[role] for role in roles(desk))


def need(desk: Desk, act: Act, why: str = "") -> None:
    """`NotAllowed` where the officer's roles do not reach that far. `why` says, as a sentence, what has that act to do
    with what was asked for, where nobody would guess it."""
    if desk.acting == _TRIAL or (act is Act.DRAFT and desk.acting):
        return
    if not may(desk, act):
        refusal = _("{name} may not do this: {act}.").format(name=desk.officer, act=said(act))
        raise NotAllowed(
            f"{why} {refusal}" if why else refusal,
            _("Nothing was changed."),
            _("Ask somebody who has one of these roles: {roles}.").format(roles=", ".join(with_act(act))),
        )


@contextmanager
def acting(desk: Desk, act: Act) -> Iterator[None]:
    """Ask for an act; what is written inside belongs to it, and is not asked for once more."""
    need(desk, act)
    before, desk.acting = desk.acting, desk.acting or act
    try:
        yield
    finally:
        desk.acting = before


@contextmanager
def trying(desk: Desk) -> Iterator[None]:
    """Whoever may read may see what would come of something: inside nothing is refused. The caller rolls it back."""
    before, desk.acting, desk.pen = (desk.acting, desk.pen), _TRIAL, True
    try:
        yield
    finally:
        desk.acting, desk.pen = before


def with_act(act: Act) -> list[str]:
    """The names of the roles that reach that far, as people say them."""
    from cpdesk.records import kind

    return [kind("officer").field(role).label for role, granted in ROLES.items() if act in granted]


def said(act: Act) -> str:
    words = {
        Act.READ: _("reading"),
        Act.DRAFT: _("writing"),
        Act.SUBMIT: _("handing over for review"),
        Act.APPROVE: _("approving"),
        Act.EXPORT: _("writing packages"),
        Act.MERGE: _("merging and deciding"),
        Act.KEYS: _("looking after officers and keys"),
    }
    return words[act]
