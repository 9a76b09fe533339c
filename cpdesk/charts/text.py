"""Numbers and words of a chart: as officials write them, broken between words, cut only where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from cpdesk.charts.model import Value
from cpdesk.charts.shapes import Measure, Role
from cpdesk.i18n import _
from cpdesk.khmer import breaks, digits

_MILLION, _THOUSAND = 10**6, 10**3
_TENTH = Decimal("0.1")


def trimmed(value: Decimal | int) -> Decimal | int:
    """The number without zeros after its last decimal."""
    if isinstance(value, int):
        return value
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else Decimal(f"{value:f}".rstrip("0"))


def shown(value: Value, unit: str = "", text: str = "") -> str:
    """A number as the chart writes it: ១.២៤៨, ៣៨,៧%; other units stand once for the whole chart."""
    if text:
        return text
    if value is None:
        return "—"
    return digits.number(trimmed(value)) + ("%" if unit == "%" else "")


def in_large_units(amounts: Sequence[Decimal | None]) -> tuple[list[Decimal | None], str]:
    """Amounts in riel as millions, thousands or riel of one decimal at most, by the largest, and that unit's name."""
    largest = max((abs(one) for one in amounts if one is not None), default=Decimal(0))
    for factor, name in ((_MILLION, _("million riel")), (_THOUSAND, _("thousand riel"))):
        if largest >= factor * 10:
            return [None if one is None else (one / factor).quantize(_TENTH, ROUND_HALF_UP) for one in amounts], name
    return list(amounts), _("riel")


def wrapped(text: str, role: Role, room: float, measure: Measure, most: int = 2) -> list[str]:
    """The text in lines no wider than `room`, `most` of them; what has no room ends in …"""
    text = " ".join(text.split())[:1000]
    if measure(text, role) <= room:
        return [text]
    lines = [""]
    pieces = list(breaks.pieces(text))
    while pieces:
        piece = pieces.pop(0)
        if measure((lines[-1] + piece).rstrip(), role) <= room:
            lines[-1] += piece
        elif not lines[-1]:  # one word, wider than the room
            head = _fitting(piece, role, room, measure)
            lines[-1] = head
            if head != piece:
                pieces.insert(0, piece[len(head) :])
        elif len(lines) == most:
            lines[-1] = _shortened(lines[-1] + piece, role, room, measure)
            break
        else:
            pieces.insert(0, piece)
            lines.append("")
    return [line.rstrip() for line in lines]


def _fitting(word: str, role: Role, room: float, measure: Measure) -> str:
    """As many clusters of the word as fit, one at least."""
    parts = breaks.clusters(word)
    return "".join(parts[: _most(len(parts), lambda n: measure("".join(parts[:n]), role) <= room)])


def _shortened(text: str, role: Role, room: float, measure: Measure) -> str:
    parts = breaks.clusters(text)
    n = _most(len(parts), lambda n: measure("".join(parts[:n]).rstrip() + "…", role) <= room)
    return "".join(parts[:n]).rstrip() + "…"


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `count` that fits; 1 where none does. Asks few times, as a word may have no end."""
    low, high = 1, count
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return max(low, 1)
