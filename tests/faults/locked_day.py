"""A day with power cuts on which a desk is locked, its password changed, an officer comes and goes, the code is drawn
anew, a backup made, and at last the desk is left open again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cpdesk import files
from cpdesk.store import care
from cpdesk.tasks import desk as desks
from cpdesk.tasks import keys, officers, tries
from tests.faults import cuts, locks
from tests.faults.cuts import ALL, NOTHING, Place, Step
from tests.faults.locks import FIRST, NONE, OTHER, OTHERS, SECOND

NAME, SHORT = "a desk is locked, changed and left open again", "the password of a desk is changed"
_looked_at: dict[bytes, str] = {}  # how a copy of these bytes was found
DESK, COPY = "p.cpdesk", "locked.cpbackup"


def _reached(place: Place) -> int | str:
    """How many of the steps have been taken, by what opens the desk; a text where nothing does, or too much."""
    if "reached" not in place.facts:
        place.facts["reached"] = _told_by_secrets(place)
    return place.facts["reached"]


def _told_by_secrets(place: Place) -> int | str:
    path = place.folder / DESK
    ways = tuple(secret for secret in (NONE, FIRST, SECOND, OTHERS) if locks.opens(path, secret))
    known = {one.name: one.left for one in officers.officers(place.desk())} if ways else {}
    if ways == (NONE,):
        return 6 if OTHER in known else 0
    if ways == (FIRST,):
        return 1
    if ways == (SECOND, OTHERS) and not known[OTHER]:
        return 3
    if ways == (SECOND,) and OTHER not in known:
        return 2
    if ways == (SECOND,):
        return (5 if locks.opens(path, locks.next_code()) else 4) if known[OTHER] else 2  # entered, no password yet
    return f"opens by {len(ways)} ways"


def _step(number: int, name: str, do: Callable[[Place], object]) -> Step:
    def state(place: Place) -> str:
        reached = _reached(place)
        return reached if isinstance(reached, str) else ALL if reached >= number else NOTHING

    return Step(name, do, state)


def _leaves(place: Place) -> None:
    desk = place.desk()
    officers.leave(desk, next(one.id for one in officers.officers(desk) if one.name == OTHER))


def _new_code(place: Place) -> object:
    locks.next_code()
    return keys.new_code(place.desk())


def _copied(place: Place) -> str:
    """A backup under its final name opens with the password of its day, and is whole."""
    copy = place.folder / COPY
    if not copy.exists():
        return NOTHING
    seen = files.sha256_of(copy)
    if seen not in _looked_at:
        target = place.folder / f"{Path(COPY).stem}-back.cpdesk"
        tries.forget(place.desk().salt)
        desks.restore(copy, target, SECOND)
        with locks.opened_somehow(target) as desk:
            wrong = care.check(desk).problems
        _looked_at[seen] = f"copy: {wrong}" if wrong else ALL
    return _looked_at[seen]


STEPS = (
    _step(1, "lock", lambda place: keys.set_password(place.desk(), FIRST)),
    cuts._meetings("ចាក់សោ"),
    cuts.CLOSE,
    _step(2, "change", lambda place: keys.set_password(place.desk(), SECOND, FIRST)),
    _step(3, "an officer comes", lambda place: officers.add(place.desk(), OTHER, ["officer"], OTHERS)),
    Step("backup", lambda place: desks.backup(place.desk(), place.folder / COPY), _copied),
    _step(4, "the officer leaves", _leaves),
    _step(5, "new code", _new_code),
    cuts._meetings("ក្រោយ​កូដ"),
    _step(6, "leave open", lambda place: keys.leave_open(place.desk(), SECOND)),
    cuts.CLOSE,
)
# The desk is written in before and long after: SQLite flushes the folder where it begins its log, and would cover up.
CHANGED = (*STEPS[:3], cuts._meetings("មុន"), STEPS[3], *(cuts._meetings(f"រួច {n}") for n in range(12)), cuts.CLOSE)
DAYS: dict[str, tuple[Step, ...]] = {NAME: STEPS, SHORT: CHANGED}
