"""The book of who did what: the log, newest first, in plain words; and sums of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Kind, Value, is_record_id
from cpdesk.records.deeds import DEED
from cpdesk.store import Desk, Record, clock, decisions, exchange, log
from cpdesk.store import audit as book
from cpdesk.store.audit import Save, Wanted
from cpdesk.store.connection import troubles
from cpdesk.store.projection import DELETED, REDACTED, Change
from cpdesk.store.scopes import is_private
from cpdesk.tasks import records
from cpdesk.tasks.board import office_name

MADE, CHANGED, BINNED, BACK, TAKEN_OUT, EMPTIED = "made", "changed", "binned", "back", "taken_out", "emptied"
APPROVED, IN_REVIEW, CLOSED, DID = "approved", "in_review", "closed", "deed"
ONE_SAVE = 2000  # ms within which the two halves of a save, what leaves the desk and what does not, were written
BEHIND = 10 * 60_000  # ms by which a clock may lag before it is said
OF_PACKAGES = ("written", "merged", "taken_back", "taken_again")
OF_OFFICES = ("joined", "enrolled", "revoked", "log_cut", "log_old", "log_forked", "log_whole")
DAY = 24 * 3600


@dataclass(frozen=True)
class Entry:
    """One save, or one deed. `n` orders the book: pages go on before the last one's.

    `who` is the name that it is signed with, `officer` the record of the officer of this desk who is called so;
    `office` and `site` tell on whose computer it was written, `imported` with which import it came (None: written here)
    and `number` that package's own number. `label` is what the kind is called, or what the deed was. `fields` are the
    labels of what changed, `reason` the words of a decision, `odd` a sentence on a clock that cannot be right, or "".
    """

    n: int
    at: datetime
    who: str
    officer: str | None
    what: str
    kind: str
    label: str
    id: str
    title: str
    fields: tuple[str, ...]
    reason: str
    office: str
    site: str
    imported: int | None
    number: int | None
    private: bool
    odd: str = ""


@dataclass(frozen=True)
class ValueChange:
    """A field before and after a save, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Tally:
    """How many saves of how many records somebody made from that day on, for a day or a week."""

    who: str
    office: str
    start: date
    saves: int
    records: int


def entries(
    desk: Desk,
    since: date | None = None,
    until: date | None = None,
    by: str | None = None,
    kinds: Sequence[str] | None = None,
    here: bool | None = None,
    limit: int = 100,
    before: int | None = None,
) -> list[Entry]:
    """The newest first, in the order in which they came to be known here: from one day to another (both included), of
    those whose names hold `by`, of some kinds, written `here` or elsewhere. The next page begins `before` the last
    one's `n`."""
    with troubles(desk.db):
        saves = book.saves(desk.db, _wanted(since, until, by, kinds, here, before), limit)
        told = _Telling(desk, saves)
        found: list[Entry] = []
        for save in saves:
            entry = told.entry(save)
            if found and _is_half(found[-1], entry):
                fields = dict.fromkeys((*entry.fields, *found[-1].fields))
                found[-1] = replace(entry, fields=tuple(fields), private=False)
            else:
                found.append(entry)
        return found


def _wanted(
    since: date | None, until: date | None, by: str | None, of: Sequence[str] | None, here: bool | None,
    before: int | None,
) -> Wanted:  # fmt: skip
    first = _hlc(since) if since else 0
    last = _hlc(until + timedelta(days=1)) if until else 1 << 63
    return Wanted(first, last, by, of, here, before)


def _hlc(day: date) -> int:
    """Of the first moment of a day, by this computer's clock."""
    return max(0, int(datetime(day.year, day.month, day.day).timestamp() * 1000)) << 16


def _is_half(later: Entry, one: Entry) -> bool:
    """Whether both are one save, of which a part never leaves the desk."""
    return (
        later.id == one.id and later.private != one.private and later.site == one.site and later.who == one.who
        and DID not in (one.what, later.what) and abs(later.at - one.at) < timedelta(milliseconds=ONE_SAVE)
        and (one.what == later.what or one.what == MADE)
    )  # fmt: skip


