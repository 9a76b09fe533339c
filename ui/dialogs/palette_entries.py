"""What the palette offers: records with where in them something was found, places lately seen, commands and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cpdesk.errors import NotFound
from cpdesk.i18n import N_, _
from cpdesk.tasks import Desk, Record, records, search
from cpdesk.tasks.search import Part
from ui.actions import Action
from ui.navigation import Location
from ui.pages import places

FOUND = 20
EVERYTHING, COMMANDS = "everything", "commands"
_FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {  # key: (its word, the kinds in it)
    EVERYTHING: (N_("Everything"), ()),
    "meetings": (
        N_("Meetings"), ("meeting", "agenda_item", "attendance", "presentation", "input", "follow_up", "attachment")
    ),
    "plans": (
        N_("Plans"),
        (
            "plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "swot",
            "plan_version", "progress", "actual",
        ),
    ),
    "people": (N_("People"), ("person", "body", "membership")),
    COMMANDS: (N_("Commands"), ()),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line of the list: a record's place, or a command by its id. `kind` says what it is; `detail` stands under the
    title, `beside` at the right of that.
    """

    icon: str
    title: str
    detail: str = ""
    keys: str = ""
    location: Location | None = None
    command: str = ""
    kind: str = ""
    beside: str = ""
    parts: tuple[Part, ...] = ()
    around: tuple[Part, ...] = ()

    def spoken(self) -> str:
        return ", ".join(filter(None, (self.title, self.kind, self.detail, self.beside, self.keys)))


@dataclass(frozen=True)
class Answer:
    """The entries for what was typed; see `search.Found` for the rest."""

    entries: tuple[Entry, ...] = ()
    near: bool = False
    all_read: bool = True


def families() -> list[tuple[str, str]]:
    """What can be looked through by itself: key and word."""
    return [(key, _(word)) for key, (word, _kinds) in _FAMILIES.items()]


def kinds_of(family: str) -> Sequence[str] | None:
    return _FAMILIES[family][1] or None


def look_up(desk: Desk, text: str, family: str = EVERYTHING) -> Answer:
    """What is found for `text`, each where it is shown; what no page shows is left out."""
    if family == COMMANDS:
        return Answer()
    found = search.look_up(desk, text, kinds_of(family), FOUND)
    known: places.Known = {}
    entries = tuple(entry for hit in found.hits if (entry := _hit(desk, hit, known)))
    return Answer(entries, found.near, found.all_read)


def _hit(desk: Desk, hit: search.Hit, known: places.Known) -> Entry | None:
    where = places.place(desk, hit.record, known)
    if where is None:
        return None
    around = (Part(f"{hit.field}: "), *hit.around) if hit.around else ()
    beside = places.about(desk, hit.record, known)
    return Entry(
        places.icon(hit.record.kind),
        "".join(part.text for part in hit.title),
        "".join(part.text for part in around) or beside,
        location=where,
        kind=hit.record.kind.label,
        beside=beside if around else "",
        parts=hit.title,
        around=around,
    )


def recent(desk: Desk, ids: Sequence[str], family: str = EVERYTHING) -> list[Entry]:
    """The records of these ids that are still here."""
    return [entry for id_ in ids if (entry := _seen(desk, id_, kinds_of(family)))]


def _seen(desk: Desk, id_: str, kinds: Sequence[str] | None) -> Entry | None:
    try:
        record: Record = records.get(desk, id_)
    except NotFound:
        return None
    where = None if record.deleted else places.place(desk, record)
    if where is None or (kinds is not None and record.kind.name not in kinds):
        return None
    about = places.about(desk, record)
    title = records.called(desk, record)
    return Entry(places.icon(record.kind), title, about, location=where, kind=record.kind.label)


def command(action: Action) -> Entry:
    """A command, or the way to a page."""
    return Entry(action.icon or "arrow-right", action.text, keys=action.keys_shown(), command=action.id)
