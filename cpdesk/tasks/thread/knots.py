"""One knot of the thread: a record, how it is tied, and its words; made here, so that it is worded alike everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cpdesk.analysis.progress import Period
from cpdesk.errors import NotFound
from cpdesk.i18n import _, language
from cpdesk.khmer import dates, digits
from cpdesk.kinds import Value, is_record_id
from cpdesk.store import Desk, Record
from cpdesk.tasks import plans, records

# How a knot is tied to the record whose thread is told.
ITSELF = "itself"  # worded as what it is: an input, a figure, a report
CARRIED_FROM, CARRIED_TO = "carried_from", "carried_to"
PREVIOUS, NEXT = "previous", "next"
INVESTMENT = "investment"
ABOUT, BECAME, ANSWERS, ANSWERED = "about", "became", "answers", "answered"

SAID_IN = ("input", "follow_up", "presentation", "agenda_item")  # parts of a meeting, told with its day


@dataclass(frozen=True)
class Knot:
    """`record` is None where it has not been received yet. `relation` is a key of `label`; `when` an ISO day, a quarter
    ("2022Q2") or a year; `who` a name; `plan` the title of another plan that it stands in; `depth` 1 is a knot
    one step further off, tied to the one beside it.

    `state` is the key of a choice and `standing` its word: how an input was settled, how far an activity is.
    """

    relation: str
    record: Record | None
    words: str
    when: str = ""
    who: str = ""
    state: str = ""
    standing: str = ""
    plan: str = ""
    depth: int = 0

    @property
    def kind(self) -> str:
        """The name of its kind; empty where the record has not been received."""
        return self.record.kind.name if self.record is not None else ""

    @property
    def label(self) -> str:
        """What it is to the record whose thread is told."""
        told = {
            CARRIED_FROM: _("Carried on from"),
            CARRIED_TO: _("Carried on in"),
            PREVIOUS: _("Previous plan"),
            NEXT: _("Next plan"),
            ABOUT: _("About"),
            BECAME: _("Became"),
            ANSWERS: _("Answers"),
            ANSWERED: _("Answered by"),
        }.get(self.relation)
        if self.record is None or self.relation in (PREVIOUS, NEXT):
            return told or ""
        if self.relation == INVESTMENT:
            return self.record.label("investment_programme") or self.record.kind.field("investment").label
        if self.kind == "input" and told is None:
            return _("Input")
        own = self.record.label("sort") if self.kind == "swot" else self.record.kind.label
        return f"{told} · {own}" if told else own

    def day(self) -> str:
        """`when` as people read it."""
        return shown_when(self.when)


def shown_when(when: str) -> str:
    """An ISO day, a quarter or a year as people read it; empty stays empty."""
    if len(when) == 10:
        return dates.short(date.fromisoformat(when))
    if len(when) == 6:
        return Period.parse(when).title()
    return digits.count(int(when)) if when else ""


class Tying:
    """Makes knots over one desk; names and days are looked up once each. `home` is the plan whose name goes unsaid."""

    def __init__(self, desk: Desk, home: str | None = None) -> None:
        self.desk = desk
        self.home = home
        self._names: dict[str, str] = {}
        self._days: dict[str, str] = {}

    def to(self, id_: Value, relation: str = ITSELF, depth: int = 0) -> list[Knot]:
        """The knot of what a reference names: none where it is blank or lies in the bin."""
        if not isinstance(id_, str) or not is_record_id(id_):
            return []
        record = records.get_if_here(self.desk, id_)
        if record is None:
            return [Knot(relation, None, _("(not received yet)"), depth=depth)]
        return [] if record.deleted else [self.knot(record, relation, depth)]

    def knot(self, record: Record, relation: str = ITSELF, depth: int = 0) -> Knot:
        if relation == INVESTMENT:
            standing = record.label("investment")
            words = record.text("investment_line")
            return Knot(relation, record, words, state=record.text("investment"), standing=standing, depth=depth)
        maker = {
            "figure": self._figure, "progress": self._progress, "actual": self._actual, "meeting": self._meeting,
            "activity": self._activity, "plan_version": self._version, "priority": self._priority,
        }.get(record.kind.name)  # fmt: skip
        if record.kind.name in SAID_IN:
            maker = self._said
        told = maker(record) if maker is not None else {}
        whole = record.text("text") if record.kind.has("text") else records.named(self.desk, record)
        return Knot(relation, record, **{"words": whole or record.title, **told}, depth=depth)

    # each kind in its words

    def _said(self, record: Record) -> dict[str, str]:
        who = next((record.text(n) for n in ("person", "body", "responsible", "presenter")
                    if record.kind.has(n) and record[n]), "")  # fmt: skip
        choice = next((n for n in ("disposition", "state") if record.kind.has(n)), "")
        return {
            "when": self.meeting_day(record),
            "who": self.name(who),
            "state": record.text(choice) if choice else "",
            "standing": record.label(choice) if choice else "",
        }

    def meeting_day(self, record: Record) -> str:
        """The day of the meeting that a part belongs to; empty where it is not known."""
        id_ = record.text("meeting")
        if id_ not in self._days:
            meeting = records.get_if_here(self.desk, id_)
            self._days[id_] = meeting.text("date") if meeting is not None else ""
        return self._days[id_]

    def _meeting(self, record: Record) -> dict[str, str]:
        return {"words": record.title, "when": record.text("date")}

    def _activity(self, record: Record) -> dict[str, str]:
        plan = plans.plan_of(self.desk, record.id)
        other = plan.title if plan is not None and plan.id != self.home else ""
        words = " · ".join(part for part in (code(record), record.text("text") or record.title) if part)
        return {"words": words, "plan": other}

    def _priority(self, record: Record) -> dict[str, str]:
        rank = record["rank"]
        numbered = _("Priority {number}").format(number=digits.count(rank)) if isinstance(rank, int) else ""
        return {"words": record.text("text") or record.title, "who": numbered}

    def _progress(self, record: Record) -> dict[str, str]:
        words = record.text("summary") or record.text("difficulty") or ""
        return {
            "words": words, "when": quarter_of(record), "who": self.name(record.text("reported_by")),
            "state": record.text("status"), "standing": record.label("status"),
        }  # fmt: skip

    def _actual(self, record: Record) -> dict[str, str]:
        return {"words": record.label("value"), "when": quarter_of(record)}

    def _version(self, record: Record) -> dict[str, str]:
        words = _("Version {number}").format(number=record.label("version"))
        return {"words": words, "when": record.text("approved_on"), "who": self.name(record.text("approved_by"))}

    def _figure(self, record: Record) -> dict[str, str]:
        """Such as: Children out of school: 42 · Kampong Svay; with the group where it counts only some."""
        value = record.label("value") or "…"
        groups = [record.label(n) for n in ("sex", "age_group", "disability") if record[n] not in (None, "all")]
        parts = [f"{self.name(record.text('measure'))}: {value}", *groups, self.name(record.text("place"))]
        return {"words": " · ".join(part for part in parts if part), "when": record.text("year")}

    def name(self, id_: str) -> str:
        """A person, body, place or measure by name; a body by its short one. Nobody is empty."""
        if not id_:
            return ""
        if id_ not in self._names:
            self._names[id_] = self._looked_up(id_)
        return self._names[id_]

    def _looked_up(self, id_: str) -> str:
        try:
            there = records.get(self.desk, id_)
        except NotFound:
            return records.title(self.desk, id_)
        short = there.text("short") if there.kind.has("short") else ""
        return short or (records.title(self.desk, id_) if there.kind.built_in else records.named(self.desk, there))


def quarter_of(record: Record) -> str:
    """The quarter of a report or a value reached, as 2022Q2; empty where it is not said."""
    year, quarter = record["year"], record["quarter"]
    return f"{year}Q{quarter}" if isinstance(year, int) and isinstance(quarter, int) else ""


def code(activity: Record) -> str:
    """An activity's own code in the digits of the language."""
    return digits_of(activity.text("code"))


def digits_of(text: str) -> str:
    """A number of an objective, output or activity in the digits of the language."""
    return digits.to_khmer(text) if language() == "km" else digits.to_ascii(text)