class _Telling:
    """What the saves of one page need to be told: their records, the officers, the packages."""

    def __init__(self, desk: Desk, saves: Sequence[Save]) -> None:
        self._desk = desk
        wanted: dict[str, list[str]] = {}
        for save in saves:
            wanted.setdefault(save.kind, []).append(save.record.hex())
        self._records: dict[str, Record] = {}
        for kind, ids in wanted.items():
            if kind in kinds.KINDS:
                self._records |= records.some(desk, kind, list(dict.fromkeys(ids)))
        self._officers = {one.text("name"): one.id for one in records.find(desk, "officer")}
        came = {save.package for save in saves} - {None}
        self._packages = {row.package: row for row in exchange.received(desk.db)} if came else {}
        self._titles: dict[str, str] = {}

    def entry(self, save: Save) -> Entry:
        kind = kinds.KINDS.get(save.kind)
        sets = save.sets or {}
        row = self._packages.get(save.package) if save.package is not None else None
        private = is_private(save.scope)
        label = kind.label if kind else save.kind
        if save.kind == DEED.name:
            label = DEED.field("act").show((save.sets or {}).get("act"))
        return Entry(
            save.n, clock.moment(save.hlc), save.who, self._officers.get(save.who) if save.office == self._desk.office
            else None, _what(save), save.kind, label, save.record.hex(),
            self._title(save, kind), _fields(kind, sets), str(sets.get(decisions.REASON) or ""), save.office, save.site,
            save.package, row.number if row else None, private, _odd(save, row.received_at if row else None),
        )  # fmt: skip

    def _title(self, save: Save, kind: Kind | None) -> str:
        id_ = save.record.hex()
        if save.kind == DEED.name:
            return deed(self._desk, save.sets or {})
        if id_ not in self._titles:
            record = self._records.get(id_)
            title = records.called(self._desk, record) if record else ""
            self._titles[id_] = title or (taken_out() if save.sets is None else kind.label if kind else id_)
        return self._titles[id_]


def did(one: Entry) -> str:
    """What was done, in a word or two."""
    words = {
        MADE: _("Made"), CHANGED: _("Changed"), BINNED: _("Deleted"), BACK: _("Brought back"),
        TAKEN_OUT: _("Words taken out"), EMPTIED: _("Content removed"), APPROVED: _("Approved"),
        IN_REVIEW: _("Handed over for review"), CLOSED: _("Closed"), decisions.SETTLED: _("Settled"),
        decisions.JOINED: _("Joined"), decisions.UNDONE: _("Taken back"), decisions.REDONE: _("Taken in again"),
    }  # fmt: skip
    return one.label if one.what == DID else words.get(one.what, one.what)


def taken_out() -> str:
    return _("(removed on request)")


def deed(desk: Desk, sets: dict[str, Value]) -> str:
    """What a deed was done to, in plain words."""
    act, about, times = sets.get("act"), str(sets.get("about") or ""), sets.get("times")
    head, _space, rest = about.partition(" ")
    said = about
    if act in OF_PACKAGES and rest.isdigit():
        said = _("package {number}, {office}").format(number=digits.count(int(rest)), office=office_name(head))
    elif act in OF_OFFICES:
        said = office_name(head)
    elif is_record_id(about):
        said = records.title(desk, about)
    if isinstance(times, int):
        told = ngettext("{count} time", "{count} times", times)
        if str(act).startswith("log_"):
            told = _("from change {count} on") if act == "log_forked" else ngettext(
                "{count} change", "{count} changes", times
            )  # fmt: skip
        said = " · ".join(filter(None, (said, told.format(count=digits.count(times)))))
    return said


