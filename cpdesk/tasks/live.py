"""A meeting while people speak: when it began, who is in the room, who may be speaking, and the sentence half typed.

What is said becomes a record when its line is done. Until then it is overwritten, letter after letter, in a note that
lies in the desk and outside the log: a sentence is one change then, not sixty, and none of it is lost where the lid is
closed in the middle of a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta

from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records, roles
from cpdesk.tasks.meetings import Attendee, Counts, Quorum
from cpdesk.tasks.roles import Act

AHEAD, RUNNING, OVER = "ahead", "running", "over"
LONGEST = timedelta(hours=16)  # a meeting that seems to take longer was not ended
GRACE = timedelta(minutes=15)  # who comes so long after the beginning is not late yet
MOST = 12
_NOTE = "live/"


# --- when ---------------------------------------------------------------------------------------------------------
def began(meeting: Record) -> datetime | None:
    """When it began, or was to begin; None where day or hour is blank."""
    if not meeting["date"] or not meeting["start"]:
        return None
    return datetime.combine(date.fromisoformat(meeting.text("date")), time.fromisoformat(meeting.text("start")))


def elapsed(meeting: Record, now: datetime) -> timedelta | None:
    """How long it has been going on; None where it is not."""
    start = began(meeting)
    if start is None or meeting["state"] != "held" or meeting["end"]:
        return None
    since = now - start
    return since if timedelta(0) <= since <= LONGEST else None


def phase(meeting: Record, now: datetime) -> str:
    """AHEAD, RUNNING or OVER: a meeting that was begun is held and has no end yet."""
    if elapsed(meeting, now) is not None:
        return RUNNING
    return OVER if meeting["state"] in ("held", "minutes_approved") else AHEAD


def beginning(now: datetime) -> dict[str, Value]:
    """What is kept of a meeting that begins now. An end that was planned goes: the true one is still to come."""
    return {"date": now.date().isoformat(), "start": f"{now:%H:%M}", "end": None, "state": "held"}


def ending(now: datetime) -> dict[str, Value]:
    return {"end": f"{now:%H:%M}", "state": "held"}


def arrival(meeting: Record, now: datetime) -> dict[str, Value]:
    """How somebody came who comes now: late with the hour, where the meeting has been going on for a while."""
    since = elapsed(meeting, now)
    if since is None or since <= GRACE:
        return {"status": "present"}
    return {"status": "late", "arrived": f"{now:%H:%M}"}


# --- who ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Room:
    """Who is in the room, and whether they may decide."""

    counts: Counts
    quorum: Quorum | None

    @property
    def women_percent(self) -> int | None:
        """Women of all present in whole per cent, a half up; None where nobody is there or somebody's sex is unsaid."""
        if not self.counts.total or self.counts.unsaid:
            return None
        return (200 * self.counts.women + self.counts.total) // (2 * self.counts.total)

    @property
    def missing(self) -> int:
        """How many members more there must be for a quorum, which is more than half of them."""
        return 0 if self.quorum is None else max(0, self.quorum.members // 2 + 1 - self.quorum.present)


def room(desk: Desk, meeting: str) -> Room:
    return Room(meetings.attendance_counts(desk, meeting), meetings.quorum(desk, meeting))


@dataclass(frozen=True)
class Found:
    """Somebody whom two letters may mean: `id` of a person, or of the row of a guest whom the desk does not know."""

    id: str
    name: str
    detail: str = ""
    here: bool = False


def speakers(desk: Desk, meeting: str, text: str, most: int = MOST) -> list[Found]:
    """Who may be speaking: of those in the room, then of the list, of the committee, of everybody."""
    return _people(desk, meeting, text, most, lambda found: not found.here)


def arrivals(desk: Desk, meeting: str, text: str, most: int = MOST) -> list[Found]:
    """Who may be coming in: of the list, those who are here already last; then of the committee, of everybody."""
    return _people(desk, meeting, text, most, lambda found: found.here)


def _people(desk: Desk, meeting: str, text: str, most: int, last: Callable[[Found], bool]) -> list[Found]:
    words = fold(text).split()
    listed = sorted((_listed(one) for one in meetings.attendees(desk, meeting)), key=last)
    found = _best(listed, words)
    near = {one.id for one in listed}
    if len(found) < most:
        members = [_known(desk, person) for person in _members(desk, meeting) if person.id not in near]
        found += _best(members, words)
        near |= {one.id for one in members}
    if len(found) < most and words:
        there = {one.id for one in found}
        others = [p for p in records.search(desk, text, ("person",), 2 * most) if p.id not in there]
        found += [_known(desk, person) for person in sorted(others, key=lambda person: person.id not in near)]
    return found[:most]


def _best(people: Iterable[Found], words: list[str]) -> list[Found]:
    """Those whose words hold all of `words`, names that begin with the first on top; the order stays otherwise."""
    ranked = []
    for one in people:
        name = fold(one.name)
        if all(word in name or word in fold(one.detail) for word in words):
            begins = not words or any(part.startswith(words[0]) for part in name.split())
            ranked.append((not begins, any(word not in name for word in words), one))
    return [one for *_rank, one in sorted(ranked, key=lambda entry: entry[:2])]


def _listed(one: Attendee) -> Found:
    name = " ".join(part for part in (one.title, one.name) if part)
    detail = " · ".join(part for part in (one.position, one.body) if part)
    person = one.record["person"]
    return Found(person if isinstance(person, str) else one.record.id, name, detail, one.here)


def _known(desk: Desk, person: Record) -> Found:
    detail = " · ".join(part for part in (person.text("position"), records.show(desk, person, "body")) if part)
    return Found(person.id, records.named(desk, person), detail)


def _members(desk: Desk, meeting: str) -> list[Record]:
    held = records.get(desk, meeting)
    if not isinstance(held["organiser"], str):
        return []
    sitting = [m["person"] for m in meetings.standing_members(desk, held["organiser"], held.text("date"))]
    people = [records.get_if_here(desk, person) for person in dict.fromkeys(sitting)]
    return [person for person in people if person is not None and not person.deleted]


def row_of(desk: Desk, meeting: str, person: str) -> Record | None:
    """The row of the list that a person stands in."""
    rows = records.children(desk, "attendance", meeting)
    return next((row for row in rows if person in (row["person"], row.id)), None)


def person_of(guest: Record) -> dict[str, Value]:
    """What is known of a guest, as a person of the desk: what they say is kept in a person's name."""
    return {"name_km": guest["name"], "title": guest["title"], "sex": guest["sex"], "position": guest["position"]}


# --- the sentence half typed ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Note:
    """Where a meeting stands: the present item of the agenda since when, who spoke last, and what is being typed.

    `text` is what stands in the line and in no record as it stands there; `record` is the remark that it goes on with,
    `base` what that remark said when the typing began.
    """

    item: str = ""
    since: str = ""
    who: str = ""
    text: str = ""
    record: str = ""
    base: str = ""

    def at(self, item: str, now: datetime) -> Note:
        return replace(self, item=item, since=now.isoformat(timespec="seconds"))

    def item_since(self, now: datetime) -> timedelta | None:
        """How long the present item has been talked about; None where that is not known, or was another day."""
        if not self.since:
            return None
        since = now - datetime.fromisoformat(self.since)
        return since if timedelta(0) <= since <= LONGEST else None


def note(desk: Desk, meeting: str) -> Note:
    """What was kept of a meeting last; an empty note where there is none that can be read."""
    try:
        kept = json.loads(desk.meta(_NOTE + meeting, "{}"))
    except ValueError:
        return Note()
    known = {field.name for field in fields(Note)}
    if not isinstance(kept, dict):
        return Note()
    return Note(**{key: value for key, value in kept.items() if key in known and isinstance(value, str)})


def keep(desk: Desk, meeting: str, now: Note) -> None:
    """Overwrite the note; on the disk when this returns, as any save is."""
    roles.need(desk, Act.DRAFT)
    kept = {key: value for key, value in asdict(now).items() if value}
    desk.set_meta(_NOTE + meeting, json.dumps(kept, ensure_ascii=False))


def unfinished(desk: Desk, meeting: str, kept: Note) -> tuple[str, Record | None]:
    """What was being typed, and the remark that it goes on with.

    A remark that went, or that somebody wrote on elsewhere since, is left alone: the typed words are a new one then.
    """
    record = records.get_if_here(desk, kept.record) if kept.record else None
    if record is None or record.deleted or record.kind.name != "input" or record["meeting"] != meeting:
        return kept.text, None
    if not kept.text:
        return record.text("text"), record
    return kept.text, record if record.text("text") == kept.base else None
