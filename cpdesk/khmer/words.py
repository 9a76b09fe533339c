"""Amounts in Khmer words, as budgets and receipts repeat them beside the figures."""

from __future__ import annotations

from decimal import Decimal

_UNITS = ("សូន្យ", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន")
_TENS = ("", "ដប់", "ម្ភៃ", "សាមសិប", "សែសិប", "ហាសិប", "ហុកសិប", "ចិតសិប", "ប៉ែតសិប", "កៅសិប")
_POWERS = ((10**5, "សែន"), (10**4, "ម៉ឺន"), (10**3, "ពាន់"), (10**2, "រយ"))
_MILLION = "លាន"
LARGEST = 10**18  # beyond, the words for a million of millions no longer help anyone

# Name of the unit, of its hundredth (None where there is none).
_CURRENCIES = {"KHR": ("រៀល", None), "USD": ("ដុល្លារអាមេរិក", "សេន")}


def words(n: int) -> str:
    """`n` in words, written without spaces: 12500 is មួយម៉ឺនពីរពាន់ប្រាំរយ. ValueError from 10^18 on."""
    if abs(n) >= LARGEST:
        raise ValueError(f"too large for words: {n}")
    if n < 0:
        return "ដក" + words(-n)
    if n < 10:
        return _UNITS[n]
    millions, rest = divmod(n, 10**6)
    said = [words(millions), _MILLION] if millions else []
    for power, name in _POWERS:
        times, rest = divmod(rest, power)
        if times:
            said += [_UNITS[times], name]
    tens, units = divmod(rest, 10)
    said.append(_TENS[tens])
    if units:
        said.append(_UNITS[units])
    return "".join(said)


def amount(value: int | Decimal, currency: str) -> str:
    """Money in words with its currency (`KHR` or `USD`): មួយម៉ឺនពីរពាន់ប្រាំរយរៀល.

    ValueError for another currency and for parts smaller than it has (any of a riel, less than a cent).
    """
    if currency not in _CURRENCIES:
        raise ValueError(f"no words for {currency}")
    unit, hundredth = _CURRENCIES[currency]
    parts = abs(Decimal(value)) * (100 if hundredth else 1)
    if parts != parts.to_integral_value():
        raise ValueError(f"parts too small for {currency}: {value}")
    whole, cents = divmod(int(parts), 100) if hundredth else (int(parts), 0)
    said = ("ដក" if value < 0 else "") + words(whole) + unit
    return f"{said} និង{words(cents)}{hundredth}" if cents else said
