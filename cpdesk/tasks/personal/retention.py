"""Whose data are needed no more: nobody refers to them, or nothing happened with them for years.

The law asks that personal data are kept as long as their purpose lasts and no longer; how long that is, the office
says. Nothing goes by itself: a person looks, and decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cpdesk import records as kinds
from cpdesk import settings
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.store import Desk, Record, find, referring
from cpdesk.store.scopes import covers, is_private
from cpdesk.tasks import records
from cpdesk.tasks.purposes import last_written

_ON_THEIR_DAY = {"meeting": "date", "membership": "until", "follow_up": "done_on"}


@dataclass(frozen=True)
class Unneeded:
    """A person whose data nobody needs any more: `used` is when they were last written in or spoken of, `why` the
    reason in a sentence; `open_` places speak of them at all."""

    person: Record
    name: str
    used: date
    why: str
    places: int


def unneeded(desk: Desk, years: int | None = None, today: date | None = None) -> list[Unneeded]:
    """People without a standing seat, an open task or any mention for so many years (the setting's number where none is
    said), those that were longest of no use first. Only those whom this office may remove."""
    years = years if years is not None else settings.load().retention_years
    today = today or date.today()
    limit = _years_before(today, years)
    people = {one.id: one for one in find.rows(desk.db, kinds.kind("person")) if _is_ours(desk, one)}
    last = last_written(desk, list(people))
    needed, used, places = _uses(desk, people, today)
    found = []
    for id_, person in people.items():
        day = max([last[id_], *used[id_]])
        if id_ not in needed and day < limit:
            found.append(Unneeded(person, records.named(desk, person), day, _why(places[id_], years), places[id_]))
    return sorted(found, key=lambda one: (one.used, one.name))


def _is_ours(desk: Desk, person: Record) -> bool:
    return is_private(person.scope) or covers(desk.office, person.scope)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _uses(desk: Desk, people: dict[str, Record], today: date) -> tuple[set[str], dict[str, list[date]], dict[str, int]]:
    """Who is needed now; the days on which others were spoken of; and in how many places."""
    needed: set[str] = set()
    used: dict[str, list[date]] = defaultdict(list)
    places: dict[str, int] = defaultdict(int)
    found = list(referring.referring(desk.db, [(bytes.fromhex(id_), "person") for id_ in people]))
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one.record.hex())
    rows: dict[str, Record] = {}
    for kind, ids in by_kind.items():
        rows |= find.by_ids(desk.db, kinds.kind(kind), ids)
    last = last_written(desk, list(rows))
    meetings = _meetings(desk, rows)
    for one in found:
        id_, row = one.to.hex(), rows[one.record.hex()]
        places[id_] += 1
        if _stands(row, today):
            needed.add(id_)
        day = row.values.get(_ON_THEIR_DAY.get(row.kind.name, "")) or meetings.get(
            row.text("meeting") if "meeting" in row.values else ""
        )
        used[id_].append(date.fromisoformat(str(day)) if day else last[row.id])
    return needed, used, places


def _meetings(desk: Desk, rows: dict[str, Record]) -> dict[str, str]:
    """The days of the meetings that some of the rows are parts of."""
    ids = sorted({row.text("meeting") for row in rows.values() if row.values.get("meeting")})
    return {
        id_: one.text("date") for id_, one in find.by_ids(desk.db, kinds.kind("meeting"), ids).items() if one["date"]
    }


def _stands(row: Record, today: date) -> bool:
    """Whether it is of use now: a seat that is not over, a task that is not done, an officer of this desk."""
    if row.kind.name == "membership":
        return not row["until"] or row.text("until") >= today.isoformat()
    if row.kind.name == "follow_up":
        return row.text("state") in ("", "open", "in_progress")
    return row.kind.name == "officer" and not row["left"]


def _why(places: int, years: int) -> str:
    if not places:
        return _("Nothing on this desk speaks of them.")
    words = ngettext(
        "No seat, no open task, and no mention for {count} year.",
        "No seat, no open task, and no mention for {count} years.",
        years,
    )
    return words.format(count=digits.count(years))
