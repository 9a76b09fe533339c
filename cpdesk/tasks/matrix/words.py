"""A cell of the matrix as people read it, as they write on it, and as a spreadsheet takes it; and what they typed read
back. Reading never guesses: what can be taken in two ways is refused with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk.analysis.money import DOLLAR, RIEL, Money, add
from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, ngettext, pick
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Amount, Text, Value, Year
from cpdesk.tasks.matrix.columns import Column
from cpdesk.tasks.matrix.names import SEVERAL, Meant, Names, parts
from cpdesk.tasks.matrix.rows import Matrix, Row

SIGNS = {RIEL: "៛", DOLLAR: "$"}
WHOLE_NAMES = 2  # so many places by name; more by their number
_QUARTER_WORDS = re.compile(r"(quarters?|q|ត្រីមាស|ត្រី|ទី)\s*", re.IGNORECASE)


def number(text: str) -> str:
    """1.1.2 in the digits of the language."""
    return digits.to_khmer(text) if language() == "km" else digits.to_ascii(text)


def plain(value: Decimal) -> str:
    """A number as every spreadsheet takes it: 12500.5. Three decimals get a fourth, since they could be a group."""
    text = f"{value:f}"
    _whole, dot, fraction = text.partition(".")
    return f"{text}0" if dot and len(fraction) == 3 else text


def money(amount: Decimal | None, currency: str | None) -> str:
    """១២.៥០០.០០០ ៛ or $500."""
    if amount is None:
        return ""
    shown = digits.number(amount)
    return f"${shown}" if currency == DOLLAR else f"{shown} {SIGNS[RIEL]}" if currency == RIEL else shown


def total(found: Money) -> str:
    """A sum in riel; what could not be converted is told beside it and never left out."""
    if not found.lines:
        return ""
    if found.known is not None:
        return digits.number(found.known)
    told = [digits.number(found.riel)] if found.riel else []
    return " + ".join([*told, *([money(found.dollar, DOLLAR)] if found.dollar else [])]) or "?"


@dataclass(frozen=True)
class Words:
    """`shown` in the cell, `typed` what the hand writes on, `plain` what goes to a spreadsheet; `more` counts what the
    cell holds besides, and `locked` cells are told elsewhere.
    """

    shown: str = ""
    typed: str | None = None
    plain: str | None = None
    more: int = 0
    locked: bool = False

    @property
    def to_type(self) -> str:
        return self.shown if self.typed is None else self.typed

    @property
    def to_copy(self) -> str:
        return self.to_type if self.plain is None else self.plain


def words(matrix: Matrix, row: Row, column: Column) -> Words:
    """What stands in a cell."""
    if column.key == "code":
        own = str(row.values.get("code") or "")
        return Words(number(row.code), own, row.code)
    if column.sort in ("money", "total"):
        return _budget(matrix, row, column)
    if column.of_indicator:
        return _indicator(row, column)
    value = row.values.get(column.field)
    if value is None:
        return Words()
    return _field(matrix.names, column, str(value))


def _field(names: Names, column: Column, value: str) -> Words:
    if column.sort == "name":
        return Words(names.title(value), names.label(value))
    if column.sort == "names":
        ids = value.split()
        return Words(SEVERAL.join(map(names.title, ids)), SEVERAL.join(map(names.label, ids)))
    if column.sort == "places":
        codes = value.split()
        return Words(_places(names, codes), SEVERAL.join(map(names.place, codes)))
    if column.sort == "priority":
        here = next((p for p in names.priorities if p.id == value), None)
        return Words(names.ranked(here) if here is not None else names.title(value))
    if column.sort == "line":
        return Words(names.title(value), locked=True)
    if column.sort == "quarters":
        chosen = [q[5] for q in value.split() if q.startswith(str(column.year))]
        return Words(number(SEVERAL.join(chosen)), plain=SEVERAL.join(chosen))
    choice = column.choice()
    return Words(choice.show(value) if choice is not None else value)


def _places(names: Names, codes: list[str]) -> str:
    """One or two by name; more by their number, with the word for their level where it is one."""
    if len(codes) <= WHOLE_NAMES:
        return SEVERAL.join(map(names.place, codes))
    count = digits.count(len(codes))
    levels = set()
    for code in codes:
        try:
            levels.add(gazetteer.get(code).level)
        except NotFound:  # a place of another year's list
            levels.add("")
    told = ngettext("{count} place", "{count} places", len(codes)).format(count=count)
    level = levels.pop() if len(levels) == 1 else ""
    return pick(f"{count} {gazetteer.TYPES[level][0]}", told) if level else told


def _indicator(row: Row, column: Column) -> Words:
    if not row.indicators:
        return Words()
    first = row.indicators[0]
    if column.sort == "amount" and column.year:
        return _amount(row.targets.get(column.year, ("", None))[1])
    if column.sort == "amount":
        return _amount(first[column.field])
    more = len(row.indicators) - 1 if column.key == "indicator.text" else 0
    text = first.label(column.field)
    return Words(text, text, more=more)


def _amount(value: Value) -> Words:
    if not isinstance(value, str):
        return Words()
    return Words(digits.number(Decimal(value)), plain=plain(Decimal(value)))


def _budget(matrix: Matrix, row: Row, column: Column) -> Words:
    if column.sort == "total":
        found = row.sum(column.year or None, matrix.rate)
        return Words(total(found), plain=plain(found.known) if found.known is not None else None, locked=True)
    lines = row.lines(column.year, column.source)
    if len(lines) == 1:
        line = lines[0]
        if line.amount is None:
            return Words()
        sign = "$" if line.currency == DOLLAR else ""
        return Words(money(line.amount, line.currency), plain=f"{sign}{plain(line.amount)}")
    found = add(((x.amount, x.currency) for x in lines), matrix.rate)
    shown = total(found)
    riel = f"{shown} {SIGNS[RIEL]}" if found.known is not None else shown
    return Words(riel, plain=plain(found.known) if found.known is not None else None, more=max(0, len(lines) - 1),
                 locked=len(lines) > 1)  # fmt: skip


# --- what was typed -------------------------------------------------------------------------------------------------
Typed = Value | list[Meant] | tuple[Decimal, str] | frozenset[str]


def parse(names: Names, column: Column, text: str) -> Typed:
    """What a cell means, blank as None: a stored value, whom names mean, an amount of money with its currency, or the
    quarters of the column's year as "1"…"4". ValueError with a sentence.
    """
    text = text.strip()
    if column.sort == "quarters":
        return quarters(text)
    if not text:
        return None
    if column.sort == "name":
        return [names.meant(text, ("body", "person"))]
    if column.sort == "names":
        return [names.meant(part, ("body",)) for part in parts(text)]
    if column.sort == "places":
        return " ".join(sorted({names.code_of(part) for part in parts(text)}))
    if column.sort == "priority":
        return names.priority(text)
    if column.sort == "money":
        return _money(text)
    if column.sort == "amount":
        return Amount().parse(text.removesuffix("%").rstrip() or text)
    if column.sort == "year":
        return Year().parse(text)
    choice = column.choice()
    return _choice(column, text) if choice is not None else Text(long=True).check(text)


def quarters(text: str) -> frozenset[str]:
    """“1 2”, “១,២”, “Q1-Q3”, “ត្រីមាសទី១”; nothing for a blank cell. ValueError for anything else."""
    bare = _QUARTER_WORDS.sub("", digits.to_ascii(text)).strip()
    found: set[str] = set()
    for part in re.split(r"[\s,;/·.]+", bare):
        span = re.fullmatch(r"([1-4])\s*[-–]\s*([1-4])", part)
        if span:
            found.update(str(n) for n in range(int(span[1]), int(span[2]) + 1))
        elif re.fullmatch(r"[1-4]{1,4}", part):
            found.update(part)
        elif part:
            raise ValueError(_("“{text}” tells no quarters: write those in which it is done, as in 1, 2.").format(
                text=text[:40]
            ))  # fmt: skip
    return frozenset(found)


def _money(text: str) -> tuple[Decimal, str]:
    try:
        amount, currency = digits.money(text)
    except ValueError:
        raise ValueError(
            _("“{text}” is not an amount: write it as in 12500000 or $500.").format(text=text[:40])
        ) from None
    return amount, currency or RIEL


def _choice(column: Column, text: str) -> Value:
    choice = column.choice()
    assert choice is not None, column.key
    for option in choice.options:
        if fold(text) in (fold(option.km), fold(option.en), option.key):
            return option.key
    told = SEVERAL.join(option.label for option in choice.options)
    raise ValueError(_("“{text}” is none of: {choices}.").format(text=text[:40], choices=told))
