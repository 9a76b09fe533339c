"""All that a desk has on a person: what they may ask for, told so that they can read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.store import Desk, Record, clock, exchange, find, log
from cpdesk.store.carried import hands, stretches
from cpdesk.store.scopes import is_private
from cpdesk.store.scopes import may_see as sees
from cpdesk.tasks import records
from cpdesk.tasks.board import office_name
from cpdesk.tasks.personal.mentions import mentions
from cpdesk.tasks.purposes import Purpose, may_see, purpose
from cpdesk.tasks.roles import Act, need

TEXTS = "text"  # the sort of a place where a free text names them


@dataclass(frozen=True)
class Place:
    """A place where they occur: record `id`, of that kind; `sort` gathers alike ones (a kind, or TEXTS). `title` names
    it, `words` say as what they stand there; who wrote in it last, and when."""

    id: str
    kind: str
    sort: str
    title: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Hand:
    """Somebody who wrote in the person's own record."""

    who: str
    office: str
    began: datetime
    ended: datetime
    changes: int


@dataclass(frozen=True)
class Holder:
    """Another office that has the record; `sure`: it said so itself. Else a package with it was written for it."""

    office: str
    name: str
    sure: bool


@dataclass(frozen=True)
class About:
    """`facts` are (field, label, value) of the record itself; `objection` what the person says of it."""

    person: Record
    name: str
    facts: tuple[tuple[str, str, str], ...]
    objection: str
    purpose: Purpose
    places: tuple[Place, ...]
    hands: tuple[Hand, ...]
    holders: tuple[Holder, ...]

    def of(self, sort: str) -> list[Place]:
        return [one for one in self.places if one.sort == sort]

    @property
    def sorts(self) -> list[str]:
        """In the order in which they were found: references kind by kind, texts last."""
        return list(dict.fromkeys(one.sort for one in self.places))


def of_person(desk: Desk, id_: str) -> Record:
    """The record; `BadInput` where it is no person, or was removed."""
    person = records.get(desk, id_)
    if person.kind.name != "person":
        raise BadInput(_("“{title}” is no person.").format(title=person.title), _("Nothing was changed."))
    if person.removed:
        raise BadInput(_("This person was removed on request: nothing is kept of them."), _("Nothing was changed."))
    return person


def about(desk: Desk, id_: str, *, whole: bool = False) -> About:
    """What the desk has on a person, phone numbers masked unless it is `whole` (`NotAllowed` for who may not see them);
    goes through the whole desk, so that windows ask for it beside their work."""
    person = of_person(desk, id_)
    if whole and not may_see(desk):
        need(desk, Act.DRAFT)
    facts = tuple(
        (
            field.name,
            field.label,
            person.text(field.name) if field.personal and whole else records.show(desk, person, field.name),
        )
        for field in person.kind.fields
        if person[field.name] is not None and field.name not in ("objection", "purpose", "purpose_since")
    )
    return About(
        person, records.named(desk, person), facts, person.text("objection"), purpose(desk, person),
        tuple(_places(desk, person)), tuple(_hands(desk, id_)), tuple(holders(desk, id_)),
    )  # fmt: skip


def _places(desk: Desk, person: Record) -> list[Place]:
    pointing = records.pointing_at(desk, person.id)
    named = [(one.record, one.field, one.words) for one in mentions(desk, person)]
    ids = [record.id for record, _field in pointing] + [record.id for record, _field, _words in named]
    last = find.last_changes(desk.db, list(dict.fromkeys(ids)))
    found = [
        Place(record.id, record.kind.name, record.kind.name, *_said(desk, record, field), *_last(last, record.id))
        for record, field in pointing
        if record.kind.name != "attachment"
    ]
    for record, field, words in named:
        title = f"{_whole(desk, record)} · {record.kind.field(field).label}"
        found.append(Place(record.id, record.kind.name, TEXTS, title, words, *_last(last, record.id)))
    return found


def _last(last: dict[str, tuple[datetime, str, bool]], id_: str) -> tuple[str, datetime]:
    at, by, _along = last[id_]
    return by, at.astimezone()


def _said(desk: Desk, record: Record, field: str) -> tuple[str, str]:
    """What it is called, and as what the person stands there."""
    label = record.kind.field(field).label
    if record.kind.name == "membership":
        days = [record.label(name) for name in ("from", "until")]
        said = " – ".join(day or "…" for day in days) if any(days) else ""
        return records.show(desk, record, "body"), " · ".join(filter(None, (record.label("role"), said)))
    if record.kind.name == "attendance":
        return _whole(desk, record), record.label("status") or label
    if record.kind.name == "meeting":
        return _whole(desk, record), label
    if record.kind.name == "plan_version":
        return f"{records.show(desk, record, 'plan')} · {record.kind.label} {record.label('version')}", label
    return records.called(desk, record), " · ".join(filter(None, (label, _in(desk, record))))


def _in(desk: Desk, record: Record) -> str:
    whole = records.get_if_here(desk, record.values.get(record.kind.parent)) if record.kind.parent else None
    return _whole(desk, whole) if whole is not None else ""


def _whole(desk: Desk, record: Record) -> str:
    """A record by the meeting that it is a part of, with its day."""
    if record.kind.name != "meeting" and record.kind.parent == "meeting":
        return _in(desk, record) or records.called(desk, record)
    if record.kind.name == "meeting":
        return " · ".join(filter(None, (record.title, record.label("date"))))
    return records.called(desk, record)


def _hands(desk: Desk, id_: str) -> list[Hand]:
    return [
        Hand(one.who, one.office, _moment(one.began), _moment(one.ended), one.changes) for one in hands(desk.db, id_)
    ]


def _moment(hlc: int) -> datetime:
    return clock.moment(hlc).astimezone()


def holders(desk: Desk, id_: str) -> list[Holder]:
    """The other offices that have the record: those that said so in their packages, and those for which a package was
    written since it began."""
    shared = [one for one in stretches(desk.db, id_) if not is_private(one.scope)]
    sent = exchange.sent(desk.db)
    found: dict[str, Holder] = {}
    for card in exchange.cards(desk.db):
        if card.role == exchange.SELF or card.office == desk.office:
            continue
        has = exchange.holds(desk.db, card.fingerprint)
        sure = any(one.stream in has and has[one.stream][0] >= one.first for one in shared)
        seen = [one for one in shared if sees(card.office, one.scope)]
        told = any(
            one.recipient == card.office
            and datetime.fromisoformat(one.at) >= clock.moment(stretch.began).replace(microsecond=0)
            for one in sent
            for stretch in seen
        )
        known = found.get(card.office)
        if (sure or told) and not (known and known.sure):
            found[card.office] = Holder(card.office, card.name or office_name(card.office), sure)
    for stream in log.streams(desk.db):  # whoever wrote in it has it
        if stream.office != desk.office and stream.id in {one.stream for one in shared}:
            found[stream.office] = Holder(stream.office, office_name(stream.office), True)
    return sorted(found.values(), key=lambda one: one.office)
