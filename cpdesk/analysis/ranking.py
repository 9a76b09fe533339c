"""Where children are most at risk: places ranked by several measures, with weights that the committee sets.

Each measure is scaled to its highest value among the places (0 to 100, so that nothing stays 0 and small differences
stay small), weighted, and averaged over the measures that are known there. Every score can be taken apart again: the
shares say how much of it each measure brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cpdesk.i18n import _
from cpdesk.khmer import digits

ENOUGH = Decimal("0.5")  # of the weights has to be known, or a place is not ranked
REASONS = 2


@dataclass(frozen=True)
class Weight:
    """How much a measure counts; `better`: high values are good (children with a birth certificate)."""

    weight: Decimal
    better: bool = False


@dataclass(frozen=True)
class Part:
    """What one measure brought to a place's score. `score` is 0 to 100, 100 at the place where it is worst; `share` is
    its per cent of the place's score, not rounded.
    """

    measure: str
    value: Decimal
    score: Decimal
    share: Decimal


@dataclass(frozen=True)
class Placed:
    """A place in the ranking. `rank` counts from 1, alike for equal scores, and is None where too little is known.
    `parts` begins with what weighs most; `missing` names the measures without a value.
    """

    place: str
    rank: int | None
    score: Decimal | None
    parts: tuple[Part, ...]
    missing: tuple[str, ...]


Values = Mapping[str, Mapping[str, Decimal | None]]
"""Place → measure → value (rates where places of different size are to be compared)."""


def rank(values: Values, weights: Mapping[str, Weight]) -> list[Placed]:
    """The places, highest score first, those that cannot be ranked last; equal ones as they came.

    Measures without weight do not count, nor do those that nobody has figures of. No value may be below 0.
    """
    highest = {
        name: max(known)
        for name, weight in weights.items()
        if weight.weight > 0 and (known := [v for place in values.values() if (v := place.get(name)) is not None])
    }
    counting = {name: weights[name] for name in highest}
    scored = [_placed(place, known, counting, highest) for place, known in values.items()]
    order = sorted(scored, key=lambda one: (one.score is None, -(one.score or 0)))
    found: list[Placed] = []
    for n, one in enumerate(order, 1):
        last = found[-1] if found else None
        number = None if one.score is None else last.rank if last and last.score == one.score else n
        found.append(Placed(one.place, number, one.score, one.parts, one.missing))
    return found


def _placed(
    place: str,
    known: Mapping[str, Decimal | None],
    weights: Mapping[str, Weight],
    highest: Mapping[str, Decimal],
) -> Placed:
    scores = {
        name: _scaled(value, highest[name], weight.better)
        for name, weight in weights.items()
        if (value := known.get(name)) is not None
    }
    missing = tuple(name for name in weights if name not in scores)
    counted = sum((weights[name].weight for name in scores), Decimal(0))
    everything = sum((weight.weight for weight in weights.values()), Decimal(0))
    if not scores or counted < everything * ENOUGH:
        return Placed(place, None, None, (), missing)
    weighted = {name: score * weights[name].weight for name, score in scores.items()}
    total = sum(weighted.values(), Decimal(0))
    parts = [
        Part(name, known[name] or Decimal(0), scores[name], w * 100 / total if total else Decimal(0))
        for name, w in sorted(weighted.items(), key=lambda item: -item[1])
    ]
    return Placed(place, None, _tenths(total / counted), tuple(parts), missing)


def _scaled(value: Decimal, highest: Decimal, better: bool) -> Decimal:
    """0 to 100. Where nobody has anything, nobody stands out."""
    if not highest:
        return Decimal(0)
    return (highest - value if better else value) * 100 / highest


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def because(placed: Placed, names: Mapping[str, str], of: str = "") -> str:
    """Why a place stands where it stands, in a sentence; `of` is its name."""
    if placed.rank is None:
        return _("{place} has too few figures to be ranked.").format(place=of)
    reasons = [
        f"{names.get(part.measure, part.measure)} {digits.number(part.share.quantize(Decimal(1), ROUND_HALF_UP))}%"
        for part in placed.parts[:REASONS]
        if part.share
    ]
    if not reasons:
        return _("{place} stands at {rank}.").format(place=of, rank=digits.count(placed.rank))
    return _("{place} stands at {rank} because of {reasons}.").format(
        place=of, rank=digits.count(placed.rank), reasons=_and(reasons)
    )


def _and(words: Sequence[str]) -> str:
    return _("{first} and {second}").format(first=words[0], second=words[1]) if len(words) == 2 else ", ".join(words)
