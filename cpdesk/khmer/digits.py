"""Numbers as officials write and type them, in either set of digits.

Khmer writing groups with a dot and marks decimals with a comma (១២.៥០០.០០០, ១,៥); English does the reverse.
Officials type both ways on the same day, spreadsheets a third one, so reading never guesses silently:

* two different separators: the last one is the decimal mark (`1.234,5` and `1,234.5` are both 1234.5);
* the same separator twice or more, or spaces: they group, and each group must have three digits;
* one separator that cannot group (`12.5`, `0.125`, `1234.567`) is the decimal mark;
* one separator before exactly three digits (`12.500`) could be either. A whole number or an amount of money
  has no three decimals, so there it groups. Elsewhere it groups if it is the grouping mark of the language
  (dot in Khmer, comma in English; Khmer digits are always Khmer writing) and is refused if it is the other
  one.

`number` writes no text that `parse_decimal` would refuse or read otherwise in the same language.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cpdesk import i18n
from cpdesk.i18n import _

KHMER = "០១២៣៤៥៦៧៨៩"
ASCII = "0123456789"
_TO_KHMER = str.maketrans(ASCII, KHMER)
_TO_ASCII = str.maketrans(KHMER, ASCII)

# Spaces that programs and keyboards put between groups: plain, no-break, thin, narrow no-break.
_SPACES = re.compile("[ \u00a0\u2009\u202f]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_GROUPED = re.compile(r"\d{1,3}( \d{3})+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+")
LONGEST = 40  # characters; no figure of a province needs more, and it keeps hostile input cheap

CURRENCIES = {"KHR": ("៛", "khr", "រៀល"), "USD": ("us$", "$", "usd", "ដុល្លារអាមេរិក", "ដុល្លារ")}
_CURRENCY_OF = {mark: code for code, marks in CURRENCIES.items() for mark in marks}
_MARKS = "|".join(re.escape(mark) for mark in sorted(_CURRENCY_OF, key=len, reverse=True))
_MULTIPLES = {"ពាន់លាន": 10**9, "លាន": 10**6, "សែន": 10**5, "ម៉ឺន": 10**4, "ពាន់": 10**3}
_MONEY = re.compile(
    rf"(?P<before>{_MARKS})?\s*(?P<amount>[^៛$a-z\u1780-\u17d3]+?)\s*(?P<times>{'|'.join(_MULTIPLES)})?\s*(?P<after>{_MARKS})?"
)


class Refused(ValueError):
    """Figures that can be read in two ways, or are too fine: the sentence, translated, says so."""


def to_khmer(text: str) -> str:
    """`text` with every ASCII digit in Khmer."""
    return text.translate(_TO_KHMER)


def to_ascii(text: str) -> str:
    """`text` with every Khmer digit in ASCII."""
    return text.translate(_TO_ASCII)


def count(n: int | Decimal, lang: str | None = None) -> str:
    """`n` without grouping, as in a year, an ordinal or a page number: ២០២២ in Khmer, 2022 in English."""
    text = f"{n:f}" if isinstance(n, Decimal) else str(n)
    return to_khmer(text.replace(".", ",")) if _khmer(lang) else text


def number(n: int | Decimal, lang: str | None = None) -> str:
    """`n` grouped by thousands: ១២.៥០០.០០០ and ១,៥ in Khmer, 12,500,000 and 1.5 in English.

    A fraction of exactly three digits gets a fourth (១,១២៥០), since ១,១២៥ would be read as a group by half
    of the readers. Raises ValueError for NaN and infinities.
    """
    if isinstance(n, Decimal):
        if not n.is_finite():
            raise ValueError(f"no number: {n}")
        text = f"{n:,f}"
        whole, dot, fraction = text.partition(".")
        if len(fraction) == 3 and "," not in whole:
            text = f"{whole}{dot}{fraction}0"
    else:
        text = f"{n:,d}"
    return to_khmer(text.translate(str.maketrans(".,", ",."))) if _khmer(lang) else text


def parse_int(text: str) -> int:
    """The whole number in `text`, in either digits, grouped or not; ValueError for anything else, decimals
    included.
    """
    sign, body = _clean(text)
    if not (body.isdecimal() or _GROUPED.fullmatch(body)):
        raise ValueError(f"not a whole number: {text!r}")
    return sign * int(re.sub("[ .,]", "", body))


def parse_decimal(text: str, places: int | None = None, lang: str | None = None) -> Decimal:
    """The number in `text` by the rules above; ValueError when it is none or can be read in two ways.

    `places` is how many decimals such a figure can have. With fewer than three, `12.500` and `12,500` both
    are 12500; and a figure with more decimals than `places` is refused. `lang` says whose grouping mark
    counts where only that decides.
    """
    sign, body = _clean(text)
    if places == 0:
        return Decimal(parse_int(text))
    value = Decimal(_plain(body, text, thousands=_thousands_mark(text, places, lang)))
    if places is not None and -int(value.as_tuple().exponent) > places:
        words = _("{number} has more than {places} decimals.")
        raise Refused(words.format(number=text.strip(), places=count(places)))
    return value * sign


def money(text: str) -> tuple[Decimal, str | None]:
    """Amount and ISO currency (`KHR`, `USD`, None when unsaid) of `១២.៥០០.០០០ ៛`, `$1,200.50`, `២,៥ លានរៀល`.

    Money has at most two decimals, so a separator before exactly three digits groups. ValueError for
    anything else, for two different currencies and for a part of a riel.
    """
    match = _MONEY.fullmatch(_squeeze(text).casefold())
    if not match:
        raise ValueError(f"not an amount: {text!r}")
    marks = {_CURRENCY_OF[mark] for mark in match.group("before", "after") if mark}
    if len(marks) > 1:
        raise Refused(_("{number} names two currencies.").format(number=text.strip()))
    value = parse_decimal(match["amount"], places=2) * _MULTIPLES.get(match["times"] or "", 1)
    currency = marks.pop() if marks else None
    if currency == "KHR" and value != value.to_integral_value():
        raise Refused(_("{number}: there is no part of a riel.").format(number=text.strip()))
    return _without_empty_fraction(value), currency


def _khmer(lang: str | None) -> bool:
    return (lang or i18n.language()) == "km"


def _squeeze(text: str) -> str:
    if len(text) > LONGEST * 2:
        raise ValueError("too long for a number")
    return _SPACES.sub(" ", to_ascii(_INVISIBLE.sub("", text))).strip()


def _clean(text: str) -> tuple[int, str]:
    """Sign (1 or -1) and the unsigned rest, which starts and ends with a digit and holds digits, `.`, `,`
    and single spaces.
    """
    body = _squeeze(text)
    sign = -1 if body[:1] in ("-", "\u2212") else 1
    if body[:1] in ("-", "+", "\u2212"):
        body = body[1:].lstrip(" ")
    if len(body) > LONGEST or not re.fullmatch(r"[0-9]+([ .,][0-9]+)*", body):
        raise ValueError(f"not a number: {text!r}")
    return sign, body


def _thousands_mark(text: str, places: int | None, lang: str | None) -> str:
    """Which separators group when one stands alone before three digits."""
    if places is not None and places < 3:
        return ".,"
    return "." if any(digit in text for digit in KHMER) or _khmer(lang) else ","


def _plain(body: str, text: str, thousands: str) -> str:
    """`body` as Python writes decimals: no groups, a dot."""
    marks = re.findall("[ .,]", body)
    last = marks[-1] if marks else ""
    if not marks or _GROUPED.fullmatch(body):
        lone = len(marks) == 1 and last != " " and not body.startswith("0")
        if lone and last not in thousands:
            raise Refused(_unclear(text))
        if len(marks) != 1 or last == " " or lone:
            return re.sub("[ .,]", "", body)
    whole, _mark, fraction = body.rpartition(last)
    if last == " " or last in whole or not (whole.isdecimal() or _GROUPED.fullmatch(whole)):
        words = _("{number}: between two marks stand three figures, as in {example}.")
        raise Refused(words.format(number=text.strip(), example=number(12500000)))
    if " " in whole and len(fraction) == 3:
        raise Refused(_unclear(text))
    return re.sub("[ .,]", "", whole) + "." + fraction


def _unclear(text: str) -> str:
    return _("{number} can be thousands or decimals; write one more figure, or none of the marks.").format(
        number=text.strip()
    )


def _without_empty_fraction(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
