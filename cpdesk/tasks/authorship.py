"""Under which names somebody has written, so that nobody approves their own words under another one.

A change bears the name that its officer had at that moment. Names change, officers are entered twice, people are
joined: whatever name somebody ever had on this desk is theirs.
"""

from __future__ import annotations

from cpdesk.khmer import names
from cpdesk.khmer.spelling import fold
from cpdesk.store import Desk, Record, find

_OF_A_PERSON = ("name_km", "name_latin")


def bare(name: str) -> str:
    """A name as it is compared: without titles, however it is spelled."""
    return fold(names.said(name).name)


def of_person(person: Record) -> set[str]:
    """The names that a person bears now, bare."""
    return {bare(person.text(name)) for name in _OF_A_PERSON} - {""}


def ever_of_person(desk: Desk, person: str) -> set[str]:
    """All that a person ever bore, bare."""
    return _said(desk, person, *_OF_A_PERSON)


def of_officer(desk: Desk) -> set[str]:
    """All names under which who has the desk open may have written, bare: their own as an officer, those of the person
    whom they are, and those of every officer who is the same person. Nobody on an open desk."""
    if desk.who is None:
        return set()
    people = _people(desk, desk.who)
    found = {bare(desk.officer)} | _said(desk, desk.who, "name")
    for officer in _officers(desk):
        if people & _people(desk, officer):
            found |= _said(desk, officer, "name")
    for person in people:
        found |= ever_of_person(desk, person)
    return found - {""}


def _officers(desk: Desk) -> list[str]:
    """Those who left, too."""
    from cpdesk.records.officers import OFFICER

    return [record.id for gone in (False, True) for record in find.rows(desk.db, OFFICER, deleted=gone)]


def _people(desk: Desk, officer: str) -> set[str]:
    """Whom that officer was ever said to be."""
    return {str(w.value) for w in find.history(desk.db, officer) if w.field == "person" and w.value}


def _said(desk: Desk, record: str, *fields: str) -> set[str]:
    return {bare(str(w.value)) for w in find.history(desk.db, record) if w.field in fields and w.value} - {""}
