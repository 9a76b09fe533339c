"""What lies in the bin, who put it there, and the way back into its place. Nothing ever leaves the bin for good, but
what a person asked to have removed (`personal.removal`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.khmer.spelling import loose
from cpdesk.store import Desk, Record, find
from cpdesk.tasks import exchange, records
from cpdesk.tasks.undo import Undo


@dataclass(frozen=True)
class Binned:
    """A record in the bin. `wholes` are what it is a part of, nearest first, as far as that lies there too: it comes
    back along with it.
    """

    record: Record
    at: datetime
    by: str
    wholes: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Back:
    """What came back: the records that were asked for, the wholes that had to come along, and all ids with parts."""

    asked: tuple[str, ...]
    wholes: tuple[str, ...]
    ids: tuple[str, ...]


def read(desk: Desk, among: Sequence[str] | None = None, text: str = "") -> list[Binned]:
    """What was put in the bin by itself, the last first; `among` these kinds, with these words in what names it, in
    the names of its wholes or of who deleted it. Parts that went along with their whole come back with that, and are
    not told of.
    """
    found: list[Record] = []
    for kind in kinds.KINDS.values():
        if not kind.built_in and (among is None or kind.name in among):
            found += find.rows(desk.db, kind, deleted=True)
    last = find.last_changes(desk.db, [record.id for record in found])
    seen: dict[str, Record | None] = {record.id: record for record in found}
    lying: list[Binned] = []
    for record in found:
        wholes = _wholes(desk, record, seen)
        at, by, along = last[record.id]
        if not (wholes and along):
            lying.append(Binned(record, at, by, wholes))
    words = loose(text).split()
    fitting = [one for one in lying if not words or _holds(desk, one, words)]
    return sorted(fitting, key=lambda one: one.at, reverse=True)


def _holds(desk: Desk, one: Binned, words: Sequence[str]) -> bool:
    named = loose("\n".join([records.named(desk, one.record), one.by, *(whole.title for whole in one.wholes)]))
    return all(word in named for word in words)


def _wholes(desk: Desk, record: Record, seen: dict[str, Record | None]) -> tuple[Record, ...]:
    """What it is a part of, as far as that is in the bin without a break."""
    found: list[Record] = []
    while record.kind.parent:
        above = record.values.get(record.kind.parent)
        if not isinstance(above, str):
            break
        if above not in seen:
            seen[above] = records.get_if_here(desk, above)
        whole = seen[above]
        if whole is None or not whole.deleted:
            break
        found.append(whole)
        record = whole
    return tuple(found)


def bring_back(undo: Undo, wanted: Sequence[str]) -> Back:
    """Take records out of the bin into their places, with the parts that went with them and the wholes that they need;
    one step of undo, all or none.
    """
    desk = undo.desk
    asked: list[str] = []
    came: list[str] = []
    wholes: list[str] = []
    with undo.together(_("bring back from the bin")):
        for id_ in wanted:
            record = records.get(desk, id_)
            if not record.deleted:
                continue
            asked.append(id_)
            for whole in reversed(_wholes(desk, record, {})):
                came += undo.bring_back(whole.id)
                wholes.append(whole.id)
            if records.get(desk, id_).deleted:
                came += undo.bring_back(id_)
    return Back(tuple(asked), tuple(one for one in wholes if one not in asked), tuple(came))


def joined_into(desk: Desk, record: str) -> str:
    """The record into which it was joined, where that is why it lies here; else ""."""
    changes = [one for one in records.history(desk, record) if one.field == "_deleted" and one.value]
    if not changes or changes[-1].decided != "joined":
        return ""
    found = [one for one in exchange.decisions(desk, record=record) if one.into]
    return found[-1].shown if found else ""
