"""What is due: this desk's own package for the office above, those of the offices under it, reports of progress.

The office above says in its own record how often and until when; all under it read that. Where it says nothing, nothing
is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.analysis.due import QUARTER, USUAL_DAY, standing, term
from cpdesk.analysis.due import Standing as Standing
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk, exchange, find
from cpdesk.store.connection import troubles
from cpdesk.store.exchange import LOWER, UPPER


@dataclass(frozen=True)
class Rule:
    """What an office asks of those under it. `every`: "month" or "quarter"; `day` of the month that follows."""

    office: str
    every: str
    day: int


def rule_of(desk: Desk, office: str) -> Rule | None:
    """What that office asks for; None where it asks for nothing."""
    with troubles(desk.db):
        found = find.row(desk.db, office_record_id(office))
    if found is None or found.deleted or not isinstance(found["packages_every"], str):
        return None
    day = found["packages_day"]
    return Rule(office, found["packages_every"], day if isinstance(day, int) else USUAL_DAY)


def reports_until(desk: Desk, today: date) -> date | None:
    """Until when the progress of the quarter that is over (or ends today) is reported: what the office says itself,
    else the office above; None where neither asks."""
    with troubles(desk.db):
        above = [row.office for row in exchange.cards(desk.db, role=UPPER) if not row.revoked]
        said = (find.row(desk.db, office_record_id(office)) for office in (desk.office, *above[-1:]))
        days = [row["reports_day"] for row in said if row is not None and not row.deleted]
    day = next((day for day in days if isinstance(day, int)), None)
    return term(QUARTER, day, today).due if day is not None else None


def own(desk: Desk, today: date) -> Standing | None:
    """How this desk stands with the office above; None where nothing is asked or no office above is known."""
    with troubles(desk.db):
        above = [row for row in exchange.cards(desk.db, role=UPPER) if not row.revoked]
        sent = exchange.sent(desk.db)
    rule = rule_of(desk, above[-1].office) if above else None
    if rule is None:
        return None
    now = term(rule.every, rule.day, today)
    if _day(above[-1].since) > now.last:
        return None
    return standing(now, _newest(row.at for row in sent if row.recipient == rule.office), today)


def below(desk: Desk, today: date) -> dict[str, Standing | None]:
    """Office → how it stands, for every office under this one whose card is accepted; empty where nothing is asked.

    None for an office that was accepted after the term: it owes nothing for it.
    """
    rule = rule_of(desk, desk.office)
    if rule is None:
        return {}
    now = term(rule.every, rule.day, today)
    with troubles(desk.db):
        cards = [row for row in exchange.cards(desk.db, role=LOWER) if not row.revoked]
        received = exchange.received(desk.db)
    found: dict[str, Standing | None] = {}
    for office in sorted({row.office for row in cards}):
        since = min(_day(row.since) for row in cards if row.office == office)
        written = _newest(row.written_at for row in received if row.office == office)
        stands = standing(now, written, today)
        found[office] = stands if since <= now.last or stands.delivered else None
    return found


def _newest(times: Iterable[str]) -> date | None:
    return max(map(_day, times), default=None)


def _day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone().date()
