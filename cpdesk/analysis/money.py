"""Riel and dollar side by side, and together in riel at a plan's own rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

RIEL, DOLLAR = "KHR", "USD"


def in_riel(amount: Decimal | None, currency: str | None, rate: Decimal | None) -> Decimal | None:
    """The amount in whole riel; `rate` is riel for one dollar. None where the amount, its currency or the rate is
    missing: an amount nobody can convert is not 0.
    """
    if amount is None:
        return None
    if currency == RIEL:
        return amount.quantize(Decimal(1), ROUND_HALF_UP)
    if currency == DOLLAR and rate is not None:
        return (amount * rate).quantize(Decimal(1), ROUND_HALF_UP)
    return None


@dataclass(frozen=True)
class Money:
    """A sum: what was in riel, what was in dollars, all of it in riel. `unknown` counts amounts that could not be
    converted and are in `riel` only, `dollar` only or neither, but never in `total`. `lines` counts all amounts:
    0 means that nothing is known, which is not the same as a total of 0.
    """

    riel: Decimal = Decimal(0)
    dollar: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    lines: int = 0
    unknown: int = 0

    @property
    def known(self) -> Decimal | None:
        """The total in riel, None where there is nothing or not all of it could be converted."""
        return self.total if self.lines and not self.unknown else None


def add(amounts: Iterable[tuple[Decimal | None, str | None]], rate: Decimal | None) -> Money:
    """The sum of (amount, currency) pairs; blank amounts are passed over."""
    riel, dollar, total, lines, unknown = Decimal(0), Decimal(0), Decimal(0), 0, 0
    for amount, currency in amounts:
        if amount is None:
            continue
        lines += 1
        riel += amount if currency == RIEL else 0
        dollar += amount if currency == DOLLAR else 0
        converted = in_riel(amount, currency, rate)
        if converted is None:
            unknown += 1
        else:
            total += converted
    return Money(riel, dollar, total, lines, unknown)


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """part ÷ whole × 100 with one decimal place, rounded half up; None where one is missing or the whole is 0."""
    if part is None or whole is None or whole == 0:
        return None
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
