"""What a cell of a matrix says: amounts of money, numbers with their unit, quarters of a year.

Every reader raises ValueError with a translated reason, which stands beside the cell in the preview.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.tables.cells import Broken, Cash, Cell, Percent, plain, text_of
from cpdesk.tables.plan.headings import Meaning

Amounts = tuple[tuple[Decimal, str], ...]
"""Sums of money, each with its currency, in order."""
_NOTHING = frozenset({"-", "–", "—", "…", "...", "/", "n/a", "គ្មាន"})
_ALWAYS = frozenset(
    map(fold, ("ពេញមួយឆ្នាំ", "ពេញឆ្នាំ", "រៀងរាល់ត្រីមាស", "ប្រចាំត្រីមាស", "គ្រប់ត្រីមាស", "all", "whole year", "every quarter"))
)
_MARK = re.compile("[xχ×✓✔√☑●•■▪◼█*/+vpüû១1]|បាទ|yes|ok")
_PART = re.compile(r"([1-4]|iv|iii|ii|i)")
_RANGE = re.compile(r"([1-4])\s*(?:-|–|—|ដល់|to)\s*([1-4])")
_STORED = re.compile(r"((?:19|20|21)\d\d)q([1-4])")
_YEARS = re.compile(r"((?:19|20|21)\d\d)\s*[:៖]\s*([^·;\n]*)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WITH_UNIT = re.compile(r"(?P<number>[-+]?[\d០-៩][\d០-៩.,\s]*)\s*(?P<unit>\D*)")
_WITH_YEAR = re.compile(r"(?P<value>.+?)\s*[(\[]\s*(?:ឆ្នាំ)?\s*(?P<year>[\d០-៩]{4})\s*[)\]]")


def _unreadable(cell: Cell, wanted: str) -> ValueError:
    shown = text_of(cell)
    return ValueError(_("{value} is not {wanted}.").format(value=f"“{shown[:40]}”", wanted=wanted))


def amounts(cell: Cell, column: Meaning) -> Amounts:
    """១២.៥០០.០០០ ៛, $500, 12.5 under "(លានរៀល)", "500000 ៛ + $200". Riel where neither cell nor heading says else."""
    usual = column.currency or "KHR"
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    if isinstance(cell, Cash):
        return _sums([(cell.amount, cell.currency)])
    if isinstance(cell, Decimal):
        return _sums([(cell * column.scale, usual)])
    if not isinstance(cell, str):
        raise _unreadable(cell, _("an amount"))
    text = cell.strip()
    if not text or text.casefold() in _NOTHING:
        return ()
    found: list[tuple[Decimal, str]] = []
    for part in text.split("+"):
        try:
            number, currency = digits.money(part)
        except ValueError:
            raise _unreadable(cell, _("an amount")) from None
        found.append((number, currency) if currency else (number * column.scale, usual))
    return _sums(found)


def _sums(found: list[tuple[Decimal, str]]) -> Amounts:
    """One sum for each currency."""
    sums: dict[str, Decimal] = {}
    for number, currency in found:
        if number < 0:
            raise ValueError(_("A budget is not below zero."))
        sums[currency] = sums.get(currency, Decimal(0)) + number
    return tuple((number, currency) for currency, number in sorted(sums.items()))


def number(cell: Cell) -> tuple[Decimal | None, str]:
    """A number and the unit that stands behind it: ១២ ឃុំ, 80%, 1.500 នាក់."""
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    if isinstance(cell, Percent):
        return cell.value, "%"
    if isinstance(cell, Decimal):
        return cell, ""
    if isinstance(cell, Cash):
        return cell.amount, {"KHR": "៛", "USD": "$"}[cell.currency]
    text = text_of(cell).strip()
    if not text or text.casefold() in _NOTHING:
        return None, ""
    hit = _WITH_UNIT.fullmatch(text) if isinstance(cell, str) else None
    if not hit:
        raise _unreadable(cell, _("a number"))
    try:
        return digits.parse_decimal(hit["number"].strip(), places=2), hit["unit"].strip()
    except ValueError:
        raise _unreadable(cell, _("a number")) from None


def baseline(cell: Cell) -> tuple[Decimal | None, str, int | None]:
    """A number, its unit and the year in brackets behind it: 50 (2022)."""
    hit = _WITH_YEAR.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if hit:
        return *number(hit["value"]), int(digits.to_ascii(hit["year"]))
    return *number(cell), None


def year(cell: Cell) -> int | None:
    found = re.search(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", digits.to_ascii(text_of(cell)))
    if not found:
        raise _unreadable(cell, _("a year"))
    return int(found[0])


def marked(cell: Cell) -> bool:
    """Whether the cell of one quarter is ticked: x, ✓, 1, a bullet; ValueError for words."""
    if isinstance(cell, bool):
        return cell
    text = fold(text_of(cell))
    if not text or text in _NOTHING or text == "0":
        return False
    if _MARK.fullmatch(text) or set(text) <= {"x"} or digits.to_ascii(text) in ("1", "2", "3", "4"):
        return True
    raise _unreadable(cell, _("a mark"))


def quarters(cell: Cell, of_year: int | None) -> set[str]:
    """The quarters that a cell names: "1,2", "១-៣", "I, II", ពេញមួយឆ្នាំ; without a year of its column "2023Q1" and
    "២០២៣: ១, ២ · ២០២៤: ១".
    """
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    text = fold(text_of(cell))
    if not text or text in _NOTHING:
        return set()
    stored = _STORED.findall(text)
    if stored and not re.sub(r"[\s,;]", "", _STORED.sub("", text)):
        return {f"{y}Q{q}" for y, q in stored}
    if of_year is None:
        found = {f"{y}Q{q}" for y, part in _YEARS.findall(text) for q in _numbers(part, cell)}
        if found:
            return found
        raise _unreadable(cell, _("quarters such as 2023Q1"))
    return {f"{of_year}Q{q}" for q in _numbers(text, cell)}


def _numbers(text: str, cell: Cell) -> set[int]:
    if text in _ALWAYS:
        return {1, 2, 3, 4}
    bare = re.sub("ត្រីមាស|ត្រី|ទី|quarter|និង|and|q|t", " ", text)
    found: set[int] = set()
    for hit in _RANGE.finditer(bare):
        found |= set(range(int(hit[1]), int(hit[2]) + 1))
    rest = _RANGE.sub(" ", bare)
    parts = [part for part in re.split(r"[\s,;.·/&]+", rest) if part]
    for part in parts:
        if not _PART.fullmatch(part):
            if not found and re.fullmatch("[1-4]{2,4}", part):
                found |= set(map(int, part))
                continue
            raise _unreadable(cell, _("quarters such as 1, 2"))
        found.add(_ROMAN.get(part) or int(part))
    if not found:
        raise _unreadable(cell, _("quarters such as 1, 2"))
    return found


def shown(found: Amounts) -> str:
    """Several sums as one text that `amounts` reads back."""
    return " + ".join(text_of(Cash(amount, currency)) for amount, currency in found)


def stored(value: Decimal) -> str:
    return plain(value)