def _what(save: Save) -> str:
    sets = save.sets
    if save.kind == DEED.name:
        return DID
    if sets is None:
        return EMPTIED
    if REDACTED in sets:
        return TAKEN_OUT
    if decisions.DECIDED in sets:
        return str(sets[decisions.DECIDED])
    if DELETED in sets:
        return BINNED if sets[DELETED] else BACK
    state = sets.get("state") if save.kind == "plan" else None
    if state in (APPROVED, IN_REVIEW, CLOSED):
        return str(state)
    return MADE if save.first else CHANGED


def _fields(kind: Kind | None, sets: dict[str, Value]) -> tuple[str, ...]:
    names = (name for name in sets if not name.startswith("_"))
    return tuple(kind.field(name).label if kind and kind.has(name) else name for name in names)


def _odd(save: Save, received: str | None) -> str:
    """A time that cannot be: before the change that it follows, later than it came here, or long after the moment at
    which its record was made, which is in the record's own name."""
    at = save.hlc >> 16
    if save.before > save.hlc:
        return _("Its time is before that of the change which it follows.")
    known = datetime.fromisoformat(received).timestamp() * 1000 if received else time.time() * 1000
    if at > known + BEHIND:
        return _("Its time is later than it came here.")
    born = int.from_bytes(save.record[4:10], "big")
    if save.first and save.record[6] >> 4 == 8 and 0 < born < at - BEHIND:
        return _("The clock of that computer was set back.")
    return ""


# --- more about one of them -----------------------------------------------------------------------------------------
def changes(desk: Desk, n: int) -> list[ValueChange]:
    """Field by field what stood before a save and after it. `NotFound` for a number that no save here bears."""
    with troubles(desk.db):
        row = desk.db.execute("SELECT record, h, kind FROM op WHERE n = ?", [n]).fetchone()
        if row is None:
            raise NotFound(_("There is no change {n} on this desk.").format(n=digits.count(n)))
        record, h, name = row
        each = {change.h: change for change in log.changes_of(desk.db, record)}
        return list(_changes(desk, kinds.KINDS.get(name), each[h], each))


def _changes(desk: Desk, kind: Kind | None, save: Change, each: dict[bytes, Change]) -> Iterator[ValueChange]:
    if not save.sets:
        yield ValueChange(_("Content"), "", taken_out())
    parents = [each[p] for p in save.parents if p in each]
    for name, value in save.sets.items():
        if name.startswith("_") and name != DELETED:
            continue
        label = _("Deleted") if name == DELETED else kind.field(name).label if kind and kind.has(name) else name
        stood = [p.sets[name] for p in parents if name in p.sets]
        gone = any(not p.sets for p in parents) and not stood
        before = taken_out() if gone else " / ".join(dict.fromkeys(_shown(desk, kind, name, v) for v in stood))
        yield ValueChange(label, before, _shown(desk, kind, name, value))


def _shown(desk: Desk, kind: Kind | None, name: str, value: Value) -> str:
    if name == DELETED:
        return _("yes") if value else _("no")
    return records.show_value(desk, kind, name, value) if kind else "" if value is None else str(value)


def people(desk: Desk) -> list[str]:
    """The names of all who ever wrote something that is in this log."""
    with troubles(desk.db):
        return book.names(desk.db)


def tallies(
    desk: Desk,
    since: date | None = None,
    until: date | None = None,
    by: str | None = None,
    kinds: Sequence[str] | None = None,
    here: bool | None = None,
    *,
    weeks: bool = False,
) -> list[Tally]:
    """Saves by person and day, or week from Monday on, the newest first; of those that `entries` would tell."""
    offset = int(datetime.now().astimezone().utcoffset().total_seconds())  # type: ignore[union-attr]
    week = 3 * DAY if weeks else 0  # 1970 began on a Thursday
    with troubles(desk.db):
        rows = book.sums(
            desk.db, _wanted(since, until, by, kinds, here, None), 7 * DAY if weeks else DAY, offset + week
        )
    first = date(1970, 1, 1)
    return [
        Tally(one.who, one.office, first + timedelta(seconds=one.start + offset), one.saves, one.records)
        for one in rows
        if one.start < 1 << 37
    ]
