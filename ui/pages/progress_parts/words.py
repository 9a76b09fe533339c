"""How progress is said: the tone of a status, numbers beside their targets, money and people in one short text."""

from __future__ import annotations

from decimal import Decimal

from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from cpdesk.records import kind as kind_of
from cpdesk.tasks.progress import ActivityRow, IndicatorRow, Reached, Spending

NOTHING = "—"
TONES = {
    "not_started": "neutral",
    "on_track": "accent",
    "at_risk": "warning",
    "late": "bad",
    "done": "good",
    "dropped": "neutral",
}
PEOPLE = ("girls", "boys", "women", "men")


def tone(status: str | None) -> str:
    return TONES.get(status or "", "neutral")


def status_word(status: str | None) -> str:
    return kind_of("progress").field("status").type.show(status)


def label(field: str) -> str:
    """The label of a field of a report."""
    return kind_of("progress").field(field).label


def number(value: Decimal | int | None) -> str:
    """As the desk writes it, without zeros behind the decimal mark; — where it is missing."""
    if value is None:
        return NOTHING
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        value = whole.quantize(Decimal(1)) if whole == value else Decimal(f"{value:f}".rstrip("0"))
    return digits.number(value)


def coded(code: str) -> str:
    """The number of a part of the plan in the digits of the language."""
    return digits.to_khmer(code) if language() == "km" else code


def per_cent(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{number(value)}%"


def riel(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{number(value)} ៛"


def short_riel(value: Decimal | None) -> str:
    """In millions or thousands where it is large: ១២,៥ លានរៀល."""
    from cpdesk.charts import in_large_units

    if value is None:
        return NOTHING
    (amount,), unit = in_large_units([value])
    return f"{number(amount)} {unit}"


def dollars(value: Decimal) -> str:
    return f"${number(value)}"


def against(one: IndicatorRow) -> str:
    """Reached / target: ៧ / ១២."""
    return f"{number(one.actual)} / {number(one.target)}"


def spent(spending: Spending) -> str:
    """The per cent of the budget that is spent; the amount where there is no budget to compare it with."""
    if spending.percent is not None:
        return per_cent(spending.percent)
    return short_riel(spending.spent.known) if spending.spent.lines else NOTHING


def people(reached: Reached) -> str:
    """Everybody, and how many of them are female: ៤៨២ (ស ២៥១)."""
    if reached.everybody is None:
        return NOTHING
    if reached.female is None:
        return number(reached.everybody)
    return _("{count} (F {female})").format(count=number(reached.everybody), female=number(reached.female))


def activities(count: int) -> str:
    return ngettext("{count} activity", "{count} activities", count).format(count=digits.count(count))


def owed(count: int) -> str:
    return ngettext("{count} activity owes its report", "{count} activities owe their reports", count).format(
        count=digits.count(count)
    )


def chip(row: ActivityRow) -> tuple[str, str]:
    """(word, tone) of how the activity stands in the quarter."""
    if row.status is not None:
        return status_word(row.status), tone(row.status)
    if row.owed:
        return _("Not reported yet"), "warning"
    return (status_word(row.before), "neutral") if row.before is not None else ("", "neutral")
