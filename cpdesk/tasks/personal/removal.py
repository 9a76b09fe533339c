"""A person asks to be removed: their record and all that hangs on it goes, on this desk and, with the next packages, on
every other; official papers keep the name that stands in them; references say that somebody was removed.

What is taken out is taken out of the log (`store.redaction`): its place and its hash stay, so that the chain holds. The
file is written anew, so that no page of it keeps the bytes (`store.wiping`). There is no way back.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from cpdesk import settings
from cpdesk.errors import BadInput
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record, decisions, find, redaction, wiping, writer
from cpdesk.store.carried import stretches, written_by
from cpdesk.store.clock import moment
from cpdesk.store.connection import immediate
from cpdesk.store.scopes import covers, is_private
from cpdesk.tasks import audit, backups, bringing_back, records
from cpdesk.tasks.personal import rules
from cpdesk.tasks.personal.about import Holder, holders, of_person
from cpdesk.tasks.personal.mentions import Mention, mentions, without
from cpdesk.tasks.roles import Act, need

_PAUSE = 600.0  # seconds
_not_before: dict[bytes, float] = {}  # by desk, in this program's own time: when wiping is tried again
_TYPED = ("name", "title", "position", "body")  # of a guest's row


@dataclass(frozen=True)
class Stays:
    """A record in which the name stays as text, and the rule that keeps it there."""

    id: str
    title: str
    rule: str


@dataclass(frozen=True)
class Removal:
    """What removing would do. `refused` says why it cannot be done, "" where it can. `goes`: (what, how many) of the
    records whose content goes, the person's first; `shown`: in how many places "(removed on request)" will stand.
    `texts` name the person and may be asked to forget it; `copies` are older copies of the desk on this computer."""

    person: str
    name: str
    refused: str
    goes: tuple[tuple[str, int], ...] = ()
    shown: int = 0
    stays: tuple[Stays, ...] = ()
    texts: tuple[Mention, ...] = ()
    holders: tuple[Holder, ...] = ()
    copies: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Removed:
    """`ids` are all records whose content went or was written anew; `wiped`: whether the file has no trace of it any
    more; `copies`: older copies that were deleted; `left`: those that could not be."""

    ids: tuple[str, ...]
    wiped: bool
    copies: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


@dataclass
class _Work:
    """What has to be done, gathered while nothing is written yet."""

    whole: list[Record] = field(default_factory=list)  # taken out as a whole
    rows: list[Record] = field(default_factory=list)  # of the attendance, with something typed about the person
    signed: list[Record] = field(default_factory=list)  # of the attendance of approved minutes
    approved: list[Record] = field(default_factory=list)  # versions of plans that the person approved
    stays: list[Stays] = field(default_factory=list)
    texts: list[Mention] = field(default_factory=list)
    shown: int = 0


def look(desk: Desk, id_: str) -> Removal:
    """What `remove` would do; changes nothing."""
    person = of_person(desk, id_)
    work = _work(desk, person)
    counts = Counter(record.kind.label for record in work.whole[1:])
    bearing = written_by(desk.db, {person.title, records.named(desk, person)})
    if bearing:
        words = ngettext(
            "The log answers for who wrote what: {count} change bears this name, and keeps it.",
            "The log answers for who wrote what: {count} changes bear this name, and keep it.",
            bearing,
        )
        work.stays.append(Stays("", _("Who wrote what"), words.format(count=digits.count(bearing))))
    return Removal(
        id_, records.named(desk, person), rules.refused(desk, person), ((person.kind.label, 1), *counts.items()),
        work.shown, tuple(work.stays), tuple(work.texts), tuple(holders(desk, id_)), tuple(copies_with(desk, id_)),
    )  # fmt: skip


def _work(desk: Desk, person: Record) -> _Work:
    work = _Work([person])
    work.whole += _twins(desk, person)
    for one in list(work.whole):
        for record, name in records.pointing_at(desk, one.id):
            _sort_in(desk, work, record, name)
    for mention in mentions(desk, person):
        if mention.record.id in {row.id for row in (*work.rows, *work.signed)}:
            continue
        rule = rules.keeps(desk, mention.record)
        if rule:
            work.stays.append(Stays(mention.record.id, records.called(desk, mention.record), rule))
        else:
            work.texts.append(mention)
    return work


def _twins(desk: Desk, person: Record) -> Iterator[Record]:
    """Records of the same person that were joined into this one."""
    for record, (_kind, into) in decisions.joined(desk.db).items():
        if into.hex() == person.id and (twin := find.row(desk.db, record.hex())) is not None:
            yield twin


def _sort_in(desk: Desk, work: _Work, record: Record, name: str) -> None:
    ours = is_private(record.scope) or covers(desk.office, record.scope)
    if record.kind.name in ("membership", "attachment") and ours:
        work.whole.append(record)
        return
    work.shown += 1
    called = records.called(desk, record)
    if record.kind.name == "attendance" and name == "person":
        meeting = rules.signed_minutes(desk, record)
        if meeting is not None and ours:
            work.signed.append(record)
            work.stays.append(Stays(meeting.id, meeting.title, rules.keeps(desk, record)))
        elif any(record[typed] is not None for typed in _TYPED):
            rule = rules.keeps(desk, record)
            if rule:
                work.stays.append(Stays(record.id, called, rule))
            else:
                work.rows.append(record)
    elif record.kind.name == "plan_version" and ours:
        work.approved.append(record)
        work.stays.append(Stays(record.id, _plan_of(desk, record), rules.keeps(desk, record)))


def _plan_of(desk: Desk, version: Record) -> str:
    return f"{records.show(desk, version, 'plan')} · {version.kind.label} {version.label('version')}"


# --- doing it -------------------------------------------------------------------------------------------------------
def remove(desk: Desk, id_: str, *, texts: bool = False, copies: bool = False) -> Removed:
    """Remove a person; `texts`: take the name out of free texts too, where no rule keeps it; `copies`: delete the older
    copies of the desk on this computer. `NotAllowed`, `BadInput` where it may not be; all or nothing."""
    need(desk, Act.KEYS)
    person = of_person(desk, id_)
    why = rules.refused(desk, person)
    if why:
        raise BadInput(why, _("Nothing was changed."))
    old = copies_with(desk, id_)
    with wiping.forgetting(desk.db), immediate(desk.db):
        work = _work(desk, person)
        _keep_names(desk, person, work)
        ids = [record.id for record in work.whole]
        ids += _rewrite(desk, person, work, texts)
        for record in work.whole:
            redaction.redact(desk, record.id)
        audit.note(desk, "removed", record=id_)
    wiped = wiping.wipe(desk.db)
    _forget(ids)
    gone = [file for file in old if copies and _unlinked(file)]
    return Removed(tuple(ids), wiped, tuple(gone), tuple(file for file in old if file not in gone))


def _keep_names(desk: Desk, person: Record, work: _Work) -> None:
    """Official papers keep the name as text, where until now they only referred to the record."""
    named: dict[str, Value] = {
        "name": person.title, "title": person["title"], "sex": person["sex"], "position": person["position"],
        "body": records.show(desk, person, "body") or None,
    }  # fmt: skip
    for row in work.signed:
        blank = {name: value for name, value in named.items() if row[name] is None and value is not None}
        if blank:
            writer.save(desk, row.kind, blank, row.id)
    for version in work.approved:
        writer.save(desk, version.kind, {"approver": records.named(desk, person)}, version.id)


def _rewrite(desk: Desk, person: Record, work: _Work, texts: bool) -> list[str]:
    """Rows and texts said anew without the name, and what they said before taken out."""
    sets: dict[str, dict[str, Value]] = {row.id: dict.fromkeys(_TYPED) for row in work.rows}
    for mention in work.texts if texts else ():
        value = without(mention.record[mention.field], person, _("(removed on request)"))
        sets.setdefault(mention.record.id, {})[mention.field] = value
    for id_, values in sets.items():
        now = records.get(desk, id_)
        records.before_change(desk, now.kind, values, now)
        redaction.rewrite(desk, id_, values)
    return list(sets)


def complete(desk: Desk) -> None:
    """After packages came in: what was removed here stays removed, whoever wrote in it meanwhile or brought it back
    from an old copy; and what another office removed leaves no trace in this file either."""
    for id_ in redaction.unfinished(desk.db):
        record = find.row(desk.db, id_)
        if record is not None and (is_private(record.scope) or covers(desk.office, record.scope)):
            with wiping.forgetting(desk.db):
                redaction.redact(desk, id_)
    tidy(desk)


def tidy(desk: Desk) -> bool:
    """Wipe the file where that is owed: another window held it when somebody was removed, or the power went. Whether it
    has no trace of them any more. Where the machine would not (no room), it is not asked again at once."""
    if not wiping.owed(desk.db):
        return True
    if time.monotonic() < _not_before.get(desk.salt, 0.0):
        return False
    wiped = wiping.wipe(desk.db)
    if not wiped:
        _not_before[desk.salt] = time.monotonic() + _PAUSE
    return wiped


# --- what else remembers --------------------------------------------------------------------------------------------
def copies_with(desk: Desk, id_: str) -> list[Path]:
    """Copies of this desk in the places where the program puts them that were made since the person's record began, and
    still hold it. Of those that a person carried elsewhere nobody here knows."""
    began = moment(min((one.began for one in stretches(desk.db, id_)), default=0)).replace(microsecond=0)
    return [file for file in backups.older_than(desk, _now()) if (made := made_at(file)) is not None and made >= began]


def made_at(file: Path) -> datetime | None:
    """When a copy was made, for whoever decides over it; None where nothing tells."""
    return bringing_back.copy_at(file)


def _now() -> datetime:
    return datetime.now().astimezone() + timedelta(seconds=1)  # of those made just now too


def _unlinked(file: Path) -> bool:
    with suppress(OSError):
        file.unlink()
        return True
    return False


def _forget(ids: list[str]) -> None:
    """The settings remember what was lately looked at by its id: not these."""
    now = settings.load()
    desks = now.others.get("desks")
    if not isinstance(desks, dict):
        return
    gone = set(ids)
    kept = {path: _without(told, gone) for path, told in desks.items()}
    if kept != desks:
        settings.save(replace(now, others={**now.others, "desks": kept}))


def _without(told: object, gone: set[str]) -> object:
    if not isinstance(told, dict):
        return told
    seen = told.get("seen")
    made = {**told, "seen": [one for one in seen if one not in gone]} if isinstance(seen, list) else dict(told)
    if made.get("record") in gone:
        made.pop("record")
    return made
