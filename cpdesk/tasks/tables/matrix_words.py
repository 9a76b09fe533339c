"""How the cells of a matrix stand in a file: what the export writes and the import holds against it, in one place, so
that a cell nobody touched is known as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cpdesk.errors import NotFound
from cpdesk.kinds import Choice
from cpdesk.records import kind
from cpdesk.tables.cells import Cash, Cell
from cpdesk.tables.plan.values import Amounts, shown
from cpdesk.tables.write import pieces
from cpdesk.tasks.matrix.names import Names
from cpdesk.tasks.matrix.rows import Line as BudgetLine

BETWEEN = "; "
_ACTIVITY = kind("activity")


def cut(text: str) -> str:
    """As much of a text as a cell holds."""
    found = pieces(text)
    return found[0] if len(found) == 1 else found[0] + "…"


def field_text(names: Names, field: str, value: object) -> str:
    """A field of an activity as the file says it."""
    if value is None:
        return ""
    text = str(value)
    if field == "responsible":
        return names.label(text)
    if field == "partners":
        return BETWEEN.join(names.label(one) for one in text.split())
    if field == "places":
        return BETWEEN.join(place_text(names, code) for code in text.split())
    if field == "priority":
        here = next((p for p in names.priorities if p.id == text), None)
        return names.ranked(here) if here is not None else names.title(text)
    if field == "carried_from":
        return names.title(text)
    type_ = _ACTIVITY.field(field).type
    return type_.show(text) if isinstance(type_, Choice) else cut(text)


def place_text(names: Names, code: str) -> str:
    """A place by name where the name alone leads back to it, else its code."""
    name = names.place(code)
    try:
        return name if names.code_of(name) == code else code
    except (ValueError, NotFound):
        return code


def sums(lines: Iterable[BudgetLine]) -> Amounts:
    """What the budget lines of one cell come to, in each currency; a line that says none is in riel."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            currency = line.currency or "KHR"
            found[currency] = found.get(currency, Decimal(0)) + line.amount
    return tuple((amount, currency) for currency, amount in sorted(found.items()))


def budget_cell(found: Amounts) -> Cell:
    """One amount as money with its currency, several as words."""
    if not found:
        return None
    return Cash(*found[0]) if len(found) == 1 else shown(found)
