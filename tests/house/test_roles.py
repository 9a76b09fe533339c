"""No task writes in a desk without asking for a role first: found in the source, so that no new one can forget it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.house.calls import Function, graph, named_in
from tests.house.source import report

ASKING = {f"cpdesk.tasks.roles.{name}" for name in ("need", "acting", "trying")}
_CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|DROP|ALTER)\s")
_KEYS = {"cpdesk.store.keyring.keep", "cpdesk.store.keyfile.keep", "cpdesk.store.keyfile.forget"}
# What is done for whoever has the desk open, or while nobody has.
UNASKED = {
    "cpdesk.store.desk.Desk.open": "nobody has a desk that is being opened,",
    "cpdesk.store.desk.Desk.create": "nor one that is being made,",
    "cpdesk.tasks.desk.furnished": "nor one that lacks its first record",
    "cpdesk.tasks.keys.create_locked": "a new desk is its maker's",
    "cpdesk.tasks.keys.recover": "who has the recovery code sets a password, whatever they may do else;",
    "cpdesk.tasks.helping.take_answer": "so does who was helped by the office above",
    "cpdesk.tasks.officers.enter_first": "an open desk has one officer, who is written down when it is locked",
    "cpdesk.tasks.officers.note_password": "everybody may change their own password",
    "cpdesk.tasks.renewing.put_in_place": "what was asked for when it was made takes the place of a closed desk;",
    "cpdesk.store.care.restore": "a desk made of a backup, beside all others;",
    "cpdesk.store.salvage.salvage": "and one made of a damaged desk",
    "cpdesk.tasks.audit.note": "a deed is noted for everybody who does one",
    "cpdesk.tasks.offices.identity": "the first need makes the desk's own keys and card",
    "cpdesk.tasks.backups._note": "when the last backup was made is no record,",
    "cpdesk.tasks.drafts.keep": "nor is what was half typed when the desk was locked;",
    "cpdesk.tasks.drafts.take": "it goes when it is given back",
    "cpdesk.tasks.personal.removal.tidy": "the file forgets what somebody was asked about when it was taken out",
    "cpdesk.store.words.index_pending": "the index of words only follows what was written,",
    "cpdesk.store.words.index_lately": "however few they are",
    "cpdesk.store.referring.referring": "a table that lasts as long as the question",
}


def unasked(functions: Mapping[str, Function]) -> dict[str, str]:
    """The functions that lead to something that writes with nobody asking on the way: each with the next on it, itself
    where it writes."""
    found = {one.name: one.name for one in functions.values() if _writes(one) and not _stops(one)}
    callers: dict[str, list[Function]] = {}
    for one in functions.values():
        for name in one.leads:
            callers.setdefault(name, []).append(one)
    queue = list(found)
    for name in queue:
        for caller in callers.get(name, ()):
            if caller.name not in found and not _stops(caller):
                found[caller.name] = name
                queue.append(caller.name)
    return found


def _writes(one: Function) -> bool:
    return one.name in _KEYS or any(map(_CHANGES.match, one.texts))


def _stops(one: Function) -> bool:
    return one.name in UNASKED or bool(one.leads & ASKING)


def entrances(functions: Mapping[str, Function]) -> list[Function]:
    """The tasks that the window and the command line name, and those that no other task names."""
    outside = named_in("cpdesk/tasks", "ui", "cpdesk/cli")
    tasks = [one for one in functions.values() if one.name.startswith("cpdesk.tasks.")]
    inside = {name for one in tasks for name in one.leads if name != one.name}
    return [one for one in tasks if one.public and (one.name in outside or one.name not in inside)]


def test_no_task_writes_without_asking() -> None:
    functions = graph("cpdesk/store", "cpdesk/tasks")
    writing = unasked(functions)
    said = []
    for one in entrances(functions):
        if one.name in writing:
            way = [one.name]
            while writing[way[-1]] != way[-1]:
                way.append(writing[way[-1]])
            said.append(f"{one.where}: {' → '.join(way)} writes, and nobody asked for a role (roles.need).")
    report(said)


def test_what_needs_no_asking_is_still_there() -> None:
    missing = UNASKED.keys() - graph("cpdesk/store", "cpdesk/tasks").keys()
    assert not missing, f"{', '.join(sorted(missing))}: nothing of that name; take it off the list."
