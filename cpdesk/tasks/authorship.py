"""Under which names somebody has written, so that nobody approves their own words under another one.

A change bears the name that its officer had at that moment. Names change, officers are entered twice, people are
joined: whatever name somebody ever had on this desk is theirs.
"""

from __future__ import annotations

from cpdesk.khmer import names
from cpdesk.khmer.spelling import fold
from cpdesk.records.officers import OFFICER
from cpdesk.store import Desk, Record, decisions, find

_OF_A_PERSON = ("name_km", "name_latin")


def bare(name: str) -> str:
    """A name as it is compared: without titles, however it is spelled."""
    return fold(names.said(name).name)


def of_person(person: Record) -> set[str]:
    """The names that a person bears now, bare."""
    return {bare(person.text(name)) for name in _OF_A_PERSON} - {""}


def of_officer(desk: Desk) -> set[str]:
    """All names under which who has the desk open may have written, bare. Nobody's on an open desk."""
    return set() if desk.who is None else {bare(desk.officer)} | _ever(desk, _people(desk, desk.who), {desk.who})


def ever_of_person(desk: Desk, person: str) -> set[str]:
    """All that a person ever bore, bare: as a person, and as an officer of this desk."""
    return _ever(desk, {person}, set())


def _ever(desk: Desk, people: set[str], officers: set[str]) -> set[str]:
    """The names of these people, of whoever was joined with them, and of the officers who are one of them."""
    people = _with_joined(desk, people)
    officers = officers | {one for one in _officers(desk) if people & _with_joined(desk, _people(desk, one))}
    found: set[str] = set()
    for record, fields in (*((one, _OF_A_PERSON) for one in people), *((one, ("name",)) for one in officers)):
        found |= {bare(str(w.value)) for w in find.history(desk.db, record) if w.field in fields and w.value}
    return found - {""}


def _officers(desk: Desk) -> list[str]:
    """Those who left, too."""
    return [record.id for gone in (False, True) for record in find.rows(desk.db, OFFICER, deleted=gone)]


def _people(desk: Desk, officer: str) -> set[str]:
    """Whom that officer was ever said to be."""
    return {str(w.value) for w in find.history(desk.db, officer) if w.field == "person" and w.value}


def _with_joined(desk: Desk, people: set[str]) -> set[str]:
    """And whoever is the same by a joining, whichever of the two stands."""
    ends = {gone.hex(): into.hex() for gone, (_kind, into) in decisions.joined(desk.db).items()} if people else {}
    stand = {ends.get(one, one) for one in people}
    return people | stand | {gone for gone, into in ends.items() if into in stand}
